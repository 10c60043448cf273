"""Messages of the payment provider: taken in by one INSERT, then taken as a reason to look at what they are about."""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from maillage.fundraising.domain.words import DonationState, EntryKind
from maillage.fundraising.gateways import stripe
from maillage.fundraising.gateways.accounts import Keys, keys_of
from maillage.fundraising.gateways.stripe_objects import DONATION
from maillage.fundraising.models import Donation, Fund
from maillage.fundraising.services import disputes, payments, payouts, refunds
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
    Facts: donation.received, donation.refunded, donation.returned, payout.arrived and what else it tells. Raises: ProviderAway.
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


def follow_given_back(*, donation_id: UUID, now: datetime) -> None:
    """Read what went back of a donation, by refunds and by banks, and write down what is new; safe to repeat.

    Facts: donation.refunded, donation.returned, donation.disputed, donation.reinstated.  Raises: ProviderAway.
    """
    keys = payments.keys_for(Donation.objects.select_related("fund__stripe_account").get(pk=donation_id).fund)
    refunds.follow_refunds(donation_id=donation_id, keys=keys, now=now)
    disputes.follow_disputes(donation_id=donation_id, keys=keys, now=now)


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
        refunds.follow_refunds(donation_id=donation.pk, keys=keys, now=now)


def _refund(keys: Keys, told: dict[str, object], now: datetime) -> None:
    donation = _settled(keys, told, now)
    if donation is not None:
        refunds.follow_refunds(donation_id=donation.pk, keys=keys, now=now)


def _dispute(keys: Keys, told: dict[str, object], now: datetime) -> None:
    donation = _settled(keys, told, now)
    if donation is not None:
        refunds.follow_refunds(donation_id=donation.pk, keys=keys, now=now)  # of each envelope a bank takes what they left
        disputes.apply_dispute(donation_id=donation.pk, found=stripe.dispute(keys, str(told["id"])), now=now)


def _settled(keys: Keys, told: dict[str, object], now: datetime) -> Donation | None:
    """Find the donation whose charge is told of, looked at first where we do not know yet that it was paid."""
    donation = Donation.objects.filter(fund__stripe_account__code=keys.code, charge=str(told.get("charge") or "")).first()
    if donation is None:
        intent = str(told.get("payment_intent") or "")
        donation = _donation(told, intent, keys)
        if donation is not None:
            _look(donation, intent, keys, now)
    return donation


def _payout(keys: Keys, told: dict[str, object], now: datetime) -> None:
    fund = Fund.objects.filter(stripe_account__code=keys.code).first()
    if fund is not None:
        payouts.follow_payout(fund=fund, payout_id=str(told["id"]), keys=keys, now=now)


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
    named = read_uuid(str(metadata.get(DONATION, ""))) if isinstance(metadata, dict) else None
    return here.filter(pk=named, intent__isnull=True).first() if named else None


Follow = Callable[[Keys, dict[str, object], datetime], None]

_FOLLOWS: dict[str, Follow] = {
    "payment_intent": _payment,
    "charge": _charge,
    "charge.refunded": _charge,
    "refund": _refund,
    "charge.refund": _refund,
    "charge.dispute": _dispute,
    "payout": _payout,
}
"""What is done about a message, by its type or by what its type begins with."""
