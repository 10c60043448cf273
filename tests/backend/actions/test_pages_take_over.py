import pytest
from django.test import Client

from maillage.actions import services
from maillage.actions.domain import TakeOverStatus
from maillage.actions.models import TakeOver
from maillage.actions.selectors import answer_token, take_over_token
from maillage.kernel.clock import now
from tests.backend.actions.factories import assignment_of, make_asked, make_launched, make_next_door
from tests.backend.relays.factories import SmallNetwork, make_holder


@pytest.fixture
def question(net: SmallNetwork) -> TakeOver:
    """Théo is asked to take over next door."""
    make_holder(net.seat("0101"))
    theo = make_next_door(net, "0101", "0102")
    return make_asked(assignment_of(make_launched(net), "0101"), theo)


def page_of(question: TakeOver) -> str:
    return f"/en/take-over/{take_over_token(question)}/"


def test_opening_the_link_shows_what_is_asked_names_nobody_and_changes_nothing(client: Client, question: TakeOver) -> None:
    page = client.get(page_of(question))
    assert page.status_code == 200
    assert "Would you go there, this once?" in page.text
    assert "Vernoux" not in page.text
    question.refresh_from_db()
    assert question.status == TakeOverStatus.ASKED


def test_a_yes_leads_to_the_brief_which_one_answers_like_one_s_own(client: Client, question: TakeOver) -> None:
    page = client.post(page_of(question), {"do": "accept"}, follow=True).text
    assert "You take it over next door." in page
    link = f"/en/a/{answer_token(question.assignment, author_id=question.person_id)}/"
    assert link in page
    brief = client.get(link).text
    assert "You take it over next door." in brief
    assert "Will you vote the" in brief
    client.post(link, {"do": "decline"})
    question.refresh_from_db()
    assert question.status == TakeOverStatus.DECLINED


def test_a_no_is_one_button(client: Client, question: TakeOver) -> None:
    page = client.post(page_of(question), {"do": "decline", "reason": "Away."}, follow=True).text
    assert "nobody minds" in page
    question.refresh_from_db()
    assert (question.status, question.reason) == (TakeOverStatus.DECLINED, "Away.")


def test_what_was_settled_meanwhile_is_said(client: Client, question: TakeOver) -> None:
    assignment = question.assignment
    services.accept_assignment(assignment_id=assignment.pk, author_id=assignment.holder_id, now=now())
    assert "This is no longer needed" in client.get(page_of(question)).text
    answer = client.post(page_of(question), {"do": "accept"})
    assert answer.status_code == 409
    assert client.post(page_of(question), {"do": "x"}).status_code == 400


def test_a_holder_who_is_relieved_reads_so(client: Client, question: TakeOver) -> None:
    services.accept_take_over(take_over_id=question.pk, person_id=question.person_id, now=now())
    link = f"/en/a/{answer_token(question.assignment, author_id=question.assignment.holder_id)}/"
    page = client.get(link).text
    assert "Somebody next door has taken this over." in page
    assert 'value="accept"' not in page
    assert client.post(link, {"do": "accept"}).status_code == 409
