"""The demo’s payments told to the stand-in for Stripe, so that both books say the same, but for what is meant to differ."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from maillage.demo.domain.giving import CARD, IBAN, ZONE
from maillage.demo.gateways import stand_in
from maillage.fundraising.domain.words import Account, DonationState, EntryKind, Method
from maillage.fundraising.models import Donation, Fund, LedgerLine, Payout
from maillage.fundraising.services.payments import keys_for
from maillage.fundraising.services.payouts import follow_payout
from maillage.kernel.dates import day_in

TELL = "demo.tell_stand_in"

OUTSIDE = 2500
"""Cents that somebody gave at the provider by a link of its own: our books do not know them, which the nightly reconciliation finds."""


def tell_stand_in(*, fund_id: UUID, now: datetime) -> int:
    """Tell the account of a recipient what its books speak of; say how much was new. Nothing where no stand-in takes payments.

    Safe to repeat. Raises: Unavailable (`no_account`), httpx.HTTPError while the stand-in does not answer.
    """
    fund = Fund.objects.select_related("stripe_account").get(pk=fund_id)
    if not stand_in.is_there():
        return 0
    keys = keys_for(fund)
    written = stand_in.tell_history(keys.code, {"payments": list(_payments(fund)), "payouts": list(_payouts(fund))})
    for payout in Payout.objects.filter(fund=fund).order_by("sent_at"):
        follow_payout(fund=fund, payout_id=payout.pk, keys=keys, now=now)
    return written


def _payments(fund: Fund) -> Iterator[dict[str, Any]]:
    lines = LedgerLine.objects.filter(entry__fund=fund, entry__donation__isnull=False, account=Account.PROVIDER)
    fees = {
        donation: (key.removeprefix("fee:"), -cents)
        for donation, key, cents in lines.filter(entry__kind=EntryKind.FEE).values_list("entry__donation", "entry__key", "amount")
    }
    refunds: dict[UUID, list[dict[str, Any]]] = {}
    back = lines.filter(entry__kind=EntryKind.REFUND).values_list("entry__donation", "entry__key", "amount", "entry__happened_at")
    for donation, key, cents, at in back:
        id = key.removeprefix("refund:")
        refunds.setdefault(donation, []).append({"id": id, "transaction": f"txn_{id}", "at": int(at.timestamp()), "amount": -cents})
    for each in Donation.objects.filter(fund=fund).select_related("monthly").order_by("started_at"):
        told: dict[str, Any] = {
            "id": each.intent,
            "at": int((each.settled_at or each.started_at).timestamp()),
            "amount": each.amount,
            "metadata": {"donation": str(each.pk)},
            "method": _method(each),
            "customer": each.monthly.customer if each.monthly else None,
        }
        if each.charge:
            transaction, fee = fees[each.pk]
            told |= {"charge": {"id": each.charge, "transaction": transaction, "fee": fee}, "refunds": refunds.get(each.pk, [])}
        elif each.state == DonationState.FAILED:
            told["declined"] = each.failure
        yield told
    yield _given_outside(fund)


def _method(donation: Donation) -> dict[str, str]:
    """How it was paid: what a monthly donation keeps, or what was used once."""
    monthly = donation.monthly
    id = monthly.payment_method if monthly else f"pm_{donation.intent}"
    if donation.method != Method.SEPA_DEBIT:
        return {"id": id, "card": CARD}
    return {"id": id, "iban": IBAN, "mandate": monthly.mandate if monthly else f"mandate_{donation.intent}"}


def _given_outside(fund: Fund) -> dict[str, Any]:
    last = Donation.objects.filter(fund=fund, settled_at__isnull=False).latest("settled_at").settled_at
    at = int(last.timestamp()) if last else 0
    return {
        "id": f"pi_outside_{fund.code}",
        "at": at,
        "amount": OUTSIDE,
        "method": {"id": f"pm_outside_{fund.code}", "card": CARD},
        "charge": {"id": f"ch_outside_{fund.code}", "transaction": f"txn_outside_{fund.code}", "fee": 63},
    }


def _payouts(fund: Fund) -> Iterator[dict[str, Any]]:
    for payout in Payout.objects.filter(fund=fund).order_by("sent_at"):
        week = datetime.combine(day_in(payout.sent_at, fund.time_zone), time.min, tzinfo=ZONE)
        yield {
            "id": payout.pk,
            "transaction": f"txn_{payout.pk}",
            "at": int(payout.sent_at.timestamp()),
            "until": int(week.timestamp()),
            "arrives": int((week + timedelta(hours=12)).timestamp()),
            "amount": payout.amount,
        }
