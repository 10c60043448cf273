"""What actions writes while an assignment waits: a reminder, a question to a neighbour, who relieves whom."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.actions.domain import REMINDERS_MOST, ActionStatus, Answer, Owes, TakeOverStatus, owed_at
from maillage.actions.models import Assignment, Reminder, TakeOver
from maillage.actions.selectors import answer_token, take_over_token, text_of
from maillage.actions.services.letters import what_is_asked
from maillage.advocacy import selectors as advocacy
from maillage.kernel.clock import now
from maillage.messaging.domain import BY_HAND, Block, Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.people.models import Person

_PERSON = frozenset({RecipientKind.PERSON})
_WITH_TEXTS = ("assignment__action", "assignment__seat__area", "assignment__holder", "assignment__neighbour")

REMINDER = Purpose(
    "actions.reminder", lane=Lane.MAIL, recipients=_PERSON, can_be_stopped=True, title=gettext_lazy("reminders of what you were asked")
)
TAKE_OVER = Purpose(
    "actions.take_over",
    lane=Lane.MAIL,
    recipients=_PERSON,
    can_be_stopped=True,
    title=gettext_lazy("questions whether you would take over next door"),
)
RELIEVED = Purpose("actions.relieved", lane=Lane.MAIL, recipients=_PERSON, title=gettext_lazy("briefs of actions"))
GIVEN_BACK = Purpose("actions.given_back", lane=Lane.MAIL, recipients=_PERSON, title=gettext_lazy("briefs of actions"))


def reminder_letter(message: Message) -> Letter:
    """Remind whoever acts of the answer or the report that they owe; nothing is said once they gave it.

    Once the action has ended nobody is asked to say yes or no: who never did is asked what came of it.
    """
    found = Reminder.objects.select_related(*_WITH_TEXTS).filter(pk=_about(message)).first()
    if found is None:
        raise LookupError("it was undone")
    one, reader = found.assignment, found.assignment.acting
    if one.action.status != ActionStatus.LAUNCHED or reader is None or reader.pk != message.person_id or one.owes == Owes.NOTHING:
        raise LookupError("they owe nothing any more")
    title, place = _title(one, message), one.seat.area
    words = {"name": _greeted(reader), "title": title, "place": place.called}
    last = (Quiet(_last(message)),) if found.number == REMINDERS_MOST else ()
    if owed_at(one.owes, ends_at=one.action.ends_at, now=now()) == Owes.REPORT:
        has_agreed = one.owes == Owes.REPORT
        return Letter(
            subject=_("What came of it? %(title)s: %(place)s") % words,
            preview=_("60 seconds, from a telephone."),
            blocks=(
                Paragraph(
                    (
                        _("%(name)s, the action is over, and your report for %(place)s has not arrived yet.")
                        if has_agreed
                        else _("%(name)s, the action is over, and we have not heard from you about %(place)s.")
                    )
                    % words
                ),
                Paragraph(
                    _("Whether you met somebody or nobody: both help. It takes 60 seconds.")
                    if has_agreed
                    else _("Whether you went or not: both help us. It takes 60 seconds.")
                ),
                *_reported(message, _link(one, message, reader)),
                *last,
            ),
        )
    return Letter(
        subject=_("Will you go? %(title)s: %(place)s") % words,
        preview=_("Yes or no, one click; a no costs nothing."),
        blocks=(
            Paragraph(_("%(name)s, we asked you to go for %(place)s and have not heard from you.") % words),
            Facts(what_is_asked(one, advocacy.sitting_for(one.seat.area_id))),
            *_pressed(
                message,
                Button(_("I take it on"), _link(one, message, reader), accent=True),
                Button(_("I cannot"), f"{_link(one, message, reader)}?answer=declined"),
                Quiet(_("Saying no is one click and costs nothing: nobody will mind, and we ask somebody else in time.")),
            ),
            *last,
        ),
    )


def take_over_letter(message: Message) -> Letter:
    """Ask a neighbour; nothing is said once it was answered or taken back."""
    question = _question(message)
    one, reader = question.assignment, question.person
    if one.action.status != ActionStatus.LAUNCHED or question.status != TakeOverStatus.ASKED or reader is None:
        raise LookupError("it was answered or taken back")
    words = {"name": _greeted(reader), "title": _title(one, message), "place": one.seat.area.called}
    url = f"{settings.PUBLIC_URL}/{message.language}/take-over/{take_over_token(question)}/"
    return Letter(
        subject=_("%(place)s, next door: would you take it over? %(title)s") % words,
        preview=_("Your own place stays yours. Saying no costs nothing."),
        blocks=(
            Paragraph(_("%(name)s, somebody is needed for %(place)s, next door. Would you go there, this once?") % words),
            Facts(what_is_asked(one, advocacy.sitting_for(one.seat.area_id))),
            Paragraph(_("What you are asked in your own place does not change. If you say yes, the brief of this one comes at once.")),
            *_pressed(
                message,
                Button(_("Answer: yes or no"), url, accent=True),
                Quiet(_("After a no, nobody asks you for this one again.")),
            ),
        ),
    )


def relieved_letter(message: Message) -> Letter:
    """Tell a holder that somebody next door goes for them, or a neighbour that they need not go any more."""
    question = _question(message)
    one = question.assignment
    is_neighbour = question.person_id == message.person_id
    reader = question.person if is_neighbour else one.holder
    stands = question.status == (TakeOverStatus.WITHDRAWN if is_neighbour else TakeOverStatus.ACCEPTED)
    if reader is None or reader.pk != message.person_id or not stands or one.action.status != ActionStatus.LAUNCHED:
        raise LookupError("nobody is relieved")
    words = {"name": _greeted(reader), "title": _title(one, message), "place": one.seat.area.called}
    said = (
        _("%(name)s, you need not go for %(place)s any more: it has been settled otherwise. There is nothing left for you to do.")
        if is_neighbour
        else _("%(name)s, somebody of the next place goes for %(place)s this time. There is nothing left for you to do.")
    )
    return Letter(
        subject=_("You are relieved: %(title)s, %(place)s") % words,
        preview=_("There is nothing left to do."),
        blocks=(
            Paragraph(said % words),
            Paragraph(_("If you have an appointment, please cancel it. Thank you for having been ready."))
            if is_neighbour
            else Quiet(_("Your seat stays yours, and nobody minds. The next brief comes to you as always.")),
        ),
    )


def given_back_letter(message: Message) -> Letter:
    """Tell a holder that what somebody next door had taken over is theirs again, whoever gave it back; until the end."""
    question = _question(message)
    one = question.assignment
    is_over = one.action.status != ActionStatus.LAUNCHED or one.action.ends_at <= now()
    if is_over or one.acting_id != message.person_id or one.owes == Owes.NOTHING or one.holder is None:
        raise LookupError("it is not theirs, settled, or over")
    words = {"name": _greeted(one.holder), "title": _title(one, message), "place": one.seat.area.called}
    had_said_yes = one.answer == Answer.ACCEPTED
    pressed = _pressed(
        message,
        Button(_("Open the brief"), _link(one, message, one.holder), accent=True),
        Quiet(_("Saying no is one click and costs nothing: nobody will mind, and we ask somebody else in time.")),
    )
    if had_said_yes and message.channel in BY_HAND:
        told = _("Afterwards, tell whoever brings you this how it went. If you cannot after all, tell them that: it costs nothing.")
        pressed = (Quiet(told),)
    return Letter(
        subject=_("Yours again: %(title)s, %(place)s") % words,
        preview=_("It falls back to you."),
        blocks=(
            Paragraph(
                _("%(name)s, somebody of the next place had taken over for %(place)s and does not go any more: it falls back to you.")
                % words
            ),
            Facts(what_is_asked(one, advocacy.sitting_for(one.seat.area_id))),
            *((Paragraph(_("You had said yes: if that still holds, you need not answer.")),) if had_said_yes else ()),
            *pressed,
        ),
    )


STEP_LETTERS = (
    (REMINDER, reminder_letter),
    (TAKE_OVER, take_over_letter),
    (RELIEVED, relieved_letter),
    (GIVEN_BACK, given_back_letter),
)


def _pressed(message: Message, *blocks: Block) -> tuple[Block, ...]:
    """What its reader presses for a yes or a no; who is told by a human tells them instead."""
    if message.channel in BY_HAND:
        return (Quiet(_("Say yes or no to whoever brings you this: a no costs nothing. Afterwards, tell them how it went.")),)
    return blocks


def _reported(message: Message, link: str) -> tuple[Block, ...]:
    """What its reader presses for a report; who is told by a human tells them instead."""
    if message.channel in BY_HAND:
        return (Quiet(_("Tell whoever brings you this what came of it.")),)
    return (Button(_("Say what came of it"), link, accent=True),)


def _last(message: Message) -> str:
    """That nobody asks again, but calls."""
    if message.channel in BY_HAND:
        return _("We do not remind you of it again; if we hear nothing, somebody calls you.")
    return _("This is the last mail about it; if we hear nothing, somebody calls you.")


def _about(message: Message) -> UUID:
    if message.about_id is None:
        raise LookupError("this message speaks of nothing")
    return message.about_id


def _question(message: Message) -> TakeOver:
    return TakeOver.objects.select_related("person", *_WITH_TEXTS).get(pk=_about(message))


def _title(one: Assignment, message: Message) -> str:
    text, _is_fallback = text_of(one.action, language=message.language)
    return text.title


def _link(one: Assignment, message: Message, reader: Person) -> str:
    return f"{settings.PUBLIC_URL}/{message.language}/a/{answer_token(one, author_id=reader.pk)}/"


def _greeted(person: Person) -> str:
    return person.given_name or person.full_name
