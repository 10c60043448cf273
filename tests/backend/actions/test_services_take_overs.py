from datetime import timedelta
from typing import NamedTuple

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from maillage.actions import services
from maillage.actions.domain import REPORTS_TAKEN, Answer, StepKind, TakeOverStatus
from maillage.actions.models import Action, Assignment, BoardStep, TakeOver
from maillage.actions.selectors import action_seen, steps_seen
from maillage.actions.selectors.own import answers_of
from maillage.actions.selectors.signs import signs_of_answers
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, NotFound
from maillage.messaging.domain import RENDERERS
from maillage.messaging.models import Message
from maillage.people.models import Person
from maillage.people.services.erasure import erase_person
from maillage.relays import services as relays
from maillage.relays.models import Term
from tests.backend.actions.factories import assignment_of, make_asked, make_late, make_next_door, move_window, tomorrow
from tests.backend.relays.factories import SmallNetwork, make_holder

NOON = tomorrow(12)


class Asked(NamedTuple):
    """Somebody is late, and Théo next door is asked to take it over."""

    action: Action
    one: Assignment
    theo: Person
    question: TakeOver


@pytest.fixture
def asked(net: SmallNetwork) -> Asked:
    action = make_late(net, "0101")
    theo = make_next_door(net, "0101", "0102")
    one = assignment_of(action, "0101")
    return Asked(action, one, theo, make_asked(one, theo, at=tomorrow(11)))


def state_of(assignment: Assignment) -> str:
    return str(Assignment.objects.filter(pk=assignment.pk).stated(NOON).values_list("state", flat=True).get())


def read(purpose: str, person: Person) -> str:
    message = Message.objects.get(purpose=purpose, person=person)
    with translation.override(message.language):
        return RENDERERS[purpose](message).plain()


def test_a_yes_next_door_brings_the_brief_and_relieves_the_holder(asked: Asked):
    one, theo, question = asked.one, asked.theo, asked.question
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    one.refresh_from_db()
    assert (one.neighbour, one.answer, state_of(one)) == (theo, Answer.WAITING, "neighbour")
    assert "thank you for taking this over next door" in read("actions.taken_over", theo)
    assert "somebody of the next place goes" in read("actions.relieved", one.holder)
    services.report_assignment(assignment_id=one.pk, author_id=theo.pk, met="nobody", failed="Closed.", now=NOON)
    assert state_of(one) == "reported"
    assert set(signs_of_answers([theo.pk, one.holder_id], NOON)) == {theo.pk}, "its holder gave no sign of life"
    assert [row["reported_by"] for row in answers_of(one.holder_id)["assignments"]] == ["neighbour"]
    own = answers_of(theo.pk)
    assert [(row["assignment__seat__area__code"], row["status"]) for row in own["asked_next_door"]] == [("0101", "accepted")]


def test_who_is_asked_anew_after_it_was_taken_back_gets_the_brief_anew(asked: Asked, net: SmallNetwork):
    one, theo, question = asked.one, asked.theo, asked.question
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    step = BoardStep.objects.create(action=asked.action, kind=StepKind.HAND_OVER, number=1, at=NOON)
    step.assignments.add(one)
    step.take_overs.add(question)
    services.undo_step(step_id=step.pk, by=net.organiser(), now=NOON)
    again = make_asked(one, theo, at=NOON)
    services.accept_take_over(take_over_id=again.pk, person_id=theo.pk, now=NOON)
    first, second = Message.objects.filter(purpose="actions.taken_over", person=theo).order_by("pk")
    with translation.override("en"):
        assert "thank you for taking this over next door" in RENDERERS["actions.taken_over"](second).plain()
        with pytest.raises(LookupError):
            RENDERERS["actions.taken_over"](first)


def test_what_the_neighbour_carries_themself_is_untouched(net: SmallNetwork):
    theo = make_next_door(net, "0101", "0102")
    action = make_late(net, "0101")
    services.accept_take_over(take_over_id=make_asked(assignment_of(action, "0101"), theo).pk, person_id=theo.pk, now=NOON)
    own = assignment_of(action, "0102")
    assert (own.holder, own.neighbour, own.answer) == (theo, None, Answer.WAITING)


def test_a_no_next_door_leaves_it_as_it_was_and_is_no_yes_later(asked: Asked):
    one, theo, question = asked.one, asked.theo, asked.question
    services.decline_take_over(take_over_id=question.pk, person_id=theo.pk, reason="Away.", now=NOON)
    question.refresh_from_db()
    assert (question.status, question.reason, state_of(one)) == (TakeOverStatus.DECLINED, "Away.", "late")
    services.accept_assignment(assignment_id=one.pk, author_id=one.holder_id, now=NOON)
    with pytest.raises(Conflict) as refused:
        services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    assert (refused.value.code, state_of(one)) == ("said_no", "accepted")


def test_a_no_after_the_yes_gives_it_back(asked: Asked):
    one, theo, question = asked.one, asked.theo, asked.question
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    services.decline_assignment(assignment_id=one.pk, author_id=theo.pk, reason="Ill.", now=NOON)
    one.refresh_from_db()
    question.refresh_from_db()
    assert (one.neighbour, one.answer, one.reason) == (None, Answer.WAITING, "")
    assert (question.status, question.reason) == (TakeOverStatus.DECLINED, "Ill.")
    assert "falls back to you" in read("actions.given_back", one.holder)


def test_who_gets_it_back_is_asked_anew_and_reminded_halfway_from_then(asked: Asked):
    one, theo, question = asked.one, asked.theo, asked.question
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    back = tomorrow(17)
    services.decline_assignment(assignment_id=one.pk, author_id=theo.pk, now=back)
    one.refresh_from_db()
    assert one.asked_at == back
    services.remind_by_clock(now=back + timedelta(minutes=10))
    assert not one.reminders.exists()
    services.remind_by_clock(now=tomorrow(18))
    assert one.reminders.count() == 1


def test_a_holder_seated_while_a_neighbour_had_it_gets_the_brief_when_it_falls_back(asked: Asked, net: SmallNetwork):
    one, theo, question = asked.one, asked.theo, asked.question
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    relays.end_term(term_id=Term.objects.get(person=one.holder).pk, by=net.organiser(), now=NOON)
    _, new = make_holder(net.seat("0101"), email="new@people.example", language="en", at=NOON)
    services.hand_over_seat(seat_id=one.seat_id, now=NOON)
    assert not Message.objects.filter(person=new).exists()
    services.decline_assignment(assignment_id=one.pk, author_id=theo.pk, now=NOON)
    assert "here is what we ask of you" in read("actions.brief", new)
    assert not Message.objects.filter(purpose="actions.given_back").exists()


def test_an_excuse_is_of_whoever_acted_then(asked: Asked, net: SmallNetwork):
    action, one, theo, question = asked
    by = net.organiser()
    excuse = {"action_id": action.pk, "assignment_ids": [one.pk], "by": by, "expected": 1}
    first = services.excuse(now=tomorrow(11, 30), **excuse)
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    second = services.excuse(now=tomorrow(13), **excuse)
    assert [seen.step.pk for seen in steps_seen(by, action_seen(by, action.pk, now=tomorrow(13)), now=tomorrow(13)) if seen.can_undo] == [
        second.pk
    ]
    with pytest.raises(Conflict) as refused:
        services.undo_step(step_id=first.pk, by=by, now=tomorrow(13))
    assert refused.value.code == "step_over"
    one.refresh_from_db()
    assert one.excused_until, "the later one stands"
    services.undo_step(step_id=second.pk, by=by, now=tomorrow(14))
    one.refresh_from_db()
    assert one.excused_until is None
    services.decline_take_over(take_over_id=question.pk, person_id=theo.pk, now=tomorrow(15))
    one.refresh_from_db()
    assert one.excused_until == tomorrow(0) + timedelta(days=1), "that of its holder comes back"
    services.undo_step(step_id=first.pk, by=by, now=tomorrow(16))
    one.refresh_from_db()
    assert one.excused_until is None


def test_an_excuse_of_the_neighbour_ends_when_it_falls_back(asked: Asked, net: SmallNetwork):
    action, one, theo, question = asked
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    services.excuse(action_id=action.pk, assignment_ids=[one.pk], by=net.organiser(), now=tomorrow(13), expected=1)
    services.decline_take_over(take_over_id=question.pk, person_id=theo.pk, now=tomorrow(15))
    one.refresh_from_db()
    assert one.excused_until is None


def test_it_falls_back_when_the_neighbour_holds_no_seat_any_more(asked: Asked, net: SmallNetwork):
    one, theo, question = asked.one, asked.theo, asked.question
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    relays.end_term(term_id=Term.objects.get(person=theo).pk, by=net.organiser(), now=NOON)
    assert services.release_neighbour(person_id=theo.pk, now=NOON) == 1
    assert services.release_neighbour(person_id=theo.pk, now=NOON) == 0
    assert state_of(one) == "late"
    assert "you need not go for" in read("actions.relieved", theo)


def test_after_the_end_whoever_went_reports_and_nothing_falls_back(asked: Asked, net: SmallNetwork):
    action, one, theo, question = asked
    by, evening = net.organiser(), tomorrow(20)
    step = BoardStep.objects.create(action=action, kind=StepKind.HAND_OVER, number=1, by=by, at=NOON)
    step.assignments.add(one)
    step.take_overs.add(question)
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    assert steps_seen(by, action_seen(by, action.pk, now=NOON), now=NOON)[0].can_undo
    assert not steps_seen(by, action_seen(by, action.pk, now=evening), now=evening)[0].can_undo
    with pytest.raises(Conflict) as refused:
        services.undo_step(step_id=step.pk, by=by, now=evening)
    assert refused.value.code == "window_over"
    relays.end_term(term_id=Term.objects.get(person=theo).pk, by=by, now=evening)
    assert services.release_neighbour(person_id=theo.pk, now=evening) == 0
    services.report_assignment(assignment_id=one.pk, author_id=theo.pk, met="nobody", failed="Closed.", now=evening)
    assert state_of(one) == "reported"


def test_what_falls_back_is_not_said_after_the_end(asked: Asked):
    action, one, theo, question = asked
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    services.decline_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    move_window(action, starts_at=now() - timedelta(hours=2), ends_at=now() - timedelta(hours=1))
    with pytest.raises(LookupError):
        read("actions.given_back", one.holder)


def test_a_stopped_action_keeps_who_had_taken_over(asked: Asked, net: SmallNetwork):
    action, one, theo, question = asked
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    by = net.organiser()
    services.stop_action(action_id=action.pk, expected=1, by=by, now=NOON)
    relays.end_term(term_id=Term.objects.get(person=theo).pk, by=by, now=NOON)
    assert services.release_neighbour(person_id=theo.pk, now=NOON) == 0
    one.refresh_from_db()
    assert one.neighbour == theo


def test_who_is_relieved_answers_no_more_and_is_heard_when_they_went(asked: Asked):
    one, theo, question = asked.one, asked.theo, asked.question
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    with pytest.raises(Conflict) as refused:
        services.accept_assignment(assignment_id=one.pk, author_id=one.holder_id, now=NOON)
    assert refused.value.code == "taken_over"
    services.report_assignment(assignment_id=one.pk, author_id=one.holder_id, met="nobody", failed="Closed.", now=NOON)
    one.refresh_from_db()
    assert (one.neighbour, one.answer) == (None, Answer.REPORTED)
    assert "it has been settled otherwise" in read("actions.relieved", theo)


def test_what_the_neighbour_reported_is_not_overwritten(asked: Asked):
    one, theo, question = asked.one, asked.theo, asked.question
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    services.report_assignment(assignment_id=one.pk, author_id=theo.pk, met="nobody", failed="Closed.", now=NOON)
    with pytest.raises(Conflict) as refused:
        services.report_assignment(assignment_id=one.pk, author_id=one.holder_id, met="staff", now=NOON)
    assert refused.value.code == "taken_over"


def test_a_holder_who_goes_after_all_takes_the_question_back(asked: Asked):
    one, theo, question = asked.one, asked.theo, asked.question
    services.accept_assignment(assignment_id=one.pk, author_id=one.holder_id, now=NOON)
    question.refresh_from_db()
    assert question.status == TakeOverStatus.WITHDRAWN
    with pytest.raises(Conflict) as refused:
        services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    assert refused.value.code == "no_longer_asked"


def test_one_open_question_an_assignment(asked: Asked, net: SmallNetwork):
    one = asked.one
    with pytest.raises(IntegrityError), transaction.atomic():
        make_asked(one, make_next_door(net, "0101", "0103"))


def test_nobody_answers_for_somebody_else_or_before_it_left(asked: Asked):
    one, theo, question = asked.one, asked.theo, asked.question
    with pytest.raises(NotFound):
        services.accept_take_over(take_over_id=question.pk, person_id=one.holder_id, now=NOON)
    TakeOver.objects.update(sent_at=None)
    with pytest.raises(NotFound):
        services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)


def test_stopping_tells_whoever_acts(asked: Asked, net: SmallNetwork):
    action, theo, question = asked.action, asked.theo, asked.question
    services.accept_take_over(take_over_id=question.pk, person_id=theo.pk, now=NOON)
    services.stop_action(action_id=action.pk, expected=1, by=net.organiser(), now=NOON)
    assert Message.objects.get(purpose="actions.stopped").person == theo


def test_what_nobody_answered_or_reported_expires_when_the_action_closes(asked: Asked):
    action, one, question = asked.action, asked.one, asked.question
    move_window(action, starts_at=NOON - REPORTS_TAKEN - timedelta(days=2), ends_at=NOON - REPORTS_TAKEN - timedelta(days=1))
    services.close_ended(now=NOON)
    question.refresh_from_db()
    assert (assignment_of(action, "0101").answer, question.status) == (Answer.EXPIRED, TakeOverStatus.WITHDRAWN)
    assert set(Assignment.objects.values_list("answer", flat=True)) == {Answer.EXPIRED}
    assert state_of(one) == "empty"


def test_who_is_erased_leaves_no_words_and_it_falls_back(asked: Asked):
    theo, question = asked.theo, asked.question
    services.decline_take_over(take_over_id=question.pk, person_id=theo.pk, reason="Away.", now=NOON)
    erase_person(person_id=theo.pk, now=NOON)
    question.refresh_from_db()
    assert question.reason == ""
