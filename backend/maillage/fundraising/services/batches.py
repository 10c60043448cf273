"""Money written down by hand: cheques, cash and transfers, a batch at a time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.caps import takes
from maillage.fundraising.domain.rule_parts import NoRules, RuleSet
from maillage.fundraising.domain.words import COUNTED, CancelledFor, DonationState, Method, Nature
from maillage.fundraising.models import Batch, BatchRow, Donation, Fund
from maillage.fundraising.selectors.funds import is_collecting, rules_of
from maillage.fundraising.services import ledger, payments
from maillage.fundraising.services.donors import Declared, drop_donor, keep_donor, wrong_giver
from maillage.fundraising.services.giving import MOST
from maillage.fundraising.services.shares import keep_shares, wrong_shares
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Conflict, Fields, Invalid, NotFound

OLDEST = timedelta(days=400)
"""How long ago money may have come that is written down now: what is older is a slip of the hand."""

MOST_ROWS = 500
"""Donations of one batch: more than a bank takes with one slip."""

NOON = time(12)


@dataclass(frozen=True)
class Written:
    """A donation as its paper says it: cents, who gave, when it came, and by which declaration, cheque and bank."""

    amount: int
    received_on: date
    declared: Declared
    nature: Nature = Nature.DONATION
    paper: str = ""
    cheque: str = ""
    drawn_on: str = ""
    shares: Mapping[str, int] = field(default_factory=dict)


class WrongRows(Invalid):
    """Rows of a file are wrong: `rows` tells which line, and what is wrong by field. None was kept."""

    def __init__(self, wrong: Mapping[int, Fields]) -> None:
        rows = [{"line": line, "fields": dict(fields)} for line, fields in sorted(wrong.items())]
        super().__init__(_("Some lines are missing something or are wrong. None was kept: mend the file and bring it in again."), rows=rows)
        self.code = "wrong_rows"


def open_batch(*, fund: Fund, method: Method, by: User, now: datetime, slip: str = "", bank: str = "") -> Batch:
    """Begin a batch. Facts: batch.opened.  Raises: Invalid (`way_not_taken`, `no_allowed_expenses`, slip)."""
    rules = rules_of(fund, now)
    if rules.way(method) is None:
        raise Invalid(_("The law does not let money come like this here."), code="way_not_taken")
    if _lacks_expenses(fund, method, rules):
        raise Invalid(_no_expenses(), code="no_allowed_expenses")
    with _one_slip(), transaction.atomic():
        batch = Batch.objects.create(fund=fund, method=method, slip=slip.strip(), bank=bank.strip(), opened_at=now, opened_by=by)
        journal.record("batch.opened", subject=batch, at=now, actor_id=by.pk, method=method.value)
    return batch


def describe_batch(*, batch_id: UUID, slip: str, bank: str) -> Batch:
    """Say the slip and the bank of an open batch. Raises: Invalid (slip), Conflict (`batch_deposited`)."""
    with _one_slip(), transaction.atomic():
        batch = _open(batch_id)
        batch.slip, batch.bank = slip.strip(), bank.strip()
        batch.save(update_fields=["slip", "bank"])
    return batch


def drop_batch(*, batch_id: UUID) -> None:
    """Forget an open batch, with what was written in it. Raises: Conflict (`batch_deposited`)."""
    with transaction.atomic():
        batch = _open(batch_id)
        for row in batch.rows.select_related("donation").order_by("donation_id"):
            _forget(row)
        batch.delete()


def write_row(*, batch_id: UUID, written: Written, now: datetime, row_id: UUID | None = None) -> BatchRow:
    """Add a donation to an open batch, or change one. It counts towards the cap at once, as one that is on its way.

    Raises: Invalid (what is wrong by field), NotFound, Conflict (`batch_deposited`).
    """
    with transaction.atomic():
        batch = _open(batch_id)
        row = None if row_id is None else batch.rows.select_related("donation").filter(pk=row_id).first()
        if row_id is not None and row is None:
            raise NotFound
        if wrong := wrong_row(batch, written, now=now, instead_of=row.donation_id if row else None):
            raise Invalid(_("Something is missing or wrong. What you typed is kept."), fields=wrong)
        if row is None:
            last = batch.rows.aggregate(last=Coalesce(Max("position"), 0))["last"]
            return _add_row(batch, written, position=last + 1, now=now)
        return _change_row(row, written, now=now)


def write_rows(*, batch_id: UUID, lines: Mapping[int, Written | Fields], now: datetime) -> list[BatchRow]:
    """Add the donations of a file to an open batch, by the number of their line; all of them, or none.

    A line that could not be read is given as what is wrong with it. Raises: WrongRows, Invalid (`too_many_rows`), Conflict.
    """
    with transaction.atomic():
        batch = _open(batch_id)
        if batch.rows.count() + len(lines) > MOST_ROWS:
            raise Invalid(_("A batch holds at most %(most)s donations. Cut the file in two.") % {"most": MOST_ROWS}, code="too_many_rows")
        position = batch.rows.aggregate(last=Coalesce(Max("position"), 0))["last"]
        wrong: dict[int, Fields] = {}
        rows: list[BatchRow] = []
        for line, written in sorted(lines.items()):
            found = wrong_row(batch, written, now=now) if isinstance(written, Written) else written
            if found:
                wrong[line] = found
            elif isinstance(written, Written):
                position += 1
                rows.append(_add_row(batch, written, position=position, now=now))
        if wrong:
            raise WrongRows(wrong)
    return rows


def drop_row(*, batch_id: UUID, row_id: UUID) -> None:
    """Take a donation out of an open batch: it was never given. Raises: NotFound, Conflict (`batch_deposited`)."""
    with transaction.atomic():
        row = _open(batch_id).rows.select_related("donation").filter(pk=row_id).first()
        if row is None:
            raise NotFound
        _forget(row)


def deposit_batch(*, batch_id: UUID, slip: str, bank: str, deposited_on: date, total: int, by: User, now: datetime) -> Batch:
    """Lock a batch: its donations are received, and the books say where the money is. `total` is what the slip says, in cents.

    Each donation is booked on the day it came, the deposit on its own. Transfers are in the bank already and need no slip.
    Facts: donation.received for each, batch.deposited.
    Raises: Invalid (by field), Conflict (`batch_deposited`, `batch_empty`).
    """
    with _one_slip(), transaction.atomic():
        batch = _open(batch_id)
        rows = list(batch.rows.select_related("donation__donor").order_by("donation_id"))
        if not rows:
            raise Conflict(_("Nothing was written in this batch yet."), code="batch_empty")
        batch.slip, batch.bank, batch.deposited_on = slip.strip(), bank.strip(), deposited_on
        if wrong := _wrong_deposit(batch, rows, total, now):
            raise Invalid(_("Something is missing or wrong. What you typed is kept."), fields=wrong)
        batch.deposited_at, batch.deposited_by = now, by
        batch.save(update_fields=["slip", "bank", "deposited_on", "deposited_at", "deposited_by"])
        for row in rows:
            _receive(batch, row, now=now)
        if batch.method != Method.TRANSFER:
            at = noon_of(batch.fund, deposited_on)
            ledger.post([postings.of_deposit(batch.pk, batch.fund_id, Method(batch.method), total, at)], now=now)
        journal.record("batch.deposited", subject=batch, at=now, actor_id=by.pk, amount=total, donations=len(rows))
    return batch


def cancel_row(*, batch_id: UUID, row_id: UUID, why: CancelledFor, by: User, now: datetime) -> BatchRow:
    """Take a donation of a deposited batch out of the books by a correction; what is right is written in another batch.

    Safe to repeat. Facts: donation.refunded.  Raises: NotFound, Conflict (`batch_open`, `given_back`).
    """
    with transaction.atomic():
        rows = BatchRow.objects.select_for_update(of=("self",)).select_related("batch__fund")
        row = rows.filter(batch_id=batch_id, pk=row_id).first()
        if row is None:
            raise NotFound
        if row.cancelled_at is not None:
            return row
        if row.batch.deposited_at is None:
            raise Conflict(_("This batch is still open: change the row."), code="batch_open")
        donation = Donation.objects.locked(row.donation_id)
        if donation.refunded:
            raise Conflict(_("Money of this donation was given back already. Nothing was changed."), code="given_back")
        row.cancelled_for, row.cancelled_at, row.cancelled_by = why, now, by
        row.save(update_fields=["cancelled_for", "cancelled_at", "cancelled_by"])
        ledger.post([postings.of_cancellation(payments.as_given(donation), now)], now=now)
        payments.note_given_back(donation, now=now)
    return row


def wrong_row(batch: Batch, written: Written, *, now: datetime, instead_of: UUID | None = None) -> Fields:
    """Say what is missing or wrong in a row, by field. `instead_of` is the donation that it changes.

    What is above the cap of a person is no reason to refuse: the money is there. The excess goes to the treasurer's list.
    """
    today = day_in(now, batch.fund.time_zone)
    if not today - OLDEST <= written.received_on <= today:
        return {"received_on": [_("Give the day on which it came: not in the future, and not more than a year ago.")]}
    try:
        rules = rules_of(batch.fund, noon_of(batch.fund, written.received_on))
    except NoRules:
        return {"received_on": [_("No rules are known for that day.")]}
    version = rules.declaration.version
    wrong = wrong_giver(rules, written.declared, declaration=version, today=written.received_on, is_by_hand=True)
    if not is_collecting(batch.fund, written.received_on):
        wrong["received_on"] = [_("Donations are not taken here on that day.")]
    if not 0 < written.amount <= MOST:
        wrong["amount"] = [_("Give an amount from %(least)s to %(most)s.") % _limits(batch.fund, 1, MOST)]
    elif said := _not_like_this(batch, rules, written.amount, instead_of):
        wrong["amount"] = [said]
    if not takes(rules.caps, written.nature):
        wrong["nature"] = [_("Only donations are taken here, no membership dues.")]
    if rules.agent is not None and not written.paper.strip():
        wrong["paper"] = [_("Number the declaration that the donor signed, and write the number here: the law asks for it.")]
    return wrong | wrong_shares(batch.fund, written.shares, written.amount)


def noon_of(fund: Fund, day: date) -> datetime:
    """Return the instant that stands for a day of which no hour is known."""
    return datetime.combine(day, NOON, tzinfo=ZoneInfo(fund.time_zone))


def _open(batch_id: UUID) -> Batch:
    """Lock a batch that is open. Raises: NotFound, Conflict (`batch_deposited`)."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("fund").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    if batch.deposited_at is not None:
        raise Conflict(
            _("This batch was deposited: it is locked. Cancel a row, and write it again in another batch."), code="batch_deposited"
        )
    return batch


def _not_like_this(batch: Batch, rules: RuleSet, amount: int, instead_of: UUID | None) -> str:
    """Say why an amount may not come in this way; empty where it may."""
    way = rules.way(batch.method)
    if way is None:
        return _("The law does not let money come like this here.")
    if way.most is not None and amount > way.most:
        return _("In this way the law allows at most %(most)s. Give it back.") % {"most": amount_said(way.most, batch.fund.currency)}
    if _lacks_expenses(batch.fund, batch.method, rules):
        return _no_expenses()
    if batch.method != Method.CASH or rules.cash is None or batch.fund.allowed_expenses is None:
        return ""
    most = rules.cash.most(batch.fund.allowed_expenses)
    if most is None:
        return ""
    Fund.objects.select_for_update(no_key=True).get(pk=batch.fund_id)  # two treasurers each within the limit are above it together
    counted = Donation.objects.filter(fund=batch.fund, method=Method.CASH, state__in=COUNTED)
    if instead_of is not None:
        counted = counted.exclude(pk=instead_of)
    before = counted.aggregate(cents=Coalesce(Sum(F("amount") - F("refunded")), 0))["cents"]
    if before + amount <= most:
        return ""
    left = amount_said(max(most - before, 0), batch.fund.currency)
    return _("In cash the law allows %(left)s more in all. Give the rest back.") % {"left": left}


def _lacks_expenses(fund: Fund, method: str, rules: RuleSet) -> bool:
    """Say whether nobody can tell how much may come in cash in all."""
    return method == Method.CASH and rules.cash is not None and fund.allowed_expenses is None


def _no_expenses() -> str:
    return _(
        "In cash the law allows a share of the allowed expenses, and these are not set here. Ask an administrator to write them among the "
        "facts of this recipient; until then no cash can be written down."
    )


def _limits(fund: Fund, least: int, most: int) -> dict[str, str]:
    return {"least": amount_said(least, fund.currency), "most": amount_said(most, fund.currency)}


def _add_row(batch: Batch, written: Written, *, position: int, now: datetime, **fields: object) -> BatchRow:
    rules = rules_of(batch.fund, noon_of(batch.fund, written.received_on))
    donation = Donation.objects.create(
        fund=batch.fund,
        donor=keep_donor(rules, written.declared),
        nature=written.nature,
        method=batch.method,
        amount=written.amount,
        currency=batch.fund.currency,
        state=DonationState.PROCESSING,
        declaration=rules.declaration.version if written.paper.strip() else "",
        started_at=now,
        counted_on=written.received_on,
    )
    keep_shares(donation, written.shares)
    return BatchRow.objects.create(batch=batch, donation=donation, position=position, **_paper(written), **fields)


def _change_row(row: BatchRow, written: Written, *, now: datetime) -> BatchRow:
    """Write a row anew, in its place: nothing of a donor who was typed wrongly stays."""
    batch, row_id = row.batch, row.pk
    _forget(row)
    return _add_row(batch, written, position=row.position, now=now, id=row_id)


def _paper(written: Written) -> dict[str, object]:
    texts = {"paper": written.paper.strip(), "cheque": written.cheque.strip(), "drawn_on": written.drawn_on.strip()}
    return {"received_on": written.received_on, **texts}


def _forget(row: BatchRow) -> None:
    donation = row.donation
    row.delete()
    donation.delete()
    drop_donor(donation.donor_id)


def _wrong_deposit(batch: Batch, rows: list[BatchRow], total: int, now: datetime) -> Fields:
    wrong: dict[str, list[str]] = {}
    currency = batch.fund.currency
    held = sum(row.donation.amount for row in rows)
    if total != held:
        sums = {"slip": amount_said(total, currency), "rows": amount_said(held, currency)}
        wrong["total"] = [_("The slip says %(slip)s, the rows add up to %(rows)s.") % sums]
    last = max(row.received_on for row in rows)
    day = batch.deposited_on
    if day is None or not last <= day <= day_in(now, batch.fund.time_zone):
        wrong["deposited_on"] = [_("Give a day not before the last donation came, and not in the future.")]
    if batch.method != Method.TRANSFER and not batch.slip:
        wrong["slip"] = [_("Write the number of the deposit slip.")]
    return wrong


def _receive(batch: Batch, row: BatchRow, *, now: datetime) -> None:
    donation = Donation.objects.locked(row.donation_id)
    at = noon_of(batch.fund, row.received_on)
    donation.state, donation.settled_at, donation.counted_on = DonationState.SETTLED, at, row.received_on
    donation.version += 1
    donation.save(update_fields=["state", "settled_at", "counted_on", "version"])
    ledger.post([postings.of_hand(payments.as_given(donation), Method(batch.method), at)], now=now)
    journal.record("donation.received", subject=donation, at=now, amount=donation.amount, currency=donation.currency)


@contextmanager
def _one_slip() -> Iterator[None]:
    """Say in words that a slip is there twice, which the database refuses."""
    try:
        yield
    except IntegrityError as error:
        if "fundraising_one_slip" not in str(error):
            raise
        said = {"slip": [_("A batch with this slip is there already.")]}
        raise Invalid(_("Something is missing or wrong. What you typed is kept."), fields=said) from error
