"""The letters of the friendly ladder: to who is asked to call, to who was quiet, to who organises."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.kernel import dates
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Facts, Heading, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.relays.domain import SIGN_OF_LIFE, STILL_HERE_LINK, QuietStepKind, TermKind
from maillage.relays.models import FriendlyCall, QuietStep, Term
from maillage.relays.selectors.quiet import terms_counted
from maillage.relays.services.letter_parts import about, greeted, page

LISTED = 10
"""How many seats one letter names; the desk lists all."""

_CALL_TITLE = gettext_lazy("friendly calls")
_EVERYBODY = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})

CALL = Purpose("relays.friendly_call", lane=Lane.TRANSACTIONAL, recipients=_EVERYBODY, title=_CALL_TITLE)
STILL_HERE = Purpose(
    "relays.still_here", lane=Lane.TRANSACTIONAL, recipients=frozenset({RecipientKind.PERSON}), title=gettext_lazy("your seat")
)
ASLEEP = Purpose("relays.fell_asleep", lane=Lane.TRANSACTIONAL, recipients=_EVERYBODY, title=gettext_lazy("seats that fell asleep"))
SILENT = Purpose("relays.stand_in_silent", lane=Lane.TRANSACTIONAL, recipients=_EVERYBODY, title=gettext_lazy("seats that fell asleep"))


def call_letter(message: Message) -> Letter:
    """Ask a companion or an organiser to call somebody who was quiet, with what to say."""
    call = FriendlyCall.objects.select_related("term__person", "term__seat__area", "step").get(pk=about(message))
    term = call.term
    if call.done_at or call.closed_at or not is_quiet(term, call.step):
        raise LookupError("no call is needed any more")
    name, place = greeted(term.person), term.seat.area.called
    stands_in = term.kind == TermKind.STAND_IN
    asked = (
        _("We have not heard from %(name)s, who stands in for %(place)s, since %(day)s. Would you call them?")
        if stands_in
        else _("We have not heard from %(name)s, relay of %(place)s, since %(day)s. Would you call them?")
    )
    return Letter(
        subject=_("A friendly call: %(name)s, %(place)s") % {"name": name, "place": place},
        preview=_("How are they? Five minutes, no checking up."),
        blocks=(
            Paragraph(asked % {"name": name, "place": place, "day": dates.day(call.step.since, term.seat.area.time_zone)}),
            Heading(_("What to say")),
            Paragraph(_("“I am calling to hear how you are. Is there anything that we could make easier?”")),
            Paragraph(
                _("Stopping is fine too: somebody else stands in then, and nobody has to justify themselves.")
                if stands_in
                else _("A break of a few weeks is fine, and so is handing over: nobody has to justify themselves.")
            ),
            Button(_("See how to reach them"), f"{settings.PUBLIC_URL}/app/today", accent=True),
            Quiet(_("Say on that page how it went. If they are back before you call, the task goes away by itself.")),
        ),
    )


def still_here_letter(message: Message) -> Letter:
    """Ask a holder who was quiet how they are, with one button behind which stand answers as easy as one another."""
    step = QuietStep.objects.select_related("term__person", "term__seat__area").filter(pk=about(message)).first()
    call = None
    if step is None:
        call = FriendlyCall.objects.select_related("term__person", "term__seat__area").get(pk=about(message))
    term = step.term if step else call.term if call else None
    if term is None or term.ends_at is not None or (step is not None and not is_quiet(term, step)):
        raise LookupError("they were back, or left")
    since = step.at if step else message.queued_at
    place = term.seat.area.called
    link = page(message, f"relays/still-here/{sign_link(STILL_HERE_LINK, ids=[term.pk], ends_at=since + SIGN_OF_LIFE)}/")
    name = greeted(term.person)
    opening = (
        _("%(name)s, we have not heard from you for a while, and hope that you are well.")
        if step
        else _("%(name)s, you were on the telephone with one of us. Here is what you spoke of, in one press.")
    )
    if term.kind == TermKind.STAND_IN:
        answers = _("You still stand in, or you would like to stop: either is a good answer.")
        without = _("Without a sign from you for %(days)s days, we look for somebody else for %(place)s; you stand in until then.")
    else:
        answers = _("You are still here, you need a break, or you would like to hand over: each is a good answer.")
        without = _("Without a sign from you, the map shows %(place)s as dormant after %(days)s days; you keep the seat all the same.")
    return Letter(
        subject=_("%(place)s: how are you?") % {"place": place},
        preview=_("One press, and no reason to give."),
        blocks=(
            Paragraph(opening % {"name": name}),
            Paragraph(answers),
            Button(_("Answer in one press"), link, accent=True),
            Quiet(without % {"place": place, "days": SIGN_OF_LIFE.days}),
        ),
    )


def asleep_letter(message: Message) -> Letter:
    """Tell an organiser which of their seats are shown as dormant from now on."""
    found, rows = _lapsed(message, kind=TermKind.RELAY)
    return Letter(
        subject=ngettext("%(count)s seat fell asleep", "%(count)s seats fell asleep", len(found)) % {"count": len(found)},
        preview=_("No sign of life for 60 days. What was tried stands on your desk."),
        blocks=(
            Paragraph(
                _("Nobody there gave a sign of life for 60 days; the map shows these seats as dormant. Here is the last one of each.")
            ),
            Facts(rows),
            Button(_("See what was tried"), f"{settings.PUBLIC_URL}/app/desk/care", accent=True),
            Quiet(_("Nobody loses a seat by this: a sign-in, an answer or a report fills it again.")),
        ),
    )


def silent_letter(message: Message) -> Letter:
    """Tell an organiser where whoever stands in gave no sign of life for 60 days: the seat looks for somebody again."""
    found, rows = _lapsed(message, kind=TermKind.STAND_IN)
    return Letter(
        subject=ngettext("%(count)s stand-in gives no sign", "%(count)s stand-ins give no sign", len(found)) % {"count": len(found)},
        preview=_("No sign of life for 60 days. The seats stand among those to fill."),
        blocks=(
            Paragraph(
                _("Whoever stands in there gave no sign of life for 60 days; the map shows them all the same. The last one of each:")
            ),
            Facts(rows),
            Button(_("See what was tried"), f"{settings.PUBLIC_URL}/app/desk/care", accent=True),
            Quiet(_("Nobody loses anything by this: you end a stand-in on the page of the seat, or somebody takes the seat.")),
        ),
    )


QUIET_LETTERS = ((CALL, call_letter), (STILL_HERE, still_here_letter), (ASLEEP, asleep_letter), (SILENT, silent_letter))


def _lapsed(message: Message, *, kind: TermKind) -> tuple[list[QuietStep], tuple[tuple[str, str], ...]]:
    """The 60 days of silence that one mail tells of, and the first of them as rows. Raises: LookupError where all were back."""
    told = QuietStep.objects.get(pk=about(message))
    steps = QuietStep.objects.filter(kind=QuietStepKind.DORMANT, told_at=told.told_at, area=told.area_id, term__kind=kind)
    found = [step for step in steps.select_related("term__seat__area").order_by("term__seat__area__code") if is_quiet(step.term, step)]
    if not found:
        raise LookupError("they were all back")
    rows = ((step.term.seat.area.called, dates.day(step.since, step.term.seat.area.time_zone)) for step in found[:LISTED])
    return found, tuple(rows)


def is_quiet(term: Term, step: QuietStep) -> bool:
    """Say whether a holder gave no sign of life since a rung was reckoned, neither pauses nor left, and the place rests on them."""
    return terms_counted(now=now()).filter(Q(("seen__lte", step.since)), pk=term.pk).exists()
