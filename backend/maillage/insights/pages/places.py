"""The list of every seat, the twin of the map; and what the finder answers to whoever has no script."""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from maillage.insights.pages.finder import finder_props
from maillage.insights.pages.home import FRESH_SECONDS
from maillage.insights.pages.legend import legend
from maillage.insights.selectors import finding
from maillage.insights.selectors.campaign import Campaign, SeatLine, campaign, count
from maillage.insights.selectors.finding import key_of
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import Refusal
from maillage.kernel.text import typed
from maillage.people.selectors.organisation import organisation
from maillage.relays.domain import SeatState
from maillage.territories.selectors.finding import FoundPlace

LONGEST_QUERY = 80
LONGEST_STREET = 200
NEW = "new"


@dataclass(frozen=True)
class Group:
    """The seats of one department (or what stands for it) in the list."""

    code: str
    name: str
    region: str
    seats: list[SeatLine]


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """List every seat by region and department, or only those in one state; with `q`, answer the finder."""
    query = typed(request.GET.get("q", "")).strip()[:LONGEST_QUERY]
    language = get_language() or "fr"
    found = campaign(now=read_clock(), language=language)
    if query:
        return _answer(request, query, within=request.GET.get("in", ""), found=found, language=language)
    state = request.GET.get("state", "")
    response = render(request, "insights/places.html", _list(found, state if state in {NEW, *SeatState.values} else ""))
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response


def _list(found: Campaign | None, state: str) -> dict[str, Any]:
    lines = list(found.seats.values()) if found else []
    shown = [line for line in lines if not state or (line.is_new if state == NEW else line.state == state)]
    counts = count(lines)
    return {
        "campaign": found,
        "current": "places",
        "coverage": counts,
        "groups": _groups(shown),
        "shown": len(shown),
        "state": state,
        "legend": legend(counts),
        "finder": finder_props(),
        "approximate": finding.is_approximate(_country(found)),
    }


def _groups(lines: list[SeatLine]) -> list[Group]:
    groups: dict[str, Group] = {}
    for line in lines:
        group = groups.setdefault(line.parent_code, Group(line.parent_code, line.name.parent, line.region, []))
        group.seats.append(line)
    return sorted(groups.values(), key=lambda group: (group.region == group.name, group.region, group.code))


def _country(found: Campaign | None) -> str:
    return found.network.country.code if found else organisation().country


def _answer(request: HttpRequest, query: str, *, within: str, found: Campaign | None, language: str) -> HttpResponse:
    """Lead straight to the place when there is one; else show what fits, and for a split commune how to decide."""
    items = finding.find(query, within=within, language=language)
    chosen = finding.only_place(items, query)
    if chosen and not chosen.split:
        return redirect("place", code=chosen.seats[0].code)
    return _results(request, query, items=items, chosen=chosen, found=found, language=language)


def _results(
    request: HttpRequest,
    query: str,
    *,
    items: list[FoundPlace],
    chosen: FoundPlace | None,
    found: Campaign | None,
    language: str,
    trouble: str = "",
    near: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    seats = found.seats if found else {}
    context = {
        "query": query,
        "current": "places",
        "items": [{"name": item.name, "context": item.context, "count": len(item.seats), "href": _href(item)} for item in items],
        "chosen": chosen,
        "key": key_of(chosen) if chosen else "",
        "candidates": [_candidate(seat.code, seat.name, seats, language) for seat in chosen.seats] if chosen else [],
        "near": [_candidate(code, code, seats, language) for code in near],
        "can_ask_street": bool(settings.GEOCODER_URL),
        "map": _map(chosen, found, language) if chosen else None,
        "trouble": trouble,
        "finder": finder_props(),
        "approximate": finding.is_approximate(_country(found)),
    }
    response = render(request, "insights/found.html", context, status=status)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _href(item: FoundPlace) -> str:
    if not item.split:
        return reverse("place", kwargs={"code": item.seats[0].code})
    return reverse("places") + "?" + urlencode({"q": item.name, "in": key_of(item)})


def _map(chosen: FoundPlace, found: Campaign | None, language: str) -> dict[str, Any] | None:
    """Return the props of the map that one clicks; its island goes to the page of the seat."""
    close = finding.close_map(chosen, country=_country(found), language=language)
    if close is None:
        return None
    label = _("Map of the constituencies of %(place)s. Click where you live.") % {"place": chosen.name}
    return {**asdict(close), "code": "", "label": label, "pick": reverse("places")}


def _candidate(code: str, name: str, seats: dict[str, SeatLine], language: str) -> dict[str, Any]:
    seat = seats.get(code)
    return {"code": code, "label": seat.name.short(language=language) if seat else name, "state": seat.state if seat else None}


@csrf_exempt  # asks where a street lies and keeps nothing: no cookie is read
@never_cache
@require_POST
def street(request: HttpRequest) -> HttpResponse:
    """Place a street of a split commune; in the body of a POST, so that no address and no log ever holds it (decision 3)."""
    query = typed(request.POST.get("q", "")).strip()[:LONGEST_QUERY]
    line = typed(request.POST.get("street", "")).strip()[:LONGEST_STREET]
    language = get_language() or "fr"
    found = campaign(now=read_clock(), language=language)
    items = finding.find(query, within=request.POST.get("in", ""), language=language)
    chosen = finding.only_place(items, query)

    def show(**more: Any) -> HttpResponse:
        return _results(request, query, items=items, chosen=chosen, found=found, language=language, **more)

    if chosen is None or not line:
        return show(trouble=_("Write a number and a street."), status=400)
    try:
        placed = finding.place_street(line, chosen, language=language)
    except Refusal as refusal:
        return show(trouble=refusal.detail, status=refusal.status)
    if placed is None:
        return show(trouble=_("This street was not found there. Try without the number, or choose below."), status=404)
    if placed.is_certain:
        return HttpResponseRedirect(reverse("place", kwargs={"code": placed.codes[0]}), status=303)
    return show(near=placed.codes)
