"""A monthly donation begins with its first payment."""

import pytest

from maillage.fundraising import services
from maillage.fundraising.domain.payments import Outcome
from maillage.fundraising.domain.schedule import next_due
from maillage.fundraising.domain.words import DonationState, Method, MonthlyState
from maillage.fundraising.models import Donation, MonthlyDonation
from maillage.fundraising.services.payments import apply_payment
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from tests.backend.days import in_days
from tests.backend.fundraising.factories import DECLARED, asked_for, make_fund, paid, standing
from tests.backend.fundraising.monthly_world import Bank, complete, make_bank, monthly_paid_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(stripe_account, settings) -> Bank:
    return make_bank(stripe_account, settings)


def begun() -> Donation:
    fund = make_fund()
    return services.start_donation(fund=fund, asked=asked_for(fund, 1000, monthly_day=5), declared=DECLARED, key="k" * 20, now=now())


def monthly() -> MonthlyDonation:
    return MonthlyDonation.objects.get()


def test_it_begins_when_the_first_payment_is_settled():
    donation = begun()
    apply_payment(donation_id=donation.pk, payment=_with_means(paid(donation)), seen=0, now=now())
    assert monthly().state == MonthlyState.ACTIVE
    assert monthly().payment_method == "pm_1"
    assert monthly().next_on == next_due(5, after=donation.counted_on)
    assert Job.objects.filter(name="fundraising.complete_monthly").count() == 1
    assert Entry.objects.filter(name="monthly_donation.begun").count() == 1


def test_it_begins_once_whatever_is_heard_how_often():
    donation = begun()
    apply_payment(donation_id=donation.pk, payment=_with_means(standing(donation, Outcome.PROCESSING)), seen=0, now=now())
    assert monthly().state == MonthlyState.ACTIVE
    for _time in range(3):
        apply_payment(donation_id=donation.pk, payment=_with_means(paid(donation)), seen=1, now=now())
    assert Job.objects.filter(name="fundraising.complete_monthly").count() == 1


def test_a_first_debit_that_is_refused_stops_it_and_its_donor_is_told():
    donation = begun()
    apply_payment(donation_id=donation.pk, payment=_with_means(standing(donation, Outcome.PROCESSING)), seen=0, now=now())
    refusal = standing(donation, Outcome.OPEN, decline="insufficient_funds")
    apply_payment(donation_id=donation.pk, payment=refusal, seen=1, now=now())
    assert (monthly().state, monthly().next_on) == (MonthlyState.STOPPED, None)
    assert Message.objects.get().address == DECLARED.email


def test_one_that_is_paid_after_all_begins():
    donation = begun()
    apply_payment(donation_id=donation.pk, payment=standing(donation, Outcome.PROCESSING), seen=0, now=now())
    apply_payment(donation_id=donation.pk, payment=standing(donation, Outcome.OPEN, decline="no_account"), seen=1, now=now())
    apply_payment(donation_id=donation.pk, payment=_with_means(paid(donation)), seen=2, now=now())
    assert monthly().state == MonthlyState.ACTIVE
    assert monthly().stopped_at is None


def test_a_declined_card_leaves_it_waiting_and_a_given_up_payment_stops_it():
    donation = begun()
    apply_payment(donation_id=donation.pk, payment=standing(donation, Outcome.OPEN, decline="card_declined"), seen=0, now=now())
    assert monthly().state == MonthlyState.STARTING
    apply_payment(donation_id=donation.pk, payment=standing(donation, Outcome.CANCELLED), seen=1, now=now())
    assert (monthly().state, monthly().next_on) == (MonthlyState.STOPPED, None)
    assert not Message.objects.exists()


@pytest.mark.parametrize(("means", "label"), [("pm_card_fr", "•••• 0003"), ("pm_success_fr", "IBAN •••• 1116")])
def test_its_way_to_pay_is_read_and_its_donor_told_once(bank: Bank, means: str, label: str):
    found = monthly_paid_by(bank, means)
    assert found.state == MonthlyState.ACTIVE
    assert found.customer.startswith("cus_")
    complete(found)
    complete(found)
    found.refresh_from_db()
    assert label[-4:].isdigit()
    assert "••••" in found.method_label
    assert Message.objects.filter(purpose="fundraising.monthly").count() == 1
    if found.method == Method.SEPA_DEBIT:
        assert found.mandate.startswith("mandate_")
        assert found.mandate_reference
        assert found.donations.get().state == DonationState.PROCESSING
    else:
        assert found.method_ends_on > in_days(31)


def _with_means(payment):
    from dataclasses import replace

    return replace(payment, means="pm_1")
