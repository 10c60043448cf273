"""Monthly donations that were begun at the stand-in for Stripe, as situations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from maillage.fundraising import services
from maillage.fundraising.models import Donor, Fund, MonthlyDonation
from maillage.kernel.clock import now
from tests.backend.fundraising.factories import DECLARED, asked_for, make_fund
from tests.backend.stripe_stand_in import StripeAccount


@dataclass
class Bank:
    """A recipient whose account is at the stand-in."""

    account: StripeAccount
    fund: Fund

    def token(self, means: str) -> str:
        """What a browser collects: a token of a test card or account."""
        made = self.account.client.v1.test_helpers.confirmation_tokens.create({"payment_method": means})
        return str(made.id)

    def charges(self) -> list[Any]:
        """What the bank took."""
        return [each for each in self.account.client.v1.charges.list({"limit": 100}).data if each.paid]

    def intents(self) -> list[Any]:
        """What was ever asked for."""
        return list(self.account.client.v1.payment_intents.list({"limit": 100}).data)


def make_bank(account: StripeAccount, settings: Any, **fields: Any) -> Bank:
    """Point the product at the stand-in."""
    settings.STRIPE_API_URL = account.address
    settings.STRIPE_ACCOUNTS = account.written
    return Bank(account, make_fund(account=account.name, **{"creditor_id": "FR72ZZZ123456"} | fields))


def monthly_paid_by(
    bank: Bank, means: str = "pm_card_fr", *, amount: int = 1000, day: int = 5, at: datetime | None = None, **fields: Any
) -> MonthlyDonation:
    """One whose first payment was tried with a test card or account; `fields` are of its donor."""
    instant = at or now()
    donation = services.start_donation(
        fund=bank.fund, asked=asked_for(bank.fund, amount, monthly_day=day), declared=DECLARED, key=uuid4().hex, now=instant
    )
    if fields:
        Donor.objects.filter(pk=donation.donor_id).update(**fields)
    services.pay_donation(donation_id=donation.pk, token=bank.token(means), return_url="https://maillage.example/", now=instant)
    return MonthlyDonation.objects.get(pk=donation.monthly_id)


def complete(monthly: MonthlyDonation) -> None:
    """Run the job that reads its way to pay."""
    for step in monthly.steps.filter(kind="begun"):
        services.complete_monthly(step_id=step.pk, now=now())
