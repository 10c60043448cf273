"""Whether a year of the books can be closed."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Sum

from maillage.fundraising.domain.closing import Bar, Unseen, cancelled_out
from maillage.fundraising.domain.payments import TOLD_WITHIN
from maillage.fundraising.domain.words import Account, EntryKind
from maillage.fundraising.models import BankStatement, Batch, ClosedYear, Difference, Fund, LedgerEntry, Reconciliation
from maillage.fundraising.selectors.bank import open_lines
from maillage.fundraising.selectors.books import days_of
from maillage.kernel.dates import day_in


def bars_of(fund: Fund, year: int, *, now: datetime) -> dict[Bar, int]:
    """Return what still bars the closing of a year, each with how many there are; empty where it can be closed.

    Entries that the bank has not told bar it only where statements are brought in at all, and not where they cancel out; a difference
    that was explained does not.
    """
    first, last = days_of(year)
    earlier = LedgerEntry.objects.filter(fund=fund, booked_on__lt=first).dates("booked_on", "year")
    closed = set(ClosedYear.objects.filter(fund=fund).values_list("year", flat=True))
    has_statements = BankStatement.objects.filter(fund=fund).exists()
    told = BankStatement.objects.filter(fund=fund, from_on__lte=last, opening__isnull=False, closing__isnull=False)
    is_over = day_in(now, fund.time_zone) > last
    counted = {
        Bar.NOT_OVER: int(not is_over),
        Bar.EARLIER_OPEN: sum(each.year not in closed for each in earlier),
        Bar.OPEN_BATCHES: Batch.objects.filter(fund=fund, deposited_at__isnull=True, rows__received_on__lte=last).distinct().count(),
        Bar.OPEN_LINES: open_lines(fund).filter(booked_on__lte=last).count(),
        Bar.UNSEEN_ENTRIES: _unseen(fund, last) if has_statements else 0,
        Bar.STATEMENTS_DIFFER: told.exclude(closing=F("opening") + F("moved")).count(),
        Bar.NOT_READ_BACK: int(is_over and fund.stripe_account_id is not None and not _is_read_back(fund, last)),
        Bar.OPEN_DIFFERENCES: Difference.objects.filter(fund=fund, closed_at__isnull=True, explained_at__isnull=True).count(),
    }
    return {bar: count for bar, count in counted.items() if count}


def _unseen(fund: Fund, last: date) -> int:
    """Count the entries until a day that no line of the bank has, and that nothing cancels out."""
    found = LedgerEntry.objects.filter(fund=fund, bank_match__isnull=True, lines__account=Account.BANK)
    rows = found.annotate(moved=Sum("lines__amount")).values_list("pk", "key", "kind", "donation", "booked_on", "moved")
    entries = [
        Unseen(pk, str(donation or key.partition(":")[2]), day, moved, is_correction=kind == EntryKind.CORRECTION)
        for pk, key, kind, donation, day, moved in rows
    ]
    out = cancelled_out(entries, until=last)
    return sum(each.booked_on <= last and each.id not in out for each in entries)


def _is_read_back(fund: Fund, last: date) -> bool:
    """Say whether the provider was read to its end once all that happened until a day stood in its books."""
    over = datetime.combine(last + timedelta(days=1), time(), tzinfo=ZoneInfo(fund.time_zone))
    return Reconciliation.objects.filter(fund=fund, is_whole=True, began_at__gte=over + TOLD_WITHIN).exists()
