"""The provider read back: what happened and we had not heard of is applied, and what does not agree is kept as a difference (ADR 29)."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain import payments as words
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.rule_parts import RefundedBy
from maillage.fundraising.domain.words import (
    PENDING,
    Account,
    DifferenceKind,
    DisputeState,
    DonationState,
    EntryKind,
    MovementState,
    PayoutState,
    RefundState,
)
from maillage.fundraising.gateways import stripe
from maillage.fundraising.gateways.accounts import Keys, keys_of
from maillage.fundraising.models import Difference, Dispute, Donation, Fund, LedgerLine, Movement, Payout, Reconciliation, RefundRequest
from maillage.fundraising.selectors.funds import rules_of
from maillage.fundraising.services import disputes, ledger, payments, payouts, refunds
from maillage.fundraising.services.differences import Found, settle_differences
from maillage.fundraising.services.movements import (
    CHARGES,
    FAILED_CHARGES,
    PAYOUTS,
    REFUNDS,
    as_told,
    is_of_dispute,
    keep_movements,
    link_movements,
)
from maillage.kernel.ids import read_uuid

log = logging.getLogger(__name__)

T = TypeVar("T")

RECONCILE = "fundraising.reconcile"
OVERLAP = timedelta(days=3)
"""How far before the last run the provider is read again."""

GIVEN_UP_AFTER = timedelta(hours=6)
"""How long after its beginning a run that has not ended is taken to be dead."""

_AT_ONCE = 500


def begin_reconciliation(*, fund: Fund, by: User | None, now: datetime) -> Reconciliation:
    """Begin to read a recipient's account back, by a job; return the run that is under way where there is one.

    Raises: Unavailable (`no_account`).
    """
    payments.keys_for(fund)
    with transaction.atomic():
        Fund.objects.select_for_update(of=("self",)).get(pk=fund.pk)
        under_way = Reconciliation.objects.filter(fund=fund, ended_at__isnull=True).first()
        if under_way is not None and under_way.began_at > now - GIVEN_UP_AFTER:
            return under_way
        if under_way is not None:
            under_way.ended_at = now
            under_way.save(update_fields=["ended_at"])
        run = Reconciliation.objects.create(fund=fund, asked_by=by, began_at=now)
        journal.jobs.enqueue(RECONCILE, reconciliation_id=run.pk)
    return run


def reconcile_all(*, now: datetime) -> int:
    """Begin to read back each account whose keys we hold: each night. Say how many."""
    funds = Fund.objects.filter(parent__isnull=True, stripe_account__isnull=False).select_related("stripe_account").order_by("pk")
    held = [fund for fund in funds if fund.stripe_account is not None and keys_of(fund.stripe_account.code) is not None]
    for fund in held:
        begin_reconciliation(fund=fund, by=None, now=now)
    return len(held)


def reconcile(*, reconciliation_id: UUID, now: datetime) -> Reconciliation:
    """Read an account back, apply what is late, and let the open differences be those that are left; safe to repeat.

    Facts: as what is applied, and difference.found, difference.closed, account.reconciled.  Raises: ProviderAway.
    """
    run = Reconciliation.objects.select_related("fund__stripe_account").get(pk=reconciliation_id)
    if run.ended_at is not None or run.fund.stripe_account is None:
        return run
    keys = payments.keys_for(run.fund)
    last = Reconciliation.objects.filter(fund=run.fund, is_whole=True).order_by("-began_at").first()
    run.seen = run.applied = 0  # a run that was broken off begins anew
    since = (last.began_at if last else run.fund.stripe_account.created_at) - OVERLAP
    balance = _read_movements(run, keys, since)
    unknown = _read_payments(run, keys, since, now=now)
    _read_open(run, keys, since, now=now)
    amounts = _book(run, keys, now=now)
    total = _sum(Movement.objects.filter(fund=run.fund), F("amount") - F("fee"))
    with transaction.atomic():
        run.opening = last.opening if last else balance - total
        run.balance, run.ended_at, run.is_whole = balance, now, True
        run.save(update_fields=["opening", "balance", "ended_at", "is_whole", "seen", "applied"])
        found = [*unknown, *_differences(run.fund, amounts, now=now), *_of_balance(run, total)]
        settle_differences(fund_id=run.fund_id, found=found, now=now)
        journal.record("account.reconciled", subject=run, at=now, actor_id=run.asked_by_id, applied=run.applied)
        journal.jobs.settle()
    return run


def _read_movements(run: Reconciliation, keys: Keys, since: datetime) -> int:
    """Keep the provider's lines from an instant on, and return what it holds at the end of them."""
    while True:
        before = stripe.balance(keys, run.fund.currency)
        for some in _by(_AT_ONCE, stripe.movements_since(keys, since)):
            with transaction.atomic():
                run.seen += keep_movements(run.fund, some)
                run.save(update_fields=["seen"])
        after = stripe.balance(keys, run.fund.currency)
        if before == after:
            return after
        since = max(since, run.began_at - words.TOLD_WITHIN)  # money moved meanwhile: the last lines are read once more


def _read_payments(run: Reconciliation, keys: Keys, since: datetime, *, now: datetime) -> list[Found]:
    """Apply what payments came to that we have not heard of: the ones made lately, and all that are still open here.

    Returns those that the provider does not know, as where the keys became those of another account.
    """
    read: set[UUID] = set()
    for some in _by(_AT_ONCE, stripe.payments_since(keys, since)):
        known = _donations_of(run.fund, some)
        for payment in some:
            donation = known.get(payment.id) or known.get(payment.donation)
            if donation is None:
                continue
            read.add(donation.pk)
            if donation.state != DonationState.SETTLED:
                applied = payments.follow_payment(donation.pk, payment, keys=keys, seen=donation.version, now=now)
                run.applied += applied.state != donation.state
        run.seen += len(some)
        run.save(update_fields=["seen", "applied"])
    still = Donation.objects.filter(fund=run.fund, state__in=PENDING, intent__isnull=False).exclude(pk__in=read)
    unknown = []
    for donation in still.order_by("pk"):
        try:
            run.applied += payments.look_again(donation_id=donation.pk, now=now).state != donation.state
        except stripe.Refused as refused:
            log.warning("the payment %s could not be read: %s", donation.intent, refused.code)
            unknown.append(Found(DifferenceKind.IN_BOOKS_ONLY, donation.intent or "", ours=donation.amount, donation_id=donation.pk))
    return unknown


def _donations_of(fund: Fund, some: list[words.Payment]) -> dict[str, Donation]:
    """Find whose payments these are, by intent, or by the donation named where we do not know its intent yet."""
    named = [id for payment in some if (id := read_uuid(payment.donation))]
    here = Donation.objects.filter(fund=fund)
    found: dict[str, Donation] = {}
    for donation in here.filter(Q(intent__in=[payment.id for payment in some]) | Q(pk__in=named, intent__isnull=True)):
        found[donation.intent or str(donation.pk)] = donation
    return found


@contextmanager
def _passed_over() -> Iterator[None]:
    """Go on where the provider does not know what we have: it stays as it is here, and the others are read."""
    try:
        yield
    except stripe.Refused as refused:
        log.warning("something open could not be read: %s %s", refused.code, refused.param)


def _read_open(run: Reconciliation, keys: Keys, since: datetime, *, now: datetime) -> None:
    """Read refunds, disputes and payouts again that have not ended, and the disputes that moved no money."""
    asked = RefundRequest.objects.filter(donation__fund=run.fund, state=RefundState.ASKED).order_by("donation_id")
    for waiting_id in asked.values_list("donation_id", flat=True).distinct():
        with _passed_over():
            refunds.follow_refunds(donation_id=waiting_id, keys=keys, now=now)
    seen = {found.id: found for found in stripe.disputes_since(keys, since)}
    closed = (DisputeState.WON, DisputeState.LOST)
    for dispute_id in Dispute.objects.filter(donation__fund=run.fund).exclude(state__in=closed).values_list("pk", flat=True):
        if dispute_id not in seen:
            with _passed_over():
                seen[dispute_id] = stripe.dispute(keys, dispute_id)
    for found in seen.values():
        donation_id = Donation.objects.filter(fund=run.fund, charge=found.charge).values_list("pk", flat=True).first()
        if donation_id is not None:
            refunds.follow_refunds(donation_id=donation_id, keys=keys, now=now)
            disputes.apply_dispute(donation_id=donation_id, found=found, now=now)
    ended = (PayoutState.PAID, PayoutState.FAILED, PayoutState.CANCELED)
    for payout_id in Payout.objects.filter(fund=run.fund).exclude(state__in=ended).values_list("pk", flat=True):
        with _passed_over():
            payouts.follow_payout(fund=run.fund, payout_id=payout_id, keys=keys, now=now)


def _book(run: Reconciliation, keys: Keys, *, now: datetime) -> dict[str, Found]:
    """Book the lines that are not in our books yet, and return those of payments whose amount is not the one we asked for."""
    amounts: dict[str, Found] = {}
    last = ""
    while True:
        open_ = Movement.objects.filter(fund=run.fund, state__in=(MovementState.OPEN, MovementState.UNDER_WAY), pk__gt=last)
        rows = list(open_.order_by("pk")[:_AT_ONCE])
        if not rows:
            return amounts
        last = rows[-1].pk
        for row in link_movements(rows, now=now):
            try:
                learnt, differs = _learn(run.fund, row, keys, now=now)
            except stripe.Refused as refused:  # what it comes from is not told: it stays open, and the others are read
                log.warning("the movement %s could not be followed: %s", row.pk, refused.code)
                continue
            if differs is not None:
                amounts[row.pk] = differs
            left = link_movements([row], now=now, donation_id=learnt)
            run.applied += not left
        run.save(update_fields=["applied"])


def _learn(fund: Fund, row: Movement, keys: Keys, *, now: datetime) -> tuple[UUID | None, Found | None]:
    """Read what a line comes from and apply that; return its donation, and what differs where amounts do."""
    if row.kind in CHARGES | FAILED_CHARGES:
        return _learn_charge(fund, row, keys, now=now)
    if row.kind in REFUNDS:
        donation = Donation.objects.filter(fund=fund, charge=stripe.charge_of_refund(keys, row.source)).first()
        if donation is not None:
            refunds.follow_refunds(donation_id=donation.pk, keys=keys, now=now)
        return donation.pk if donation else None, None
    if is_of_dispute(row):
        found = stripe.dispute(keys, row.source)
        donation = Donation.objects.filter(fund=fund, charge=found.charge).first()
        if donation is not None:
            refunds.follow_refunds(donation_id=donation.pk, keys=keys, now=now)
            disputes.apply_dispute(donation_id=donation.pk, found=found, now=now)
        return donation.pk if donation else None, None
    if row.kind in PAYOUTS:
        payouts.follow_payout(fund=fund, payout_id=row.source, keys=keys, now=now)
    else:
        with transaction.atomic():
            posting = postings.of_movement(fund.pk, as_told(row))
            if posting is None:
                _settle_row(row, MovementState.CANCELLED_OUT)
            ledger.post([posting], now=now)
    return None, None


def _learn_charge(fund: Fund, row: Movement, keys: Keys, *, now: datetime) -> tuple[UUID | None, Found | None]:
    intent, named = stripe.intent_of_charge(keys, row.source)
    donation_id = read_uuid(named)
    whose = Q(intent=intent) | Q(pk=donation_id, intent__isnull=True) if donation_id else Q(intent=intent)
    donation = Donation.objects.filter(whose, fund=fund).first() if intent else None
    if donation is None:
        return None, None
    twins = Movement.objects.filter(fund=fund, source=row.source, kind__in=CHARGES | FAILED_CHARGES)
    if _sum(twins, F("amount")) == 0:  # a debit that failed: what came went
        _settle_row(row, MovementState.CANCELLED_OUT)
        return donation.pk, None
    payment = stripe.payment(keys, intent)
    donation = payments.follow_payment(donation.pk, payment, keys=keys, seen=donation.version, now=now)
    if donation.state == DonationState.PROCESSING:
        _settle_row(row, MovementState.UNDER_WAY)
    elif donation.state != DonationState.SETTLED:
        _settle_row(row, MovementState.OPEN)
        if row.amount != donation.amount:
            return donation.pk, payments.amounts_differ(donation, payment)
    return donation.pk, None


def _settle_row(row: Movement, state: MovementState) -> None:
    row.state = state
    row.save(update_fields=["state"])


def _differences(fund: Fund, amounts: dict[str, Found], *, now: datetime) -> Iterator[Found]:
    open_ = Movement.objects.filter(fund=fund, state=MovementState.OPEN).order_by("pk")
    for row in open_:
        yield amounts.get(row.pk) or Found(DifferenceKind.AT_PROVIDER_ONLY, row.source or row.pk, theirs=row.amount)
    for key, ours, donation_id in _rows(_IN_BOOKS_ONLY, fund=fund.pk, before=now - words.TOLD_WITHIN):
        yield Found(DifferenceKind.IN_BOOKS_ONLY, key, ours=ours, donation_id=donation_id)
    for key, ours, theirs, donation_id in _rows(_OTHER_AMOUNTS, fund=fund.pk, by_itself=_BY_ITSELF):
        yield Found(DifferenceKind.AMOUNTS, key, ours=ours, theirs=theirs, donation_id=donation_id)
    unknown = LedgerLine.objects.filter(fund=fund, account=Account.OTHER, entry__kind=EntryKind.OTHER).select_related("entry")
    for line in unknown.filter(entry__movements__isnull=False).order_by("pk"):
        yield Found(DifferenceKind.UNKNOWN_MOVEMENT, line.entry.key, ours=-line.amount, theirs=-line.amount)
    unseen = Difference.objects.filter(fund=fund, kind=DifferenceKind.UNSEEN_MEANS, closed_at=None)
    for difference in unseen.filter(donation__refunded__lt=F("donation__amount")).order_by("pk"):  # gone once all went back
        yield Found(DifferenceKind.UNSEEN_MEANS, difference.reference, theirs=difference.theirs, donation_id=difference.donation_id)
    if rules_of(fund, now).refund.by is RefundedBy.AGENT_AUTHORISATION:
        for donation_id, back, authorised in _rows(_UNAUTHORISED, fund=fund.pk):
            yield Found(DifferenceKind.UNAUTHORISED, str(donation_id), ours=authorised, theirs=back, donation_id=donation_id)


def _of_balance(run: Reconciliation, total: int) -> Iterator[Found]:
    balance = run.balance or 0
    if balance != run.opening + total:
        yield Found(DifferenceKind.BALANCE, "", ours=run.opening + total, theirs=balance)
    if balance < 0:
        yield Found(DifferenceKind.NEGATIVE, "", theirs=balance)


_BY_ITSELF = ["fee", "other"]

# What our books say of the provider and none of its lines has: neither as an amount nor as a fee.
_IN_BOOKS_ONLY = """
SELECT entry.key, sum(line.amount)::bigint, entry.donation_id
FROM fundraising_ledgerentry entry JOIN fundraising_ledgerline line ON line.entry_id = entry.id AND line.account = 'provider'
WHERE entry.fund_id = %(fund)s AND entry.happened_at < %(before)s
  AND NOT EXISTS (SELECT FROM fundraising_movement WHERE entry_id = entry.id)
  AND NOT EXISTS (SELECT FROM fundraising_movement WHERE id = substr(entry.key, 5) AND entry.key LIKE 'fee:%%')
GROUP BY entry.id ORDER BY entry.id
"""

# A line whose entry has another amount; the entry of a line that is a fee by itself has its net amount.
_OTHER_AMOUNTS = """
SELECT entry.key, sum(line.amount)::bigint,
       CASE WHEN entry.kind = ANY(%(by_itself)s) THEN movement.amount - movement.fee ELSE movement.amount END,
       entry.donation_id
FROM fundraising_movement movement
JOIN fundraising_ledgerentry entry ON entry.id = movement.entry_id
JOIN fundraising_ledgerline line ON line.entry_id = entry.id AND line.account = 'provider'
WHERE movement.fund_id = %(fund)s
GROUP BY entry.id, movement.id
HAVING sum(line.amount) <> CASE WHEN entry.kind = ANY(%(by_itself)s) THEN movement.amount - movement.fee ELSE movement.amount END
ORDER BY entry.id
"""

_UNAUTHORISED = """
SELECT back.donation_id, back.cents, coalesce(allowed.cents, 0)
FROM (
    SELECT entry.donation_id, sum(line.amount)::bigint AS cents
    FROM fundraising_ledgerentry entry JOIN fundraising_ledgerline line ON line.entry_id = entry.id AND line.account = 'refunds'
    WHERE entry.fund_id = %(fund)s GROUP BY entry.donation_id
) back
LEFT JOIN (
    SELECT donation_id, sum(amount)::bigint AS cents FROM fundraising_refundauthorisation GROUP BY donation_id
) allowed ON allowed.donation_id = back.donation_id
WHERE back.cents > coalesce(allowed.cents, 0)
ORDER BY back.donation_id
"""


def _rows(sql: str, **named: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, named)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _sum(rows: Any, what: Any) -> int:
    cents: int = rows.aggregate(cents=Coalesce(Sum(what), 0))["cents"]
    return cents


def _by(size: int, found: Iterable[T]) -> Iterator[list[T]]:
    through = iter(found)
    while some := list(islice(through, size)):
        yield some
