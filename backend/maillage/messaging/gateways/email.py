"""Mail handed to a mail server, through Django's backend of the settings."""

import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from maillage.messaging.domain import Attachment, AttemptOutcome


@dataclass(frozen=True)
class Mail:
    """A mail to one reader, ready to leave."""

    id: UUID
    to: str
    subject: str
    text: str
    html: str
    reply_to: str
    language: str
    headers: Mapping[str, str]
    attachments: Sequence[Attachment] = ()

    @property
    def message_id(self) -> str:
        """The Message-ID: the same each time that this message leaves."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        return f"<{self.id}@{domain}>"


@dataclass(frozen=True)
class Answer:
    """What the server said: its reply code, or the type of what went wrong; never an address."""

    outcome: AttemptOutcome
    code: str


def hand_over(mail: Mail) -> Answer:
    """Hand a mail to the server and say what it answered. Never raises for what a server or a network does.

    Only a final refusal of this recipient or of this content is NEVER; a refusal of us (login, sender, connection) is
    LATER, because the next mail would fare the same until somebody mends it.
    """
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Content-Language": mail.language, **mail.headers},
    )
    message.attach_alternative(mail.html, "text/html")
    for file in mail.attachments:
        message.attach(file.name, file.content, file.kind)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()] or [0]
        return _answer(codes[0])
    except smtplib.SMTPDataError as refusal:
        return _answer(refusal.smtp_code)
    except smtplib.SMTPResponseException as refusal:
        return Answer(AttemptOutcome.LATER, str(refusal.smtp_code))
    except (smtplib.SMTPException, OSError) as trouble:
        return Answer(AttemptOutcome.LATER, type(trouble).__name__)
    except ValueError:  # Django's refusal to write a header: a line break in an address, letters that no server takes
        return Answer(AttemptOutcome.NEVER, "not_writable")
    return Answer(AttemptOutcome.TAKEN, "250")


def _answer(code: int) -> Answer:
    return Answer(AttemptOutcome.NEVER if 500 <= code < 600 else AttemptOutcome.LATER, str(code))
