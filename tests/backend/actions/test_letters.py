"""The brief says what, where, when and by when to answer; both answers are as easy."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from maillage.actions import selectors, services
from maillage.actions.models import Action, Assignment
from maillage.advocacy.models import Mandate, OfficeHolder
from maillage.kernel import dates
from maillage.kernel.clock import now
from maillage.messaging.domain import RENDERERS, Button, Facts, Letter
from maillage.messaging.models import Message
from tests.backend.actions.factories import assignment_of, make_action, make_launched, move_window
from tests.backend.relays.factories import SmallNetwork, make_holder


def letter_of(message: Message) -> Letter:
    with translation.override(message.language):
        return RENDERERS[message.purpose](message)


def launched(net: SmallNetwork, *, code: str = "0101", language: str = "en", **fields: object) -> Action:
    make_holder(net.seat(code), language=language)
    start, end = (datetime.fromisoformat(f"2030-12-02T{hour}:00:00+01:00") for hour in ("09", "19"))
    action = make_action(net, **fields)
    services.edit_action(action_id=action.pk, version=1, starts_at=start, ends_at=end, by=net.organiser(), now=now())
    return services.launch_action(action_id=action.pk, by=None, now=now())


def test_the_brief(net: SmallNetwork):
    deputy = OfficeHolder.objects.create(
        source="xm", external_id="1", civility="Mme", given_name="Odile", family_name="Pradelle", office_email="odile@chambre.example"
    )
    Mandate.objects.create(holder=deputy, area=net.country.area("0101"), body="xm", begins_on=date(2024, 7, 7))
    action = launched(net)
    letter = letter_of(Message.objects.get(purpose="actions.brief"))
    assert letter.subject == "Small lines: Hautes-Brumes, constituency 1"
    facts = dict(next(block.rows for block in letter.blocks if isinstance(block, Facts)))
    assert facts["When"] == "Monday 2\N{NO-BREAK SPACE}December, from 9\N{NO-BREAK SPACE}am to 7\N{NO-BREAK SPACE}pm"
    assert facts["Whom to meet"] == "Mme Odile Pradelle"
    yes, no = (block.url for block in letter.blocks if isinstance(block, Button))
    token = re.search(r"/en/a/([^/]+)/$", yes)[1]
    assert no == f"{yes}?answer=declined"
    linked = selectors.linked_assignment(token, now=now())
    assert (linked.assignment, linked.is_theirs) == (assignment_of(action, "0101"), True)
    assert "Will you vote the **fund**?" in letter.plain()


def test_the_window_is_said_in_the_hours_of_the_place(net: SmallNetwork):
    launched(net, code="0301")
    facts = dict(next(block.rows for block in letter_of(Message.objects.get(purpose="actions.brief")).blocks if isinstance(block, Facts)))
    assert "from 4\N{NO-BREAK SPACE}am to 2\N{NO-BREAK SPACE}pm" in facts["When"]


def test_a_brief_that_nobody_translated_says_so(net: SmallNetwork):
    launched(net, texts={"fr": {"title": "Petites lignes", "summary": "", "brief": "Bonjour"}})
    assert "not translated it yet" in letter_of(Message.objects.get(purpose="actions.brief")).plain()


def test_a_brief_that_waits_while_the_seat_changes_hands_is_not_sent(net: SmallNetwork):
    launched(net)
    message = Message.objects.get(purpose="actions.brief")
    Assignment.objects.update(holder=None)
    with pytest.raises(LookupError):
        letter_of(message)


def test_once_it_began_a_brief_asks_for_an_answer_before_the_end_and_after_it_for_none(net: SmallNetwork):
    action = launched(net)
    message = Message.objects.get(purpose="actions.brief")
    assert "before Monday 2\N{NO-BREAK SPACE}December, 9" in letter_of(message).preview
    end = now() + timedelta(days=1)
    move_window(action, starts_at=now() - timedelta(hours=1), ends_at=end)
    with translation.override("en"):
        by = dates.instant(end, "Europe/Paris")
    assert letter_of(message).preview == f"Your answer before {by}."
    assert f"Tell us before {by}" in letter_of(message).plain()
    move_window(action, starts_at=now() - timedelta(hours=2), ends_at=now() - timedelta(hours=1))
    with pytest.raises(LookupError):
        letter_of(message)


def test_a_stopped_action_says_that_nothing_is_left_to_do(net: SmallNetwork):
    make_holder(net.seat("0101"), language="en")
    action = make_launched(net)
    services.stop_action(action_id=action.pk, expected=1, by=net.organiser(), now=now())
    assert "There is nothing left to do" in letter_of(Message.objects.get(purpose="actions.stopped")).plain()
    with pytest.raises(LookupError):
        letter_of(Message.objects.get(purpose="actions.brief"))
