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
    situations=st.lists(st.tuples(st.sampled_from(Answer), st.booleans(), st.booleans(), st.none() | HOURS), min_size=12, max_size=12),
)
def test_sql_says_what_the_rule_says(
    net: SmallNetwork,
    starts_in: timedelta,
    lasts: timedelta,
    stopped: timedelta | None,
    situations: list[tuple[Answer, bool, bool, timedelta | None]],
):
    Action.objects.all().delete()
    instant = now()
    action = make_action(net, starts_in=timedelta(days=9))
    move_window(action, starts_at=instant + starts_in, ends_at=instant + starts_in + lasts)
    if stopped is not None:
        Action.objects.filter(pk=action.pk).update(status=ActionStatus.STOPPED, stopped_at=instant + stopped)
    stands_at = min(instant, instant + stopped) if stopped is not None else instant
    expected = {}
    someone, neighbour = Person.objects.create(), Person.objects.create()
    for seat, (answer, has_holder, has_neighbour, excused) in zip(Seat.objects.filter(network=net.network), situations, strict=True):
        excused_until = None if excused is None else instant + excused
        assignment = Assignment.objects.create(
            action=action,
            seat=seat,
            holder=someone if has_holder else None,
            neighbour=neighbour if has_neighbour else None,
            answer=answer,
            excused_until=excused_until,
        )
        expected[assignment.pk] = board_state(
            answer=answer,
            has_holder=has_holder,
            has_neighbour=has_neighbour,
            starts_at=action.starts_at,
            ends_at=action.ends_at,
            excused_until=excused_until,
            now=stands_at,
        )
    assert dict(Assignment.objects.stated(instant).values_list("pk", "state")) == expected
    assert set(expected.values()) <= set(BoardState)


START = now()
END = START + timedelta(hours=9)


def at(
    moment: timedelta, answer: Answer, *, has_holder: bool = True, has_neighbour: bool = False, excused: timedelta | None = None
) -> BoardState:
    return board_state(
        answer=answer,
        has_holder=has_holder,
        has_neighbour=has_neighbour,
        starts_at=START,
        ends_at=END,
        excused_until=None if excused is None else START + excused,
        now=START + moment,
    )


def test_an_answer_is_due_by_the_start_and_a_report_by_the_end():
    assert at(timedelta(seconds=-1), Answer.WAITING) == BoardState.NO_ANSWER
    assert at(timedelta(0), Answer.WAITING) == BoardState.LATE
    assert at(timedelta(hours=8), Answer.ACCEPTED) == BoardState.ACCEPTED
    assert at(timedelta(hours=9), Answer.ACCEPTED) == BoardState.LATE
    assert at(timedelta(days=9), Answer.REPORTED) == BoardState.REPORTED
    assert at(timedelta(days=-9), Answer.DECLINED) == BoardState.EMPTY


def test_somebody_must_be_there_to_be_late():
    for answer in (Answer.WAITING, Answer.ACCEPTED):
        assert at(timedelta(days=1), answer, has_holder=False) == BoardState.EMPTY
    for answer in (Answer.DECLINED, Answer.BLOCKED, Answer.EXPIRED):
        assert at(timedelta(days=1), answer) == BoardState.EMPTY


def test_who_took_it_over_owes_a_report_whatever_the_holder_said():
    for answer in (Answer.WAITING, Answer.ACCEPTED, Answer.DECLINED, Answer.BLOCKED):
        assert at(timedelta(hours=1), answer, has_neighbour=True) == BoardState.NEIGHBOUR
        assert at(timedelta(hours=1), answer, has_neighbour=True, has_holder=False) == BoardState.NEIGHBOUR
        assert at(timedelta(hours=9), answer, has_neighbour=True) == BoardState.LATE
    assert at(timedelta(days=20), Answer.EXPIRED, has_neighbour=True) == BoardState.NEIGHBOUR
    assert at(timedelta(hours=1), Answer.REPORTED, has_neighbour=True) == BoardState.REPORTED


def test_who_is_excused_is_not_late_meanwhile():
    assert at(timedelta(hours=1), Answer.WAITING, excused=timedelta(hours=2)) == BoardState.NO_ANSWER
    assert at(timedelta(hours=2), Answer.WAITING, excused=timedelta(hours=2)) == BoardState.LATE
    assert at(timedelta(hours=10), Answer.ACCEPTED, excused=timedelta(hours=11)) == BoardState.ACCEPTED
    assert at(timedelta(hours=10), Answer.WAITING, has_neighbour=True, excused=timedelta(hours=11)) == BoardState.NEIGHBOUR
