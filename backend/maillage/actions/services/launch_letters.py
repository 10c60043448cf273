"""What actions writes about a launch: that a second person is asked, and what came of it."""

from django.conf import settings
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.actions.domain import RequestStatus
from maillage.actions.models import Action, LaunchRequest
from maillage.actions.selectors import name_of, text_of
from maillage.actions.services.letters import window_said
from maillage.kernel import dates
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Prose, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message

_EITHER = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})
_TITLE = gettext_lazy("launches of actions")

ASKED = Purpose("actions.launch_asked", lane=Lane.MAIL, recipients=_EITHER, title=_TITLE)
SETTLED = Purpose("actions.launch_settled", lane=Lane.MAIL, recipients=_EITHER, title=_TITLE)


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
            Paragraph(_("So many take a second person, who reads the brief and the dry run, and then says yes or no. A yes launches it.")),
            Button(_("Read it and decide"), _address(request.action), accent=True),
            Quiet(_("Whoever organises the whole territory was asked: the first answer counts. Another text would be asked anew.")),
        ),
    )


def settled_letter(message: Message) -> Letter:
    """Tell who asked what came of it."""
    request = _request(message)
    words = {"title": _title(request.action, message), "name": name_of(request.settled_by) if request.settled_by else ""}
    if request.status == RequestStatus.AGREED:
        subject, said = _("Launched: %(title)s"), _("%(name)s read it and said yes: the action is launched.")
    elif request.status == RequestStatus.REFUSED:
        subject, said = _("Not launched: %(title)s"), _("%(name)s read it and said no. Nothing has left.")
    elif request.status == RequestStatus.OVERTAKEN:
        subject = _("To be asked anew: %(title)s")
        said = _("Somebody changed or launched this action meanwhile: what you asked counts no more.")
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


LAUNCH_LETTERS = ((ASKED, asked_letter), (SETTLED, settled_letter))


def _request(message: Message) -> LaunchRequest:
    if message.about_id is None:
        raise LookupError("this message speaks of nothing")
    whole = LaunchRequest.objects.select_related("action__network__country", "by__person", "settled_by__person")
    return whole.prefetch_related("action__texts").get(pk=message.about_id)


def _title(action: Action, message: Message) -> str:
    text, _is_fallback = text_of(action, language=message.language)
    return text.title


def _facts(request: LaunchRequest, message: Message) -> tuple[tuple[str, str], ...]:
    action, zone = request.action, request.action.network.country.time_zone
    return (
        (_("Action"), _title(action, message)),
        (_("When"), window_said(action.starts_at, action.ends_at, zone)),
        (_("Asked"), dates.instant(request.asked_at, zone)),
        (_("People reached"), str(request.expected + request.by_hand)),
    )


def _address(action: Action) -> str:
    return f"{settings.PUBLIC_URL}/app/desk/actions/{action.pk}"
