"""A debit made once: what its mandate is called, and when its donor's bank is to pay it, told before it is taken."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.gateways import stripe
from maillage.fundraising.models import Donation
from maillage.fundraising.services.giving_letters import DEBIT
from maillage.fundraising.services.letter_parts import to_donor
from maillage.fundraising.services.payments import keys_for


def tell_of_debit(*, donation_id: UUID, now: datetime) -> None:
    """Read at the provider how a debit's mandate is called, keep it, and write to the donor while the debit is to come; safe to repeat.

    Raises: gateways.stripe.ProviderAway, gateways.stripe.Refused, Unavailable.
    """
    donation = Donation.objects.select_related("fund__stripe_account").get(pk=donation_id)
    if donation.mandate_reference or donation.intent is None:
        return
    keys = keys_for(donation.fund)
    payment = stripe.payment(keys, donation.intent)
    reference = stripe.mandate_reference(keys, payment.mandate) if payment.mandate else ""
    with transaction.atomic():
        donation = Donation.objects.select_related("donor").locked(donation_id)
        if reference and not donation.mandate_reference:
            donation.mandate_reference, donation.debit_on = reference, payment.debit_on
            donation.save(update_fields=["mandate_reference", "debit_on"])
            if donation.state == DonationState.PROCESSING:
                to_donor(DEBIT.name, donation.donor, about_id=donation.pk, now=now)
        journal.jobs.settle()
