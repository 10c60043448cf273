"""A brief on paper: who gets the code that answers, and who gets a sheet without."""

from datetime import timedelta

import pytest
from django.test import Client

from maillage.actions.domain import PAPER_LINK
from maillage.actions.models import Assignment
from maillage.actions.selectors import answer_token, paper_token
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.relays import services as relays
from maillage.relays.models import Term
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import assignment_of, make_launched, move_window
from tests.backend.relays.factories import SmallNetwork, make_holder

CODE = "QR code that opens your answer and your report"


@pytest.fixture
def asked(net: SmallNetwork) -> Assignment:
    make_holder(net.seat("0101"))
    return assignment_of(make_launched(net), "0101")


def sheet(assignment: Assignment, *, own: bool) -> str:
    return f"/en/brief/{paper_token(assignment, author_id=assignment.holder_id if own else None)}/paper/"


def test_the_holder_s_own_sheet_takes_their_answer(client: Client, asked: Assignment) -> None:
    page = client.get(sheet(asked, own=True))
    assert page.status_code == 200
    for words in ("Small lines", "Right after: what was said", "<strong>fund</strong>", CODE, "The code answers in your name"):
        assert words in page.text
    assert "Copy of Camille Vernoux, version 1." in page.text


def test_a_sheet_of_anybody_else_has_no_code(client: Client, asked: Assignment) -> None:
    page = client.get(sheet(asked, own=False))
    assert "Small lines" in page.text
    assert CODE not in page.text


def test_a_link_to_print_does_not_answer_and_a_link_to_answer_does_not_print(client: Client, asked: Assignment) -> None:
    assert asked.holder_id
    paper = paper_token(asked, author_id=asked.holder_id)
    answer = answer_token(asked, author_id=asked.holder_id)
    assert client.get(f"/en/a/{paper}/").status_code == 404
    assert client.get(f"/en/brief/{answer}/paper/").status_code == 404
    assert client.get(f"/en/brief/{sign_link(PAPER_LINK, ids=[], ends_at=now() + timedelta(days=1))}/paper/").status_code == 404


def test_whoever_left_the_seat_has_no_code_any_more(client: Client, asked: Assignment) -> None:
    link = sheet(asked, own=True)
    relays.end_term(term_id=Term.objects.get(person_id=asked.holder_id).pk, by=None, now=now())
    Assignment.objects.filter(pk=asked.pk).update(holder=None)
    page = client.get(link)
    assert page.status_code == 200
    assert CODE not in page.text


def test_it_ends_when_the_action_closes(client: Client, asked: Assignment) -> None:
    link = sheet(asked, own=True)
    move_window(asked.action, starts_at=now() - timedelta(days=20), ends_at=now() - timedelta(days=15))
    assert client.get(link).status_code == 410


def test_each_reader_is_given_their_own_sheet(client: Client, net: SmallNetwork, asked: Assignment) -> None:
    assert asked.holder is not None
    assert asked.holder.user is not None
    sign_in(client, asked.holder.user)
    own = client.get(f"/api/v1/actions/assignments/{asked.pk}/").json()["paper"]
    assert client.get(own).text.count("viewBox") == 1 + client.get(sheet(asked, own=False)).text.count("viewBox")
    sign_in(client, net.organiser())
    theirs = client.get(f"/api/v1/actions/assignments/{asked.pk}/").json()["paper"]
    assert client.get(theirs).text.count("viewBox") == client.get(sheet(asked, own=False)).text.count("viewBox")


def test_a_sheet_given_to_an_account_opens_nothing_once_it_is_gone(client: Client, net: SmallNetwork, asked: Assignment) -> None:
    reader = net.organiser()
    link = f"/en/brief/{paper_token(asked, user_id=reader.pk)}/paper/"
    assert client.get(link).status_code == 200
    type(reader).objects.filter(pk=reader.pk).update(is_active=False)
    assert client.get(link).status_code == 404
