"""The public page of the accounts: what was given in a month that is over, by amount and by place, of five people at least."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.fundraising.domain import findings
from maillage.fundraising.domain.editions import TOLD_FROM_DAY, read_steps, small_told
from maillage.fundraising.domain.longtail import Bin, Part, lorenz
from maillage.fundraising.models import Edition, Fund
from maillage.fundraising.pages.give import FRESH_SECONDS
from maillage.fundraising.selectors import dashboard
from maillage.fundraising.selectors.funds import public_funds, text_of
from maillage.kernel.text import typed
from maillage.people.domain import SMALLEST_SHOWN

WIDTH, HEIGHT = 520, 400
"""Of the drawing; the twin of the application's `ui/chart/lorenz-chart.tsx`."""

LONGEST_CODE = 48


@dataclass(frozen=True)
class Curve:
    """How donations part the money: a path, the area under it, and the point of which the title speaks."""

    line: str
    x: float
    y: float
    number_percent: int
    cents_percent: int

    @property
    def is_left(self) -> bool:
        return self.x <= 200


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Show a month of a recipient, the latest of the first where none is asked."""
    funds = list(public_funds().prefetch_related("texts").order_by("published_at", "code"))
    asked = typed(request.GET.get("fund", ""))[:LONGEST_CODE]
    fund = next((each for each in funds if each.code == asked), funds[0] if funds else None)
    context = _context(fund, typed(request.GET.get("month", ""))[:7]) if fund else {}
    language = get_language()
    named = [(each.code, _name(each, language)) for each in funds]
    response = render(request, "fundraising/accounts.html", {**context, "funds": named, "fund": fund, "current": "accounts"})
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response


def _context(fund: Fund, month: str) -> dict[str, Any]:
    told = dashboard.editions(fund)
    edition = next((each for each in told if each.month == month), told[0] if told else None)
    context = {
        "name": _name(fund, get_language()),
        "months": [(each.month, findings.month_said(each.month)) for each in told],
        "edition": edition,
        "least": SMALLEST_SHOWN,
        "told_from": TOLD_FROM_DAY,
    }
    if edition is None or edition.cents is None:
        return context
    places = dashboard.editions_of_places(fund, edition.month)
    part = small_told(edition.steps, small_under=edition.small_under)
    return context | {
        "month_said": findings.month_said(edition.month),
        "finding": findings.small_ones_said(part, under=edition.small_under, currency=fund.currency) if part else "",
        "bar": findings.bar_said(part, under=edition.small_under, currency=fund.currency) if part else "",
        "curve": _curve(edition, part) if part else None,
        "steps": [(step, round(100 * step.share)) for step in read_steps(edition.steps, small_under=edition.small_under)],
        "kinds": _by_kind([row for row in places if row.cents is not None]),
        "not_shown": [str(row.area.called) for row in places if row.cents is None and row.area],
    }


def _by_kind(places: list[Edition]) -> list[tuple[str, list[Edition]]]:
    """Tell regions, departments and constituencies apart: the sums of each kind hold those of the next one."""
    kinds: dict[tuple[int, str], list[Edition]] = {}
    for row in places:
        if row.area:
            kinds.setdefault((row.area.kind.level, row.area.kind.called), []).append(row)
    return [(name, kinds[level, name]) for level, name in sorted(kinds)]


def _curve(edition: Edition, part: Part) -> Curve:
    points = lorenz([Bin(*step) for step in edition.steps], through=edition.small_under)
    path = "".join(
        f"{'L' if place else 'M'}{number * WIDTH:.1f} {(1 - cents) * HEIGHT:.1f}" for place, (number, cents) in enumerate(points)
    )
    return Curve(
        line=path,
        x=round(part.share_of_number * WIDTH, 1),
        y=round((1 - part.share_of_cents) * HEIGHT, 1),
        number_percent=round(100 * part.share_of_number),
        cents_percent=round(100 * part.share_of_cents),
    )


def _name(fund: Fund, language: str | None) -> str:
    text = text_of(fund, language)
    return text.name if text else fund.legal_name or fund.code
