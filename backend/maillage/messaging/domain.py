"""Words of sending: lanes, kinds of recipient, states, and the registries that halls fill."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from maillage.messaging.models import Message


class Lane(models.TextChoices):
    """Which queue a message waits in; a sign-in code never waits behind a brief (decision 12)."""

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
    SENT = "sent", _("handed to the mail server")
    REFUSED = "refused", _("stopped by the gate")
    FAILED = "failed", _("refused by the mail server")


@dataclass(frozen=True)
class Purpose:
    """Why something is sent, which recipients it takes and which rule binds it.

    `needs_consent`: sent only to who agreed to this purpose. Otherwise it is service mail, which a person
    can still stop where `can_be_stopped`.
    """

    name: str
    lane: Lane
    recipients: frozenset[RecipientKind]
    needs_consent: bool = False
    can_be_stopped: bool = False


@dataclass(frozen=True)
class Rendered:
    """A message as its reader gets it; `html` is a fragment that the layout wraps."""

    subject: str
    text: str
    html: str


Renderer = Callable[["Message"], Rendered]

PURPOSES: dict[str, Purpose] = {}
RENDERERS: dict[str, Renderer] = {}


def register(purpose: Purpose, renderer: Renderer) -> None:
    """Make a purpose known with what writes its text; called from a hall's `apps.py`. Raises ValueError on a second one."""
    if purpose.name in PURPOSES:
        raise ValueError(f"purpose {purpose.name} is registered twice")
    PURPOSES[purpose.name] = purpose
    RENDERERS[purpose.name] = renderer
