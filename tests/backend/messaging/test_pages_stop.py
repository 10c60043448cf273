"""RFC 8058: a mail program posts once, without a login; nothing that only looks changes anything."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging import services
from maillage.messaging.domain import PURPOSES, Lane, Purpose, RecipientKind, register
from maillage.messaging.domain.stop import STOP_LINK
from maillage.messaging.models import Message, Suppression
from maillage.people.models import Consent, ConsentState
from tests.backend.messaging.factories import BRIEF, letter, make_reader

pytestmark = pytest.mark.django_db

CLICK = {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
def stop_path() -> str:
    message = services.queue_message(BRIEF.name, now=now(), person=make_reader(language="en"), about_id=uuid4())
    assert message is not None
    services.deliver_message(message_id=message.pk, now=now())
    return urlsplit(mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")).path


def test_looking_changes_nothing(stop_path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.head(stop_path).status_code == 200
    page = strict.get(stop_path)
    assert page.status_code == 200
    assert "Stop these mails" in page.content.decode()
    assert not ConsentState.objects.exists()
    assert not Consent.objects.exists()


def test_one_post_stops_it_without_login_token_or_redirect(stop_path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(stop_path, **CLICK)  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert ConsentState.objects.get().is_given is False
    assert Consent.objects.get().source == "mail_link"
    person = ConsentState.objects.get().person
    after = services.queue_message(BRIEF.name, now=now(), person=person, about_id=uuid4())
    assert after is not None
    services.deliver_message(message_id=after.pk, now=now())
    after.refresh_from_db()
    assert after.refusal == "stopped"
    assert len(mail.outbox) == 1


def test_twice_is_once(stop_path: str) -> None:
    for _ in range(2):
        assert Client().post(stop_path, **CLICK).status_code == 200  # type: ignore[arg-type]
    assert ConsentState.objects.count() == 1


def test_a_changed_link_does_nothing(stop_path: str) -> None:
    for path in (stop_path[:-2] + "/", stop_path.replace("unsubscribe/", "unsubscribe/A"), "/en/mail/unsubscribe/x/"):
        answer = Client().post(path, **CLICK)  # type: ignore[arg-type]
        assert answer.status_code == 404
        assert "does not work" in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_link_of_another_purpose_or_past_its_end_does_nothing() -> None:
    message = services.queue_message(BRIEF.name, now=now(), person=make_reader(), about_id=uuid4())
    assert message is not None
    other = sign_link("relays.confirm", ids=[message.pk], ends_at=now() + timedelta(days=1))
    ended = sign_link(STOP_LINK, ids=[message.pk], ends_at=now() - timedelta(days=1))
    gone = sign_link(STOP_LINK, ids=[uuid4()], ends_at=now() + timedelta(days=1))
    statuses = [Client().post(f"/en/mail/unsubscribe/{token}/", **CLICK).status_code for token in (other, ended, gone)]  # type: ignore[arg-type]
    assert statuses == [404, 410, 404]
    assert not Consent.objects.exists()


def test_what_went_to_a_bare_address_stops_nothing() -> None:
    message = Message.objects.create(
        purpose="tests.service", lane="mail", recipient_kind="address", address="A@people.example", language="fr"
    )
    token = sign_link(STOP_LINK, ids=[message.pk], ends_at=now() + timedelta(days=1))
    assert Client().post(f"/en/mail/unsubscribe/{token}/", **CLICK).status_code == 404  # type: ignore[arg-type]
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("recipients", [{RecipientKind.ADDRESS}, {RecipientKind.PERSON, RecipientKind.ADDRESS}, {RecipientKind.OFFICE}])
@pytest.mark.parametrize("rule", ["can_be_stopped", "needs_consent"])
def test_what_can_be_stopped_goes_to_people_alone(recipients: set[RecipientKind], rule: str) -> None:
    rules = {"can_be_stopped": rule == "can_be_stopped", "needs_consent": rule == "needs_consent"}
    with pytest.raises(ValueError, match="goes to people alone"):
        register(Purpose("tests.bare", lane=Lane.MAIL, recipients=frozenset(recipients), **rules), letter)
    assert "tests.bare" not in PURPOSES
