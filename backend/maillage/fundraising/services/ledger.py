"""Entries written into the books, once each."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from maillage.fundraising.domain.postings import GONE, Posting
from maillage.fundraising.domain.words import EntryKind
from maillage.fundraising.models import ClosedYear, LedgerLine
from maillage.fundraising.services import rollups
from maillage.kernel.dates import day_in

_ENTRIES = """
INSERT INTO fundraising_ledgerentry (key, kind, fund_id, donation_id, happened_at, booked_on, written_at)
SELECT asked.*, %s FROM unnest(%s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::timestamptz[], %s::date[]) AS asked
ON CONFLICT (key) DO NOTHING RETURNING id, key
"""
_LINES = """
INSERT INTO fundraising_ledgerline (entry_id, account, fund_id, amount)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::uuid[], %s::bigint[])
"""
_ZONES = "SELECT id, time_zone FROM fundraising_fund WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"


def post(postings: Iterable[Posting | None], *, now: datetime) -> list[str]:
    """Write entries that are not written yet, in the caller's transaction; return the keys of the new ones.

    The day in the books is the day it happened where the recipient is, or the first one whose year is still open. What is
    not balanced, or would fall into a closed year, is refused by the database. The sums of dashboards follow at once.
    """
    asked = [posting for posting in postings if posting is not None]
    if not asked:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        days = _days(asked)
        columns: list[list[Any]] = [
            [posting.key for posting in asked],
            [posting.kind.value for posting in asked],
            [posting.fund_id for posting in asked],
            [posting.donation_id for posting in asked],
            [posting.happened_at for posting in asked],
            days,
        ]
        cursor.execute(_ENTRIES, [now, *columns])
        made: dict[str, int] = {key: id for id, key in cursor.fetchall()}
        lines = list(chain.from_iterable(((made[each.key], *line) for line in each.lines) for each in asked if each.key in made))
        if lines:
            cursor.execute(_LINES, [list(column) for column in zip(*lines, strict=True)])
        rollups.recount(each.donation_id for each in asked if each.key in made and each.donation_id and each.kind is not EntryKind.FEE)
    return list(made)


def gone_of(donation_id: UUID) -> dict[str, dict[UUID, int]]:
    """Return what the books say went back of a donation, by the key of the entry: cents of each envelope."""
    gone: dict[str, dict[UUID, int]] = {}
    lines = LedgerLine.objects.filter(entry__donation=donation_id, account__in=GONE).values_list("entry__key", "fund", "amount")
    for key, fund, cents in lines:
        gone.setdefault(key, {})[fund] = cents
    return gone


def _days(asked: list[Posting]) -> list[date]:
    """Return each day in the books. No year is closed from here on until the caller's transaction ends: whoever closes waits."""
    funds = {posting.fund_id for posting in asked}
    with connection.cursor() as cursor:
        cursor.execute(_ZONES, [list(funds)])
        zones: dict[UUID, str] = dict(cursor.fetchall())
    closed: dict[UUID, int] = dict(
        ClosedYear.objects.filter(fund__in=funds).order_by().values("fund").annotate(last=Max("year")).values_list("fund", "last")
    )
    return [max(day_in(posting.happened_at, zones[posting.fund_id]), date(closed.get(posting.fund_id, 1) + 1, 1, 1)) for posting in asked]
