from datetime import timedelta

import pytest
from django.test import Client

from maillage.actions.domain import Answer, Met
from maillage.actions.models import Action, Assignment, Report
from maillage.actions.selectors import answer_token
from maillage.advocacy.domain import Stance
from maillage.kernel import dates
from maillage.kernel.clock import now
from tests.backend.actions.factories import assignment_of, make_launched, move_window
from tests.backend.relays.factories import SmallNetwork, make_holder


@pytest.fixture
def asked(net: SmallNetwork) -> Assignment:
    """A relay received a brief by mail."""
    make_holder(net.seat("0101"))
    return assignment_of(make_launched(net), "0101")


def page_of(assignment: Assignment) -> str:
    assert assignment.holder_id
    return f"/en/a/{answer_token(assignment, author_id=assignment.holder_id)}/"


def answer_of(assignment: Assignment) -> str:
    assignment.refresh_from_db()
    return assignment.answer


def test_opening_the_link_shows_the_brief_and_changes_nothing(client: Client, asked: Assignment) -> None:
    page = client.get(page_of(asked))
    assert page.status_code == 200
    assert "Small lines" in page.text
    assert "<strong>fund</strong>" in page.text
    assert "Will you go?" in page.text
    assert page.text.count("button accent") == 1
    assert answer_of(asked) == Answer.WAITING


def test_yes_is_one_button(client: Client, asked: Assignment) -> None:
    answer = client.post(page_of(asked), {"do": "accept"}, follow=True)
    assert "You said yes." in answer.text
    assert answer_of(asked) == Answer.ACCEPTED


def test_no_is_one_button_with_a_reason_or_without(client: Client, asked: Assignment) -> None:
    answer = client.post(page_of(asked), {"do": "decline", "reason": "I am away."}, follow=True)
    assert "You said no." in answer.text
    assert answer_of(asked) == Answer.DECLINED
    assert asked.reason == "I am away."


def test_what_prevents_it_is_one_button_and_a_reason(client: Client, asked: Assignment) -> None:
    refused = client.post(page_of(asked), {"do": "block", "reason": " "})
    assert refused.status_code == 400
    assert "Say in a few words what prevents it" in refused.text
    answer = client.post(page_of(asked), {"do": "block", "reason": "Closed all week."}, follow=True)
    assert "something prevents it. It is noted." in answer.text
    assert "I can go after all" in answer.text
    assert answer_of(asked) == Answer.BLOCKED


def test_one_may_change_one_s_mind(client: Client, asked: Assignment) -> None:
    client.post(page_of(asked), {"do": "decline"})
    client.post(page_of(asked), {"do": "accept"})
    assert answer_of(asked) == Answer.ACCEPTED


def test_a_report_takes_a_minute_and_can_be_corrected(client: Client, asked: Assignment) -> None:
    said = {"do": "report", "met": "holder", "stance": "1", "quote": "I will vote it.", "failed": ""}
    page = client.post(page_of(asked), said, follow=True).text
    assert "Your report has arrived." in page
    assert "I will vote it." in page
    assert answer_of(asked) == Answer.REPORTED
    client.post(page_of(asked), said | {"stance": "2"})
    report = Report.objects.get()
    assert (report.met, report.stance) == (Met.HOLDER, Stance.FOR)


def test_a_page_that_was_open_since_before_another_report_overwrites_it_knowingly_only(client: Client, asked: Assignment) -> None:
    assert 'name="read_version" value="0"' in client.get(page_of(asked)).text
    client.post(page_of(asked), {"do": "report", "met": "holder", "stance": "1", "quote": "I will vote it.", "read_version": "0"})
    late = {"do": "report", "met": "staff", "quote": "They were kind.", "read_version": "0"}
    page = client.post(page_of(asked), late)
    assert page.status_code == 409
    assert all(words in page.text for words in ("I will vote it.", "They were kind.", 'name="read_version" value="1"'))
    assert Report.objects.get().quote == "I will vote it."
    client.post(page_of(asked), late | {"read_version": "1"})
    assert (Report.objects.get().quote, Report.objects.get().version) == ("They were kind.", 2)


def test_a_report_says_on_which_day_they_met(client: Client, asked: Assignment) -> None:
    said = {"do": "report", "met": "staff", "quote": ""}
    today = dates.day_in(now(), asked.seat.area.time_zone)
    assert f'max="{today.isoformat()}"' in client.get(page_of(asked)).text
    for wrong in ("soon", (today + timedelta(days=1)).isoformat()):
        answer = client.post(page_of(asked), {**said, "met_on": wrong})
        assert (answer.status_code, 'id="met_on-error"' in answer.text) == (400, True)
    client.post(page_of(asked), {**said, "met_on": today.isoformat()})
    assert Report.objects.get().met_on == today


def test_a_report_that_lacks_something_keeps_what_was_typed(client: Client, asked: Assignment) -> None:
    answer = client.post(page_of(asked), {"do": "report", "met": "holder", "quote": "A sentence."})
    assert answer.status_code == 400
    assert "Choose a position." in answer.text
    assert "A sentence." in answer.text
    assert answer_of(asked) == Answer.WAITING


def test_who_met_nobody_says_what_did_not_work(client: Client, asked: Assignment) -> None:
    assert client.post(page_of(asked), {"do": "report", "met": "nobody", "stance": "2"}).status_code == 400
    client.post(page_of(asked), {"do": "report", "met": "nobody", "stance": "2", "failed": "The door was closed."})
    assert Report.objects.get().stance is None


@pytest.mark.parametrize("posted", [{}, {"do": "x"}, {"do": "report"}, {"do": "report", "met": "holder", "stance": "9"}])
def test_what_makes_no_sense_is_said(client: Client, asked: Assignment, posted: dict[str, str]) -> None:
    assert client.post(page_of(asked), posted).status_code == 400
    assert answer_of(asked) == Answer.WAITING


def test_a_place_that_has_passed_on_takes_no_answer(client: Client, asked: Assignment) -> None:
    address = page_of(asked)
    Assignment.objects.filter(pk=asked.pk).update(holder=None)
    page = client.get(address).text
    assert "This place has passed to somebody else meanwhile." in page
    assert 'value="accept"' not in page
    assert client.post(address, {"do": "accept"}).status_code == 409


def test_after_its_end_an_action_takes_reports_only(client: Client, asked: Assignment) -> None:
    action = Action.objects.get()
    move_window(action, starts_at=now() - timedelta(hours=9), ends_at=now() - timedelta(hours=1))
    address = page_of(assignment_of(action, "0101"))
    page = client.get(address).text
    assert 'value="accept"' not in page
    assert 'value="report"' in page
    assert client.post(address, {"do": "accept"}).status_code == 409


def test_a_link_that_was_changed_opens_nothing(client: Client, asked: Assignment) -> None:
    answer = client.get("/en/a/nonsense/")
    assert answer.status_code == 404
    assert "This link does not work." in answer.text


def test_the_page_is_kept_by_nobody(client: Client, asked: Assignment) -> None:
    page = client.get(page_of(asked))
    assert "no-store" in page.headers["Cache-Control"]
    assert 'name="referrer" content="no-referrer"' in page.text
