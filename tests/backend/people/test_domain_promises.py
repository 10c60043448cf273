from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from maillage.people.domain import CLIMBS_EVERY, CONTACT_PROMISE, REMINDED_AFTER, StepKind, step_due

MADE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DUE = MADE + CONTACT_PROMISE


def run(*instants: datetime) -> list[tuple[StepKind, datetime]]:
    """Look at a promise at these instants and take whatever is due: kind and instant of each step."""
    taken: list[tuple[StepKind, datetime]] = []
    number, last_at = 0, None
    for instant in instants:
        due = step_due(made_at=MADE, due_at=DUE, taken=number, last_at=last_at, now=instant)
        if due.at <= instant:
            assert due.number > number
            number, last_at = due.number, instant
            taken.append((due.kind, instant))
    return taken


def test_two_reminders_then_a_climb_each_day():
    hours = [MADE + timedelta(hours=hour) for hour in range(100)]
    assert [(kind, (at - MADE) / timedelta(hours=1)) for kind, at in run(*hours)] == [
        (StepKind.REMINDER, 24),
        (StepKind.REMINDER, 44),
        (StepKind.CLIMB, 48),
        (StepKind.CLIMB, 72),
        (StepKind.CLIMB, 96),
    ]


def test_a_machine_that_stood_still_reminds_once_and_climbs_one_step():
    assert run(MADE + timedelta(hours=45), MADE + timedelta(hours=45, minutes=1)) == [(StepKind.REMINDER, MADE + timedelta(hours=45))]
    late = MADE + timedelta(days=9)
    assert run(late, late + timedelta(minutes=1)) == [(StepKind.CLIMB, late)]


@given(st.lists(st.integers(min_value=0, max_value=200), max_size=30))
def test_whenever_one_looks_nothing_is_early_and_each_has_their_day(hours: list[int]):
    taken = run(*(MADE + timedelta(hours=hour) for hour in sorted(hours)))
    climbs = [at for kind, at in taken if kind == StepKind.CLIMB]
    reminders = [at for kind, at in taken if kind == StepKind.REMINDER]
    assert all(at >= DUE for at in climbs)
    assert all(at < DUE for at in reminders)
    assert len(reminders) <= len(REMINDED_AFTER)
    assert all(later - earlier >= CLIMBS_EVERY for earlier, later in pairwise(climbs))
