"""The home page: where do you live, who sits there, and what is under way."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.insights.domain import share
from maillage.insights.pages import map as drawing
from maillage.insights.pages.finder import finder_props
from maillage.insights.pages.legend import credit, legend
from maillage.insights.selectors.actions import public_action
from maillage.insights.selectors.campaign import Campaign, SeatLine, campaign, count
from maillage.kernel.clock import now as read_clock
from maillage.people.selectors.organisation import organisation, zone_of_house
from maillage.relays.domain import Coverage
from maillage.relays.selectors.networks import office_of
from maillage.territories.selectors import pictures

FRESH_SECONDS = 60
"""For how long a shared cache may serve a page; a browser asks each time, and mostly hears 304."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the finder, the headline, the map with its table, the action under way and what one can do today."""
    now = read_clock()
    language = get_language() or "fr"
    found = campaign(now=now, language=language)
    picture = pictures.national_map(country=found.network.country.code if found else organisation().country)
    context = {
        "campaign": found,
        "coverage": (coverage := found.coverage if found else None),
        "shares": _shares(coverage) if coverage else {},
        "regions": _regions(found),
        "picture": picture,
        "drawings": drawing.drawings(picture, found.seats if found else {}, language=language) if picture else [],
        "credits": [credit(picture.attribution, picture.licence)] if picture else [],
        "legend": legend(coverage) if coverage else [],
        "action": public_action(network_id=found.network.pk, now=now, language=language) if found else None,
        "finder": finder_props(),
        "office": office_of(found.network, language=language) if found else "",
        "now": now,
        "zone": found.network.country.time_zone if found else zone_of_house(),
    }
    response = render(request, "insights/home.html", context)
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response


def _shares(coverage: Coverage) -> dict[str, str]:
    return {"filled": share(coverage.filled, coverage.total), "covered": share(coverage.covered, coverage.total)}


def _regions(found: Campaign | None) -> list[tuple[str, Coverage, int]]:
    """Count by region, the largest first: name, counts, covered of a hundred."""
    if found is None:
        return []
    groups: dict[str, list[SeatLine]] = {}
    for seat in found.seats.values():
        groups.setdefault(seat.region, []).append(seat)
    return sorted(_rows(groups.items()), key=lambda row: (-row[1].total, row[0]))


def _rows(groups: Iterable[tuple[str, list[SeatLine]]]) -> list[tuple[str, Coverage, int]]:
    counted = [(name, count(lines)) for name, lines in groups]
    return [(name, coverage, round(100 * coverage.covered / coverage.total)) for name, coverage in counted]
