from datetime import datetime

import pytest

from maillage.kernel.daytime import by_day


@pytest.mark.parametrize(
    ("due", "zone", "said"),
    [
        ("2026-11-22T07:00:00+00:00", "Europe/Paris", "2026-11-22T07:00:00+00:00"),  # 8:00 there: day begins
        ("2026-11-22T18:59:59+00:00", "Europe/Paris", "2026-11-22T18:59:59+00:00"),
        ("2026-11-22T19:00:00+00:00", "Europe/Paris", "2026-11-23T07:00:00+00:00"),  # 20:00 there: the next morning
        ("2026-11-22T01:30:00+00:00", "Europe/Paris", "2026-11-22T07:00:00+00:00"),  # after midnight: the same morning
        ("2026-11-22T07:00:00+00:00", "Indian/Reunion", "2026-11-22T07:00:00+00:00"),
        ("2026-11-22T07:00:00+00:00", "America/Cayenne", "2026-11-22T11:00:00+00:00"),
        ("2026-10-24T22:30:00+00:00", "Europe/Paris", "2026-10-25T07:00:00+00:00"),  # the night in which summer time ends
    ],
)
def test_what_is_due_at_night_waits_for_the_morning_of_the_place(due: str, zone: str, said: str):
    assert by_day(datetime.fromisoformat(due), zone) == datetime.fromisoformat(said)
