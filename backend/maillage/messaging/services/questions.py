"""The one question whether an address is its reader's, of papers and of files: what was said to it counts for both."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from maillage.kernel.limits import forget_how_often, happens_at_most
from maillage.messaging.domain import Lane, Purpose, RecipientKind
from maillage.messaging.models import Suppression
from maillage.messaging.selectors.suppressions import address_hash, suppressed_among
from maillage.messaging.services.stop import suppress_address
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.domain.waiting import ASKED_AGAIN_AFTER, ASKED_ON_PAPER

ENTERED_LINK = "messaging.entered"
"""Purpose of its signed link: the id is the contact point."""

CONFIRM_WITHIN = timedelta(days=30)

ENTERED = Purpose(
    "messaging.confirm_entered",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("the confirmation of your address"),
)

IMPORTED = Purpose(
    "messaging.confirm_imported",
    lane=Lane.MAIL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("the confirmation of your address"),
)

QUESTIONS = (ENTERED, IMPORTED)

ASKED = "messaging.asked"
"""Under this purpose the fingerprint of an address says when it was asked; it stops nothing but the question of a file."""

ON_PAPER = "messaging.asked_on_paper"


def refused_among(addresses: Collection[str]) -> set[str]:
    """Return which of these addresses said to a paper or to a file that it was not them, or asked for silence."""
    return {address for question in QUESTIONS for address in suppressed_among(addresses, question.name, Channel.EMAIL)}


def written_too_often(address: str, *, now: datetime) -> bool:
    """Count that an address stands on a paper, and say whether it was so often in a year that it is not asked for this one."""
    return not happens_at_most(ON_PAPER, to=address, most=ASKED_ON_PAPER, over=ASKED_AGAIN_AFTER, now=now)


def note_asked(addresses: Collection[str], *, now: datetime) -> None:
    """Keep when addresses were asked, as fingerprints."""
    Suppression.objects.bulk_create(
        [
            Suppression(channel=Channel.EMAIL, address_hash=address_hash(address), purpose=ASKED, reason="asked", at=now)
            for address in sorted(addresses)
        ],
        update_conflicts=True,
        unique_fields=["channel", "address_hash", "purpose"],
        update_fields=["at"],
    )


def confirm_address(*, contact_point_id: UUID, now: datetime) -> None:
    """Keep that the owner of an address said that it is theirs; who wrote it on papers meanwhile does not keep it from being asked.

    Facts: contact_point.verified, consent.given.  Raises: NotFound.
    """
    with transaction.atomic():
        forget_how_often(ON_PAPER, to=people.confirm_entered_address(contact_point_id=contact_point_id, now=now))


def deny_address(*, contact_point_id: UUID, now: datetime) -> None:
    """Forget an address whose owner says that it was not them, and ask it no more whatever paper or file it stands on.

    Facts: contact_point.denied, address.suppressed.  Raises: NotFound.
    """
    with transaction.atomic():
        address = people.deny_entered_address(contact_point_id=contact_point_id, now=now)
        for question in QUESTIONS:
            suppress_address(address=address, purpose=question.name, reason="not_me", now=now)
