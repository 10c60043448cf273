"""The first thing that somebody hears who came from a file says from where their data came (GDPR article 14)."""

from dataclasses import replace

from django.utils.translation import gettext as _

from maillage.kernel import dates
from maillage.messaging.domain import Facts, Heading, Letter, MessageStatus, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.people.selectors import origins_to_tell, zone_of_person
from maillage.people.selectors.organisation import organisation


def with_origins(letter: Letter, message: Message) -> Letter:
    """Add to a letter, in the active language, from which files its reader's data came that no message has told yet.

    A message tells what was brought in before it left; who was asked whether an address is theirs was told by that question.
    One query for who came from no file.
    """
    if message.person_id is None or message.recipient_kind != RecipientKind.PERSON:
        return letter
    sent = Message.objects.filter(
        person_id=message.person_id, recipient_kind=RecipientKind.PERSON, status=MessageStatus.SENT, sent_at__isnull=False
    )
    told_until = sent.exclude(pk=message.pk).order_by("-sent_at").values_list("sent_at", flat=True)
    origins = origins_to_tell(message.person_id, told_until=told_until.first)
    if not origins:
        return letter
    rows = tuple((origin.told, dates.day(origin.at, zone_of_person(message.person_id))) for origin in origins)
    house = organisation()
    words = _("You can read them, have them corrected or erased, and object, at any time.")
    ask = _("Write to %(email)s.") % {"email": house.email} if house.email else ""
    told = (Heading(_("Where we have your data from")), Facts(rows), Quiet(f"{words} {ask}".strip()))
    return replace(letter, blocks=(*letter.blocks, *told))
