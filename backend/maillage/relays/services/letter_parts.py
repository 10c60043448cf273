"""What the letters of relays share: the row that a message speaks of, how people are greeted, where its links lead."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from maillage.kernel.links import sign_link
from maillage.messaging.domain import BY_HAND, Block, Button, Heading, Paragraph, Quiet
from maillage.messaging.models import Message
from maillage.messaging.selectors.circumstances import address_of
from maillage.people.models import Person
from maillage.people.selectors import mailbox_mark
from maillage.relays.domain import WITHDRAW_LINK, WITHDRAW_WITHIN
from maillage.relays.domain.filling import AskKind, AskStatus
from maillage.relays.models import Application, SeatAsk, Term
from maillage.relays.selectors.waiting import while_you_wait


def about(message: Message) -> UUID:
    """The id of the row that a message speaks of. Raises: LookupError where it speaks of nothing."""
    if message.about_id is None:
        raise LookupError("this message speaks of nothing")
    return message.about_id


def greeted(person: Person) -> str:
    """How a person is called at the beginning of a letter."""
    return person.given_name or person.full_name


def is_by_hand(message: Message) -> bool:
    """Say whether a human posts, says or texts it to its reader: it then has no button that they could press."""
    return message.channel in BY_HAND


def page(message: Message, path: str) -> str:
    """The address of a public page in the reader's language."""
    return f"{settings.PUBLIC_URL}/{message.language}/{path}"


def signed_page(message: Message, path: str, *, purpose: str, application: Application, since: datetime) -> str:
    """The address of an applicant's own page, which opens for as long as the links in their mails do, and for that mailbox."""
    token = sign_link(purpose, ids=[application.pk, mailbox_mark(address_of(message))], ends_at=since + WITHDRAW_WITHIN)
    return page(message, f"{path}/{token}/")


def asked_next_door(term: Term) -> tuple[Paragraph, ...]:
    """Tell whose term ended that what they were asked as a relay next door is taken back with it, where something was."""
    asks = SeatAsk.objects.filter(person=term.person_id, kind=AskKind.STAND_IN, status=AskStatus.TAKEN_BACK)
    ask = asks.filter(answered_at=term.ends_at, sent_at__isnull=False).select_related("seat__area").first()
    if ask is None:
        return ()
    said = _(
        "You had been asked to stand in for %(place)s. Relays alone stand in next door: that is taken back, with your yes if you said it."
    )
    return (Paragraph(said % {"place": ask.seat.area.called}),)


def until_then(message: Message, application: Application, *, since: datetime) -> tuple[Block, ...]:
    """What an applicant may do while they wait, and how they take it back: by a link, or by word to whoever brings the letter."""
    if is_by_hand(message):
        return (Quiet(_("Changed your mind? It costs nothing: say so to whoever calls, or to whoever brought you the paper.")),)
    meanwhile = while_you_wait(application.seat.area, person_id=application.person_id, now=message.queued_at)
    return (
        Heading(_("Until then, three things that need nobody's data")),
        *(Button(each.title, page(message, each.path)) for each in meanwhile),
        Quiet(_("Changed your mind? It costs nothing, and nobody will mind.")),
        Button(
            _("Take my application back"),
            signed_page(message, "relays/apply/withdraw", purpose=WITHDRAW_LINK, application=application, since=since),
        ),
    )
