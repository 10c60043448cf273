"""Why things are sent: the registry that halls fill from their `apps.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise as LazyText

from maillage.messaging.domain.letter import Attachment, Letter
from maillage.messaging.domain.words import Lane, RecipientKind

if TYPE_CHECKING:
    from maillage.messaging.models import Message


@dataclass(frozen=True)
class Purpose:
    """Why something is sent, which recipients it takes and which rule binds it.

    `needs_consent`: sent only to who agreed to this purpose. Otherwise it is service mail, which a person can still
    stop where `can_be_stopped`: the mail then carries the link to do so, and `title` names what stops. `confides`: it says,
    or leads to, what only the person themself reads. While a join of their record is not settled it goes to an address that
    the record brought itself, else nowhere; no human passes it on.
    """

    name: str
    lane: Lane
    recipients: frozenset[RecipientKind]
    needs_consent: bool = False
    can_be_stopped: bool = False
    title: str | LazyText = ""
    confides: bool = False

    @property
    def carries_stop(self) -> bool:
        """Say whether its mails have a link that stops them."""
        return self.needs_consent or self.can_be_stopped


@dataclass(frozen=True)
class Rendered:
    """A message as its reader gets it, whole: subject, plain text and HTML; drawn from a Letter by `services.compose`."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


Renderer = Callable[["Message"], Letter]

PURPOSES: dict[str, Purpose] = {}
RENDERERS: dict[str, Renderer] = {}


def register(purpose: Purpose, renderer: Renderer) -> None:
    """Make a purpose known with what writes its text; called from a hall's `apps.py`.

    Raises ValueError on a second one, and on one that can be stopped and does not go to people alone: a stop is said by a person,
    and of a bare address nothing is kept by which to know it again.

    The renderer is called when the message leaves, inside a short transaction, with the reader's language active. It
    reads rows by `message.about_id` and returns a Letter; layout, plain twin, headers and the link that stops are added.
    It raises `LookupError` or a model's DoesNotExist when there is nothing left to say: the message is then refused with
    `nothing_to_say`.
    """
    if purpose.name in PURPOSES:
        raise ValueError(f"purpose {purpose.name} is registered twice")
    if purpose.carries_stop and purpose.recipients != {RecipientKind.PERSON}:
        raise ValueError(f"purpose {purpose.name} can be stopped, so it goes to people alone")
    PURPOSES[purpose.name] = purpose
    RENDERERS[purpose.name] = renderer
