"""What was begun and never paid is given up after a day, at the provider first."""

from datetime import timedelta
from uuid import uuid4

import pytest

from maillage.fundraising import services
from maillage.fundraising.domain.card_testing import NOWHERE
from maillage.fundraising.domain.payments import Means
from maillage.fundraising.domain.words import DonationState, Method, MonthlyState
from maillage.fundraising.gateways import stripe
from maillage.fundraising.gateways.accounts import keys_of
from maillage.fundraising.models import Donation, MonthlyDonation, PaymentAttempt
from maillage.fundraising.selectors.allowance import Whose, allowances
from maillage.fundraising.services import unpaid
from maillage.fundraising.services.payments import _begin_attempt
from maillage.journal.models import Job
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.people.selectors.organisation import hold, unnamed
from tests.backend.days import in_days
from tests.backend.fundraising.factories import DECLARED, asked_for, make_donation, make_donor, make_fund
from tests.backend.fundraising.monthly_world import Bank, make_bank, make_monthly

pytestmark = pytest.mark.django_db

DAY = timedelta(hours=24)


@pytest.fixture
def bank(stripe_account, settings) -> Bank:
    return make_bank(stripe_account, settings)


def begun(fund, amount=5000, **fields) -> Donation:
    return services.start_donation(
        fund=fund, asked=asked_for(fund, amount, **fields), declared=DECLARED, key=uuid4().hex, proved=DECLARED.email, now=now()
    )


def tried(bank, means) -> Donation:
    donation = begun(bank.fund)
    services.pay_donation(donation_id=donation.pk, token=bank.token(means), return_url="https://maillage.example/", now=now())
    donation.refresh_from_db()
    return donation


def given_up(donation, *, after=DAY) -> Donation:
    services.give_up_donation(donation_id=donation.pk, now=now() + after)
    donation.refresh_from_db()
    return donation


def intent(bank, donation):
    return bank.account.client.v1.payment_intents.retrieve(donation.intent)


def test_what_was_never_tried_ends_and_gives_its_part_back():
    fund = make_fund()
    donation = begun(fund, 700_000)
    assert given_up(donation, after=DAY - timedelta(minutes=1)).state == DonationState.STARTED
    assert given_up(donation).state == DonationState.ENDED
    (allowance,) = allowances(Whose([donation.donor.identity_id], proven=True), fund=fund, today=in_days())
    assert allowance.remaining == 750_000


def test_a_monthly_donation_that_never_began_stops():
    given_up(begun(make_fund(), 1000, monthly_day=5))
    assert MonthlyDonation.objects.get().state == MonthlyState.STOPPED


def test_what_waits_for_its_giver_at_their_bank_is_cancelled_there_first(bank):
    donation = tried(bank, "pm_card_authenticationRequired")
    assert donation.state == DonationState.CONFIRMING
    assert given_up(donation).state == DonationState.ENDED
    assert intent(bank, donation).status == "canceled"


def test_what_was_declined_a_day_ago_is_cancelled_there_first(bank):
    donation = tried(bank, "pm_card_chargeDeclinedExpiredCard")
    assert donation.state == DonationState.FAILED
    assert given_up(donation, after=DAY - timedelta(minutes=1)).state == DonationState.FAILED
    assert given_up(donation).state == DonationState.ENDED
    assert intent(bank, donation).status == "canceled"


def test_money_that_came_meanwhile_is_settled(bank):
    house = unnamed()
    house.country = "DE"
    hold(house, seconds=3600)
    donation = tried(bank, "pm_card_authenticationRequired")
    bank.account.prove(donation.intent)
    assert given_up(donation).state == DonationState.SETTLED
    assert len(bank.charges()) == 1


def test_a_card_that_waits_for_the_treasurer_meanwhile_is_not_let_go(bank):
    donation = tried(bank, "pm_card_authenticationRequired")
    bank.account.prove(donation.intent)
    assert given_up(donation).state == DonationState.HELD
    assert intent(bank, donation).status == "requires_capture"


def test_killed_after_the_provider_cancelled_it_is_ended_the_next_time(bank):
    donation = tried(bank, "pm_card_authenticationRequired")
    stripe.give_up(keys_of(bank.account.name), donation.intent)
    assert given_up(donation).state == DonationState.ENDED


def test_nothing_is_decided_while_the_provider_is_away(bank):
    donation = tried(bank, "pm_card_authenticationRequired")
    bank.account.switch("api", outage="503")
    with pytest.raises(stripe.ProviderAway):
        given_up(donation)
    donation.refresh_from_db()
    assert donation.state == DonationState.CONFIRMING
    bank.account.switch("api")
    assert given_up(donation).state == DonationState.ENDED


def test_a_debit_on_its_way_stays_reserved_until_its_bank_answers(bank):
    donation = tried(bank, "pm_success_fr")
    assert donation.state == DonationState.PROCESSING
    assert given_up(donation, after=timedelta(days=9)).state == DonationState.PROCESSING
    (allowance,) = allowances(Whose([donation.donor.identity_id], proven=True), fund=bank.fund, today=in_days())
    assert allowance.counted == 5000


def test_what_was_tried_again_lately_waits_another_day():
    donation = make_donation(state=DonationState.CONFIRMING, at=now() - timedelta(days=3))
    PaymentAttempt.objects.create(donation=donation, token="ctoken_1", at=now() - timedelta(hours=1))
    assert not unpaid.unpaid(now()).exists()
    assert unpaid.unpaid(now() + DAY).exists()


def test_an_instalment_left_at_the_bank_waits_a_day_once_no_day_tries_it_again():
    monthly = make_monthly(make_fund(), donor=make_donor(), state=MonthlyState.FAILING)
    waiting = {"key": None, "due_on": in_days(), "monthly": monthly, "at": now() - timedelta(days=3)}
    donation = make_donation(monthly.fund, donor=monthly.donor, state=DonationState.CONFIRMING, **waiting)
    PaymentAttempt.objects.create(donation=donation, token="ctoken_1", at=now() - timedelta(hours=1))
    assert not unpaid.unpaid(now()).exists()
    assert list(unpaid.unpaid(now() + DAY)) == [donation]
    MonthlyDonation.objects.update(retry_on=in_days())
    assert not unpaid.unpaid(now() + DAY).exists()


@pytest.mark.parametrize("state", sorted(set(DonationState) - {DonationState.STARTED, DonationState.CONFIRMING, DonationState.FAILED}))
def test_other_states_are_left_alone(state):
    assert given_up(make_donation(state=state, at=now() - timedelta(days=3))).state == state


def test_what_the_schedule_takes_is_left_to_the_schedule():
    make_donation(state=DonationState.STARTED, at=now() - timedelta(days=3), key=None)
    assert not unpaid.unpaid(now()).exists()


def test_a_try_in_the_moment_in_which_it_is_given_up_takes_nothing():
    donation = make_donation(make_fund(), state=DonationState.ENDED)
    means = Means(id="pm_1", method=Method.CARD, label="", fingerprint="", country="FR", funding="credit")
    with pytest.raises(Conflict) as ended:
        _begin_attempt(donation.pk, "ctoken_1", means, reason=None, origin=NOWHERE, now=now())
    assert ended.value.code == "donation_ended"


def test_all_that_wait_are_asked_for_once_a_day_in_batches(monkeypatch):
    monkeypatch.setattr(unpaid, "BATCH", 2)
    fund = make_fund()
    for _ in range(5):
        make_donation(fund, at=now() - timedelta(days=2))
    make_donation(fund)
    assert services.ask_to_give_up(now=now()) == 5
    assert services.ask_to_give_up(now=now()) == 0
    assert services.ask_to_give_up(now=now() + DAY) == 6
    assert Job.objects.filter(name="fundraising.give_up_donation").count() == 11
