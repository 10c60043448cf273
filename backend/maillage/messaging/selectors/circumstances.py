"""What the gate asks of a message that is about to leave."""

from maillage.messaging.domain import Circumstances, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.selectors.suppressions import is_suppressed
from maillage.people.domain import Channel
from maillage.people.models import ConsentState
from maillage.people.selectors import email_addresses


def circumstances_of(message: Message) -> tuple[str, Circumstances]:
    """Return where a message goes (empty when nowhere) and what the gate needs to know; at most four queries."""
    kind = RecipientKind(message.recipient_kind)
    address = message.address
    if kind == RecipientKind.PERSON:
        address = email_addresses([message.person_id]).get(message.person_id, "") if message.person_id else ""
    agreed = None
    if message.person_id is not None:
        said = ConsentState.objects.filter(person_id=message.person_id, purpose=message.purpose, channel=message.channel)
        agreed = said.values_list("is_given", flat=True).first()
    suppressed = bool(address) and is_suppressed(address, purpose=message.purpose, channel=Channel(message.channel))
    return address, Circumstances(kind=kind, has_address=bool(address), is_suppressed=suppressed, agreed=agreed)
