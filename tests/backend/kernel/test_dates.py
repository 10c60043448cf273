from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from maillage.kernel import dates

LATE = datetime(2026, 11, 30, 23, 10, tzinfo=UTC)
"""Already the first of December in Paris, still the thirtieth of November in Cayenne."""


def plain(text: str) -> str:
    return text.replace(dates.NO_BREAK, " ")


@pytest.mark.parametrize(
    ("zone", "french", "english"),
    [("Europe/Paris", "1er décembre 2026", "1 December 2026"), ("America/Cayenne", "30 novembre 2026", "30 November 2026")],
)
def test_a_day_of_any_year_is_the_day_of_the_place(zone: str, french: str, english: str) -> None:
    for language, said in (("fr", french), ("en", english)):
        with override(language):
            assert plain(dates.dated(LATE, zone)) == said


@pytest.mark.parametrize(("zone", "said"), [("Europe/Paris", date(2026, 12, 1)), ("America/Cayenne", date(2026, 11, 30))])
def test_which_day_it_is_somewhere(zone: str, said: date) -> None:
    assert dates.day_in(LATE, zone) == said


def test_a_day_without_an_hour_is_the_same_everywhere() -> None:
    with override("fr"):
        assert plain(dates.dated(date(2024, 7, 7), "Pacific/Tahiti")) == "7 juillet 2024"
        assert plain(dates.day(date(2026, 12, 1), "Pacific/Tahiti")) == "mardi 1er décembre"


@pytest.mark.parametrize(("language", "said"), [("fr", "mardi 1er décembre, 0 h 10"), ("en", "Tuesday 1 December, 12:10 am")])
def test_an_instant_is_a_day_and_an_hour_of_the_place(language: str, said: str) -> None:
    with override(language):
        assert plain(dates.instant(LATE, "Europe/Paris")) == said


def test_numbers_stay_with_their_words() -> None:
    with override("fr"):
        assert dates.dated(date(2026, 12, 1), "Europe/Paris") == "1er\N{NO-BREAK SPACE}décembre 2026"
