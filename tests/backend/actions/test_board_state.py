"""Where an assignment stands: SQL says what the pure rule says."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.actions.domain import ActionStatus, Answer, BoardState, board_state
from maillage.actions.models import Action, Assignment
from maillage.kernel.clock import now
from maillage.people.models import Person
from maillage.relays.models import Seat
from tests.backend.actions.factories import make_action, move_window
from tests.backend.relays.factories import SmallNetwork

HOURS = st.integers(min_value=-72, max_value=72).map(lambda hours: timedelta(hours=hours))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    starts_in=HOURS,
    lasts=st.integers(min_value=1, max_value=72).map(lambda hours: timedelta(hours=hours)),
    stopped=st.none() | HOURS,
    situations=st.lists(st.tuples(st.sampled_from(Answer), st.booleans()), min_size=12, max_size=12),
)
def test_sql_says_what_the_rule_says(
    net: SmallNetwork, starts_in: timedelta, lasts: timedelta, stopped: timedelta | None, situations: list[tuple[Answer, bool]]
):
    Action.objects.all().delete()
    instant = now()
    action = make_action(net, starts_in=timedelta(days=9))
    move_window(action, starts_at=instant + starts_in, ends_at=instant + starts_in + lasts)
    if stopped is not None:
        Action.objects.filter(pk=action.pk).update(status=ActionStatus.STOPPED, stopped_at=instant + stopped)
    stands_at = min(instant, instant + stopped) if stopped is not None else instant
    expected = {}
    for seat, (answer, has_holder) in zip(Seat.objects.filter(network=net.network), situations, strict=True):
        holder = Person.objects.create() if has_holder else None
        assignment = Assignment.objects.create(action=action, seat=seat, holder=holder, answer=answer)
        expected[assignment.pk] = board_state(
            answer=answer, has_holder=has_holder, starts_at=action.starts_at, ends_at=action.ends_at, now=stands_at
        )
    assert dict(Assignment.objects.stated(instant).values_list("pk", "state")) == expected
    assert set(expected.values()) <= set(BoardState)


def test_an_answer_is_due_by_the_start_and_a_report_by_the_end():
    start = now()
    window = {"starts_at": start, "ends_at": start + timedelta(hours=9)}

    def at(moment: timedelta, answer: Answer) -> BoardState:
        return board_state(answer=answer, has_holder=True, now=start + moment, **window)

    assert at(timedelta(seconds=-1), Answer.WAITING) == BoardState.NO_ANSWER
    assert at(timedelta(0), Answer.WAITING) == BoardState.LATE
    assert at(timedelta(hours=8), Answer.ACCEPTED) == BoardState.ACCEPTED
    assert at(timedelta(hours=9), Answer.ACCEPTED) == BoardState.LATE
    assert at(timedelta(days=9), Answer.REPORTED) == BoardState.REPORTED
    assert at(timedelta(days=-9), Answer.DECLINED) == BoardState.EMPTY
