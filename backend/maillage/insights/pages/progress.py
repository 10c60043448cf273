"""The public page of a campaign's progress: how coverage grew, when the target is met, whether it grows everywhere alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.insights.domain.charts import Bar, bars, coverage_chart
from maillage.insights.domain.coverage import MEETINGS_TO_BEAT, Point, counted
from maillage.insights.domain.fairness import Fifth, Split
from maillage.insights.domain.forecast import FUTURES
from maillage.insights.domain.withheld import PERIOD
from maillage.insights.pages.home import FRESH_SECONDS
from maillage.insights.selectors.fairness import sources, splits
from maillage.insights.selectors.progress import Change, Progress, changes, progress
from maillage.insights.selectors.published import published_periods
from maillage.insights.selectors.reach import Level, areas_above
from maillage.kernel.clock import now as read_clock
from maillage.kernel.text import typed
from maillage.people.domain import SMALLEST_SHOWN
from maillage.relays.domain import SeatState
from maillage.relays.models import RelayNetwork
from maillage.relays.selectors import current_network, standings, text_of
from maillage.territories.models import Area

LONGEST_CODE = 40


@dataclass(frozen=True)
class FairnessChart:
    """Fifths drawn as bars, and from where their figures come."""

    split: Split
    bars: list[Bar]
    credit: str

    @property
    def last(self) -> Fifth:
        return self.bars[-1].fifth


@dataclass(frozen=True)
class PlaceChange:
    """A place just above the seats, as a line of the table: its name in addresses, how many of a hundred are covered."""

    change: Change
    key: str

    @property
    def percent(self) -> int:
        return round(100 * self.change.now.covered / self.change.now.total) if self.change.now.total else 0


@require_safe
def progress_page(request: HttpRequest) -> HttpResponse:
    """Show coverage over time of the country or of a place above seats, and what is public about people."""
    now = read_clock()
    network = current_network(now=now)
    context = _context(request, network, at=now) if network else {"progress": None}
    response = render(request, "insights/progress.html", {**context, "current": "progress"})
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response


def _context(request: HttpRequest, network: RelayNetwork, *, at: datetime) -> dict[str, Any]:
    levels = areas_above(network.pk)
    asked = typed(request.GET.get("place", ""))[:LONGEST_CODE]
    area = next((level.area for level in levels if _key(level.area) == asked and level.area.pk != network.country_id), None)
    found = progress(network, area=area, now=at)
    foretold = found.forecast
    sourced = sources(network.country.country)
    before = found.before(4)
    gained = found.now.covered - before.covered if before else None
    fairness = [FairnessChart(each, bars(each.fifths), sourced.get(each.scale.indicator, "")) for each in splits(network)]
    query = urlencode({"area": area.pk}) if area else ""
    return {
        "network": text_of(network, language=get_language() or "fr"),
        "progress": found,
        "gained": gained,
        "lost": -gained if gained else 0,
        "forecast": foretold,
        "outlook": foretold.outlook.value,
        "futures": FUTURES,
        "meetings_to_beat": MEETINGS_TO_BEAT,
        "chart": coverage_chart(found.points, goal=found.goal, early=foretold.early_on, likely=foretold.likely_on, late=foretold.late_on),
        "weekly": _weekly(found),
        "places": [(_key(level.area), level.area) for level in levels],
        "chosen": _key(area) if area else "",
        "changes": _changes(network.pk, levels, found),
        "fairness": fairness,
        "has_fairness": any(each.bars for each in fairness),
        "published": published_periods(network.pk, found.area.pk),
        "weeks": PERIOD // timedelta(weeks=1),
        "least": SMALLEST_SHOWN,
        "file": f"/api/v1/insights/networks/{network.pk}/progress/export/" + (f"?{query}" if query else ""),
        "fairness_file": f"/api/v1/insights/networks/{network.pk}/fairness/export/",
    }


def _key(area: Area) -> str:
    """Name an area in an address: kinds have codes of their own."""
    return f"{area.kind.code}-{area.code}".lower()


def _weekly(found: Progress) -> list[Point]:
    """Keep of the points one a week back from today, the newest first, for the table."""
    return [point for point in reversed(found.points) if (found.today - point.day).days % 7 == 0][:53]


def _changes(network_id: UUID, levels: list[Level], found: Progress) -> list[PlaceChange]:
    """Give the areas just above the seats with their coverage now and four weeks ago, by name."""
    below = max((level.area.kind.level for level in levels), default=0)
    states = {area_id: SeatState(state) for area_id, state in standings(network_id).values_list("area_id", "state")}
    lines = [
        (level.area, counted(states[area_id] for area_id in level.seat_areas if area_id in states))
        for level in levels
        if level.area.kind.level == below
    ]
    return [PlaceChange(change, _key(change.area)) for change in changes(network_id, levels=lines, today=found.today)]
