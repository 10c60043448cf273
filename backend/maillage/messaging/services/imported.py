"""The mail that asks the owner of an address that stands in a file whether it is theirs: a few a minute, once."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Facts, Lane, Letter, MessageStatus, Paragraph, Purpose, Quiet, Recipient, RecipientKind
from maillage.messaging.models import Message, Suppression
from maillage.messaging.selectors.suppressions import address_hash, noted_among, suppressed_among
from maillage.messaging.services.entered import CONFIRM_WITHIN, ENTERED_LINK
from maillage.messaging.services.queue import queue_messages
from maillage.messaging.services.stop import suppress_address
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.domain.waiting import ASKED_A_MINUTE, ASKED_AGAIN_AFTER, WaitingState
from maillage.people.models import ContactPoint, WaitingAddress
from maillage.people.selectors import consent_columns, wordings_known

IMPORTED = Purpose(
    "messaging.confirm_imported",
    lane=Lane.MAIL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("the confirmation of your address"),
)

ASKED = "messaging.asked"
"""Under this purpose the fingerprint of an address says when it was asked; it stops nothing."""

MOST_WAITING = 5 * ASKED_A_MINUTE
"""Questions that have not left yet: a mail server that is slow is not given more."""


def ask_imported_addresses(*, now: datetime) -> int:
    """Mail the owners of the next addresses of files, as many as a minute takes; say how many. Safe to run twice.

    An address that was asked less than a year ago is not asked again, unless its owner answered somebody by a yes; whoever said
    "not me" never is.
    """
    if Message.objects.filter(purpose=IMPORTED.name, status=MessageStatus.QUEUED).count() >= MOST_WAITING:
        return 0
    with transaction.atomic():
        found = people.addresses_to_ask(most=ASKED_A_MINUTE, now=now)
        not_again = _not_again({one.address for one in found}, now=now)
        people.pass_over(contact_point_ids=[one.id for one in found if one.address in not_again])
        asked = [one for one in found if one.address not in not_again]
        _remember({one.address for one in asked}, now=now)
        return queue_messages(
            IMPORTED.name,
            [Recipient(address=one.address, kind=RecipientKind.ADDRESS, language=one.language, about_id=one.id) for one in asked],
            now=now,
        )


def imported_letter(message: Message) -> Letter:
    """Ask the owner of an address from where it came and what for; it asserts nothing, because anybody may have written it."""
    if message.about_id is None:
        raise LookupError("no address to ask")
    asked = WaitingAddress.objects.filter(point_id=message.about_id, point__verified_at__isnull=True, state=WaitingState.ASKED)
    row = asked.select_related("batch").latest("asked_at")
    ends_at = message.queued_at + CONFIRM_WITHIN
    page = f"{settings.PUBLIC_URL}{reverse('entered-address', args=[sign_link(ENTERED_LINK, ids=[message.about_id], ends_at=ends_at)])}"
    return Letter(
        subject=_("Is this your address?"),
        preview=_("Without your confirmation, we never write here again."),
        blocks=(
            Paragraph(
                _("This address stands on a list that was brought in to us. If you gave it, say so; until then nobody writes to you here.")
            ),
            Facts(
                (
                    (_("The list"), row.batch.origin),
                    (_("Brought in on"), dates.day(row.batch.created_at, settings.TIME_ZONE)),
                )
            ),
            Paragraph(_("By that list, whoever gave this address agreed to this:")),
            *(Quiet(text) for text in _agreed(row)),
            Button(_("Yes, this is my address"), page, accent=True),
            Button(_("No, this was not me"), f"{page}?was=not-me"),
            Quiet(
                _("If you do nothing, nobody writes to you: we do not ask twice. If it was not you, say no, and the address is forgotten.")
                + " "
                + _("The link ends on %(day)s.") % {"day": dates.day(ends_at, settings.TIME_ZONE)}
            ),
        ),
    )


def deny_address(*, contact_point_id: UUID, now: datetime) -> None:
    """Forget an address whose owner says that it was not them, and ask it no more whatever file it stands in.

    Facts: contact_point.denied, address.suppressed.  Raises: NotFound.
    """
    with transaction.atomic():
        is_from_file = people.is_from_file(contact_point_id=contact_point_id)
        address = people.deny_entered_address(contact_point_id=contact_point_id, now=now)
        if is_from_file:
            suppress_address(address=address, purpose=IMPORTED.name, reason="not_me", now=now)


def _agreed(row: WaitingAddress) -> list[str]:
    """What the list says that was agreed to: the words of the paper, else ours."""
    columns = consent_columns(row.batch)
    said = [columns[number] for number in sorted(row.columns)]
    known = wordings_known(column.wording for column in said)
    return [str(known[column.wording].text) if column.wording in known else column.text for column in said]


def _not_again(addresses: Collection[str], *, now: datetime) -> set[str]:
    lately = noted_among(addresses, purpose=ASKED, reason="asked", since=now - ASKED_AGAIN_AFTER)
    proved = ContactPoint.objects.filter(channel=Channel.EMAIL, value__in=lately, verified_at__isnull=False)
    return (lately - set(proved.values_list("value", flat=True))) | suppressed_among(addresses, IMPORTED.name, Channel.EMAIL)


def _remember(addresses: Collection[str], *, now: datetime) -> None:
    Suppression.objects.bulk_create(
        [
            Suppression(channel=Channel.EMAIL, address_hash=address_hash(address), purpose=ASKED, reason="asked", at=now)
            for address in sorted(addresses)
        ],
        update_conflicts=True,
        unique_fields=["channel", "address_hash", "purpose"],
        update_fields=["at"],
    )
