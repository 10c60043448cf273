"""What happened in a span of days."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from maillage.insights.domain.tables import Asked, Held, Span, last_days, tally
from maillage.relays.domain import ApplicationStatus

HERE = UUID(int=1)
START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = START + 1000 * HOUR


def asked(
    confirmed: int, *, called: int | None = None, decided: int | None = None, released: int | None = None, status: str = "submitted"
) -> Asked:
    """An application, its instants in hours after the first of November."""

    def at(hours: int | None) -> datetime | None:
        return None if hours is None else START + hours * HOUR

    return Asked(HERE, status, START + confirmed * HOUR, at(decided), START + (confirmed + 48) * HOUR, at(called), at(released), None)


def test_calls_are_counted_by_their_hour_and_misses_when_it_passed():
    people = [asked(0, called=10), asked(1, called=21), asked(2, called=90), asked(3), asked(900)]
    found = tally(people, [], since=START, until=START + 100 * HOUR, now=NOW)
    assert (found.applications, found.called, found.kept, found.missed) == (4, 3, 2, 2)
    assert (found.median_hours, found.ninth_hours) == (20, 88)


def test_what_was_taken_back_before_its_hour_is_no_miss():
    people = [
        asked(0, released=10, decided=10, status=ApplicationStatus.WITHDRAWN),
        asked(0, released=60, decided=60, status=ApplicationStatus.WITHDRAWN),
    ]
    found = tally(people, [], since=START, until=START + 100 * HOUR, now=NOW)
    assert (found.missed, found.withdrawn, found.median_hours) == (1, 2, None)


def test_an_hour_that_has_not_come_is_no_miss():
    assert tally([asked(0)], [], since=START, until=START + 100 * HOUR, now=START + 47 * HOUR).missed == 0


def test_terms_opened_ended_and_handed_over():
    held = [Held(HERE, START, None), Held(HERE, START - HOUR, START + HOUR), Held(HERE, START - HOUR, START + HOUR, was_handed_over=True)]
    found = tally([], held, since=START, until=START + 2 * HOUR, now=NOW)
    assert (found.opened, found.ended, found.handed_over) == (1, 2, 1)


@given(st.lists(st.integers(0, 900)), st.integers(0, 900))
def test_a_span_cut_in_two_counts_each_thing_once(confirmed: list[int], cut: int):
    people = [asked(hours, called=hours + 5) for hours in confirmed]
    middle, end = START + cut * HOUR, NOW
    whole, first, second = (
        tally(people, [], since=since, until=until, now=NOW) for since, until in ((START, end), (START, middle), (middle, end))
    )
    for name in ("applications", "called", "kept"):
        assert getattr(whole, name) == getattr(first, name) + getattr(second, name)


def test_spans():
    span = last_days(30, today=date(2026, 11, 30))
    assert span == Span(date(2026, 11, 1), date(2026, 11, 30))
    assert span.before == Span(date(2026, 10, 2), date(2026, 10, 31))
    begins, ends = Span(date(2026, 10, 25), date(2026, 10, 25)).instants("Europe/Paris")
    assert (ends - begins).total_seconds() / 3600 in (24, 25)
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=25)
