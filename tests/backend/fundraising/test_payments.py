"""A payment applied: settled once, whatever is heard in which order."""

import pytest

from maillage.fundraising.domain.payments import Outcome
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import Donation, LedgerEntry
from maillage.fundraising.services.payments import AmountsDiffer, apply_payment
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from tests.backend.fundraising.factories import make_donation, paid, standing

pytestmark = pytest.mark.django_db


def test_a_paid_donation_is_settled_and_booked_once():
    donation = make_donation()
    payment = paid(donation)
    for _ in range(3):
        apply_payment(donation_id=donation.pk, payment=payment, seen=0, now=now())
    donation.refresh_from_db()
    assert donation.state == DonationState.SETTLED
    assert donation.settled_at == payment.charge.happened_at
    assert sorted(LedgerEntry.objects.values_list("kind", flat=True)) == ["donation", "fee"]
    assert Entry.objects.filter(name="donation.received").count() == 1


def test_a_fee_that_is_told_later_is_booked_then():
    donation = make_donation()
    first = paid(donation, fee=None)
    apply_payment(donation_id=donation.pk, payment=first, seen=0, now=now())
    apply_payment(donation_id=donation.pk, payment=paid(donation, fee=75), seen=0, now=now())
    assert sorted(LedgerEntry.objects.values_list("kind", flat=True)) == ["donation", "fee"]


def test_what_was_read_before_a_change_is_not_applied_after_it():
    donation = make_donation(version=3)
    assert apply_payment(donation_id=donation.pk, payment=standing(donation, Outcome.PROCESSING), seen=2, now=now()) is None
    assert Donation.objects.get().state == DonationState.STARTED


@pytest.mark.parametrize("outcome", [Outcome.PROCESSING, Outcome.CONFIRMING, Outcome.CANCELLED, Outcome.OPEN, Outcome.AUTHORISED])
def test_a_settled_donation_stays_so(outcome):
    donation = make_donation(state=DonationState.SETTLED)
    apply_payment(donation_id=donation.pk, payment=standing(donation, outcome, decline="expired_card"), seen=0, now=now())
    assert Donation.objects.get().state == DonationState.SETTLED


@pytest.mark.parametrize("state", [DonationState.FAILED, DonationState.ENDED, DonationState.PROCESSING, DonationState.HELD])
def test_money_that_came_is_settled_whatever_was_thought_of_it(state):
    donation = make_donation(state=state)
    apply_payment(donation_id=donation.pk, payment=paid(donation), seen=0, now=now())
    assert Donation.objects.get().state == DonationState.SETTLED


def test_a_decline_keeps_its_code():
    donation = make_donation(state=DonationState.PROCESSING)
    apply_payment(donation_id=donation.pk, payment=standing(donation, Outcome.OPEN, decline="insufficient_funds"), seen=0, now=now())
    donation.refresh_from_db()
    assert (donation.state, donation.failure) == (DonationState.FAILED, "insufficient_funds")


def test_an_untried_payment_changes_nothing():
    donation = make_donation(state=DonationState.STARTED)
    apply_payment(donation_id=donation.pk, payment=standing(donation, Outcome.OPEN), seen=0, now=now())
    assert Donation.objects.get().state == DonationState.STARTED


def test_another_amount_than_asked_is_not_settled():
    donation = make_donation(amount=5000)
    with pytest.raises(AmountsDiffer):
        apply_payment(donation_id=donation.pk, payment=standing(donation, Outcome.PAID, amount=500), seen=0, now=now())
    assert Donation.objects.get().state == DonationState.STARTED
