"""Mail over a real socket to a real SMTP server: what leaves, and what each answer is taken for."""

import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from maillage.kernel.clock import now
from maillage.messaging import services
from maillage.messaging.gateways.email import Mail, hand_over
from maillage.messaging.models import Message
from tests.backend.messaging.factories import BRIEF, make_reader


class Postmaster:
    """Takes mail, or answers as told."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        if answer := self.answers.get("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if answer := self.answers.get("DATA"):
            return answer
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 taken"


@pytest.fixture
def postmaster(settings: Settings) -> Iterator[Postmaster]:
    """A mail server on a port of its own, to which the settings lead."""
    handler = Postmaster()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    try:
        yield handler
    finally:
        controller.stop()


def a_mail(**changes: Any) -> Mail:
    fields: dict[str, Any] = {
        "id": uuid4(),
        "to": "nadia@people.example",
        "subject": "Réunion à Valbrune, 3ᵉ",
        "text": "Là-bas\n",
        "html": "<p>Là-bas</p>",
        "reply_to": "",
        "language": "fr",
        "headers": {},
    }
    return Mail(**{**fields, **changes})


def test_a_mail_arrives_whole(postmaster: Postmaster) -> None:
    mail = a_mail(reply_to="relay@people.example", headers={"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"})
    assert hand_over(mail).outcome == "taken"
    (taken,) = postmaster.taken
    assert taken["Message-ID"] == f"<{mail.id}@maillage.example>"
    assert taken["Subject"] == "Réunion à Valbrune, 3ᵉ"
    assert taken["To"] == "nadia@people.example"
    assert taken["Reply-To"] == "relay@people.example"
    assert taken["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert taken.get_content_type() == "multipart/alternative"
    plain, html = taken.iter_parts()
    assert plain.get_content().strip() == "Là-bas"
    assert "<p>Là-bas</p>" in html.get_content()


@pytest.mark.parametrize(
    ("step", "said", "outcome", "code"),
    [
        ("RCPT", "550 5.1.1 no such user nadia@people.example", "never", "550"),
        ("RCPT", "451 4.7.1 greylisted", "later", "451"),
        ("DATA", "554 5.7.1 refused", "never", "554"),
        ("DATA", "452 4.2.2 full", "later", "452"),
    ],
)
def test_what_the_server_says_is_taken_at_its_word(postmaster: Postmaster, step: str, said: str, outcome: str, code: str) -> None:
    postmaster.answers[step] = said
    answer = hand_over(a_mail())
    assert (answer.outcome, answer.code) == (outcome, code)


def test_no_server_is_not_now(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = hand_over(a_mail())
    assert (answer.outcome, answer.code) == ("later", "ConnectionRefusedError")


def test_an_address_that_cannot_be_written_is_never(postmaster: Postmaster) -> None:
    answer = hand_over(a_mail(to="x\ny@people.example"))
    assert (answer.outcome, answer.code) == ("never", "not_writable")
    assert postmaster.taken == []


@pytest.mark.django_db
def test_killed_between_the_server_and_the_commit_it_leaves_again_with_the_same_id(postmaster: Postmaster) -> None:
    message = services.queue_message(BRIEF.name, now=now(), person=make_reader(), about_id=uuid4())
    assert message is not None
    with patch("maillage.messaging.services.deliver._settle", side_effect=SystemExit), pytest.raises(SystemExit):
        services.deliver_message(message_id=message.pk, now=now())
    services.deliver_message(message_id=message.pk, now=now())
    first, second = postmaster.taken
    assert first["Message-ID"] == second["Message-ID"] == f"<{message.pk}@maillage.example>"
    assert Message.objects.get().status == "sent"
