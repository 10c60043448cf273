"""What actions writes: the brief to whoever acts, and that it is over; the rehearsal of it to organisers."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.actions.domain import BEFORE_LAUNCH, ActionStatus, TakeOverStatus, answer_by
from maillage.actions.models import Assignment, Correction, TakeOver
from maillage.actions.selectors import answer_token, brief_of, changed_said, rehearsal_token, rehearsed, text_of, with_brief
from maillage.advocacy.selectors import Card
from maillage.kernel import dates
from maillage.kernel.clock import now
from maillage.messaging.domain import BY_HAND, Block, Button, Facts, Lane, Letter, Paragraph, Prose, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.recipients import reader_id_of
from maillage.people.models import Person

_PERSON = frozenset({RecipientKind.PERSON})

BRIEF = Purpose("actions.brief", lane=Lane.MAIL, recipients=_PERSON, can_be_stopped=True, title=gettext_lazy("briefs of actions"))
REHEARSAL = Purpose(
    "actions.rehearsal",
    lane=Lane.MAIL,
    recipients=frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS}),
    title=gettext_lazy("rehearsals of actions"),
)
TAKEN_OVER = Purpose("actions.taken_over", lane=Lane.MAIL, recipients=_PERSON, title=gettext_lazy("briefs of actions"))
CORRECTED = Purpose("actions.corrected", lane=Lane.MAIL, recipients=_PERSON, title=gettext_lazy("briefs of actions"))
STOPPED = Purpose("actions.stopped", lane=Lane.MAIL, recipients=_PERSON, title=gettext_lazy("briefs of actions"))


def brief_letter(message: Message) -> Letter:
    """Ask a holder: what, where, when, and two answers as easy as one another; after the end nobody is asked any more."""
    assignment = _assignment(message)
    if assignment.neighbour_id is not None:
        raise LookupError("somebody next door took it over")
    if assignment.action.ends_at <= now():
        raise LookupError("nobody says yes or no any more")
    return _brief_to_who_acts(assignment, message)


def taken_over_letter(message: Message) -> Letter:
    """Give a neighbour the brief of what they took over: each yes brings it, after an earlier one was taken back too."""
    question = TakeOver.objects.get(pk=_about(message))
    if question.status != TakeOverStatus.ACCEPTED:
        raise LookupError("they take it over no more")
    return _brief_to_who_acts(_assignments().get(pk=question.assignment_id), message)


def rehearsal_letter(message: Message) -> Letter:
    """Show an organiser the mail that a seat's holder would get, and say so before anything else."""
    rehearsal = with_brief().get(pk=_about(message))
    if rehearsal.action.status not in BEFORE_LAUNCH:
        raise LookupError("nothing is left to rehearse")
    link = f"{settings.PUBLIC_URL}/{message.language}/rehearsal/{rehearsal_token(rehearsal, user_id=reader_id_of(message))}/"
    name = message.person.given_name or message.person.full_name if message.person else message.address
    letter = _brief(rehearsed(rehearsal), message=message, name=name, link=link, is_inside=False)
    remark = Paragraph(_("This is a rehearsal: nothing is asked of you. The buttons open the page, which takes no answer."))
    return replace(letter, subject=_("Rehearsal: %(subject)s") % {"subject": letter.subject}, blocks=(remark, *letter.blocks))


def _brief_to_who_acts(assignment: Assignment, message: Message) -> Letter:
    acting = assignment.acting
    if assignment.action.status != ActionStatus.LAUNCHED or acting is None or acting.pk != message.person_id:
        raise LookupError("this is asked of them no more")
    link = _answer_link(assignment, message, acting)
    return _brief(assignment, message=message, name=acting.given_name or acting.full_name, link=link)


def _brief(assignment: Assignment, *, message: Message, name: str, link: str, is_inside: bool = True) -> Letter:
    action, area, instant = assignment.action, assignment.seat.area, now()
    brief = brief_of(assignment, language=message.language, now=instant, is_inside=is_inside)
    by = dates.instant(answer_by(starts_at=action.starts_at, ends_at=action.ends_at, now=instant), area.time_zone)
    is_neighbour = assignment.neighbour_id is not None
    remark = (
        (Quiet(_("This brief is written in another language than yours: its authors have not translated it yet.")),)
        if brief.is_fallback
        else ()
    )
    return Letter(
        subject=_("%(title)s: %(place)s") % {"title": brief.text.title, "place": area.called},
        preview=_("You take it over next door.") if is_neighbour else _("Your answer before %(instant)s.") % {"instant": by},
        blocks=(
            Paragraph(
                (_("%(name)s, thank you for taking this over next door.") if is_neighbour else _("%(name)s, here is what we ask of you."))
                % {"name": name}
            ),
            Facts(what_is_asked(assignment, brief.official)),
            *remark,
            Prose(source=brief.plain, safe_html=brief.html),
            *_answers(link, by=by, is_by_hand=message.channel in BY_HAND, is_neighbour=is_neighbour),
            *_who_reads(is_by_hand=message.channel in BY_HAND),
        ),
    )


def _who_reads(*, is_by_hand: bool) -> tuple[Block, ...]:
    """Whom a brief is for, and that it is kept who follows its link: said before anybody does."""
    if is_by_hand:
        return (Quiet(_("This brief is for you and for whoever organises your place.")),)
    return (
        Quiet(
            _(
                "This brief is for you and for whoever organises your place. That you open it by its link is kept for 13 months, so that "
                "a correction reaches you; that you read this mail is not."
            )
        ),
    )


def _answers(link: str, *, by: str, is_by_hand: bool, is_neighbour: bool) -> tuple[Block, ...]:
    """How the reader of a brief answers it."""
    if is_neighbour:
        return (
            (Quiet(_("Afterwards, tell whoever brings you this how it went. If you cannot after all, tell them that: it costs nothing.")),)
            if is_by_hand
            else (
                Button(_("Open the brief, then report"), link, accent=True),
                Quiet(_("If you cannot after all, the same link takes your no: it costs nothing.")),
            )
        )
    asked = Paragraph(_("Tell us before %(instant)s whether you take it on.") % {"instant": by})
    if is_by_hand:
        return asked, Quiet(_("Say yes or no to whoever brings you this: a no costs nothing. Afterwards, tell them how it went."))
    return (
        asked,
        Button(_("I take it on"), link, accent=True),
        Button(_("I cannot"), f"{link}?answer=declined"),
        Quiet(_("Saying no is one click and costs nothing: nobody will mind, and we ask somebody else in time.")),
        Quiet(_("Afterwards, the same link takes your report: 60 seconds, from a telephone.")),
    )


def stopped_letter(message: Message) -> Letter:
    """Tell whoever acts that there is nothing left to do."""
    assignment = _assignment(message)
    action, area, acting = assignment.action, assignment.seat.area, assignment.acting
    if action.stopped_at is None or acting is None:
        raise LookupError("it was not stopped")
    text, _is_fallback = text_of(action, language=message.language)
    return Letter(
        subject=_("Stopped: %(title)s") % {"title": text.title},
        preview=_("There is nothing left to do."),
        blocks=(
            Paragraph(
                _("%(name)s, the organisers stopped this action on %(instant)s. There is nothing left to do in %(place)s.")
                % {
                    "name": acting.given_name or acting.full_name,
                    "instant": dates.instant(action.stopped_at, area.time_zone),
                    "place": area.called,
                }
            ),
            Paragraph(_("If you have an appointment, please cancel it. Thank you for having been ready.")),
        ),
    )


def corrected_letter(message: Message) -> Letter:
    """Tell who has former words what changed, and lead to the new ones; whom a human brings it, is brought these."""
    correction = Correction.objects.prefetch_related("texts").get(pk=_about(message))
    theirs = [
        one
        for one in _assignments().filter(action_id=correction.action_id).order_by("seat__area__code")
        if one.acting_id == message.person_id
    ]
    acting = theirs[0].acting if theirs else None
    if acting is None or theirs[0].action.status != ActionStatus.LAUNCHED or theirs[0].action.ends_at <= now():
        raise LookupError("it is asked of them no more")
    action, is_by_hand = theirs[0].action, message.channel in BY_HAND
    text, _is_fallback = text_of(action, language=message.language)
    words = {"name": acting.given_name or acting.full_name, "title": text.title}
    changed = changed_said(correction, language=message.language, default_language=action.default_language)
    is_undone = correction.undone_at is not None
    said = (
        Paragraph(_("The correction that you have read was taken back: the brief is again as it was before."))
        if is_undone
        else Prose(source=changed, safe_html=linebreaks(changed, autoescape=True))
    )
    blocks: list[Block] = [
        Paragraph(_("%(name)s, your brief has changed since:") % words),
        said,
        *(
            Button(
                _("Read the new version: %(place)s") % {"place": one.seat.area.called}, _answer_link(one, message, acting), accent=at == 0
            )
            for at, one in enumerate(theirs)
            if not is_by_hand
        ),
    ]
    still = _("What you have answered still holds. If it does not any more, the same link takes another answer.")
    if is_by_hand:
        still = _("What you have answered still holds. If it does not any more, tell whoever brings you this.")
        brief = brief_of(theirs[0], language=message.language, now=now())
        blocks.append(Prose(source=brief.plain, safe_html=brief.html))
    return Letter(
        subject=_("Corrected: %(title)s") % words,
        preview=_("It is again as it was before.") if is_undone else changed,
        blocks=(*blocks, Quiet(still)),
    )


def _answer_link(assignment: Assignment, message: Message, acting: Person) -> str:
    return f"{settings.PUBLIC_URL}/{message.language}/a/{answer_token(assignment, author_id=acting.pk)}/"


LETTERS = (
    (CORRECTED, corrected_letter),
    (BRIEF, brief_letter),
    (TAKEN_OVER, taken_over_letter),
    (REHEARSAL, rehearsal_letter),
    (STOPPED, stopped_letter),
)


def _about(message: Message) -> UUID:
    about: UUID | None = message.about_id
    if about is None:
        raise LookupError("this message speaks of nothing")
    return about


def _assignment(message: Message) -> Assignment:
    return _assignments().get(pk=_about(message))


def _assignments() -> QuerySet[Assignment]:
    return Assignment.objects.select_related("action", "seat__area", "holder", "neighbour").prefetch_related("action__texts")


def what_is_asked(assignment: Assignment, sitting: Card | None) -> tuple[tuple[str, str], ...]:
    """Where, when, whom to meet: what a letter says of an assignment at a glance."""
    action, area = assignment.action, assignment.seat.area
    rows = [(_("Place"), area.called), (_("When"), window_said(action.starts_at, action.ends_at, area.time_zone))]
    if sitting:
        rows.append((_("Whom to meet"), f"{sitting.civility} {sitting.full_name}".strip()))
        if sitting.office_email:
            rows.append((_("To ask for an appointment"), sitting.office_email))
    return tuple(rows)


def window_said(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Say when an action runs: the hours of one day, or from an instant to another."""
    if dates.day(starts_at, zone) == dates.day(ends_at, zone):
        return _("%(day)s, from %(start)s to %(end)s") % {
            "day": dates.day(starts_at, zone),
            "start": dates.hour(starts_at, zone),
            "end": dates.hour(ends_at, zone),
        }
    return _("from %(start)s to %(end)s") % {"start": dates.instant(starts_at, zone), "end": dates.instant(ends_at, zone)}
