"""The letters about a promise that nobody has kept yet: to who owes the call, and to who waits for it."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.kernel import dates
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services.recipients import reader_id_of
from maillage.people.models import PromiseStep
from maillage.people.selectors import Rung, ladder
from maillage.relays.domain import MISSED_LINK, OPEN_APPLICATION
from maillage.relays.models import Application
from maillage.relays.selectors.owed import calls_waiting
from maillage.relays.services.letter_parts import about, greeted, is_by_hand, signed_page

LISTED = 10
"""How many people one letter names; the desk lists all."""

_ORGANISERS = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})
_WAITING = gettext_lazy("applications that wait for you")

REMINDER = Purpose("relays.promise_reminder", lane=Lane.TRANSACTIONAL, recipients=_ORGANISERS, title=_WAITING)
CLIMBED = Purpose("relays.promise_climbed", lane=Lane.TRANSACTIONAL, recipients=_ORGANISERS, title=_WAITING)
MISSED = Purpose(
    "relays.promise_missed",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.PERSON}),
    title=gettext_lazy("answers about your application"),
)


def reminder_letter(message: Message) -> Letter:
    """Remind an organiser of everybody who still waits for their call, the nearest hour first."""
    waiting = calls_waiting(_step(message), reader_id=reader_id_of(message))
    if not waiting:
        raise LookupError("nobody waits any more")
    first = waiting[0]
    return Letter(
        subject=ngettext("%(count)s person still waits for your call", "%(count)s people still wait for your call", len(waiting))
        % {"count": len(waiting)},
        preview=_("The first one before %(instant)s.") % {"instant": _due(first)},
        blocks=(
            Paragraph(_("We promised each of them a human contact within 48 hours.")),
            Facts(tuple((_("before %(instant)s") % {"instant": _due(one)}, _who(one)) for one in waiting[:LISTED])),
            *_others(waiting),
            Button(_("See who waits and call"), _desk("status=submitted"), accent=True),
            Quiet(_("What nobody keeps by then climbs to the next organiser up, and the miss is counted, for all to see.")),
        ),
    )


def climbed_letter(message: Message) -> Letter:
    """Tell an organiser which missed promises are now theirs."""
    waiting = calls_waiting(_step(message), reader_id=reader_id_of(message))
    if not waiting:
        raise LookupError("nobody waits any more")
    return Letter(
        subject=ngettext(
            "%(count)s missed call has climbed to you",
            "%(count)s missed calls have climbed to you",
            len(waiting),
        )
        % {"count": len(waiting)},
        preview=_("Nobody called within 48 hours. You now owe the call, and we have told them so."),
        blocks=(
            Paragraph(_("Nobody called them within the 48 hours that we promised. You now owe the call, and we have told them so.")),
            Facts(tuple((_("missed since %(instant)s") % {"instant": _due(one)}, _who(one)) for one in waiting[:LISTED])),
            *_others(waiting),
            Button(_("See who waits and call"), _desk("status=climbed"), accent=True),
            Quiet(_("If nobody calls, it climbs further in 24 hours, as long as somebody organises above you.")),
        ),
    )


def missed_letter(message: Message) -> Letter:
    """Apologise to an applicant, with the name of who now owes the call, or that nobody is there yet, and say the ways on."""
    step = _step(message)
    application = Application.objects.select_related("seat__area", "person", "promise").get(promise_id=step.promise_id)
    promise = step.promise
    if application.status not in OPEN_APPLICATION or promise.kept_at is not None:
        raise LookupError("the promise was kept, or the application answered")
    place = application.seat.area.called
    rungs = ladder(promise.area_id, now=message.queued_at, without={promise.brought_by_id, application.person.user_id})
    here = next((rung for rung in rungs if rung.area_id == step.area_id), None)
    return Letter(
        subject=_("%(place)s: we promised to call you, and we did not") % {"place": place},
        preview=_("We are sorry. Here is who owes you the call now.") if here else _("We are sorry. Nobody is there yet to call you."),
        blocks=(
            Paragraph(
                _("%(name)s, we promised you a call before %(instant)s about the seat of %(place)s. It did not come, and we are sorry.")
                % {"name": greeted(application.person), "instant": _due(application), "place": place}
            ),
            Paragraph(_who_owes(step, here) if here else _nobody_owes(step)),
            *(
                (Paragraph(_("You choose: wait, ask for a seat next door, take part without a seat, or take everything back: say which.")),)
                if is_by_hand(message)
                else (
                    Paragraph(
                        _(
                            "You choose: wait for the call, look at a seat next door, take part here without a seat, "
                            "or take everything back and be erased in one click."
                        )
                    ),
                    Button(
                        _("Choose what happens now"),
                        signed_page(message, "relays/apply/missed", purpose=MISSED_LINK, application=application, since=step.at),
                        accent=True,
                    ),
                )
            ),
            Quiet(_("If you wait, you need do nothing. This miss stays counted in the record that everybody can read.")),
        ),
    )


PROMISE_LETTERS = ((REMINDER, reminder_letter), (CLIMBED, climbed_letter), (MISSED, missed_letter))


def _step(message: Message) -> PromiseStep:
    return PromiseStep.objects.select_related("promise", "area", "owed_by__person").get(pk=about(message))


def _who_owes(step: PromiseStep, rung: Rung) -> str:
    """Name who was named to owe the call, or another of the place where they have left it."""
    person = getattr(step.owed_by if step.owed_by in rung.organisers else rung.named, "person", None)
    if person and person.full_name:
        said = _("%(name)s, who organises %(area)s, now owes you the call and has been told so.")
        return said % {"name": person.full_name, "area": step.area.called}
    return _("The organisers of %(area)s now owe you the call and have been told so.") % {"area": step.area.called}


def _nobody_owes(step: PromiseStep) -> str:
    said = _(
        "Nobody organises %(area)s at the moment, so nobody is there to call you yet. We look for somebody several times a day: "
        "whoever comes owes you the call, and you read their name."
    )
    return said % {"area": step.area.called}


def _due(application: Application) -> str:
    if application.promise is None:
        raise LookupError("nothing was promised")
    return dates.instant(application.promise.due_at, application.seat.area.time_zone)


def _who(application: Application) -> str:
    return f"{application.person.full_name}, {application.seat.area.called}"


def _others(waiting: list[Application]) -> tuple[Paragraph, ...]:
    others = len(waiting) - LISTED
    return (Paragraph(ngettext("and %(count)s other.", "and %(count)s others.", others) % {"count": others}),) if others > 0 else ()


def _desk(asked: str) -> str:
    return f"{settings.PUBLIC_URL}/app/desk/applications?{asked}"
