"""The mail that asks an address written on paper whether it is theirs."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Letter, Paragraph, Quiet
from maillage.messaging.models import Message
from maillage.messaging.services.questions import CONFIRM_WITHIN, ENTERED, ENTERED_LINK, note_asked, refused_among, written_too_often
from maillage.messaging.services.queue import queue_message
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors.organisation import zone_of_house


def ask_entered_address(*, person_id: UUID, now: datetime) -> None:
    """Mail the address that somebody wrote on paper, where there is one that nobody confirmed; once. Safe to run twice.

    Not one that said "not me" to a paper or a file, nor one that papers had asked often this year. Whoever entered the paper reads
    nothing of it: it would tell what the address had said.
    """
    point = _point(person_id)
    if point is None or Message.objects.filter(purpose=ENTERED.name, about_id=point.pk).exists() or refused_among([point.value]):
        return
    with transaction.atomic():
        if not written_too_often(point.value, now=now):
            queue_message(ENTERED.name, person=point.person, address=point.value, about_id=point.pk, now=now)
            note_asked([point.value], now=now)


def entered_letter(message: Message) -> Letter:
    """Ask an address to confirm; it asserts nothing, because anyone may have written it."""
    if message.about_id is None:
        raise LookupError("no address to ask")
    point = ContactPoint.objects.get(pk=message.about_id, verified_at__isnull=True)
    ends_at = message.queued_at + CONFIRM_WITHIN
    token = sign_link(ENTERED_LINK, ids=[point.pk], ends_at=ends_at)
    return Letter(
        subject=_("Is this your address?"),
        preview=_("Without your confirmation, nobody writes to you here."),
        blocks=(
            Paragraph(_("Somebody, perhaps you, wrote this address on a paper form of ours.")),
            Paragraph(_("If it was you, open this page and confirm. Until then nobody writes to you here.")),
            Button(_("Confirm, or say it was not me"), f"{settings.PUBLIC_URL}{reverse('entered-address', args=[token])}", accent=True),
            Quiet(
                _("If it was not you, press the second button there: the address is forgotten, and no paper or list makes us ask it again.")
                + " "
                + _("The link ends on %(day)s.") % {"day": dates.day(ends_at, zone_of_house())}
            ),
        ),
    )


def _point(person_id: UUID) -> ContactPoint | None:
    people = Person.objects.filter(pk=person_id, papers__isnull=False, erased_at__isnull=True)
    points = ContactPoint.objects.filter(person__in=people, channel=Channel.EMAIL, verified_at__isnull=True)
    return points.select_related("person").first()
