"""What actions writes about a launch: that a second person is asked, and what came of it."""

from uuid import UUID

from django.conf import settings
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.actions.domain import HeldBack, RequestStatus, ScheduleStatus
from maillage.actions.models import Action, LaunchRequest, Schedule
from maillage.actions.selectors import name_of, text_of
from maillage.actions.services.letters import window_said
from maillage.kernel import dates
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Prose, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message

_EITHER = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})
_TITLE = gettext_lazy("launches of actions")

ASKED = Purpose("actions.launch_asked", lane=Lane.MAIL, recipients=_EITHER, title=_TITLE)
SETTLED = Purpose("actions.launch_settled", lane=Lane.MAIL, recipients=_EITHER, title=_TITLE)

HELD_BACK = Purpose("actions.held_back", lane=Lane.MAIL, recipients=_EITHER, title=_TITLE)


def asked_letter(message: Message) -> Letter:
    """Ask an organiser of the whole territory to read brief and dry run and say yes or no; nothing once that is settled."""
    request = _request(message)
    if request.status != RequestStatus.ASKED or request.by is None:
        raise LookupError("it is asked no more")
    words = {"title": _title(request.action, message), "name": name_of(request.by), "number": request.expected + request.by_hand}
    return Letter(
        subject=_("Your yes or no before the launch: %(title)s") % words,
        preview=_("Nothing leaves until a second person says yes."),
        blocks=(
            Paragraph(_("%(name)s asks for the launch of this action, which reaches %(number)s people.") % words),
            Facts(_facts(request, message)),
            Paragraph(_("So many take a second person, who reads the brief and the dry run, and then says yes or no.")),
            Paragraph(_("With a yes it leaves at that hour by itself.") if request.launch_at else _("With a yes it leaves at once.")),
            Button(_("Read it and decide"), _address(request.action), accent=True),
            Quiet(_("Whoever organises the whole territory was asked: the first answer counts. Another text would be asked anew.")),
        ),
    )


def settled_letter(message: Message) -> Letter:
    """Tell who asked what came of it."""
    request = _request(message)
    words = {"title": _title(request.action, message), "name": name_of(request.settled_by) if request.settled_by else ""}
    if request.status == RequestStatus.AGREED:
        subject = _("Agreed: %(title)s") if request.launch_at else _("Launched: %(title)s")
        said = (
            _("%(name)s read it and said yes: the action leaves at its hour.")
            if request.launch_at
            else _("%(name)s read it and said yes: the action is launched.")
        )
    elif request.status == RequestStatus.REFUSED:
        subject, said = _("Not launched: %(title)s"), _("%(name)s read it and said no. Nothing has left.")
    elif request.status == RequestStatus.OVERTAKEN:
        subject = _("To be asked anew: %(title)s")
        said = (
            _("Somebody took back the hour of this action: it is a draft again, and what you asked counts no more.")
            if _is_taken_back(request)
            else _("Somebody changed or launched this action meanwhile: what you asked counts no more.")
        )
    else:
        raise LookupError("they took it back themself")
    why = (Prose(source=request.reason, safe_html=linebreaks(request.reason, autoescape=True)),) if request.reason else ()
    return Letter(
        subject=subject % words,
        preview=said % words,
        blocks=(
            Paragraph(said % words),
            *why,
            Facts(_facts(request, message)),
            Button(_("Look at the action"), _address(request.action), accent=request.status != RequestStatus.AGREED),
        ),
    )


def held_back_letter(message: Message) -> Letter:
    """Tell who organises the whole territory that a launch did not leave at its hour, and why."""
    schedule = Schedule.objects.select_related("action__network__country").prefetch_related("action__texts").get(pk=_about(message))
    zone = schedule.action.network.country.time_zone
    words = {"title": _title(schedule.action, message), "instant": dates.instant(schedule.launch_at, zone)}
    why = {
        HeldBack.SECOND_PERSON: _(
            "It reaches so many people by now that a second person has to say yes first. Ask for that, or set another hour."
        ),
        HeldBack.WINDOW_OVER: _("The action was over by then. Choose another window, and launch it again."),
        HeldBack.ORGANISER_GONE: _(
            "Who set this hour, or said yes to it, organises the territory no more. Set an hour again, if it is still to leave."
        ),
        HeldBack.FAILED: _("An error kept it from leaving, and it was tried again in vain. Set another hour, or launch it yourself."),
        HeldBack.SILENCE: _("A vote is near, and the law forbids campaigning in one of its places. Choose another window or hour."),
    }[HeldBack(schedule.held_back)]
    return Letter(
        subject=_("It did not leave: %(title)s") % words,
        preview=_("Nothing has left, and it is a draft again."),
        blocks=(
            Paragraph(_("This action was set to leave on %(instant)s. Nothing has left, and it is a draft again.") % words),
            Paragraph(why),
            Button(_("Look at the action"), _address(schedule.action), accent=True),
        ),
    )


LAUNCH_LETTERS = ((ASKED, asked_letter), (SETTLED, settled_letter), (HELD_BACK, held_back_letter))


def _request(message: Message) -> LaunchRequest:
    whole = LaunchRequest.objects.select_related("action__network__country", "by__person", "settled_by__person")
    return whole.prefetch_related("action__texts").get(pk=_about(message))


def _is_taken_back(request: LaunchRequest) -> bool:
    """Say whether the hour was taken back that a request was about: both ended at one instant."""
    return Schedule.objects.filter(action_id=request.action_id, status=ScheduleStatus.TAKEN_BACK, settled_at=request.settled_at).exists()


def _about(message: Message) -> UUID:
    if message.about_id is None:
        raise LookupError("this message speaks of nothing")
    return message.about_id


def _title(action: Action, message: Message) -> str:
    text, _is_fallback = text_of(action, language=message.language)
    return text.title


def _facts(request: LaunchRequest, message: Message) -> tuple[tuple[str, str], ...]:
    action, zone = request.action, request.action.network.country.time_zone
    hour = ((_("To leave"), dates.instant(request.launch_at, zone)),) if request.launch_at else ()
    return (
        (_("Action"), _title(action, message)),
        (_("When"), window_said(action.starts_at, action.ends_at, zone)),
        *hour,
        (_("Asked"), dates.instant(request.asked_at, zone)),
        (_("People reached"), str(request.expected + request.by_hand)),
    )


def _address(action: Action) -> str:
    return f"{settings.PUBLIC_URL}/app/desk/actions/{action.pk}"
