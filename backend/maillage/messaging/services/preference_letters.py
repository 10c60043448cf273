"""The letters about one's choices and one's data: where they lead, what was changed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.kernel.links import sign_link
from maillage.messaging.domain import PURPOSES, Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.domain.preferences import OWN_DATA_KEPT, OWN_DATA_LINK, OWN_DATA_MAIL, PREFERENCES_KEPT, PREFERENCES_LINK
from maillage.messaging.models import Message
from maillage.messaging.selectors.circumstances import address_of
from maillage.messaging.services import preferences
from maillage.people.domain import Channel, ConsentAct, Wording
from maillage.people.models import Consent, Person
from maillage.people.selectors import is_guarded_by_account, mailbox_mark, records_of_address, standing_id, wordings_in_force, wordings_read

_PERSON = frozenset({RecipientKind.PERSON})
_CHOICES = gettext_lazy("your choices and your data")

CHANGED = Purpose(preferences.CHANGED, lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_CHOICES, confides=True)
OWN_DATA = Purpose(OWN_DATA_MAIL, lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_CHOICES, confides=True)
LINK = Purpose(preferences.LINK, lane=Lane.TRANSACTIONAL, recipients=frozenset({RecipientKind.ADDRESS}), title=_CHOICES)

MOST_SHARING = 8
"""How many people of one shared address are led to their choices by one mail."""


def preferences_address(person_id: UUID, *, mailbox: Sequence[UUID], language: str, now: datetime) -> str:
    """Return the address of the page of somebody's choices; reached without a login until a year from now, while the mailbox
    to which the link goes (`mailbox_mark`) is theirs."""
    token = sign_link(PREFERENCES_LINK, ids=[person_id, *mailbox], ends_at=now + PREFERENCES_KEPT)
    return _address("preferences", token, language=language)


def changed_letter(message: Message) -> Letter:
    """Tell a person what was just changed, and how to undo it: the link may be in other hands."""
    if message.person_id is None:
        raise LookupError("nobody changed anything")
    stands = standing_id(message.person_id)
    sources = (preferences.SOURCE, preferences.SAID)
    lines = Consent.objects.filter(person_id=stands, source__in=sources, at=message.queued_at).order_by("id")
    was_said = any(line.source == preferences.SAID for line in lines)
    now = wordings_in_force()
    last = wordings_read(stands, upto=max((line.pk for line in lines), default=0))
    said = [(_done(line), _named(line, last.get((line.purpose, line.channel)) or now.get(line.purpose))) for line in lines]
    language = dict(settings.LANGUAGES)[message.language]
    return Letter(
        subject=_("Your choices were changed"),
        preview=_("If it was you, there is nothing to do."),
        blocks=(
            Paragraph(
                _("You said so to us, and it was written down for you:") if was_said else _("This was changed on the page of your choices:")
            ),
            Facts((*said, (_("Language"), _(language)))),
            Paragraph(
                _("If you did not ask for it, one click undoes it.")
                if was_said
                else _("If it was not you, somebody opened the link of a mail that you passed on. One click undoes it.")
            ),
            Button(_("See my choices, or undo"), choices_of(message.person_id, message)),
        ),
    )


def own_data_letter(message: Message) -> Letter:
    """Lead a person to what is known of them, for a day and as long as this message is kept: it goes when their address changes."""
    if message.person_id is None:
        raise LookupError("nobody asked")
    if is_guarded_by_account(message.person_id, now=message.queued_at):
        return _guarded_letter()
    token = sign_link(OWN_DATA_LINK, ids=[message.person_id, message.pk], ends_at=message.queued_at + OWN_DATA_KEPT)
    return Letter(
        subject=_("Your data: read it, take it away, or erase it"),
        preview=_("The link works for 24 hours."),
        blocks=(
            Paragraph(_("Somebody, perhaps you, asked on the page of your choices to see what we know of you.")),
            Paragraph(_("This page shows all of it and who read it; there you can take a copy away, or have everything erased.")),
            Button(_("See what you know of me"), _address("own-data", token, language=message.language)),
            Quiet(_("The link works for 24 hours. Do not pass this mail on: whoever opens it reads what we know of you.")),
        ),
    )


def _guarded_letter() -> Letter:
    """Lead whom an account guards better than a mail does to their own page, which asks them to sign in."""
    return Letter(
        subject=_("Your data: read it, take it away, or erase it"),
        preview=_("Sign in to see it."),
        blocks=(
            Paragraph(_("Somebody, perhaps you, asked on the page of your choices to see what we know of you.")),
            Paragraph(
                _(
                    "You hold a role here, or proved to be yourself with a second factor:"
                    " a link that may be passed on opens nothing of yours."
                )
            ),
            Button(_("To my own page"), f"{settings.PUBLIC_URL}/app/me/data"),
            Quiet(_("If it was not you, there is nothing to do.")),
        ),
    )


def link_letter(message: Message) -> Letter:
    """Lead whoever reads at an address to their choices; or say, to them alone, that nothing is known of it."""
    buttons = choices_at(message.address, message)
    if not buttons:
        return Letter(
            subject=_("We know nothing of this address"),
            blocks=(
                Paragraph(_("Somebody, perhaps you, asked for a link to the choices of this address. Nothing is kept of it here.")),
                Paragraph(_("Perhaps you gave us another address.")),
                Quiet(_("If it was not you, do nothing: nothing was created.")),
            ),
        )
    return Letter(
        subject=_("The link to your choices"),
        preview=_("What you agreed to, and what you receive."),
        blocks=(
            Paragraph(_("Here is the link that was asked for. It shows what you agreed to and what you receive; each box takes it back.")),
            *buttons,
            Quiet(_("If it was not you who asked, do nothing.")),
        ),
    )


def choices_at(address: str, message: Message) -> list[Button]:
    """Lead whoever reads at an address that was proved to their choices, each of those who share it; none where nobody proved it."""
    found = list(Person.objects.filter(pk__in=records_of_address(address)).order_by("pk")[:MOST_SHARING])
    shared = len(found) > 1
    return [
        Button(
            _("The choices of %(name)s") % {"name": person.given_name} if shared else _("See my choices"),
            preferences_address(person.pk, mailbox=[mailbox_mark(address)], language=message.language, now=message.queued_at),
        )
        for person in found
    ]


def _done(line: Consent) -> str:
    return str(_("agreed to") if line.act == ConsentAct.GIVEN else _("taken back")).capitalize()


def _named(line: Consent, wording: Wording | None) -> str:
    """Name what a line is about, in the words that were read when it was last agreed to, else in those that stand there now."""
    purpose = PURPOSES.get(line.purpose)
    text = str(purpose.title) if purpose and purpose.title else str(wording.text) if wording else line.purpose
    return f"{text} ({Channel(line.channel).label})"


def choices_of(person_id: UUID, message: Message) -> str:
    """Return that address for a letter that leads there."""
    mailbox = [mailbox_mark(address_of(message))]
    return preferences_address(person_id, mailbox=mailbox, language=message.language, now=message.queued_at)


def _address(name: str, token: str, *, language: str) -> str:
    with translation.override(language):
        return f"{settings.PUBLIC_URL}{reverse(name, args=[token])}"


LETTERS = ((CHANGED, changed_letter), (OWN_DATA, own_data_letter), (LINK, link_letter))
