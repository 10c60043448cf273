from datetime import timedelta

import pytest
from django.test import Client

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.relays import services
from maillage.relays.domain import STILL_HERE_LINK
from maillage.relays.models import QuietAnswer, Term
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


def test_a_break_until_a_day_of_theirs(client: Client, quiet: Term):
    wrong = client.post(address(quiet), {"answer": "break", "until": "yesterday"})
    assert (wrong.status_code, "Choose a day after today" in wrong.text) == (400, True)
    until = now().date() + timedelta(days=30)
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
