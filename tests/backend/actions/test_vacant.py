"""Seats on which nobody acts: neighbours asked by the rule, organisers told, or the worklist."""

from datetime import UTC, datetime, timedelta

import pytest

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.domain import TakeOverStatus, VacantRule, shared_out, silent_at
from maillage.actions.models import Action, BoardStep, TakeOver
from maillage.actions.selectors import relief_before_launch
from maillage.kernel.errors import Conflict
from maillage.messaging.models import Message
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import assignment_of, make_action, make_launched, make_next_door, move_window, tomorrow
from tests.backend.relays.factories import SmallNetwork, make_holder, make_neighbours

NOON = tomorrow(12)


@pytest.fixture
def national(net: SmallNetwork) -> User:
    return net.organiser()


def launched(net: SmallNetwork, **fields: object) -> Action:
    """An action of the next days with neighbours asked for its vacant seats."""
    action = make_launched(net, **{"vacant_rule": VacantRule.NEIGHBOUR, **fields})
    move_window(action, starts_at=tomorrow(9) + timedelta(days=9), ends_at=tomorrow(19) + timedelta(days=9))
    return action


def asked(status: TakeOverStatus = TakeOverStatus.ASKED) -> list[tuple[str, str]]:
    found = TakeOver.objects.filter(status=status).order_by("assignment__seat__area__code")
    return list(found.values_list("assignment__seat__area__code", "person__given_name"))


def leave(now: datetime) -> None:
    """Let what waits leave."""
    for step in BoardStep.objects.all():
        services.send_step(step_id=step.pk, now=now)


def test_nobody_is_asked_about_two_places_at_a_time_and_who_carries_least_goes_first():
    beside = {"a": ["ada", "bo"], "b": ["ada"], "c": ["bo", "cy"], "d": []}
    assert shared_out(beside, carries={"bo": 1, "cy": 2}, busy=()) == {"b": "ada", "a": "bo", "c": "cy"}
    assert shared_out(beside, carries={}, busy={"ada"}) == {"a": "bo", "c": "cy"}


def test_who_does_not_answer_waits_two_days_or_a_third_of_what_is_left():
    at = datetime(2027, 3, 1, tzinfo=UTC)
    assert silent_at(asked_at=at, ends_at=at + timedelta(days=30)) == at + timedelta(days=2)
    assert silent_at(asked_at=at, ends_at=at + timedelta(hours=9)) == at + timedelta(hours=3)


def test_the_dry_run_says_for_how_many_a_neighbour_is_asked(net: SmallNetwork, national: User, client):
    make_next_door(net, "0101", "0102")
    make_neighbours(net, "0103", {"0102": 300})
    action = make_action(net, vacant_rule=VacantRule.NEIGHBOUR)
    found = relief_before_launch(action)
    assert (found.asked, found.later, found.none) == (1, 1, 9)
    sign_in(client, national)
    address = f"/api/v1/actions/{action.pk}/"
    assert client.get(f"{address}preview/").json()["relief"] == {"asked": 1, "later": 1, "none": 9}
    change = {"version": 1, "vacant_rule": "worklist"}
    assert client.patch(address, data=change, content_type="application/json").json()["vacant_rule"] == "worklist"
    assert client.get(f"{address}preview/").json()["relief"] is None


def test_a_neighbour_is_asked_once_for_a_vacant_seat_and_takes_it_over(net: SmallNetwork, national: User, client):
    theo = make_next_door(net, "0101", "0102", name="Théo")
    action = launched(net)
    assert [services.relieve_vacant(now=NOON) for _again in range(2)] == [1, 0]
    assert asked() == [("0101", "Théo")]
    assert not Message.objects.filter(purpose="actions.take_over").exists(), "it can be undone for ten minutes"
    leave(NOON + timedelta(minutes=11))
    assert Message.objects.filter(purpose="actions.take_over", person=theo).count() == 1
    services.accept_take_over(take_over_id=TakeOver.objects.get().pk, person_id=theo.pk, now=NOON + timedelta(hours=1))
    assert services.relieve_vacant(now=NOON + timedelta(hours=2)) == 0
    sign_in(client, national)
    assert client.get(f"/api/v1/actions/{action.pk}/board/").json()["vacant"] == {"rule": "neighbour", "asked": 0, "taken_over": 1}
    assert client.get(f"/api/v1/actions/{action.pk}/steps/").json()["items"] == [], "what organisers did"
    line = client.get(f"/api/v1/actions/{action.pk}/board/{assignment_of(action, '0101').pk}/").json()
    assert [(step["is_by_rule"], step["by"], step["can_undo"]) for step in line["steps"]] == [(True, "", True)]


def test_after_a_no_or_silence_the_next_one_is_asked_and_nobody_twice(net: SmallNetwork):
    theo = make_next_door(net, "0101", "0102", name="Théo")
    make_neighbours(net, "0101", {"0103": 300})
    make_holder(net.seat("0103"), given_name="Zoé")
    launched(net)
    services.relieve_vacant(now=NOON)
    leave(NOON + timedelta(minutes=11))
    services.decline_take_over(take_over_id=TakeOver.objects.get().pk, person_id=theo.pk, now=NOON + timedelta(hours=1))
    second = NOON + timedelta(hours=2)
    services.relieve_vacant(now=second)
    leave(second + timedelta(minutes=11))
    assert asked() == [("0101", "Zoé")]
    assert services.relieve_vacant(now=second + timedelta(days=1)) == 0
    assert services.relieve_vacant(now=second + timedelta(days=3)) == 0
    assert (asked(), asked(TakeOverStatus.WITHDRAWN)) == ([], [("0101", "Zoé")])


@pytest.mark.parametrize("has_left", [False, True])
def test_somebody_who_is_seated_meanwhile_goes_and_nobody_relieves_them(net: SmallNetwork, has_left: bool):
    make_next_door(net, "0101", "0102", name="Théo")
    action = launched(net)
    services.relieve_vacant(now=NOON)
    if has_left:
        leave(NOON + timedelta(minutes=11))
    _term, ada = make_holder(net.seat("0101"), given_name="Ada")
    services.hand_over_seat(seat_id=net.seat("0101").pk, now=NOON + timedelta(hours=1))
    leave(NOON + timedelta(hours=2))
    assert (asked(), asked(TakeOverStatus.WITHDRAWN)) == ([], [("0101", "Théo")] if has_left else [])
    assert Message.objects.filter(purpose="actions.take_over").exists() == has_left
    assert assignment_of(action, "0101").acting_id == ada.pk


def test_who_pauses_when_the_question_would_leave_is_not_asked(net: SmallNetwork):
    theo = make_next_door(net, "0101", "0102", name="Théo")
    launched(net)
    services.relieve_vacant(now=NOON)
    theo.terms.update(paused_at=NOON, paused_until=(NOON + timedelta(days=9)).date())
    leave(NOON + timedelta(minutes=11))
    assert not TakeOver.objects.exists()


def test_it_comes_into_play_when_a_holder_says_no_and_passes_over_who_does_not_go_themself(net: SmallNetwork):
    make_next_door(net, "0101", "0102", name="Théo")
    make_next_door(net, "0102", "0101", name="Ada")
    action = launched(net)
    assert services.relieve_vacant(now=NOON) == 0
    for code in ("0101", "0102"):
        one = assignment_of(action, code)
        services.decline_assignment(assignment_id=one.pk, author_id=one.holder_id, now=NOON)
    assert services.relieve_vacant(now=NOON) == 0
    one = assignment_of(action, "0102")
    services.accept_assignment(assignment_id=one.pk, author_id=one.holder_id, now=NOON)
    assert (services.relieve_vacant(now=NOON), asked()) == (1, [("0101", "Théo")])


def test_what_an_organiser_took_back_is_left_to_them(net: SmallNetwork, national: User):
    make_next_door(net, "0101", "0102")
    launched(net)
    services.relieve_vacant(now=NOON)
    step = BoardStep.objects.get(is_by_rule=True)
    services.undo_step(step_id=step.pk, by=national, now=NOON + timedelta(minutes=5))
    assert (TakeOver.objects.count(), services.relieve_vacant(now=NOON + timedelta(hours=1))) == (0, 0)


@pytest.mark.parametrize("rule", [VacantRule.WORKLIST, VacantRule.ORGANISER])
def test_nobody_is_asked_by_another_rule_after_the_end_or_once_it_was_stopped(net: SmallNetwork, national: User, rule: VacantRule):
    make_next_door(net, "0101", "0102")
    launched(net, vacant_rule=rule)
    assert services.relieve_vacant(now=NOON) == 0
    other = launched(net)
    assert services.relieve_vacant(now=other.ends_at - timedelta(minutes=5)) == 0, "it would leave after the end"
    assert services.relieve_vacant(now=other.ends_at) == 0
    services.stop_action(action_id=other.pk, expected=1, by=national, now=NOON)
    assert services.relieve_vacant(now=NOON) == 0
    with pytest.raises(Conflict):
        services.edit_action(action_id=other.pk, version=1, by=national, now=NOON, vacant_rule=rule)


def test_organisers_are_told_how_many_seats_of_theirs_nobody_acts_on(net: SmallNetwork, national: User, client):
    make_holder(net.seat("0101"))
    launched(net, vacant_rule=VacantRule.ORGANISER)
    for user, empty in ((national, 11), (net.organiser("department", "01", name="Paul Autre"), 3)):
        sign_in(client, user)
        assert [one["empty_here"] for one in client.get("/api/v1/actions/").json()["items"]] == [empty]
