"""The books of a recipient, read: every sum that is shown comes from their lines."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.translation import get_language

from maillage.fundraising.domain.exports.chart import Chart
from maillage.fundraising.domain.exports.fec import FecEntry, FecOpening, carried
from maillage.fundraising.domain.figures import read_cents
from maillage.fundraising.domain.words import Account, EntryKind
from maillage.fundraising.models import BankStatement, Batch, ClosedYear, Fund, LedgerEntry, LedgerLine, Receipt, StatementLine
from maillage.fundraising.selectors.bank import matched_lines
from maillage.fundraising.selectors.funds import text_of
from maillage.kernel.dates import day_in
from maillage.kernel.errors import NotFound
from maillage.kernel.ids import read_uuid

AT_ONCE = 2000
"""Entries that are read and sent together: a file of a million lines is never held whole."""

GIVEN = (Account.DONATIONS, Account.DUES, Account.REFUNDS, Account.DISPUTES)
"""Accounts whose sum, its sign turned, is what was given and stayed."""

_PREFIXES = ("donation", "fee", "refund", "refund-back", "payout", "payout-back", "dispute", "deposit", "correction")


@dataclass(frozen=True)
class Balance:
    """What stands on an account for a recipient or one envelope: cents, debits are positive."""

    account: Account
    fund: UUID
    cents: int


@dataclass(frozen=True)
class YearOfBooks:
    """A year of the books: how many entries, the sum of their debits, and whether it is closed."""

    year: int
    entries: int
    lines: int
    debits: int
    closed_at: datetime | None


def days_of(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year. Raises: NotFound where nobody keeps books of it."""
    if not 2000 <= year <= 2200:
        raise NotFound
    return date(year, 1, 1), date(year, 12, 31)


def balances_of(fund: Fund, *, until: date | None = None) -> list[Balance]:
    """Return the trial balance of a recipient, envelopes apart, at the end of a day. Its sum is zero."""
    lines = LedgerLine.objects.filter(entry__fund=fund)
    if until is not None:
        lines = lines.filter(entry__booked_on__lte=until)
    sums = lines.values("account", "fund").annotate(cents=Sum("amount")).order_by("account", "fund")
    return [Balance(Account(row["account"]), row["fund"], row["cents"]) for row in sums if row["cents"]]


def years_of(fund: Fund) -> list[YearOfBooks]:
    """Return the years that have entries or are closed, the latest first."""
    closed: dict[int, datetime] = dict(ClosedYear.objects.filter(fund=fund).values_list("year", "closed_at"))
    debits = Coalesce(Sum("lines__amount", filter=Q(lines__amount__gt=0)), 0)
    counted = (
        LedgerEntry.objects.filter(fund=fund)
        .annotate(year=ExtractYear("booked_on"))
        .values("year")
        .annotate(entries=Count("pk", distinct=True), lines_told=Count("lines"), debits=debits)
    )
    found = {
        row["year"]: YearOfBooks(row["year"], row["entries"], row["lines_told"], row["debits"], closed.get(row["year"])) for row in counted
    }
    for year, closed_at in closed.items():
        found.setdefault(year, YearOfBooks(year, 0, 0, 0, closed_at))
    return sorted(found.values(), key=lambda each: -each.year)


def year_of(fund: Fund, year: int) -> YearOfBooks:
    """Return one year of the books; empty where nothing happened."""
    return next((each for each in years_of(fund) if each.year == year), YearOfBooks(year, 0, 0, 0, None))


def entries_found(fund: Fund, asked: Mapping[str, str]) -> QuerySet[Any, Any]:
    """Return entries as rows: by `kind`, `account`, `envelope`, days (`since`, `until`), and `q`: an amount, a reference, a donor."""
    entries = LedgerEntry.objects.filter(fund=fund)
    if asked.get("kind") in EntryKind.values:
        entries = entries.filter(kind=asked["kind"])
    if asked.get("account") in Account.values:
        entries = entries.filter(pk__in=LedgerLine.objects.filter(entry__fund=fund, account=asked["account"]).values("entry"))
    if asked.get("envelope"):
        entries = entries.filter(pk__in=LedgerLine.objects.filter(entry__fund=fund, fund__code=asked["envelope"]).values("entry"))
    for name, lookup in (("since", "booked_on__gte"), ("until", "booked_on__lte")):
        if day := _read_date(asked.get(name, "")):
            entries = entries.filter(**{lookup: day})
    if q := asked.get("q", "").strip():
        entries = entries.filter(_sought(fund, q))
    moved = Coalesce(Sum("lines__amount", filter=Q(lines__amount__gt=0)), 0)
    return entries.annotate(amount=moved).values("id", "key", "kind", "booked_on", "happened_at", "donation", "amount")


def entry_of(fund: Fund, entry_id: int) -> dict[str, Any]:
    """Return one entry with its lines and what it hangs on. Raises: NotFound."""
    entry = LedgerEntry.objects.filter(fund=fund, pk=entry_id).first()
    if entry is None:
        raise NotFound
    batch = read_uuid(entry.key.partition(":")[2]) if entry.kind == EntryKind.DEPOSIT else None
    if entry.donation_id and batch is None:
        batch = Batch.objects.filter(rows__donation=entry.donation_id).values_list("pk", flat=True).first()
    return {
        "id": entry.pk,
        "key": entry.key,
        "kind": entry.kind,
        "booked_on": entry.booked_on,
        "happened_at": entry.happened_at,
        "written_at": entry.written_at,
        "donation": entry.donation_id,
        "batch": batch,
        "bank_line": matched_lines([entry.pk]).get(entry.pk),
        "lines": lines_of(fund, [entry.pk])[entry.pk],
    }


def lines_of(fund: Fund, entry_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the lines of some entries of a recipient, in the order in which they were written; two queries."""
    names = names_of(fund)
    found: dict[int, list[dict[str, Any]]] = {entry_id: [] for entry_id in entry_ids}
    lines = LedgerLine.objects.filter(entry__fund=fund, entry__in=entry_ids).order_by("pk")
    for row in lines.values("entry", "account", "fund", "amount"):
        found[row["entry"]].append({"account": row["account"], "envelope": names[row["fund"]], "amount": row["amount"]})
    return found


def names_of(fund: Fund) -> dict[UUID, str]:
    """Return the names of a recipient's envelopes by id; its own is empty."""
    language = get_language()
    envelopes = fund.envelopes.prefetch_related("texts")
    named = {each.pk: text.name if (text := text_of(each, language)) else each.code for each in envelopes}
    return named | {fund.pk: ""}


def opening_of(fund: Fund, year: int, chart: Chart) -> FecOpening | None:
    """Return what earlier years leave to a year, by the accounts of a chart; None where that is nothing."""
    first, _last = days_of(year)
    balances: dict[Account, int] = {}
    for each in balances_of(fund, until=first - timedelta(days=1)):
        balances[each.account] = balances.get(each.account, 0) + each.cents
    lines = carried(balances, chart)
    if not lines:
        return None
    closed = [each.closed_at for each in years_of(fund) if each.year < year]
    known = [at for at in closed if at is not None]
    return FecOpening(first, day_in(max(known), fund.time_zone) if len(known) == len(closed) else None, lines)


def entries_of_year(fund: Fund, year: int, *, number: int = 0) -> Iterator[list[FecEntry]]:
    """Give the entries of a year a batch at a time, in the order in which they were written, numbered without gaps after `number`.

    Only the numbers of a closed year stand: until then an entry may come between, whose transaction began earlier and ends later.
    What is written meanwhile is left out.
    """
    names, zone = names_of(fund), fund.time_zone
    entries = LedgerEntry.objects.filter(fund=fund, booked_on__range=days_of(year)).order_by("pk")
    last = entries.aggregate(last=Max("pk"))["last"] or 0
    after = 0
    while batch := list(entries.filter(pk__gt=after, pk__lte=last)[:AT_ONCE]):
        lines: dict[int, list[tuple[Account, str, int]]] = {entry.pk: [] for entry in batch}
        for line in LedgerLine.objects.filter(entry__in=lines).order_by("pk").values("entry", "account", "fund", "amount"):
            lines[line["entry"]].append((Account(line["account"]), names[line["fund"]], line["amount"]))
        yield [
            FecEntry(
                number=number + place,
                kind=EntryKind(entry.kind),
                booked_on=entry.booked_on,
                happened_on=day_in(entry.happened_at, zone),
                written_on=day_in(entry.written_at, zone),
                reference=entry.key,
                lines=tuple(lines[entry.pk]),
            )
            for place, entry in enumerate(batch, 1)
        ]
        after, number = batch[-1].pk, number + len(batch)


def given_in_year(fund: Fund, year: int) -> int:
    """Return what was given in a year and stayed, in cents, as the books say it."""
    cents: int = _of_year(fund, year).filter(account__in=GIVEN).aggregate(cents=Coalesce(Sum("amount"), 0))["cents"]
    return -cents


def donations_of_year(fund: Fund, year: int, *, after: UUID | None = None, written_by: datetime | None = None) -> list[tuple[UUID, int]]:
    """Return what each donation brought in a year, in cents (what went back of an earlier one is negative), a batch from `after` on.

    `written_by`: as the books stood at that instant.
    """
    lines = _of_year(fund, year).filter(account__in=GIVEN, entry__donation__isnull=False)
    if after is not None:
        lines = lines.filter(entry__donation__gt=after)
    if written_by is not None:
        lines = lines.filter(entry__written_at__lte=written_by)
    sums = lines.values(donation=F("entry__donation")).annotate(cents=-Sum("amount")).exclude(cents=0).order_by("donation")
    return [(row["donation"], row["cents"]) for row in sums[:AT_ONCE]]


def last_days_of(fund: Fund, year: int, donation_ids: Collection[UUID]) -> dict[UUID, date]:
    """Return the last day of a year on which each of some donations came or went back."""
    lines = _of_year(fund, year).filter(account__in=GIVEN, entry__donation__in=donation_ids)
    return dict(lines.values_list("entry__donation").annotate(last=Max("entry__booked_on")).order_by())


def cash_flows(fund: Fund, year: int) -> list[dict[str, Any]]:
    """Say what came to the bank account in a year and what left it, by kind, between the balances before and after: cents.

    What was set aside (fees of the bank, expenses) moved the account too and stands in no entry: it is told by its reason. A row
    `statement` follows where the last balance that the bank told in that year is another one than comes of all this on its day.
    """
    first, last = days_of(year)
    into, out = Coalesce(Sum("amount", filter=Q(amount__gt=0)), 0), Coalesce(-Sum("amount", filter=Q(amount__lt=0)), 0)
    booked = _of_year(fund, year).filter(account=Account.BANK).values(kind=F("entry__kind"))
    aside = StatementLine.objects.filter(fund=fund, booked_on__range=(first, last)).exclude(set_aside="").values(kind=F("set_aside"))
    rows: list[dict[str, Any]] = [
        dict(row) for found in (booked, aside) for row in found.annotate(count=Count("pk"), into=into, out=out).order_by("kind")
    ]
    before = _in_bank(fund, first - timedelta(days=1))
    after = before + sum(row["into"] - row["out"] for row in rows)
    told = [{"kind": "opening", "balance": before}, *rows, {"kind": "closing", "balance": after}]
    statement = BankStatement.objects.filter(fund=fund, to_on__range=(first, last), closing__isnull=False).order_by("-to_on", "-pk").first()
    if statement is not None and statement.closing is not None and (apart := statement.closing - _in_bank(fund, statement.to_on)):
        told.append({"kind": "statement", "on": statement.to_on, "balance": statement.closing, "apart": apart})
    return told


def _in_bank(fund: Fund, day: date) -> int:
    """Return what is in the bank account at the end of a day by the books and by what was set aside, in cents."""
    booked = LedgerLine.objects.filter(entry__fund=fund, account=Account.BANK, entry__booked_on__lte=day)
    aside = StatementLine.objects.filter(fund=fund, booked_on__lte=day).exclude(set_aside="")
    return sum(lines.aggregate(cents=Coalesce(Sum("amount"), 0))["cents"] for lines in (booked, aside))


def receipts_of_year(fund: Fund, year: int) -> tuple[int, int]:
    """Return how many receipts are valid for the donations of a year, and their sum in cents (CGI article 222 bis)."""
    valid = Receipt.objects.filter(fund=fund, year=year, cancelled_at__isnull=True)
    counted = valid.aggregate(count=Count("pk"), cents=Coalesce(Sum("amount"), 0))
    return counted["count"], counted["cents"]


def _of_year(fund: Fund, year: int) -> QuerySet[LedgerLine]:
    return LedgerLine.objects.filter(entry__fund=fund, entry__booked_on__range=days_of(year))


def _sought(fund: Fund, q: str) -> Q:
    """Say by what a word finds entries: an amount of a line, a reference or the number of a slip, the family name of who gave."""
    keys = [f"{prefix}:{q}" for prefix in _PREFIXES]
    slips = [f"deposit:{pk}" for pk in Batch.objects.filter(fund=fund, slip=q).values_list("pk", flat=True)]
    found = Q(key__in=[q, *keys, *slips]) | Q(donation__donor__family_name__iexact=q)
    if (donation := read_uuid(q)) is not None:
        found |= Q(donation=donation)
    if (cents := read_cents(q)) is not None:
        lines = LedgerLine.objects.filter(entry__fund=fund, amount__in=(cents, -cents))
        found |= Q(pk__in=lines.values("entry"))
    return found


def _read_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
