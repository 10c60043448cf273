"""Messages of the payment provider: taken in by one INSERT, then taken as a reason to look at what they are about."""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage.fundraising.domain import postings
from maillage.fundraising.domain.payments import Refund
from maillage.fundraising.domain.words import DonationState, EntryKind
from maillage.fundraising.gateways import stripe
from maillage.fundraising.gateways.accounts import Keys, keys_of
from maillage.fundraising.models import Donation, Fund
from maillage.fundraising.services import ledger, payments
from maillage.journal import inbox
from maillage.kernel.ids import read_uuid

log = logging.getLogger(__name__)

SOURCE = "stripe"


def take_in(*, account: str, event_id: str, body: bytes) -> UUID | None:
    """Keep a message of an account whose signature was verified; None when it came before. One INSERT."""
    return inbox.receive(SOURCE, external_id=f"{account}:{event_id}", body=body)


def settle_message(*, inbound_id: UUID, now: datetime) -> None:
    """Look at what a message is about, as it stands at the provider now, and apply that; safe to repeat, in any order.

    What is about no donation of ours is left alone: the account may be used for other things.
    Facts: donation.received, donation.refunded.  Raises: gateways.stripe.ProviderAway.
    """
    with inbox.handling(inbound_id) as message:
        code, _, _ = message.external_id.partition(":")
        keys = keys_of(code)
        if keys is None:
            raise LookupError(f"no keys of the account {code} are left: its messages wait until there are")
        event = json.loads(message.body)
        told = event["data"]["object"]
        follow = _FOLLOWS.get(event["type"]) or _FOLLOWS.get(event["type"].rpartition(".")[0])
        if follow is not None:
            follow(keys, told, now)


def _payment(keys: Keys, told: dict[str, object], now: datetime) -> None:
    donation = _donation(told, str(told["id"]), keys)
    if donation is not None and (donation.state != DonationState.SETTLED):
        _look(donation, str(told["id"]), keys, now)


def _charge(keys: Keys, told: dict[str, object], now: datetime) -> None:
    intent = str(told.get("payment_intent") or "")
    donation = _donation(told, intent, keys)
    if donation is None:
        return
    lacks_fee = not donation.entries.filter(kind=EntryKind.FEE).exists()
    if donation.state != DonationState.SETTLED or lacks_fee:
        _look(donation, intent, keys, now)
    if told.get("amount_refunded"):
        follow_refunds(donation_id=donation.pk, keys=keys, now=now)


def _refund(keys: Keys, told: dict[str, object], now: datetime) -> None:
    donation = Donation.objects.filter(charge=str(told.get("charge") or "")).first()
    if donation is None:
        donation = _donation(told, str(told.get("payment_intent") or ""), keys)
        if donation is None:
            return
        _look(donation, str(told["payment_intent"]), keys, now)
    follow_refunds(donation_id=donation.pk, keys=keys, now=now)


def _payout(keys: Keys, told: dict[str, object], now: datetime) -> None:
    fund = Fund.objects.filter(stripe_account__code=keys.code).first()
    if fund is None:
        return
    sent = stripe.payout(keys, str(told["id"]))
    posting = postings.of_payout(fund.pk, sent)
    if sent.state in ("paid", "in_transit", "pending"):
        ledger.post([posting], now=now)
    elif sent.state in ("failed", "canceled"):
        back = postings.turned(posting, key=f"payout-back:{sent.id}", kind=EntryKind.PAYOUT_FAILED, happened_at=sent.happened_at)
        ledger.post([posting, back], now=now)


def follow_refunds(*, donation_id: UUID, keys: Keys, now: datetime) -> None:
    """Read what was given back of a donation at the provider, and write down what is new. Facts: donation.refunded."""
    charge = Donation.objects.values_list("charge", flat=True).get(pk=donation_id)
    if charge is None:
        return
    found = stripe.refunds_of(keys, charge)
    with transaction.atomic():
        donation = Donation.objects.locked(donation_id)
        apply_refunds(donation, found, now=now)


def apply_refunds(donation: Donation, found: list[Refund], *, now: datetime) -> None:
    """Write down the refunds of a locked donation; those that failed are written both ways. Facts: donation.refunded."""
    given = payments.as_given(donation)
    done = [refund for refund in found if refund.state in ("succeeded", "pending", "requires_action")]
    failed = [refund for refund in found if refund.state in ("failed", "canceled")]
    entries = [postings.of_refund(given, refund) for refund in (*done, *failed)]
    entries += [
        postings.turned(
            postings.of_refund(given, refund),
            key=f"refund-back:{refund.id}",
            kind=EntryKind.REFUND_FAILED,
            happened_at=refund.happened_at,
        )
        for refund in failed
    ]
    ledger.post(entries, now=now)
    payments.note_given_back(donation, now=now)


def _look(donation: Donation, intent: str, keys: Keys, now: datetime) -> None:
    if donation.intent is None:  # the message was faster than the answer to our own call
        Donation.objects.filter(pk=donation.pk, intent__isnull=True).update(intent=intent)
    payments.look_again(donation_id=donation.pk, now=now)


def _donation(told: dict[str, object], intent: str, keys: Keys) -> Donation | None:
    """Find whose payment a message is about: by its intent, else by the row of ours that it names, in the same account only."""
    here = Donation.objects.filter(fund__stripe_account__code=keys.code)
    found = here.filter(intent=intent).first() if intent else None
    if found is not None:
        return found
    metadata = told.get("metadata")
    named = read_uuid(str(metadata.get(stripe.DONATION, ""))) if isinstance(metadata, dict) else None
    return here.filter(pk=named, intent__isnull=True).first() if named else None


Follow = Callable[[Keys, dict[str, object], datetime], None]

_FOLLOWS: dict[str, Follow] = {
    "payment_intent": _payment,
    "charge": _charge,
    "charge.refunded": _charge,
    "refund": _refund,
    "charge.refund": _refund,
    "payout": _payout,
}
"""What is done about a message, by its type or by what its type begins with."""
