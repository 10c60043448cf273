"""The friendly ladder, computed on paper."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from maillage.relays.domain import (
    CALL_AFTER,
    MAIL_AFTER,
    SIGN_OF_LIFE,
    QuietStepKind,
    SeatState,
    TermFacts,
    TermKind,
    days_later,
    has_standing,
    quiet_days,
    quiet_step,
    seat_state,
)

ZONES = st.sampled_from(["Europe/Paris", "America/Guadeloupe", "Pacific/Auckland", "Asia/Tokyo"])
INSTANTS = st.integers(min_value=1_577_836_800, max_value=2_051_222_400).map(lambda second: datetime.fromtimestamp(second, tz=UTC))
TAKEN = st.sets(st.sampled_from(QuietStepKind))
ORDER = list(QuietStepKind)


@given(INSTANTS, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=120)), ZONES, TAKEN)
def test_the_latest_rung_is_taken_once_and_never_one_before_it(seen_at, quiet, zone, taken):
    now = seen_at + quiet
    step = quiet_step(seen_at=seen_at, is_paused=False, taken=taken, now=now, zone=zone)
    if step is not None:
        assert all(ORDER.index(other) < ORDER.index(step) for other in taken)
        assert quiet_step(seen_at=seen_at, is_paused=False, taken={*taken, step}, now=now, zone=zone) is None
    if quiet < CALL_AFTER - timedelta(hours=1):
        assert step is None
    if not taken and quiet > CALL_AFTER + timedelta(hours=1):
        assert step is not None


@given(INSTANTS, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=120)), ZONES)
def test_the_last_rung_is_the_dormancy_of_the_seat(seen_at, quiet, zone):
    now = seen_at + quiet
    step = quiet_step(seen_at=seen_at, is_paused=False, taken=(), now=now, zone=zone)
    facts = TermFacts(kind=TermKind.RELAY, is_paused=False, seen_at=seen_at)
    assert (step == QuietStepKind.DORMANT) == (seat_state(terms=[facts], has_open_application=False, now=now) == SeatState.DORMANT)


@given(INSTANTS, st.integers(min_value=0, max_value=100), ZONES)
def test_days_are_those_of_the_wall_clock_of_the_place(seen_at, days, zone):
    at = days_later(seen_at, timedelta(days=days), zone=zone)
    assert abs(at - (seen_at + timedelta(days=days))) <= timedelta(hours=1)
    counted = quiet_days(seen_at=seen_at, is_paused=False, now=at, zone=zone)
    assert counted in (days, days - 1)  # an hour that does not exist there, in the night when clocks go forward
    assert quiet_days(seen_at=seen_at, is_paused=True, now=at, zone=zone) == 0


def test_summer_time_makes_a_day_shorter_not_a_day_more():
    seen_at = datetime(2026, 3, 20, 8, tzinfo=UTC)  # 9:00 in Paris; clocks go forward on 29 March
    due = days_later(seen_at, CALL_AFTER, zone="Europe/Paris")
    assert due == datetime(2026, 4, 10, 7, tzinfo=UTC)  # 9:00 in Paris
    assert quiet_days(seen_at=seen_at, is_paused=False, now=due, zone="Europe/Paris") == 21


@given(INSTANTS, ZONES, TAKEN)
def test_who_pauses_is_left_alone(seen_at, zone, taken):
    assert quiet_step(seen_at=seen_at, is_paused=True, taken=taken, now=seen_at + timedelta(days=300), zone=zone) is None


def test_the_rungs_in_their_order():
    seen_at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    taken: list[QuietStepKind] = []
    found = {}
    for day in range(70):
        step = quiet_step(seen_at=seen_at, is_paused=False, taken=taken, now=seen_at + timedelta(days=day, minutes=1), zone="Europe/Paris")
        if step:
            taken.append(step)
            found[step] = day
    assert found == {QuietStepKind.CALL: CALL_AFTER.days, QuietStepKind.MAIL: MAIL_AFTER.days, QuietStepKind.DORMANT: SIGN_OF_LIFE.days}


def test_standing_is_six_weeks_awake_and_here():
    now = datetime(2026, 11, 1, tzinfo=UTC)
    old, recent = now - timedelta(weeks=7), now - timedelta(weeks=5)
    assert has_standing(starts_at=old, seen_at=now, is_paused=False, now=now)
    assert not has_standing(starts_at=recent, seen_at=now, is_paused=False, now=now)
    assert not has_standing(starts_at=old, seen_at=now, is_paused=True, now=now)
    assert not has_standing(starts_at=old - SIGN_OF_LIFE, seen_at=now - timedelta(days=61), is_paused=False, now=now)
