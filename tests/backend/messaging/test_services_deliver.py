from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core import mail

from maillage.accounts.models import User
from maillage.journal.models import Job
from maillage.kernel.clock import now
from maillage.messaging import services
from maillage.messaging.domain.retry import WAITS
from maillage.messaging.models import Attempt, Message
from maillage.people import services as people
from maillage.people.domain import Channel
from tests.backend.messaging.factories import BRIEF, GONE, NEWS, SERVICE, make_reader
from tests.backend.people.factories import make_person

pytestmark = pytest.mark.django_db


def queue(purpose: str, **to: object) -> Message:
    message = services.queue_message(purpose, now=now(), **to)  # type: ignore[arg-type]
    assert message is not None
    return message


def deliver(message: Message) -> Message:
    services.deliver_message(message_id=message.pk, now=now())
    message.refresh_from_db()
    return message


def test_a_mail_has_two_faces_its_reader_s_language_and_a_lasting_id() -> None:
    message = deliver(queue(SERVICE.name, person=make_reader(language="en")))
    (sent,) = mail.outbox
    assert sent.to == ["nadia@people.example"]
    assert sent.subject == "Réunion <mardi> & après (en)"
    assert sent.extra_headers["Message-ID"] == f"<{message.pk}@maillage.example>"
    assert "Bonjour <b>à tous</b>" in sent.body
    assert "https://campaign.example/oui?a=1&b=2" in sent.body
    assert "&amp;" not in sent.body
    ((html, kind),) = sent.alternatives
    assert kind == "text/html"
    assert "Bonjour &lt;b&gt;à tous&lt;/b&gt;" in html
    assert "<em>Venez</em>" in html
    assert 'lang="en"' in html
    assert "What we know about you" in html
    assert (message.status, message.sent_at is not None) == ("sent", True)
    assert Attempt.objects.get().outcome == "taken"


def test_sent_once_whatever_is_asked_again() -> None:
    message = queue(SERVICE.name, person=make_reader())
    for _ in range(3):
        deliver(message)
    assert len(mail.outbox) == 1
    assert Attempt.objects.count() == 1


def test_a_message_that_is_gone_is_nothing_to_do() -> None:
    assert services.deliver_message(message_id=uuid4(), now=now()) is None


def test_service_mail_has_no_link_that_stops() -> None:
    deliver(queue(SERVICE.name, person=make_reader()))
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_what_can_be_stopped_says_how() -> None:
    deliver(queue(BRIEF.name, person=make_reader()))
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://127.0.0.1:8000/fr/mail/unsubscribe/")
    assert address in str(mail.outbox[0].body)


def test_nobody_is_written_to_before_they_proved_an_address() -> None:
    message = deliver(queue(SERVICE.name, person=make_person(email="victim@people.example", confirmed_at=None)))
    assert (message.status, message.refusal) == ("refused", "no_address")
    assert mail.outbox == []


def test_but_the_mail_that_asks_to_confirm_goes_to_the_address_itself() -> None:
    person = make_person(email="new@people.example", confirmed_at=None)
    message = deliver(queue(SERVICE.name, person=person, address="new@people.example"))
    assert mail.outbox[0].to == ["new@people.example"]
    assert (message.status, message.address) == ("sent", ""), "it may be somebody else's: it is not kept once written to"


def test_who_has_no_contact_point_is_written_to_where_they_sign_in() -> None:
    person = make_person(user=User.objects.create_user("sign.in@people.example"))
    deliver(queue(SERVICE.name, person=person))
    assert mail.outbox[0].to == ["sign.in@people.example"]


def test_news_only_with_consent_asked_at_the_moment_of_leaving() -> None:
    person = make_reader()
    first = queue(NEWS.name, person=person, about_id=uuid4())
    assert deliver(first).refusal == "no_consent"
    consent = {"person_id": person.pk, "purpose": NEWS.name, "channel": Channel.EMAIL, "source": "tests"}
    people.record_consent(**consent, wording="news.1", now=now())  # type: ignore[arg-type]
    assert deliver(queue(NEWS.name, person=person, about_id=uuid4())).status == "sent"
    waiting = queue(NEWS.name, person=person, about_id=uuid4())
    people.withdraw_consent(**consent, now=now())  # type: ignore[arg-type]
    assert deliver(waiting).refusal == "no_consent"


def test_a_purpose_refuses_recipients_that_it_does_not_take() -> None:
    refused = deliver(queue(BRIEF.name, address="bare@people.example"))
    assert (refused.refusal, refused.address) == ("wrong_recipient", ""), "a bare address that is not written to is not kept"


def test_a_suppressed_address_is_left_in_peace_by_whatever_road() -> None:
    services.suppress_address(address="Nadia@people.example ", purpose="", reason="complaint", now=now())
    assert deliver(queue(SERVICE.name, person=make_reader())).refusal == "suppressed"
    assert deliver(queue(SERVICE.name, address="nadia@people.example")).refusal == "suppressed"


def test_what_it_was_about_is_gone() -> None:
    assert deliver(queue(GONE.name, person=make_reader())).refusal == "nothing_to_say"


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (ConnectionRefusedError(), "ConnectionRefusedError"),
        (SMTPServerDisconnected("bye"), "SMTPServerDisconnected"),
        (SMTPRecipientsRefused({"nadia@people.example": (450, b"busy")}), "450"),
        (SMTPDataError(451, b"later"), "451"),
        (SMTPSenderRefused(553, b"who are you", "us@maillage.example"), "553"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_not_now_is_asked_again_later(trouble: Exception, code: str) -> None:
    message = queue(SERVICE.name, person=make_reader())
    with patch("django.core.mail.EmailMultiAlternatives.send", side_effect=trouble):
        assert deliver(message).status == "queued"
    assert (Attempt.objects.get().outcome, Attempt.objects.get().code) == ("later", code)
    again = Job.objects.filter(name="messaging.deliver").latest("pk")
    assert again.run_at > now() + WAITS[0] - timedelta(seconds=30)
    assert deliver(message).status == "sent"


@pytest.mark.parametrize("trouble", [SMTPRecipientsRefused({"nadia@people.example": (550, b"no such user")}), SMTPDataError(554, b"no")])
def test_never_is_believed(trouble: Exception) -> None:
    message = queue(SERVICE.name, person=make_reader())
    with patch("django.core.mail.EmailMultiAlternatives.send", side_effect=trouble):
        assert deliver(message).status == "failed"
    assert Attempt.objects.get().outcome == "never"
    assert Job.objects.filter(name="messaging.deliver").count() == 1


def test_a_day_of_not_now_is_given_up() -> None:
    message = queue(SERVICE.name, person=make_reader(), secret="1234-5678")
    with patch("django.core.mail.EmailMultiAlternatives.send", side_effect=ConnectionRefusedError()):
        statuses = [deliver(message).status for _ in range(len(WAITS) + 1)]
    assert statuses == ["queued"] * len(WAITS) + ["failed"]
    assert message.secret is None
