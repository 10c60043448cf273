"""The way to pay of a monthly donation, as the provider knows it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.fundraising.gateways import stripe
from maillage.fundraising.models import MonthlyStep
from maillage.fundraising.services import monthly_letters
from maillage.fundraising.services.monthly import locked
from maillage.fundraising.services.payments import keys_for


def complete_monthly(*, step_id: UUID, now: datetime) -> None:
    """Read at the provider how a donor knows their way to pay, keep it, and tell them what happened; safe to repeat.

    Raises: gateways.stripe.ProviderAway, gateways.stripe.Refused, Unavailable.
    """
    step = MonthlyStep.objects.select_related("monthly__fund__stripe_account").get(pk=step_id)
    keys = keys_for(step.monthly.fund)
    read_from = step.monthly.payment_method
    means = stripe.saved_means(keys, read_from) if read_from else None
    reference = stripe.mandate_reference(keys, step.monthly.mandate) if step.monthly.mandate else ""
    with transaction.atomic():
        monthly = locked(step.monthly_id)
        if means is not None and monthly.payment_method == read_from:
            monthly.method, monthly.method_label, monthly.method_ends_on = means.method, means.label, means.ends_on
            monthly.mandate_reference = reference
            monthly.save(update_fields=["method", "method_label", "method_ends_on", "mandate_reference"])
        monthly_letters.tell(step, now=now)
        journal.jobs.settle()
