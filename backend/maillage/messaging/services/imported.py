"""The mail that asks the owner of an address that stands in a file whether it is theirs: a few a minute, once."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Facts, Letter, MessageStatus, Paragraph, Quiet, Recipient, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.selectors.suppressions import noted_among
from maillage.messaging.services.questions import ASKED, CONFIRM_WITHIN, ENTERED_LINK, IMPORTED, note_asked, refused_among
from maillage.messaging.services.queue import queue_messages
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.domain.waiting import ASKED_A_MINUTE, ASKED_AGAIN_AFTER, WaitingState
from maillage.people.models import ContactPoint, WaitingAddress
from maillage.people.selectors import consent_columns, wordings_known
from maillage.people.selectors.organisation import zone_of_house

MOST_WAITING = 5 * ASKED_A_MINUTE
"""Questions that have not left yet: a mail server that is slow is not given more."""


def ask_imported_addresses(*, now: datetime) -> int:
    """Mail the owners of the next addresses of files, as many as a minute takes; say how many. Safe to run twice.

    An address that was asked less than a year ago, for a file or a paper, is not asked again, unless its owner answered somebody by a
    yes; whoever said "not me" to either never is.
    """
    if Message.objects.filter(purpose=IMPORTED.name, status=MessageStatus.QUEUED).count() >= MOST_WAITING:
        return 0
    with transaction.atomic():
        found = people.addresses_to_ask(most=ASKED_A_MINUTE, now=now)
        not_again = _not_again({one.address for one in found}, now=now)
        people.pass_over(contact_point_ids=[one.id for one in found if one.address in not_again])
        asked = [one for one in found if one.address not in not_again]
        note_asked({one.address for one in asked}, now=now)
        return queue_messages(
            IMPORTED.name,
            [Recipient(address=one.address, kind=RecipientKind.ADDRESS, language=one.language, about_id=one.id) for one in asked],
            now=now,
        )


def imported_letter(message: Message) -> Letter:
    """Ask the owner of an address from where it came and what for; it asserts nothing, because anybody may have written it.

    It is about whoever shares the address and has not refused since it was queued; where nobody is left, it does not leave.
    """
    asked = WaitingAddress.objects.filter(state=WaitingState.ASKED, asked_at__gte=message.queued_at, point__verified_at__isnull=True)
    here = asked.filter(point__channel=Channel.EMAIL, point__value=message.address).select_related("batch").order_by("asked_at", "id")
    of_this_list = WaitingAddress.objects.filter(point=message.about_id).values("batch")
    row = here.filter(batch__in=of_this_list).first() or here[:1].get()
    ends_at = message.queued_at + CONFIRM_WITHIN
    page = f"{settings.PUBLIC_URL}{reverse('entered-address', args=[sign_link(ENTERED_LINK, ids=[row.point_id], ends_at=ends_at)])}"
    return Letter(
        subject=_("Is this your address?"),
        preview=_("Without your confirmation, nobody writes to you here."),
        blocks=(
            Paragraph(
                _("This address stands on a list that was brought in to us. If you gave it, say so; until then nobody writes to you here.")
            ),
            Facts(
                (
                    (_("The list"), row.batch.origin),
                    (_("Brought in on"), dates.day(row.batch.created_at, zone_of_house())),
                )
            ),
            Paragraph(_("By that list, whoever gave this address agreed to this:")),
            *(Quiet(text) for text in _agreed(row)),
            Button(_("Yes, this is my address"), page, accent=True),
            Button(_("No, this was not me"), f"{page}?was=not-me"),
            Quiet(
                _("If you do nothing, nobody writes to you, and no list makes us ask again within a year.")
                + " "
                + _("If it was not you, say no: the address is forgotten, and no paper or list makes us ask it again.")
                + " "
                + _("The link ends on %(day)s.") % {"day": dates.day(ends_at, zone_of_house())}
            ),
        ),
    )


def _agreed(row: WaitingAddress) -> list[str]:
    """What the list says that was agreed to: the words of the paper, else ours."""
    columns = consent_columns(row.batch)
    said = [columns[number] for number in sorted(row.columns)]
    known = wordings_known(column.wording for column in said)
    return [str(known[column.wording].text) if column.wording in known else column.text for column in said]


def _not_again(addresses: Collection[str], *, now: datetime) -> set[str]:
    lately = noted_among(addresses, purpose=ASKED, reason="asked", since=now - ASKED_AGAIN_AFTER)
    proved = ContactPoint.objects.filter(channel=Channel.EMAIL, value__in=lately, verified_at__isnull=False)
    return (lately - set(proved.values_list("value", flat=True))) | refused_among(addresses)
