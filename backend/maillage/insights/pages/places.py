"""The list of every seat, the twin of the map; and what the finder answers to whoever has no script."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from maillage.insights.pages.finder import finder_props
from maillage.insights.pages.home import FRESH_SECONDS
from maillage.insights.selectors import finding
from maillage.insights.selectors.campaign import Campaign, SeatLine, campaign, count
from maillage.insights.selectors.finding import Found
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import Refusal
from maillage.relays.domain import SeatState

LONGEST_QUERY = 80
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
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    language = get_language() or "fr"
    found = campaign(now=read_clock(), language=language)
    if query:
        return _answer(request, query, within=request.GET.get("in", ""), found=found, language=language)
    state = request.GET.get("state", "")
    response = render(request, "insights/places.html", _list(found, state if state in {NEW, *SeatState.values} else ""))
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
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
        "legend": [{"value": each.value, "label": each.label, "count": getattr(counts, each.value)} for each in SeatState],
        "finder": finder_props(),
        "approximate": finding.is_approximate(),
    }


def _groups(lines: list[SeatLine]) -> list[Group]:
    groups: dict[str, Group] = {}
    for line in lines:
        group = groups.setdefault(line.parent_code, Group(line.parent_code, line.name.parent, line.region, []))
        group.seats.append(line)
    return sorted(groups.values(), key=lambda group: (group.region != group.name, group.region, group.code))


def _answer(request: HttpRequest, query: str, *, within: str, found: Campaign | None, language: str) -> HttpResponse:
    """Lead straight to the place when there is one; else show what fits, and for a split commune how to decide."""
    items = finding.find(query, within=within)
    if (seat := finding.only_seat(items, query)) is not None:
        return redirect("place", code=seat)
    chosen = finding.only_place(items, query)
    return _results(request, query, items=items, chosen=chosen, found=found, language=language)


def _results(
    request: HttpRequest,
    query: str,
    *,
    items: list[Found],
    chosen: Found | None,
    found: Campaign | None,
    language: str,
    trouble: str = "",
    near: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    seats = found.seats if found else {}
    context = {
        "query": query,
        "current": "places",
        "items": items,
        "chosen": chosen,
        "candidates": [_candidate(seat.code, seat.name, seats, language) for seat in chosen.seats] if chosen else [],
        "near": [_candidate(code, code, seats, language) for code in near or []],
        "can_ask_street": bool(settings.GEOCODER_URL),
        "map": finding.map_of(chosen) if chosen else None,
        "trouble": trouble,
        "finder": finder_props(),
        "approximate": finding.is_approximate(),
        "credits": finding.credits(),
    }
    response = render(request, "insights/found.html", context, status=status)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _candidate(code: str, name: str, seats: dict[str, SeatLine], language: str) -> dict[str, Any]:
    seat = seats.get(code)
    return {"code": code, "label": seat.name.short(language=language) if seat else name, "state": seat.state if seat else None}


@csrf_exempt  # asks where a street lies and keeps nothing: no cookie is read
@never_cache
@require_POST
def street(request: HttpRequest) -> HttpResponse:
    """Place a street of a split commune; in the body of a POST, so that no address and no log ever holds it (decision 3)."""
    query = request.POST.get("q", "").strip()[:LONGEST_QUERY]
    line = request.POST.get("street", "").strip()[:200]
    language = get_language() or "fr"
    found = campaign(now=read_clock(), language=language)
    items = finding.find(query, within=request.POST.get("in", ""))
    chosen = finding.only_place(items, query)
    show = {"items": items, "chosen": chosen, "found": found, "language": language}
    if chosen is None or not line:
        return _results(request, query, **show, trouble=_("Write a number and a street."), status=400)
    try:
        located = finding.locate_street(line, chosen)
    except Refusal as refusal:
        return _results(request, query, **show, trouble=refusal.detail or _("The street search does not answer. Choose on the map, or below."), status=refusal.status)
    if located is None:
        return _results(request, query, **show, trouble=_("This street was not found there. Try without the number, or choose below."), status=404)
    if located.is_certain:
        response = redirect("place", code=located.codes[0])
        response.status_code = 303
        return response
    return _results(request, query, **show, near=list(located.codes))
