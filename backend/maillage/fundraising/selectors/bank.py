"""What the bank says beside what the books say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce

from maillage.accounts.selectors.grants import Actor
from maillage.fundraising.domain.matching import Booked, Proposal, Seen, propose
from maillage.fundraising.domain.words import Account, EntryKind
from maillage.fundraising.models import BankStatement, Batch, BatchRow, Fund, LedgerEntry, LedgerLine, LineMatch, StatementLine
from maillage.fundraising.selectors.treasury import as_treasurer, recipients_kept
from maillage.kernel.errors import NotFound
from maillage.kernel.text import fold

PROPOSED_AT_ONCE = 2000
"""Open lines and entries that are laid side by side: years of neglect, never a month."""

_PROVIDER = ("stripe",)
"""How the payment provider calls itself in the label of its payouts."""

IS_MATCHED = Exists(LineMatch.objects.filter(line=OuterRef("pk")))


@dataclass(frozen=True)
class Standing:
    """How bank and books stand: cents. `apart` is 0 once each line was found, or set aside.

    `closing` is what the bank last said (None: no statement told a balance). In `open_entries` are movements that the bank has not
    told yet: they are in transit, or their statement is missing.
    """

    closing: int | None
    booked: int
    open_lines: int
    open_lines_sum: int
    open_entries: int
    open_entries_sum: int
    aside_sum: int


def bank_entries(fund: Fund, *, ids: Collection[int] | None = None) -> list[Booked]:
    """Return the entries that touch the bank account and were found in no statement yet, the oldest first; all, or some of them."""
    found = LedgerEntry.objects.filter(fund=fund, bank_match__isnull=True)
    return [entry for entry, _line in _booked(found if ids is None else found.filter(pk__in=ids))]


def matched_entries(line_ids: Collection[UUID]) -> list[tuple[Booked, UUID]]:
    """Return the entries that were found in some lines, each with its line."""
    return _booked(LedgerEntry.objects.filter(bank_match__line__in=line_ids)) if line_ids else []


def people_in(entry_ids: Collection[int]) -> set[UUID]:
    """Return the people known here whose donations some entries book."""
    found = LedgerEntry.objects.filter(pk__in=entry_ids, donation__donor__person__isnull=False)
    return set(found.values_list("donation__donor__person", flat=True))


def matched_lines(entry_ids: Collection[int]) -> dict[int, UUID]:
    """Return the line of the bank in which each of some entries was found."""
    return dict(LineMatch.objects.filter(entry__in=entry_ids).values_list("entry_id", "line_id"))


def _booked(entries: QuerySet[LedgerEntry]) -> list[tuple[Booked, UUID]]:
    found = list(
        entries.filter(lines__account=Account.BANK)
        .annotate(moved=Sum("lines__amount"))
        .exclude(moved=0)
        .order_by("booked_on", "pk")
        .values("pk", "key", "kind", "booked_on", "moved", "donation_id", "donation__donor__family_name", "bank_match__line")[
            :PROPOSED_AT_ONCE
        ]
    )
    keys = [row["key"].removeprefix("deposit:") for row in found if row["kind"] == EntryKind.DEPOSIT]
    slips = {f"deposit:{pk}": slip for pk, slip in Batch.objects.filter(pk__in=keys).values_list("pk", "slip")}
    rows = BatchRow.objects.filter(donation__in=[row["donation_id"] for row in found if row["donation_id"]])
    batches: dict[UUID, UUID] = dict(rows.values_list("donation_id", "batch_id"))
    return [
        (
            Booked(
                id=row["pk"],
                kind=EntryKind(row["kind"]),
                booked_on=row["booked_on"],
                amount=row["moved"],
                hints=_hints(row, said),
                said=said,
                batch=batches.get(row["donation_id"]) if row["kind"] == EntryKind.DONATION else None,
            ),
            row["bank_match__line"],
        )
        for row in found
        for said in [_said(row, slips)]
    ]


def open_lines(fund: Fund) -> QuerySet[StatementLine]:
    """Return the lines of the bank that were neither found in the books nor set aside."""
    return StatementLine.objects.filter(~IS_MATCHED, fund=fund, set_aside="")


def proposals_of(fund: Fund) -> list[Proposal]:
    """Propose an entry for each open line that one fits."""
    lines = open_lines(fund).order_by("booked_on", "pk")[:PROPOSED_AT_ONCE]
    seen = [Seen(line.pk, line.booked_on, line.amount, fold(f"{line.label} {line.reference} {line.party}")) for line in lines]
    return propose(seen, bank_entries(fund)) if seen else []


def line_kept(user: Actor, line_id: UUID, *, now: datetime) -> StatementLine:
    """Return a line to the treasurer of its recipient. Raises: Forbidden (`treasurers_only`), NotFound."""
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    found = StatementLine.objects.select_related("fund").filter(pk=line_id, fund__in=kept).first()
    if found is None:
        raise NotFound
    return found


def lines_page(fund: Fund, state: str) -> QuerySet[Any, Any]:
    """Return lines of the bank as rows: `open`, `matched`, `aside`, or all."""
    lines = StatementLine.objects.filter(fund=fund).annotate(is_matched=IS_MATCHED)
    if state == "open":
        lines = lines.filter(is_matched=False, set_aside="")
    elif state == "matched":
        lines = lines.filter(is_matched=True)
    elif state == "aside":
        lines = lines.exclude(set_aside="")
    return lines.values("id", "booked_on", "value_on", "amount", "reference", "party", "set_aside", "is_matched", words=F("label"))


def statements_of(fund: Fund) -> QuerySet[BankStatement]:
    """Return the statements of a recipient, the latest first."""
    return BankStatement.objects.filter(fund=fund).order_by("-to_on", "-pk")


def standing_of(fund: Fund) -> Standing:
    """Say how bank and books stand."""
    latest = statements_of(fund).filter(closing__isnull=False).first()
    lines = open_lines(fund).aggregate(count=Count("pk"), cents=Coalesce(Sum("amount"), 0))
    aside = StatementLine.objects.filter(fund=fund).exclude(set_aside="").aggregate(cents=Coalesce(Sum("amount"), 0))
    bank = LedgerLine.objects.filter(entry__fund=fund, account=Account.BANK)
    entries = bank.filter(entry__bank_match__isnull=True).aggregate(count=Count("entry", distinct=True), cents=Coalesce(Sum("amount"), 0))
    return Standing(
        closing=latest.closing if latest else None,
        booked=bank.aggregate(cents=Coalesce(Sum("amount"), 0))["cents"],
        open_lines=lines["count"],
        open_lines_sum=lines["cents"],
        open_entries=entries["count"],
        open_entries_sum=entries["cents"],
        aside_sum=aside["cents"],
    )


def _said(row: Mapping[str, Any], slips: dict[str, str]) -> str:
    """Tell an entry apart: the id of a payout, the number of a slip, the family name of who gave."""
    if row["kind"] in (EntryKind.PAYOUT, EntryKind.PAYOUT_FAILED):
        return str(row["key"]).partition(":")[2]
    return slips.get(row["key"]) or row["donation__donor__family_name"] or ""


def _hints(row: Mapping[str, Any], said: str) -> tuple[str, ...]:
    """Return the words of which a line of the bank holds one."""
    return (*_PROVIDER, fold(said)) if row["kind"] in (EntryKind.PAYOUT, EntryKind.PAYOUT_FAILED) else (fold(said),)
