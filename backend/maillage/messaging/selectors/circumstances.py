"""What the gate asks of a message that is about to leave."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef

from maillage.messaging.domain import BY_HAND, PURPOSES, Circumstances, Reason, RecipientKind, gate
from maillage.messaging.models import Message
from maillage.messaging.selectors.suppressions import is_suppressed, suppressed_among
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.models import ConsentState, ContactPoint
from maillage.people.selectors import email_addresses, own_address


def circumstances_of(message: Message) -> tuple[str, Circumstances]:
    """Return where a message goes (empty when nowhere) and what the gate needs to know; at most four queries."""
    kind = RecipientKind(message.recipient_kind)
    address = address_of(message)
    agreed = None
    if message.person_id is not None:
        said = ConsentState.objects.filter(person_id=message.person_id, purpose=message.purpose, channel=message.channel)
        agreed = said.values_list("is_given", flat=True).first()
    suppressed = bool(address) and is_suppressed(
        address, purpose=message.purpose, channel=Channel(message.channel), of_somebody=message.person_id is not None
    )
    return address, Circumstances(kind=kind, has_address=bool(address), is_suppressed=suppressed, agreed=agreed)


def why_not_passed_on(message: Message) -> Reason | None:
    """Ask the gate about a message that a human posts, says or texts; None: it may be passed on."""
    return gate(PURPOSES.get(message.purpose), circumstances_of(message)[1])


def reached_by_hand(person_ids: Collection[UUID], *, purpose: str) -> set[UUID]:
    """Return to whom of these people a human can post, say or text something, whether or not a mail reaches them too. Two queries.

    Whoever wants no more of it (`purpose`) on the way that would be used is left out, as the gate would.
    """
    channels = _channels_by_hand(person_ids)
    states = ConsentState.objects.filter(person__in=channels, purpose=purpose, channel__in=BY_HAND)
    said = {(person_id, channel): is_given for person_id, channel, is_given in states.values_list("person_id", "channel", "is_given")}
    return {person_id for person_id, channel in channels.items() if _takes_by_hand(purpose, said.get((person_id, channel)))}


def refusals(person_ids: Collection[UUID], *, purpose: str) -> dict[UUID, Reason]:
    """Return whom of these people something would not reach now, each with why the gate would refuse it. Seven queries at most.

    By a mail, or by a human where they have no e-mail address, as it would leave.
    """
    addresses = email_addresses(person_ids)
    channels: dict[UUID, str] = dict.fromkeys(addresses, Channel.EMAIL) | _channels_by_hand(set(person_ids) - addresses.keys())
    silenced = suppressed_among(set(addresses.values()), purpose, Channel.EMAIL, of_somebody=True)
    states = ConsentState.objects.filter(person__in=channels, purpose=purpose)
    said = {(person_id, channel): is_given for person_id, channel, is_given in states.values_list("person_id", "channel", "is_given")}
    found: dict[UUID, Reason] = {}
    for person_id in person_ids:
        channel = channels.get(person_id, "")
        circumstances = Circumstances(
            kind=RecipientKind.PERSON,
            has_address=bool(channel),
            is_suppressed=addresses.get(person_id) in silenced,
            agreed=said.get((person_id, channel)),
        )
        if reason := gate(PURPOSES.get(purpose), circumstances):
            found[person_id] = reason
    return found


def _takes_by_hand(purpose: str, agreed: bool | None) -> bool:
    circumstances = Circumstances(kind=RecipientKind.PERSON, has_address=True, is_suppressed=False, agreed=agreed)
    return gate(PURPOSES.get(purpose), circumstances) is None


def channel_by_hand(message: Message) -> str:
    """On which channel a human passes a message on to a person, one where their relay may first; empty where they gave none. One query."""
    return _channels_by_hand([message.person_id]).get(message.person_id, "") if message.person_id else ""


def _channels_by_hand(person_ids: Collection[UUID]) -> dict[UUID, str]:
    agreed = ConsentState.objects.filter(
        person=OuterRef("person"), purpose=RELAY_CONTACT.purpose, channel=OuterRef("channel"), is_given=True
    )
    given = ContactPoint.objects.filter(person_id__in=person_ids, channel__in=BY_HAND, verified_at__isnull=False)
    ways: dict[UUID, list[tuple[bool, int]]] = {}
    for person_id, channel, is_agreed in given.values_list("person_id", "channel", Exists(agreed)):
        ways.setdefault(person_id, []).append((not is_agreed, BY_HAND.index(Channel(channel))))
    return {person_id: str(BY_HAND[min(theirs)[1]]) for person_id, theirs in ways.items()}


def address_of(message: Message) -> str:
    """Return where a message goes, or would go now; empty when nowhere."""
    if message.recipient_kind != RecipientKind.PERSON:
        return message.address
    if message.person_id is None:
        return ""
    if message.channel == Channel.EMAIL:
        purpose = PURPOSES.get(message.purpose)
        if purpose and purpose.confides:
            return own_address(message.person_id)
        return email_addresses([message.person_id]).get(message.person_id, "")
    points = ContactPoint.objects.filter(person=message.person, channel=message.channel, verified_at__isnull=False)
    return points.order_by("-is_preferred").values_list("value", flat=True).first() or ""
