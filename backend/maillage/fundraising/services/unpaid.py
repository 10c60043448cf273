"""Donations that were begun and never paid: given up after a day, so that what they reserved of a cap is free again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage import journal
from maillage.fundraising.domain.payments import Outcome, Payment
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.gateways import stripe
from maillage.fundraising.models import Donation, PaymentAttempt
from maillage.fundraising.services import monthly
from maillage.fundraising.services.payments import follow_payment, keys_for, look_again

GIVE_UP = "fundraising.give_up_donation"

GIVEN_UP_AFTER = timedelta(hours=24)
"""How long a donation waits for its giver, or for their bank to hear from them, since it was begun or last tried."""

BATCH = 500
"""Donations asked for in one statement."""

_WAITING = (DonationState.STARTED, DonationState.CONFIRMING, DonationState.FAILED)
"""A debit on its way and a card that is looked at wait for others, and stay reserved."""


def ask_to_give_up(*, now: datetime) -> int:
    """Ask for the job that gives up each donation that waited a day; once a day of each, say how many were new."""
    waiting = unpaid(now).order_by("pk").values_list("pk", flat=True)
    asked, last = 0, None
    while batch := list((waiting if last is None else waiting.filter(pk__gt=last))[:BATCH]):
        many = [{"donation_id": pk, "turn": f"{now:%Y-%m-%d}:{pk}"} for pk in batch]
        asked += journal.jobs.enqueue_many(GIVE_UP, many, unique_by="turn")
        last = batch[-1]
    return asked


def unpaid(now: datetime) -> QuerySet[Donation]:
    """Return the donations that were begun a day ago, and neither paid nor tried again since.

    Instalments have their schedule, but for one that its donor left at their bank and that no day tries again.
    """
    lately = PaymentAttempt.objects.filter(donation=OuterRef("pk"), at__gt=now - GIVEN_UP_AFTER)
    left_at_bank = Q(state=DonationState.CONFIRMING, monthly__isnull=False, monthly__retry_on__isnull=True)
    waiting = Donation.objects.filter(~Exists(lately), state__in=_WAITING, started_at__lte=now - GIVEN_UP_AFTER)
    return waiting.filter(Q(key__isnull=False) | left_at_bank)


def give_up_donation(*, donation_id: UUID, now: datetime) -> Donation:
    """Cancel a donation that waited a day at the provider first, then end it; settle it where the money came meanwhile.

    Safe to repeat, wherever it was interrupted. Nothing is done about one that was paid or tried since.
    Facts: donation.received, monthly_donation.stopped.  Raises: gateways.stripe.ProviderAway, Unavailable (`no_account`).
    """
    donation = Donation.objects.select_related("fund__stripe_account").get(pk=donation_id)
    if not unpaid(now).filter(pk=donation_id).exists():
        return donation
    if donation.intent is None:  # what was begun there is confirmed only once its name is kept here: nothing can be taken
        return _end(donation_id, now=now)
    donation = look_again(donation_id=donation_id, now=now)  # a card that waits for the treasurer meanwhile is not let go
    if donation.intent is None or not unpaid(now).filter(pk=donation_id).exists():
        return donation
    keys = keys_for(donation.fund)
    standing = stripe.give_up(keys, donation.intent)
    return follow_payment(donation_id, standing, keys=keys, seen=donation.version, now=now)


def _end(donation_id: UUID, *, now: datetime) -> Donation:
    with transaction.atomic():
        monthly.lock_of(donation_id)
        donation = Donation.objects.locked(donation_id)
        if donation.intent is None and unpaid(now).filter(pk=donation_id).exists():
            donation.state = DonationState.ENDED
            donation.version += 1
            donation.save(update_fields=["state", "version"])
            never = Payment(id="", donation=str(donation.pk), outcome=Outcome.CANCELLED, amount=donation.amount, currency=donation.currency)
            monthly.follow(donation, never, now=now)
    return donation
