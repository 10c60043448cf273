"""Words of sending: lanes, kinds of recipient, states."""

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.people.domain import Channel


class Lane(models.TextChoices):
    """Which queue of jobs a message waits in, by its name; a sign-in code never waits behind a brief (decision 12)."""

    TRANSACTIONAL = "transactional", _("at once")
    MAIL = "mail", _("in its turn")


class RecipientKind(models.TextChoices):
    """Whom a message is for."""

    PERSON = "person", _("a person")
    OFFICE = "office", _("the office of an elected representative")
    ADDRESS = "address", _("a bare address")


class MessageStatus(models.TextChoices):
    """How far a message is."""

    QUEUED = "queued", _("waiting")
    BY_HAND = "by_hand", _("to be posted, said or texted by a human")
    SENT = "sent", _("handed to the mail server, or passed on by hand")
    REFUSED = "refused", _("stopped by the gate")
    FAILED = "failed", _("refused by the mail server")


class AttemptOutcome(models.TextChoices):
    """What the other side said to one try."""

    TAKEN = "taken", _("taken")
    LATER = "later", _("not now")
    NEVER = "never", _("never")


BY_HAND = (Channel.POST, Channel.PHONE, Channel.SMS)
"""On what a human passes a message on to who has no e-mail address, the first that the person gave."""


@dataclass(frozen=True)
class Recipient:
    """One recipient of a message sent to many: a person (reached where they chose) or an address, and what it is about.

    `language` empty: the person's. A person beside an address says whom the message is for, without asking where they
    are reached: the mail that asks to confirm an address.
    """

    person_id: UUID | None = None
    address: str = ""
    kind: RecipientKind = RecipientKind.PERSON
    language: str = ""
    about_id: UUID | None = None
    reply_to: str = ""
