"""Signing in by code, through allauth's addresses for browsers and through the pages that need no script."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.accounts.models import User
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.kernel.sealing import unseal
from maillage.messaging import services as messaging
from maillage.messaging.models import Message
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.people.factories import make_person

AUTH = "/api/v1/accounts/auth/browser/v1/auth"

MEMBERS = ("nadia@people.example", "unproved@people.example")

pytestmark = pytest.mark.django_db


def ask(client: Client, email: str) -> tuple[int, dict[str, object]]:
    answer = client.post(f"{AUTH}/code/request", {"email": email}, content_type="application/json")
    return answer.status_code, answer.json()


def deliver() -> None:
    for message in Message.objects.filter(status="queued"):
        messaging.deliver_message(message_id=message.pk, now=now())


def code_in(subject: str) -> str:
    found = re.search(r"\d{4}-\d{4}", subject)
    assert found, subject
    return found.group()


def test_a_code_signs_in_and_is_a_sign_of_life(client: Client) -> None:
    user = make_user("nadia@people.example")
    status, _ = ask(client, "Nadia@People.example")
    assert status == 401
    assert Job.objects.get(name="messaging.deliver").queue == "transactional"
    deliver()
    (sent,) = mail.outbox
    assert sent.to == ["nadia@people.example"] or sent.to == ["Nadia@People.example"]
    answer = client.post(f"{AUTH}/code/confirm", {"code": code_in(sent.subject)}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["meta"]["is_authenticated"] is True
    me = client.get("/api/v1/accounts/me/").json()
    assert (me["email"], me["grants"], me["person"], me["abilities"]["organise"]) == ("nadia@people.example", [], None, False)
    user.refresh_from_db()
    assert user.seen_at is not None
    assert now() - user.seen_at < timedelta(minutes=1)
    assert Entry.objects.get(name="user.signed_in").subject_id == str(user.pk)


def test_the_answer_is_the_same_for_a_stranger_who_learns_it_by_mail(client: Client) -> None:
    make_user("known@people.example")
    known = ask(client, "known@people.example")
    stranger = ask(Client(), "stranger@people.example")
    assert known == stranger
    deliver()
    assert [sent.to for sent in mail.outbox] == [["known@people.example"], ["stranger@people.example"]]
    assert "/fr/" in str(mail.outbox[1].body)
    assert not re.search(r"\d{4}-\d{4}", mail.outbox[1].subject + str(mail.outbox[1].body))
    assert not User.objects.filter(email="stranger@people.example").exists()


def test_who_takes_part_without_an_account_reads_so_in_their_mailbox_alone(client: Client) -> None:
    make_user("known@people.example")
    known = ask(client, "known@people.example")
    make_person(given_name="Zzgiven", email="nadia@people.example", language="fr")
    make_person(given_name="Hugo", email="unproved@people.example", confirmed_at=None)
    with CaptureQueriesContext(connection) as asked:
        assert ask(Client(), "Nadia@people.example") == known
    assert not [one["sql"] for one in asked if "people_contactpoint" in one["sql"]], "the browser waits for no look-up"
    assert ask(Client(), "unproved@people.example") == known
    deliver()
    member, other = (next(str(sent.body) for sent in mail.outbox if sent.to[0].lower() == to) for to in MEMBERS)
    assert "nul besoin de se connecter" in member
    choices = re.search(r"/fr/mail/choices/\S+/", member)
    assert choices
    assert Client().get(choices.group()).status_code == 200, "the link opens"
    assert "Zzgiven" not in member
    assert "/mail/choices/" not in other, "an address that nobody proved is nobody's"


def test_the_code_is_unreadable_at_rest_and_erased_once_sent(client: Client) -> None:
    make_user("nadia@people.example")
    ask(client, "nadia@people.example")
    message = Message.objects.get()
    sealed = bytes(message.secret or b"")
    deliver()
    code = code_in(mail.outbox[0].subject)
    assert sealed
    assert code.encode() not in sealed
    message.refresh_from_db()
    assert message.secret is None
    assert message.address == ""
    assert message.status == "sent"


def test_three_wrong_codes_end_the_attempt(client: Client) -> None:
    make_user("nadia@people.example")
    ask(client, "nadia@people.example")
    deliver()
    statuses = [client.post(f"{AUTH}/code/confirm", {"code": "0000-0000"}, content_type="application/json").status_code for _ in range(3)]
    assert statuses[:2] == [400, 400]
    answer = client.post(f"{AUTH}/code/confirm", {"code": code_in(mail.outbox[0].subject)}, content_type="application/json")
    assert answer.status_code in (401, 409)
    assert client.get("/api/v1/accounts/me/").status_code == 403


def test_an_inactive_user_gets_no_code(client: Client) -> None:
    User.objects.filter(pk=make_user("gone@people.example").pk).update(is_active=False)
    ask(client, "gone@people.example")
    deliver()
    assert not re.search(r"\d{4}-\d{4}", mail.outbox[0].subject + str(mail.outbox[0].body))
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["sealed_code"]
    answer = client.post(f"{AUTH}/code/confirm", {"code": unseal(code)}, content_type="application/json")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "incorrect_code")


def test_nobody_signs_up_and_no_password_is_recovered(client: Client) -> None:
    for path in ("signup", "password/request", "password/reset", "webauthn/signup"):
        assert client.post(f"{AUTH}/{path}", {}, content_type="application/json").status_code == 404


def test_signing_out_ends_the_session(client: Client) -> None:
    sign_in(client, make_user())
    assert client.delete(f"{AUTH}/session").status_code == 401
    assert client.get("/api/v1/accounts/me/").status_code == 403


def test_the_pages_do_the_same_without_a_script(client: Client) -> None:
    make_user("nadia@people.example")
    page = client.get("/fr/sign-in/")
    assert page.status_code == 200
    answer = client.post("/fr/sign-in/", {"email": "nadia@people.example"})
    assert (answer.status_code, answer["Location"]) == (302, "/fr/sign-in/code/")
    assert client.get("/fr/sign-in/code/").status_code == 200
    assert client.post("/fr/sign-in/code/", {"code": "1"}).status_code == 200
    deliver()
    answer = client.post("/fr/sign-in/code/", {"code": code_in(mail.outbox[0].subject)})
    assert (answer.status_code, answer["Location"]) == (302, "/app/")
    assert client.get("/api/v1/accounts/me/").status_code == 200


def test_the_pages_send_another_code(client: Client) -> None:
    make_user("nadia@people.example")
    client.post("/en/sign-in/", {"email": "nadia@people.example"})
    client.post("/en/sign-in/code/", {"action": "resend"})
    deliver()
    assert len(mail.outbox) == 2
    assert "sign-in code" in mail.outbox[1].subject
    answer = client.post("/en/sign-in/code/", {"code": code_in(mail.outbox[1].subject)})
    assert answer.status_code == 302


@pytest.mark.parametrize("email", ["", "nobody", "a@b"])
def test_a_wrong_address_is_said_in_the_page(client: Client, email: str) -> None:
    answer = client.post("/en/sign-in/", {"email": email})
    assert answer.status_code == 200
    assert 'id="email-error"' in answer.content.decode()
    assert not Message.objects.exists()


def test_an_address_longer_than_any_mailbox_is_answered_like_others_and_not_written_to(client: Client) -> None:
    assert ask(client, "x" * 300 + "@people.example")[0] == 401
    assert not Message.objects.exists()
