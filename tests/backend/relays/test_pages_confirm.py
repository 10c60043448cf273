from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from maillage.accounts import services as accounts
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.services.new_address import confirm_new_address
from maillage.people.models import Consent, Person
from maillage.people.selectors import mailbox_mark
from maillage.relays import services
from maillage.relays.domain import CONFIRM_LINK, WITHDRAW_LINK, ApplicationStatus
from maillage.relays.models import Application
from tests.backend.accounts.factories import make_user
from tests.backend.relays.factories import SmallNetwork, make_application


@pytest.fixture
def asked(net: SmallNetwork) -> Application:
    """Somebody typed an application; nobody confirmed it."""
    return make_application(net.seat("0101"), status=ApplicationStatus.UNCONFIRMED)


def confirm_page(application: Application, *, ends_in: timedelta = timedelta(days=7)) -> str:
    point = application.person.contact_points.get()
    return f"/en/relays/apply/confirm/{sign_link(CONFIRM_LINK, ids=[application.pk, point.pk], ends_at=now() + ends_in)}/"


def confirm_token(application: Application, *, is_marked: bool) -> str:
    """The token of a confirming mail; without a mark as mailed before links named their mailbox."""
    point = application.person.contact_points.get()
    ids = [application.pk, point.pk, *([mailbox_mark(point.value)] if is_marked else [])]
    return sign_link(CONFIRM_LINK, ids=ids, ends_at=now() + timedelta(days=7))


def change_address(application: Application) -> None:
    """Whoever asked moves to another mailbox."""
    person = application.person
    person.user = make_user(person.contact_points.get().value)
    person.save()
    change = accounts.ask_address_change(user=person.user, email="new@mail.example", session_key=None, now=now())
    confirm_new_address(change_id=change.pk, now=now())


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


@pytest.mark.parametrize("is_marked", [True, False])
@pytest.mark.parametrize(
    "status", [ApplicationStatus.UNCONFIRMED, ApplicationStatus.SUBMITTED, ApplicationStatus.HELD, ApplicationStatus.WITHDRAWN]
)
def test_the_mailbox_of_before_neither_confirms_nor_denies_nor_reads(
    client: Client, net: SmallNetwork, status: str, is_marked: bool
) -> None:
    application = make_application(net.seat("0101"), status=ApplicationStatus(status))
    token = confirm_token(application, is_marked=is_marked)
    page = f"/en/relays/apply/confirm/{token}/"
    assert client.get(page).status_code == 200
    change_address(application)
    for answer in (client.get(page), client.post(page, {"was": "me"}), client.post(page, {"was": "not-me"})):
        assert answer.status_code == 410
    posted = client.post("/api/v1/relays/applications/confirm/", {"token": token}, content_type="application/json")
    assert (posted.status_code, posted.json()["code"]) == (410, "link_ended")
    assert status_of(application) == status
    assert not Consent.objects.exists()


def test_the_present_mailbox_confirms_what_was_asked_from_it(client: Client, asked: Application) -> None:
    change_address(asked)
    page = f"/en/relays/apply/confirm/{confirm_token(asked, is_marked=True)}/"
    assert "Somebody calls you before" in client.post(page, {"was": "me"}, follow=True).text
    assert status_of(asked) == ApplicationStatus.SUBMITTED


def test_what_was_taken_back_unconfirmed_says_so_in_the_mailbox_that_was_asked(client: Client, asked: Application) -> None:
    page = f"/en/relays/apply/confirm/{confirm_token(asked, is_marked=True)}/"
    services.withdraw_application(application_id=asked.pk, now=now())
    assert client.get(page).status_code == 200
