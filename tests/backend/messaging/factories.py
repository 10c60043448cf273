"""Purposes and people to write to."""

from datetime import datetime, timedelta
from uuid import UUID

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.domain import (
    PURPOSES,
    RENDERERS,
    Button,
    Facts,
    Lane,
    Letter,
    Paragraph,
    Prose,
    Purpose,
    RecipientKind,
    register,
)
from maillage.messaging.domain.preferences import OWN_DATA_LINK, OWN_DATA_MAIL
from maillage.messaging.models import Message
from maillage.people.models import Person
from tests.backend.people.factories import make_person

ANYONE = frozenset(RecipientKind)
SERVICE = Purpose("tests.service", lane=Lane.TRANSACTIONAL, recipients=ANYONE)
BRIEF = Purpose("tests.brief", lane=Lane.MAIL, recipients=frozenset({RecipientKind.PERSON}), can_be_stopped=True, title="briefs")
NEWS = Purpose("tests.news", lane=Lane.MAIL, recipients=frozenset({RecipientKind.PERSON}), needs_consent=True, title="news")
GONE = Purpose("tests.gone", lane=Lane.MAIL, recipients=ANYONE)


def data_token(record_id: UUID, *, lasts: timedelta = timedelta(hours=1)) -> str:
    """Sign the link to somebody's data, with the message that brought it."""
    brought = Message.objects.create(
        purpose=OWN_DATA_MAIL, lane=Lane.TRANSACTIONAL, recipient_kind=RecipientKind.PERSON, person_id=record_id, language="en"
    )
    return sign_link(OWN_DATA_LINK, ids=[record_id, brought.pk], ends_at=now() + lasts)


def letter(message: Message) -> Letter:
    """Write a letter that uses every block, in the reader's language."""
    from django.utils.translation import get_language

    return Letter(
        subject=f"Réunion <mardi> & après\n({get_language()})",
        preview="Deux minutes",
        blocks=(
            Paragraph("Bonjour <b>à tous</b>"),
            Facts((("Où", "Valbrune & alentours"),)),
            Prose(source="*Venez*\n", safe_html="<p><em>Venez</em></p>"),
            Button("Je viens", "https://campaign.example/oui?a=1&b=2", accent=True),
        ),
    )


def nothing_left(message: Message) -> Letter:
    """Find nothing left to say."""
    raise Person.DoesNotExist


def register_purposes() -> None:
    """Make the purposes of these tests known."""
    for purpose in (SERVICE, BRIEF, NEWS):
        register(purpose, letter)
    register(GONE, nothing_left)


def forget_purposes() -> None:
    """Leave the registry as it was."""
    for purpose in (SERVICE, BRIEF, NEWS, GONE):
        PURPOSES.pop(purpose.name, None)
        RENDERERS.pop(purpose.name, None)


def make_reader(email: str = "nadia@people.example", *, language: str = "fr", at: datetime | None = None) -> Person:
    """Somebody who proved an address."""
    return make_person(email=email, language=language, confirmed_at=at or now())
