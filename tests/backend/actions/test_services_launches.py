from datetime import timedelta

import pytest
from django.test import Client

from maillage.actions import services
from maillage.actions.domain import REPORTS_TAKEN, ActionStatus, Answer
from maillage.actions.models import Assignment
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, NotFound
from maillage.kernel.ids import uuid7
from maillage.messaging.models import Message
from maillage.messaging.services import deliver_message
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint
from maillage.relays import services as relays
from maillage.relays.models import Term
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import assignment_of, make_action, make_launched, move_window
from tests.backend.relays.factories import SmallNetwork, make_holder


def test_one_assignment_a_seat_one_message_a_holder_one_fact(net: SmallNetwork, django_assert_max_num_queries):
    _, first = make_holder(net.seat("0101"))
    _, second = make_holder(net.seat("0102"))
    make_holder(net.seat("0103"), email="")
    action = make_action(net)
    Job.objects.all().delete()
    with django_assert_max_num_queries(23):
        services.launch_action(action_id=action.pk, by=net.organiser(), now=now())
    action.refresh_from_db()
    assert action.status == ActionStatus.LAUNCHED
    assert Assignment.objects.filter(action=action).count() == 12
    assert Assignment.objects.filter(action=action, holder=None).count() == 9
    assert {message.person for message in Message.objects.filter(purpose="actions.brief")} == {first, second}
    assert Job.objects.filter(name="messaging.deliver").count() == 2
    assert Entry.objects.get(name="action.launched").data == {"seats": 12, "holders": 3, "messages": 2}


def test_a_holder_whom_no_mail_reaches_is_brought_the_brief_by_hand(net: SmallNetwork):
    make_holder(net.seat("0101"))
    _, offline = make_holder(net.seat("0102"), email="", phone="+33612345678")
    make_holder(net.seat("0103"), email="")
    ContactPoint.objects.create(person=offline, channel=Channel.POST, value="3 rue du Pont", verified_at=now())
    action = make_action(net)
    with pytest.raises(Conflict):
        services.launch_action(action_id=action.pk, by=None, now=now(), expected=2)
    services.launch_action(action_id=action.pk, by=None, now=now(), expected=1)
    assert Entry.objects.get(name="action.launched").data == {"seats": 12, "holders": 3, "messages": 2}
    message = Message.objects.get(purpose="actions.brief", person=offline)
    assert deliver_message(message_id=message.pk, now=now()) == "by_hand"
    browser = Client()
    sign_in(browser, net.organiser("department", "01", name="Inès Prat"))
    page = browser.get(f"/api/v1/messaging/letters/{message.pk}/").json()
    said = " ".join(page["paragraphs"])
    assert page["contact"] == "3 rue du Pont"
    assert "click" not in said
    assert "http" not in said
    Message.objects.filter(pk=message.pk).update(language="en")
    said = " ".join(browser.get(f"/api/v1/messaging/letters/{message.pk}/").json()["paragraphs"])
    assert "Say yes or no to whoever brings you this" in said


def test_launching_twice_sends_nothing_twice(net: SmallNetwork):
    make_holder(net.seat("0101"))
    action = make_launched(net)
    with pytest.raises(Conflict) as refused:
        services.launch_action(action_id=action.pk, by=None, now=now())
    assert refused.value.code == "already_launched"
    assert Message.objects.filter(purpose="actions.brief").count() == 1


def test_another_number_than_the_one_shown_stops_the_launch(net: SmallNetwork):
    make_holder(net.seat("0101"))
    action = make_action(net)
    with pytest.raises(Conflict) as refused:
        services.launch_action(action_id=action.pk, by=None, now=now(), expected=7)
    assert (refused.value.code, refused.value.extra["number"]) == ("number_differs", 1)
    assert not Assignment.objects.exists()
    assert not Message.objects.exists()


def test_a_window_that_is_over_is_not_launched(net: SmallNetwork):
    action = make_action(net)
    move_window(action, starts_at=now() - timedelta(hours=2), ends_at=now() - timedelta(hours=1))
    with pytest.raises(Conflict) as refused:
        services.launch_action(action_id=action.pk, by=None, now=now())
    assert refused.value.code == "window_over"


def test_what_does_not_exist_is_not_launched(db: None):
    with pytest.raises(NotFound):
        services.launch_action(action_id=uuid7(), by=None, now=now())


def test_stopping_tells_whoever_had_not_reported(net: SmallNetwork):
    _, waits = make_holder(net.seat("0101"))
    _, said_no = make_holder(net.seat("0102"))
    action, organiser = make_launched(net), net.organiser()
    services.decline_assignment(assignment_id=assignment_of(action, "0102").pk, author_id=said_no.pk, now=now())
    with pytest.raises(Conflict) as refused:
        services.stop_action(action_id=action.pk, expected=2, by=organiser, now=now())
    assert refused.value.extra["number"] == 1
    services.stop_action(action_id=action.pk, expected=1, by=organiser, now=now())
    assert Message.objects.get(purpose="actions.stopped").person == waits
    with pytest.raises(Conflict) as refused:
        services.accept_assignment(assignment_id=assignment_of(action, "0101").pk, author_id=waits.pk, now=now())
    assert refused.value.code == "action_over"
    with pytest.raises(Conflict) as refused:
        services.stop_action(action_id=action.pk, expected=0, by=organiser, now=now())
    assert refused.value.code == "not_running"


def test_an_action_closes_two_weeks_after_its_end(net: SmallNetwork):
    action = make_launched(net)
    move_window(action, starts_at=now() - REPORTS_TAKEN - timedelta(hours=3), ends_at=now() - REPORTS_TAKEN + timedelta(minutes=1))
    assert services.close_ended(now=now()) == 0
    assert services.close_ended(now=now() + timedelta(minutes=2)) == 1
    action.refresh_from_db()
    assert action.status == ActionStatus.CLOSED


def test_a_new_relay_is_briefed_and_one_who_left_is_relieved(net: SmallNetwork):
    term, old = make_holder(net.seat("0101"))
    action = make_launched(net)
    services.accept_assignment(assignment_id=assignment_of(action, "0101").pk, author_id=old.pk, now=now())
    relays.end_term(term_id=term.pk, by=net.organiser(), now=now())
    assert services.hand_over_seat(seat_id=term.seat_id, now=now()) == 1
    freed = assignment_of(action, "0101")
    assert (freed.holder, freed.answer) == (None, Answer.WAITING)
    _, new = make_holder(net.seat("0101"), email="new@people.example")
    assert services.hand_over_seat(seat_id=term.seat_id, now=now()) == 1
    assert services.hand_over_seat(seat_id=term.seat_id, now=now()) == 0
    assert assignment_of(action, "0101").holder == new
    assert Message.objects.filter(purpose="actions.brief", person=new).count() == 1


def test_terms_that_begin_and_end_ask_for_the_hand_over(net: SmallNetwork):
    term, _ = make_holder(net.seat("0101"))
    relays.end_term(term_id=term.pk, by=net.organiser(), now=now())
    assert Job.objects.filter(name="journal.fan_out").count() >= 2
    assert Term.objects.get().ends_at is not None


def test_what_was_reported_stays_with_who_reported_it(net: SmallNetwork):
    term, old = make_holder(net.seat("0101"))
    action = make_launched(net)
    services.report_assignment(assignment_id=assignment_of(action, "0101").pk, author_id=old.pk, met="nobody", failed="Fermé.", now=now())
    relays.end_term(term_id=term.pk, by=net.organiser(), now=now())
    assert services.hand_over_seat(seat_id=term.seat_id, now=now()) == 0
    assert assignment_of(action, "0101").holder == old
