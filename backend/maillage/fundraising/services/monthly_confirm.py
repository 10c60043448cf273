"""An instalment confirmed by its donor, whose bank wants to hear from them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.fundraising.domain.payments import Payment
from maillage.fundraising.domain.words import RUNNING, DonationState
from maillage.fundraising.gateways import stripe
from maillage.fundraising.models import Donation, MonthlyDonation, PaymentAttempt
from maillage.fundraising.selectors.funds import day_of_payment
from maillage.fundraising.services.allowance import reserve_again
from maillage.fundraising.services.monthly import latest_of, locked
from maillage.fundraising.services.payments import LOOK_AGAIN, LOOKED_AT_AGAIN_AFTER, follow_payment, keys_for, refuse_uncollected
from maillage.kernel.errors import Conflict, Invalid, Unavailable


def confirm_instalment(*, donation_id: UUID, return_url: str, now: datetime) -> Payment | None:
    """Try a refused instalment once more, with its donor there; None where there is nothing to confirm any more.

    `Payment.bank_page` is where their bank asks. It is the same intent as before, so it is paid once whoever tries it meanwhile.
    Facts: donation.received.  Raises: Conflict (`nothing_to_confirm`: also beyond a cap, of which a link alone tells nothing;
    `not_collecting`), Unavailable (`provider_away`).
    """
    monthly, donation = _prepare(donation_id, now=now)
    if donation is None or donation.intent is None:
        return None
    keys = keys_for(monthly.fund)
    key = f"{donation.pk}-{donation.version}"
    try:
        payment = stripe.confirm_at_bank(keys, intent=donation.intent, means=monthly.payment_method, return_url=return_url, key=key)
    except stripe.ProviderAway:
        raise Unavailable(_("The payment service does not answer. Nothing is taken twice: try again in a few minutes.")) from None
    except stripe.Refused:
        raise _nothing() from None
    follow_payment(donation_id, payment, keys=keys, seen=donation.version, now=now)
    PaymentAttempt.objects.filter(donation=donation, token=key).update(outcome=(payment.decline or payment.outcome.value)[:48])
    return payment


def can_be_confirmed(donation: Donation) -> bool:
    """Say whether an instalment waits for its donor: it is the last one, was asked for at the bank, and not paid."""
    monthly = donation.monthly
    if monthly is None or donation.intent is None or monthly.state not in RUNNING:
        return False
    return donation.state in (DonationState.FAILED, DonationState.CONFIRMING) and latest_of(monthly) == donation


def _prepare(donation_id: UUID, *, now: datetime) -> tuple[MonthlyDonation, Donation | None]:
    with transaction.atomic():
        seen = Donation.objects.select_related("fund", "donor", "monthly").get(pk=donation_id)
        if seen.monthly_id is None:
            raise _nothing()
        if seen.state == DonationState.FAILED:
            try:
                reserve_again(seen, now=now)
            except Invalid:
                raise _nothing() from None
        monthly = locked(seen.monthly_id)
        donation = Donation.objects.select_related("monthly").locked(donation_id)
        if donation.state in (DonationState.SETTLED, DonationState.PROCESSING):
            return monthly, None
        if not can_be_confirmed(donation):
            raise _nothing()
        refuse_uncollected(monthly.fund, now=now)
        donation.state, donation.failure, donation.counted_on = DonationState.STARTED, "", day_of_payment(monthly.fund, now)
        donation.version += 1
        donation.save(update_fields=["state", "failure", "counted_on", "version"])
        PaymentAttempt.objects.create(donation=donation, token=f"{donation.pk}-{donation.version}", at=now)
        again = now + LOOKED_AT_AGAIN_AFTER
        journal.jobs.enqueue(LOOK_AGAIN, donation_id=donation_id, run_at=again, unique_key=f"{donation_id}:{donation.version}")
        return monthly, donation


def _nothing() -> Conflict:
    return Conflict(_("There is nothing to confirm any more. Nothing was taken."), code="nothing_to_confirm")
