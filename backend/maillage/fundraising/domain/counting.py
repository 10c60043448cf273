"""What each giver's donations add to the sums that dashboards read: pure, so that the same donations leave the same sums (ADR 34).

A donation counts on the day of its payment, with what stayed of it: what goes back later is taken off there, whenever it goes.
Then every figure of a screen adds up: days, amounts, givers, places and sources of a period are sums of the same donations.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from maillage.fundraising.domain.longtail import bin_of

EVER = ""
"""The period that holds all that was ever given."""


@dataclass(frozen=True)
class Counted:
    """One donation as it counts for one fund: `gross` cents came, `cents` of them stayed."""

    donation: UUID
    fund: UUID
    giver: UUID
    day: date
    gross: int
    cents: int
    area: UUID | None = None
    source: str = ""
    monthly: UUID | None = None
    due_on: date | None = None
    page: UUID | None = None


Key = tuple[Any, ...]
Sums = dict[str, dict[Key, list[int]]]
"""By table, then by key (its first part is the fund): numbers in the order of `COLUMNS`."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "daytotal": ("fund_id", "day"),
    "amountbin": ("fund_id", "period", "bin"),
    "giverbin": ("fund_id", "period", "bin"),
    "givertotal": ("fund_id", "period", "is_new"),
    "areatotal": ("fund_id", "period", "area_id"),
    "sourcetotal": ("fund_id", "period", "source"),
    "cohorttotal": ("fund_id", "began", "month"),
    "pagetotal": ("fund_id", "page_id"),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "daytotal": ("donations", "cents", "back"),
    "amountbin": ("donations", "cents"),
    "giverbin": ("donations", "cents", "givers"),
    "givertotal": ("donations", "cents", "givers"),
    "areatotal": ("donations", "cents", "givers", "small", "small_cents"),
    "sourcetotal": ("donations", "cents"),
    "cohorttotal": ("donations", "cents"),
    "pagetotal": ("donations", "cents", "givers"),
}


def month_of(day: date) -> str:
    """Name the month of a day: 2026-11."""
    return f"{day.year:04}-{day.month:02}"


def periods_of(day: date) -> tuple[str, str, str]:
    """Name the periods in which a day counts: its month, its year, and all that was ever given."""
    return month_of(day), f"{day.year:04}", EVER


def add_giver(sums: Sums, donations: Iterable[Counted], *, small_under: int, sign: int = 1) -> None:
    """Add what all donations of one giver to one fund come to, or with `sign` -1 take it away again."""
    rows = sorted(donations, key=lambda row: (row.day, row.donation))
    stayed = [row for row in rows if row.cents]
    for row in rows:
        _add(sums, "daytotal", (row.fund, row.day), sign, 1 if row.cents else 0, row.cents, row.gross - row.cents)
    for row in stayed:
        for period in periods_of(row.day):
            _add(sums, "amountbin", (row.fund, period, bin_of(row.cents)), sign, 1, row.cents)
            _add(sums, "sourcetotal", (row.fund, period, row.source), sign, 1, row.cents)
    _add_periods(sums, stayed, small_under, sign)
    _add_cohorts(sums, [row for row in stayed if row.monthly], sign)
    _add_pages(sums, stayed, sign)


def add_all(sums: Sums, donations: Iterable[Counted], *, small_under: Callable[[UUID], int]) -> None:
    """Add those of many givers, which come giver by giver."""
    for (fund, _giver), rows in groupby(donations, key=lambda row: (row.fund, row.giver)):
        add_giver(sums, rows, small_under=small_under(fund))


def changes(sums: Sums) -> Sums:
    """Keep what is not nothing."""
    return {table: {key: values for key, values in rows.items() if any(values)} for table, rows in sums.items()}


def moved(rows: Iterable[Counted], news: Mapping[tuple[UUID, UUID], Counted]) -> list[Counted]:
    """Put news of some donations, by donation and fund, in the place of what was known of them."""
    known = {(row.donation, row.fund): row for row in rows}
    return list((known | dict(news)).values())


def _add_periods(sums: Sums, stayed: list[Counted], small_under: int, sign: int) -> None:
    of_period: dict[str, list[Counted]] = {}
    for row in stayed:
        for period in periods_of(row.day):
            of_period.setdefault(period, []).append(row)
    for period, rows in of_period.items():
        fund, cents = rows[0].fund, sum(row.cents for row in rows)
        is_new = rows[0] is stayed[0]
        _add(sums, "giverbin", (fund, period, bin_of(cents)), sign, len(rows), cents, 1)
        _add(sums, "givertotal", (fund, period, is_new), sign, len(rows), cents, 1)
        area = next((row.area for row in reversed(rows) if row.area), None)
        if area:
            small = [row.cents for row in rows if row.cents < small_under]
            _add(sums, "areatotal", (fund, period, area), sign, len(rows), cents, 1, len(small), sum(small))


def _add_cohorts(sums: Sums, instalments: list[Counted], sign: int) -> None:
    by_monthly: dict[UUID, dict[str, int]] = {}
    for row in instalments:
        if row.monthly:
            months = by_monthly.setdefault(row.monthly, {})
            month = month_of(row.due_on or row.day)
            months[month] = months.get(month, 0) + row.cents
    for months in by_monthly.values():
        began = min(months)
        for month, cents in months.items():
            _add(sums, "cohorttotal", (instalments[0].fund, began, month), sign, 1, cents)


def _add_pages(sums: Sums, stayed: list[Counted], sign: int) -> None:
    for page in {row.page for row in stayed if row.page}:
        rows = [row for row in stayed if row.page == page]
        _add(sums, "pagetotal", (rows[0].fund, page), sign, len(rows), sum(row.cents for row in rows), 1)


def _add(sums: Sums, table: str, key: Key, sign: int, *values: int) -> None:
    row = sums.setdefault(table, {}).setdefault(key, [0] * len(values))
    for place, value in enumerate(values):
        row[place] += sign * value
