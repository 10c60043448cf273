import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.models import Message
from maillage.messaging.services import deliver_message
from maillage.relays import services
from maillage.relays.domain import STILL_HERE_LINK, TermKind
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.models import HandOver, QuietAnswer, Term
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, fall_quiet, make_holder


@pytest.fixture
def quiet(net: SmallNetwork) -> Term:
    return fall_quiet(make_holder(net.seat("0101"))[0], days=46)


def address(term: Term, *, days: int = 9) -> str:
    return f"/en/relays/still-here/{sign_link(STILL_HERE_LINK, ids=[term.pk], ends_at=now() + timedelta(days=days))}/"


def test_get_asks_and_changes_nothing(client: Client, quiet: Term):
    page = client.get(address(quiet)).text
    for words in ("How are you?", "I am still here", "I need a break", "I would like to hand over"):
        assert words in page
    seen_at = quiet.seen_at
    quiet.refresh_from_db()
    assert quiet.seen_at == seen_at
    assert not QuietAnswer.objects.exists()


@pytest.mark.parametrize(("answer", "thanks"), [("here", "Good to hear from you."), ("hand_over", "We look for somebody with you.")])
def test_one_press_answers(client: Client, quiet: Term, answer: str, thanks: str):
    assert thanks in client.post(address(quiet), {"answer": answer}, follow=True).text
    quiet.refresh_from_db()
    assert now() - quiet.seen_at < timedelta(minutes=1)
    assert QuietAnswer.objects.get().answer == answer


def test_who_stands_in_is_offered_no_break(client: Client, net: SmallNetwork):
    term = fall_quiet(make_holder(net.seat("0102"), kind=TermKind.STAND_IN)[0], days=46)
    page = client.get(address(term)).text
    assert "Two answers" in page
    assert "I need a break" not in page
    for words in ("I would like to stop", "You stand in until then", 'href="/app/seat"'):
        assert words in page
    for words in ("hand over", "keep the seat"):
        assert words not in page
    assert client.post(address(term), {"answer": "break", "until": in_days(9).isoformat()}).status_code == 409
    assert "You go on standing in." in client.post(address(term), {"answer": "here"}, follow=True).text
    asked = client.post(address(term), {"answer": "hand_over"}, follow=True).text
    assert "We look for somebody with you." in asked
    assert "you would like to stop" in asked
    services.end_term(term_id=term.pk, by=None, now=now())
    assert "You do not stand in for this seat any more." in client.get(address(term)).text


def test_who_stands_in_without_an_account_is_led_to_no_page(client: Client, net: SmallNetwork):
    term = fall_quiet(make_holder(net.seat("0102"), kind=TermKind.STAND_IN, email="")[0], days=46)
    assert 'href="/app/seat"' not in client.get(address(term)).text


def test_a_break_until_a_day_of_theirs(client: Client, quiet: Term):
    wrong = client.post(address(quiet), {"answer": "break", "until": "yesterday"})
    assert (wrong.status_code, "Choose a day after today" in wrong.text) == (400, True)
    until = in_days(30)
    assert "Enjoy your break." in client.post(address(quiet), {"answer": "break", "until": until.isoformat()}, follow=True).text
    quiet.refresh_from_db()
    assert quiet.paused_until == until
    assert "I am still here" in client.get(address(quiet) + "?again=1").text


def test_whoever_left_or_comes_late_is_told(client: Client, quiet: Term):
    assert client.get(address(quiet, days=-1)).status_code == 410
    link = address(quiet)
    services.end_term(term_id=quiet.pk, by=None, now=now())
    assert "You do not hold this seat any more." in client.get(link).text
    assert client.post(link, {"answer": "here"}).status_code == 409


def told(term: Term) -> list[str]:
    """What the holder is mailed of a hand-over that has begun."""
    mail.outbox.clear()
    for message in Message.objects.filter(purpose="relays.hand_over_begun", person=term.person):
        deliver_message(message_id=message.pk, now=now())
    return [str(sent.body) for sent in mail.outbox]


def test_who_would_like_to_hand_over_says_the_last_day_there_and_takes_it_back(client: Client, quiet: Term):
    link = address(quiet)
    assert "Do you know your last day?" in client.post(link, {"answer": "hand_over"}, follow=True).text
    missing = client.post(link, {"answer": "hand_over_on"})
    assert (missing.status_code, "Choose a day." in missing.text) == (400, True)
    far = client.post(link, {"answer": "hand_over_on", "until": in_days(200).isoformat()})
    assert (far.status_code, "Choose today or a day within three months." in far.text) == (400, True)
    last = in_days(20)
    assert "Your organisers know it." in client.post(link, {"answer": "hand_over_on", "until": last.isoformat()}, follow=True).text
    found = HandOver.objects.get(term=quiet)
    assert (found.ends_on, found.gives_notes, found.status) == (last, False, HandOverStatus.BEGUN)
    assert "Do you know your last day?" in client.post(link, {"answer": "hand_over_back"}, follow=True).text
    found.refresh_from_db()
    assert found.status == HandOverStatus.TAKEN_BACK


def test_a_holder_without_an_account_says_it_too(client: Client, quiet: Term):
    quiet.person.user = None
    quiet.person.save(update_fields=["user"])
    client.post(address(quiet), {"answer": "hand_over"})
    last = in_days(20)
    client.post(address(quiet), {"answer": "hand_over_on", "until": last.isoformat()})
    assert HandOver.objects.get(term=quiet, status=HandOverStatus.BEGUN).begun_by is None
    (text,) = told(quiet)
    (back,) = re.findall(r"/relays/still-here/[^\s\"]+", text)
    client.post(f"/en{back}", {"answer": "hand_over_back"})
    assert HandOver.objects.get(term=quiet).status == HandOverStatus.TAKEN_BACK


def test_the_holder_hears_of_a_hand_over_that_the_link_began(client: Client, quiet: Term):
    client.post(address(quiet), {"answer": "hand_over_on", "until": in_days(20).isoformat()})
    (text,) = told(quiet)
    assert "depuis le lien de notre message" in text
    assert "/app/seat" in text
