"""What may be written down, when periodic jobs are due, how patience grows."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.journal.domain import NotPlain, Periodic, backoff, plain

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
AN_ID = UUID("01930000-0000-7000-8000-000000000001")


def test_ids_codes_amounts_and_instants_are_plain():
    assert plain(
        {
            "seat_id": AN_ID,
            "code": "fr-2010:2603",
            "amount": Decimal("-12.50"),
            "count": 577,
            "is_open": True,
            "nobody": None,
            "at": NOON,
            "on": date(2026, 11, 22),
            "wait": timedelta(minutes=2),
            "ids": [AN_ID, 3],
        }
    ) == {
        "seat_id": str(AN_ID),
        "code": "fr-2010:2603",
        "amount": "-12.50",
        "count": 577,
        "is_open": True,
        "nobody": None,
        "at": "2026-11-22T12:00:00+00:00",
        "on": "2026-11-22",
        "wait": 120.0,
        "ids": [str(AN_ID), 3],
    }


@pytest.mark.parametrize(
    "value",
    [
        "Zélie Marquevrai",
        "zelie@example.org",
        "Zélie",
        "a" * 65,
        "0612345678",
        "06.12.34.56.78",
        "+33612345678",
        "192.0.2.7",
        "2001:db8::7",
        "two\nlines",
        {"name": "x"},
        b"bytes",
        1.5,
        ["fine", "not fine"],
        datetime(2026, 11, 22),  # noqa: DTZ001
    ],
)
def test_names_addresses_and_texts_are_refused_without_being_repeated(value):
    with pytest.raises(NotPlain) as refusal:
        plain({"what": value})
    assert "what" in str(refusal.value)
    assert str(value) not in str(refusal.value)


@given(
    now=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    every=st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=3)),
)
def test_a_period_is_due_on_a_grid_that_all_dispatchers_share(now, every):
    periodic = Periodic("app.verb", every=every)
    due_at = periodic.due_at(now)
    assert now - every < due_at <= now
    assert periodic.due_at(due_at) == due_at


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-28T07:00:00+00:00", "2026-03-28T07:00:00+00:00"),  # 8:00 in Paris in winter
        ("2026-03-29T05:59:00+00:00", "2026-03-28T07:00:00+00:00"),
        ("2026-03-29T06:00:00+00:00", "2026-03-29T06:00:00+00:00"),  # 8:00 in Paris, the clocks went forward in the night
    ],
)
def test_a_daily_job_follows_the_clock_of_its_place(now, due):
    periodic = Periodic("app.verb", daily_at=time(8), zone="Europe/Paris")
    assert periodic.due_at(datetime.fromisoformat(now)) == datetime.fromisoformat(due)


@pytest.mark.parametrize("when", [{}, {"every": timedelta(hours=1), "daily_at": time(8)}, {"every": timedelta(0)}])
def test_a_period_is_stated_once_and_is_not_nothing(when):
    with pytest.raises(ValueError, match=r"app\.verb"):
        Periodic("app.verb", **when)


def test_patience_doubles_up_to_its_limit():
    waits = [backoff(attempt, first=timedelta(seconds=10), most=timedelta(minutes=1)).total_seconds() for attempt in range(1, 6)]
    assert waits == [10, 20, 40, 60, 60]
    assert backoff(10_000, first=timedelta(seconds=10), most=timedelta(hours=1)) == timedelta(hours=1)
