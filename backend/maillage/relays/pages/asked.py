"""The page behind a question about a seat: GET shows and changes nothing, POST answers, no login."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.forms import boxes_ticked
from maillage.kernel.links import read_link
from maillage.people.domain import CONTACT_PROMISE, who_sees_what
from maillage.people.selectors import wording_in_force
from maillage.relays import services
from maillage.relays.domain import APPLICANT_CONTACT, SeatState
from maillage.relays.domain.filling import ASK_RESTS, ASKED_LINK, Answer, AskKind, AskStatus, is_taken
from maillage.relays.models import Application, SeatAsk, SeatStanding
from maillage.relays.pages.missed import NEXT_DOOR
from maillage.relays.selectors import caller_at, neighbours
from maillage.relays.selectors.invitations import invitations
from maillage.relays.selectors.networks import office_of

SEEN_BY = (Role.ORGANISER, Role.DATA_PROTECTION_OFFICER)


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """Say what is asked, and by whom; take the answer. The same address then says what follows."""
    try:
        (ask_id,) = read_link(ASKED_LINK, token, now=now())
        if request.method == "POST":
            said = request.POST.get("answer", "")
            if said in Answer.values:
                read = boxes_ticked(request, ["agrees_to_contact"])
                services.answer_ask(ask_id=ask_id, answer=Answer(said), agrees_to_contact=bool(read), read=read, now=now())
            return redirect("asked", token=token)
        return _shown(request, ask_id)
    except Invalid as refusal:
        return _shown(request, ask_id, refusal=refusal)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)


def _shown(request: HttpRequest, ask_id: Any, *, refusal: Invalid | None = None) -> HttpResponse:
    related = SeatAsk.objects.select_related("seat__area__kind", "seat__area__parent__kind", "seat__network", "person", "asked_by__person")
    ask = related.prefetch_related("seat__network__texts").filter(pk=ask_id).first()
    if ask is None:
        return render(request, "relays/forgotten.html", {"application": None})
    language = get_language() or "fr"
    area = ask.seat.area
    standing = SeatStanding.objects.get(seat_id=ask.seat_id)
    asker = getattr(ask.asked_by, "person", None)
    is_waiting = ask.status == AskStatus.WAITING and ask.ends_at > now()
    is_got = is_taken(AskKind(ask.kind), state=standing.state, seen_at=standing.seen_at, now=now())
    taken = is_got and (is_waiting or ask.status == AskStatus.TAKEN_BACK)
    context = {
        "ask": ask,
        "area": area,
        "asker": asker.given_name if asker and asker.shows_given_name else "",  # the mail says the name; a link may be forwarded
        "is_volunteer": ask.kind == AskKind.VOLUNTEER,
        "is_waiting": is_waiting and not taken,
        "is_taken": taken,
        "near": _vacant_beside(standing) if taken and ask.kind == AskKind.VOLUNTEER else [],
        "status": ask.status,
        "days": ASK_RESTS.days,
        "office": office_of(ask.seat.network, language=language),
        "wording": wording_in_force(APPLICANT_CONTACT.purpose),
        "sights": who_sees_what(SEEN_BY),
        "caller": caller_at(area, now=now()),
        "before": now() + CONTACT_PROMISE,
        "application": _application(ask),
        "invitation": next((each for each in invitations(ask.seat) if each.language == language), None),
        "refusal": refusal,
    }
    return render(request, "relays/asked.html", context, status=refusal.status if refusal else 200)


def _vacant_beside(standing: SeatStanding) -> list[dict[str, Any]]:
    return [each for each in neighbours(standing) if each["state"] == SeatState.VACANT][:NEXT_DOOR]


def _application(ask: SeatAsk) -> Application | None:
    if ask.kind != AskKind.VOLUNTEER or ask.status != AskStatus.CONFIRMED:
        return None
    return Application.objects.select_related("promise").filter(seat=ask.seat_id, person=ask.person_id).order_by("-created_at").first()
