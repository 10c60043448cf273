from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.people.models import Person
from maillage.relays.domain import CONFIRM_LINK, WITHDRAW_LINK, ApplicationStatus
from maillage.relays.models import Application
from tests.backend.relays.factories import SmallNetwork, make_application


@pytest.fixture
def asked(net: SmallNetwork) -> Application:
    """Somebody typed an application; nobody confirmed it."""
    return make_application(net.seat("0101"), status=ApplicationStatus.UNCONFIRMED)


def confirm_page(application: Application, *, ends_in: timedelta = timedelta(days=7)) -> str:
    point = application.person.contact_points.get()
    return f"/en/relays/apply/confirm/{sign_link(CONFIRM_LINK, ids=[application.pk, point.pk], ends_at=now() + ends_in)}/"


def status_of(application: Application) -> str:
    application.refresh_from_db()
    return application.status


def test_opening_the_link_changes_nothing(client: Client, asked: Application) -> None:
    page = client.get(confirm_page(asked))
    assert "Was it you who asked for this seat?" in page.text
    assert "Samir" not in page.text
    assert page.headers["Cache-Control"].startswith("max-age=0")
    assert status_of(asked) == ApplicationStatus.UNCONFIRMED


def test_confirming_says_who_calls_by_when(client: Client, asked: Application) -> None:
    address = confirm_page(asked)
    answer = client.post(address, {"was": "me"}, follow=True)
    assert status_of(asked) == ApplicationStatus.SUBMITTED
    assert "Somebody calls you before" in answer.text
    assert "Not enough people have asked here yet to say how it was kept" in answer.text


def test_confirming_twice_is_confirming_once(client: Client, asked: Application) -> None:
    address = confirm_page(asked)
    for _time in range(2):
        assert client.post(address, {"was": "me"}).status_code == 302
    assert status_of(asked) == ApplicationStatus.SUBMITTED


def test_who_it_was_not_is_forgotten(client: Client, asked: Application) -> None:
    address = confirm_page(asked)
    page = client.post(address, {"was": "not-me"}, follow=True).text
    assert "This request no longer exists." in page
    assert not Application.objects.exists()
    assert not Person.objects.filter(pk=asked.person_id).exists(), "neither a name nor an address is left"
    assert client.post(address, {"was": "not-me"}).status_code == 302, "pressed twice, erased once"
    assert client.post(address, {"was": "me"}).status_code == 404


def test_what_answers_neither_yes_nor_no_changes_nothing(client: Client, asked: Application) -> None:
    assert "Was it you who asked for this seat?" in client.post(confirm_page(asked), follow=True).text
    assert status_of(asked) == ApplicationStatus.UNCONFIRMED


def test_who_has_confirmed_cannot_deny_it_by_the_same_link(client: Client, asked: Application) -> None:
    address = confirm_page(asked)
    client.post(address, {"was": "me"})
    assert client.post(address, {"was": "not-me"}).status_code == 409
    assert status_of(asked) == ApplicationStatus.SUBMITTED


def test_why_it_was_taken_back_is_kept_without_what_no_keyboard_types(client: Client, net: SmallNetwork) -> None:
    application = make_application(net.seat("0101"))
    token = sign_link(WITHDRAW_LINK, ids=[application.pk], ends_at=now() + timedelta(days=1))
    assert client.post(f"/en/relays/apply/withdraw/{token}/", {"words": "I move\x00 away."}).status_code == 302
    application.refresh_from_db()
    assert application.withdrawal_words == "I move away."


def test_a_link_that_was_changed_or_has_ended_says_so(client: Client, asked: Application) -> None:
    assert client.get("/en/relays/apply/confirm/nonsense/").status_code == 404
    ended = client.get(confirm_page(asked, ends_in=-timedelta(minutes=1)))
    assert ended.status_code == 410
    assert "This link has ended." in ended.text


def test_a_link_to_what_is_gone_says_so(client: Client, db: None) -> None:
    token = sign_link(CONFIRM_LINK, ids=[uuid4(), uuid4()], ends_at=now() + timedelta(days=1))
    assert "This request no longer exists." in client.get(f"/en/relays/apply/confirm/{token}/").text


def test_a_link_of_another_purpose_opens_nothing(client: Client, asked: Application) -> None:
    token = sign_link(WITHDRAW_LINK, ids=[asked.pk], ends_at=now() + timedelta(days=1))
    assert client.post(f"/en/relays/apply/confirm/{token}/", {"was": "me"}).status_code == 404


def test_taking_an_application_back_is_one_button(client: Client, net: SmallNetwork) -> None:
    application = make_application(net.seat("0101"))
    token = sign_link(WITHDRAW_LINK, ids=[application.pk], ends_at=now() + timedelta(days=1))
    address = f"/en/relays/apply/withdraw/{token}/"
    assert "Take your application back?" in client.get(address).text
    assert status_of(application) == ApplicationStatus.SUBMITTED
    assert "Your application is taken back." in client.post(address, follow=True).text
    assert status_of(application) == ApplicationStatus.WITHDRAWN
