"""Monthly donations that were begun at the stand-in for Stripe, as situations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from maillage.fundraising import services
from maillage.fundraising.domain.words import DonationState, Method, MonthlyState
from maillage.fundraising.models import Donation, Donor, Fund, MonthlyDonation, MonthlyStep
from maillage.fundraising.services.monthly_changes import BY_LINK
from maillage.fundraising.services.monthly_runs import CHARGE, LOOK_AT
from maillage.journal.models import Job
from maillage.kernel.clock import now
from tests.backend.fundraising.factories import DECLARED, asked_for, make_donation, make_fund
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

    def tries(self) -> int:
        """How often the bank was asked, whatever it said."""
        return len(self.account.client.v1.charges.list({"limit": 100}).data)

    def intents(self) -> list[Any]:
        """What was ever asked for."""
        return list(self.account.client.v1.payment_intents.list({"limit": 100}).data)


def make_bank(account: StripeAccount, settings: Any, **fields: Any) -> Bank:
    """Point the product at the stand-in."""
    settings.STRIPE_API_URL = account.address
    settings.STRIPE_ACCOUNTS = account.written
    return Bank(account, make_fund(account=account.name, **{"creditor_id": "FR72ZZZ123456"} | fields))


def monthly_paid_by(
    bank: Bank,
    means: str = "pm_card_fr",
    *,
    amount: int = 1000,
    day: int = 5,
    shares: Mapping[str, int] | None = None,
    **fields: Any,
) -> MonthlyDonation:
    """One whose first payment was tried with a test card or account; `fields` are of its donor."""
    asked = asked_for(bank.fund, amount, monthly_day=day, shares=shares or {})
    donation = services.start_donation(fund=bank.fund, asked=asked, declared=DECLARED, key=uuid4().hex, now=now())
    if donation.donor.identity_id is None:
        services.identify_donor(donor_id=donation.donor_id)
    if fields:
        Donor.objects.filter(pk=donation.donor_id).update(**fields)
    services.pay_donation(donation_id=donation.pk, token=bank.token(means), return_url="https://maillage.example/", now=now())
    return MonthlyDonation.objects.get(pk=donation.monthly_id)


def complete(monthly: MonthlyDonation) -> None:
    """Run the job that reads its way to pay."""
    for step in monthly.steps.filter(kind="begun"):
        services.complete_monthly(step_id=step.pk, now=now())


def due_of(monthly: MonthlyDonation) -> date:
    """The day of its next instalment."""
    found = MonthlyDonation.objects.values_list("next_on", flat=True).get(pk=monthly.pk)
    assert found is not None
    return found


def noon(day: date) -> datetime:
    """An instant of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def run_all(at: datetime) -> list[Job]:
    """Let an hour's run and the jobs that it asks for be done; return the charges among them."""
    done = list(Job.objects.values_list("pk", flat=True))
    services.take_instalments(now=at)
    looks = Job.objects.filter(name=LOOK_AT).exclude(pk__in=done)
    for job in looks:
        services.look_at_monthly(monthly_id=UUID(job.args["monthly_id"]), now=at)
    charges = list(Job.objects.filter(name=CHARGE).exclude(pk__in=done))
    for job in charges:
        services.charge_instalment(donation_id=UUID(job.args["donation_id"]), attempt=job.args["attempt"], now=at)
    return charges


def make_monthly(fund: Fund, *, donor: Donor, **fields: Any) -> MonthlyDonation:
    """One that runs, of which nothing is known at the provider."""
    found = {"state": MonthlyState.ACTIVE, "amount": 1000, "currency": fund.currency, "day": 5, "method": Method.CARD} | fields
    next_on = None if found["state"] in (MonthlyState.PAUSED, MonthlyState.STOPPED) else date(2027, 1, 5)
    return MonthlyDonation.objects.create(fund=fund, donor=donor, next_on=next_on, **found)


def make_instalment(monthly: MonthlyDonation) -> Donation:
    """The last one, which was paid."""
    kept = {"key": None, "due_on": date(2026, 12, 5), "state": DonationState.SETTLED, "monthly": monthly, "intent": None}
    return make_donation(monthly.fund, donor=monthly.donor, amount=monthly.amount, **kept)


def make_change(monthly: MonthlyDonation) -> MonthlyStep:
    """A pause that ended by itself, and can be undone all the same."""
    step = services.pause_monthly(monthly_id=monthly.pk, until=None, hand=BY_LINK, now=now())
    assert step is not None
    MonthlyDonation.objects.filter(pk=monthly.pk).update(state=monthly.state, next_on=monthly.next_on)
    return step
