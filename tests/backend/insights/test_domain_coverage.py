"""What can still be known of a past day."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from maillage.insights.domain.coverage import PastApplication, PastSeat, PastTerm, Point, days_to_note, end_of, goal_of, weekly_gains
from maillage.relays.domain import Coverage, SeatState, TermKind

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def term(kind: TermKind = TermKind.RELAY, *, begun: int, ended: int | None = None, seen: int | None = None, **fields: object) -> PastTerm:
    """A term that began, ended and was last seen so many days after the first of November."""
    last = ended if ended is not None else begun
    return PastTerm(
        kind,
        NOON + begun * DAY,
        None if ended is None else NOON + ended * DAY,
        seen_at=NOON + (last if seen is None else seen) * DAY,
        **fields,
    )


def test_a_seat_is_what_its_terms_say_on_that_day():
    seat = PastSeat(terms=[term(begun=0, ended=10), term(begun=20)], applications=[PastApplication(NOON + 12 * DAY, NOON + 20 * DAY)])
    assert seat.state_at(NOON - DAY) == SeatState.VACANT
    assert seat.state_at(NOON) == SeatState.FILLED
    assert seat.state_at(NOON + 10 * DAY) == SeatState.VACANT
    assert seat.state_at(NOON + 13 * DAY) == SeatState.APPLIED
    assert seat.state_at(NOON + 20 * DAY) == SeatState.FILLED


def test_a_seat_sleeps_sixty_days_after_the_last_sign_of_life():
    seat = PastSeat(terms=[term(begun=0, seen=5)])
    assert seat.state_at(NOON + 65 * DAY) == SeatState.FILLED
    assert seat.state_at(NOON + 66 * DAY) == SeatState.DORMANT


def test_who_came_back_later_counts_as_there_throughout():
    seat = PastSeat(terms=[term(begun=0, seen=200)])
    assert seat.state_at(NOON + 150 * DAY) == SeatState.FILLED


def test_a_pause_shows_while_it_lasted():
    over = ((NOON + 10 * DAY, NOON + 20 * DAY),)
    seat = PastSeat(terms=[term(begun=0, seen=30, pauses=over), term(TermKind.STAND_IN, begun=15, ended=18)])
    assert [seat.state_at(NOON + day * DAY) for day in (9, 10, 15, 18, 20)] == [
        SeatState.FILLED,
        SeatState.DORMANT,
        SeatState.STAND_IN,
        SeatState.DORMANT,
        SeatState.FILLED,
    ]


def test_a_day_ends_after_23_to_25_hours():
    assert end_of(date(2026, 3, 29), "Europe/Paris") == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert end_of(date(2026, 3, 28), "Europe/Paris") == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert end_of(date(2026, 10, 25), "Europe/Paris") == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert end_of(date(2026, 10, 24), "Europe/Paris") == datetime(2026, 10, 24, 22, tzinfo=UTC)


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAYS, st.none() | DAYS, DAYS, st.integers(1, 400))
def test_days_are_noted_in_order_without_a_hole_and_never_before_they_end(first: date, noted: date | None, today: date, most: int):
    days = days_to_note(first=first, noted=noted, today=today, most=most)
    assert len(days) <= most
    assert all(later - earlier == DAY for earlier, later in pairwise(days))
    if days:
        assert days[0] == max(first, noted + DAY) if noted else days[0] == first
        assert days[-1] < today


def test_a_goal_is_rounded_up():
    assert goal_of(Fraction(1, 3), 577) == 193
    assert goal_of(Fraction(1, 3), 12) == 4
    assert goal_of(Fraction(1, 3), 0) == 0


def point(day: date, covered: int) -> Point:
    return Point(day, Coverage(total=100, filled=covered, stand_in=0, applied=0, vacant=100 - covered, dormant=0))


def test_gains_are_by_weeks_back_from_today_and_stop_at_a_hole():
    today = date(2026, 11, 20)
    points = [point(today - timedelta(days=back), 50 - back) for back in range(35, -1, -1) if back != 21]
    assert weekly_gains(points, most=12) == [7, 7]
    assert weekly_gains(points, most=1) == [7]
    assert weekly_gains([], most=12) == []
