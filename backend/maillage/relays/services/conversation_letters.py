"""The mails of a conversation: each side reads the other's words, neither the other's address."""

from django.conf import settings
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Lane, Letter, Paragraph, Prose, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.relays.domain import CONFIRM_WITHIN, CONVERSATION_KEPT, CONVERSATION_LINK, WRITE_LINK, ConversationStatus
from maillage.relays.models import Conversation, Turn
from maillage.relays.selectors.conversations import shown_answerer
from maillage.relays.services.letter_parts import about, page

_ADDRESS = frozenset({RecipientKind.ADDRESS})
_WRITING = gettext_lazy("answers to what you wrote to a place")

CONFIRM = Purpose("relays.confirm_conversation", lane=Lane.TRANSACTIONAL, recipients=_ADDRESS, title=_WRITING)
ANSWER = Purpose("relays.conversation_answer", lane=Lane.TRANSACTIONAL, recipients=_ADDRESS, title=_WRITING)
TURN = Purpose(
    "relays.conversation_turn",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS}),
    title=gettext_lazy("what people write to your place"),
)


def confirm_letter(message: Message) -> Letter:
    """Ask an address whether it wrote; it asserts nothing, because anyone may have typed it."""
    conversation = Conversation.objects.select_related("seat__area").get(pk=about(message), status=ConversationStatus.UNCONFIRMED)
    area = conversation.seat.area
    ends_at = conversation.created_at + CONFIRM_WITHIN
    token = sign_link(WRITE_LINK, ids=[conversation.pk], ends_at=ends_at)
    return Letter(
        subject=_("%(place)s: one click to send what was written") % {"place": area.called},
        preview=_("Without your confirmation, nothing is sent."),
        blocks=(
            Paragraph(_("Somebody, perhaps you, gave this address to write to whoever answers for %(place)s.") % {"place": area.called}),
            Paragraph(_("If it was you, open this page, read it again and send it. Your address is not shown to them.")),
            Button(_("Send it, or say it was not me"), page(message, f"relays/write/confirm/{token}/"), accent=True),
            Quiet(
                _("If it was not you, do nothing: nobody is told, and on %(day)s we forget this address.")
                % {"day": dates.day(ends_at, area.time_zone)}
            ),
        ),
    )


def turn_letter(message: Message) -> Letter:
    """Tell whoever answers for a place what was written to it."""
    turn = Turn.objects.select_related("conversation__seat__area").get(pk=about(message))
    conversation = turn.conversation
    place = conversation.seat.area.called
    return Letter(
        subject=_("%(place)s: %(name)s writes to you") % {"place": place, "name": conversation.writer_name},
        preview=_("You answer in the application; your address is not shown."),
        blocks=(
            Paragraph(
                _("%(name)s writes to whoever answers for %(place)s:") % {"name": conversation.writer_name, "place": place}
                if turn.number == 1
                else _("%(name)s writes once more:") % {"name": conversation.writer_name}
            ),
            _prose(turn.words),
            Button(_("Read and answer"), f"{settings.PUBLIC_URL}/app/seat/messages?id={conversation.pk}", accent=True),
            Quiet(_("Do not answer this mail: nobody would read it. Something is wrong with it? Say so on the same page.")),
        ),
    )


def answer_letter(message: Message) -> Letter:
    """Pass an answer on to whoever wrote, with the link by which they say one thing more."""
    turn = Turn.objects.select_related("conversation__seat__area", "conversation__answerer").get(pk=about(message))
    conversation = turn.conversation
    place = conversation.seat.area.called
    name = shown_answerer(conversation) if turn.author_id == conversation.answerer_id else ""
    ends = turn.number > 2
    link = conversation_page(message, conversation)
    return Letter(
        subject=_("%(place)s: an answer for you") % {"place": place},
        preview=_("You wrote to whoever answers for this place."),
        blocks=(
            Paragraph(
                _("%(writer)s, %(name)s, who answers for %(place)s, writes to you:")
                % {"writer": conversation.writer_name, "name": name, "place": place}
                if name
                else _("%(writer)s, whoever answers for %(place)s writes to you:") % {"writer": conversation.writer_name, "place": place}
            ),
            _prose(turn.words),
            *(
                (Paragraph(_("This conversation ends here. You can begin another one from the page of the place.")),)
                if ends
                else (Button(_("Answer once more, or end it"), link, accent=True),)
            ),
            Quiet(_("Do not answer this mail: nobody would read it. Your address was not shown.")),
            Button(_("Something is wrong"), f"{link}wrong/"),
        ),
    )


def conversation_page(message: Message, conversation: Conversation) -> str:
    """The address of a writer's own page of a conversation, for as long as it is kept."""
    token = sign_link(CONVERSATION_LINK, ids=[conversation.pk], ends_at=conversation.last_at + CONVERSATION_KEPT)
    return page(message, f"relays/conversation/{token}/")


CONVERSATION_LETTERS = ((CONFIRM, confirm_letter), (TURN, turn_letter), (ANSWER, answer_letter))


def _prose(words: str) -> Prose:
    return Prose(source=words, safe_html=linebreaks(words, autoescape=True))
