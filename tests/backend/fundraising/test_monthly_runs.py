"""Instalments taken at the stand-in for Stripe: once each, under the cap, tried again by the schedule."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from maillage.fundraising import services
from maillage.fundraising.domain.schedule import CONFIRM, NO_OTHER_MEANS, next_due
from maillage.fundraising.domain.words import DonationState, EntryKind, MonthlyState, MonthlyStepKind
from maillage.fundraising.gateways import stripe
from maillage.fundraising.models import Donation, Donor, Fund, LedgerEntry, MonthlyDonation, MonthlyStep
from maillage.fundraising.services import monthly_runs
from maillage.fundraising.services.monthly import give_up, locked
from maillage.journal.models import Job
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from tests.backend.days import in_days
from tests.backend.fundraising.factories import make_envelope, settled
from tests.backend.fundraising.monthly_world import Bank, complete, due_of, make_bank, monthly_paid_by, noon, run_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(stripe_account, settings) -> Bank:
    return make_bank(stripe_account, settings)


def kinds(monthly: MonthlyDonation) -> list[str]:
    return list(monthly.steps.order_by("at", "pk").values_list("kind", flat=True))


def letters() -> int:
    return Message.objects.filter(purpose="fundraising.monthly").count()


def another_card(monthly: MonthlyDonation, bank: Bank, means: str) -> None:
    """Give it a card with which something happens."""
    attached = bank.account.client.v1.payment_methods.attach(means, {"customer": monthly.customer})
    MonthlyDonation.objects.filter(pk=monthly.pk).update(payment_method=attached.id)


def test_each_month_one_is_taken_on_its_day(bank: Bank):
    monthly = monthly_paid_by(bank)
    for number in (1, 2, 3):
        due_on = due_of(monthly)
        assert due_on.day == 5
        assert run_all(noon(due_on - timedelta(days=1))) == []
        for _hour in range(3):
            run_all(noon(due_on))
        taken = Donation.objects.get(monthly=monthly, due_on=due_on)
        assert (taken.state, taken.amount, taken.key) == (DonationState.SETTLED, 1000, None)
        assert len(bank.charges()) == number + 1
        monthly.refresh_from_db()
        assert monthly.next_on == next_due(5, after=due_on)
    assert LedgerEntry.objects.filter(kind=EntryKind.DONATION).count() == 4


def test_an_instalment_is_shared_as_its_donor_wished(bank: Bank):
    envelope = make_envelope(bank.fund)
    monthly = monthly_paid_by(bank, shares={envelope.code: 400})
    run_all(noon(due_of(monthly)))
    taken = Donation.objects.get(monthly=monthly, key=None)
    assert dict(taken.shares.values_list("fund", "amount")) == {envelope.pk: 400}


def test_the_day_is_that_of_the_recipient(bank: Bank):
    Fund.objects.filter(pk=bank.fund.pk).update(time_zone="Pacific/Auckland", rules="none")
    monthly = monthly_paid_by(bank)
    due_on = due_of(monthly)
    the_day_before_in_utc = datetime.combine(due_on - timedelta(days=1), datetime.min.time(), tzinfo=noon(due_on).tzinfo)
    assert run_all(the_day_before_in_utc + timedelta(hours=10)) == []
    assert len(run_all(the_day_before_in_utc + timedelta(hours=12))) == 1


def test_what_was_missed_is_not_made_up_for(bank: Bank):
    monthly = monthly_paid_by(bank)
    due_on = due_of(monthly)
    much_later = due_on + timedelta(days=75)
    for day in range(5):
        run_all(noon(much_later + timedelta(days=day)))
    assert Donation.objects.filter(monthly=monthly, key=None).count() == 1
    assert due_of(monthly) >= much_later + timedelta(days=15)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_take_one(bank: Bank):
    monthly = monthly_paid_by(bank)
    at = noon(due_of(monthly))

    def run(_number: int) -> None:
        try:
            made = services.look_at_monthly(monthly_id=monthly.pk, now=at)
            if made is None:
                made = Donation.objects.filter(monthly=monthly, key=None).first()
            if made is not None:
                services.charge_instalment(donation_id=made.pk, attempt=1, now=at)
        except stripe.ProviderAway:
            pass  # the same try is under way at the provider: the job comes back
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(8)))
    run_all(at)
    assert Donation.objects.filter(monthly=monthly, key=None).count() == 1
    assert len(bank.charges()) == 2


def test_a_failing_card_is_tried_again_by_the_schedule_and_its_donor_told_once(bank: Bank):
    monthly = monthly_paid_by(bank)
    complete(monthly)
    another_card(monthly, bank, "pm_card_chargeCustomerFail")
    due_on = due_of(monthly)
    told, tried = letters(), 0
    for ahead in range(20):
        before = len(bank.intents()), bank.tries()
        run_all(noon(due_on + timedelta(days=ahead)))
        if bank.tries() > before[1]:
            assert ahead == (0, 3, 7, 14)[tried]
            tried += 1
    monthly.refresh_from_db()
    assert tried == 4
    assert (monthly.state, monthly.retry_on, monthly.next_on) == (MonthlyState.FAILING, None, None)
    assert letters() == told + 1
    assert len(bank.intents()) == 2, "one intent a donation, however often it is tried"
    assert len(bank.charges()) == 1


def test_a_card_that_works_again_goes_on(bank: Bank):
    monthly = monthly_paid_by(bank)
    good = monthly.payment_method
    another_card(monthly, bank, "pm_card_chargeCustomerFail")
    due_on = due_of(monthly)
    run_all(noon(due_on))
    monthly.refresh_from_db()
    assert (monthly.state, monthly.tries) == (MonthlyState.FAILING, 1)
    MonthlyDonation.objects.filter(pk=monthly.pk).update(payment_method=good)
    run_all(noon(due_on + timedelta(days=3)))
    monthly.refresh_from_db()
    assert (monthly.state, monthly.tries, monthly.next_on) == (MonthlyState.ACTIVE, 0, next_due(5, after=due_on))
    assert Donation.objects.get(monthly=monthly, due_on=due_on).state == DonationState.SETTLED


def test_a_bank_that_wants_its_customer_sends_them_a_link(bank: Bank):
    monthly = monthly_paid_by(bank)
    another_card(monthly, bank, "pm_card_authenticationRequired")
    due_on = due_of(monthly)
    run_all(noon(due_on))
    monthly.refresh_from_db()
    assert monthly.state == MonthlyState.FAILING
    assert monthly.retry_on == due_on + timedelta(days=14)
    step = MonthlyStep.objects.get(monthly=monthly, kind=MonthlyStepKind.CONFIRM_ASKED)
    assert (step.reason, step.due_on) == (CONFIRM, due_on)


def test_a_card_that_is_not_there_any_more_waits_for_another(bank: Bank):
    monthly = monthly_paid_by(bank)
    bank.account.client.v1.payment_methods.detach(monthly.payment_method)
    run_all(noon(due_of(monthly)))
    monthly.refresh_from_db()
    assert (monthly.state, monthly.next_on) == (MonthlyState.FAILING, None)
    assert len(bank.charges()) == 1


def test_while_the_provider_is_away_nothing_is_decided(bank: Bank):
    monthly = monthly_paid_by(bank)
    at = noon(due_of(monthly))
    made = services.look_at_monthly(monthly_id=monthly.pk, now=at)
    bank.account.switch("api", outage="503")
    with pytest.raises(stripe.ProviderAway):
        services.charge_instalment(donation_id=made.pk, attempt=1, now=at)
    bank.account.switch("api")
    monthly.refresh_from_db()
    assert (monthly.state, monthly.tries) == (MonthlyState.ACTIVE, 0)
    Job.objects.all().delete()  # its job gave up
    run_all(at + timedelta(hours=4))
    made.refresh_from_db()
    assert made.state == DonationState.SETTLED
    assert len(bank.charges()) == 2


def test_a_debit_is_announced_two_days_before_it_is_taken(bank: Bank):
    monthly = monthly_paid_by(bank, "pm_success_fr")
    due_on = due_of(monthly)
    assert run_all(noon(due_on - timedelta(days=3))) == []
    for _hour in range(3):
        assert run_all(noon(due_on - timedelta(days=2))) == []
    assert kinds(monthly).count("announced") == 1
    assert len(run_all(noon(due_on))) == 1
    assert Donation.objects.get(monthly=monthly, due_on=due_on).state == DonationState.PROCESSING


def test_a_debit_that_was_announced_late_is_taken_late(bank: Bank):
    monthly = monthly_paid_by(bank, "pm_success_fr")
    due_on = due_of(monthly)
    assert run_all(noon(due_on)) == []
    assert due_of(monthly) == due_on + timedelta(days=2)
    assert len(run_all(noon(due_on + timedelta(days=2)))) == 1
    assert due_of(monthly) == next_due(5, after=due_on)


def test_a_debit_whose_mandate_died_is_not_taken(bank: Bank):
    monthly = monthly_paid_by(bank, "pm_success_fr")
    far = due_of(monthly) + timedelta(days=3 * 366)
    MonthlyDonation.objects.filter(pk=monthly.pk).update(next_on=far)
    run_all(noon(far - timedelta(days=2)))
    assert run_all(noon(far)) == []
    monthly.refresh_from_db()
    assert (monthly.state, monthly.next_on) == (MonthlyState.FAILING, None)
    assert kinds(monthly)[-1] == "refused"


def test_what_the_cap_does_not_allow_is_not_charged_and_its_donor_told_from_when_it_goes_on(bank: Bank):
    monthly = monthly_paid_by(bank, amount=50_000, proved_at=now())
    due_on = due_of(monthly)
    at = noon(due_on)
    donor = Donor.objects.get(pk=monthly.donor_id)
    settled(bank.fund, amount=740_000, donor=donor, at=at)
    assert run_all(at) == []
    monthly.refresh_from_db()
    assert monthly.state == MonthlyState.ACTIVE
    assert monthly.next_on == date(due_on.year + 1, 1, 5)
    step = monthly.steps.get(kind=MonthlyStepKind.CAPPED)
    assert (step.due_on, step.goes_on_on) == (due_on, monthly.next_on)
    assert len(bank.charges()) == 1


@pytest.mark.parametrize(
    ("fields", "state", "kind"),
    [
        ({"closes_on": date(2026, 12, 1)}, MonthlyState.STOPPED, "stopped"),
        ({"opens_on": date(2030, 3, 7)}, MonthlyState.ACTIVE, "not_taken"),
    ],
)
def test_a_fund_that_does_not_collect_takes_nothing(bank: Bank, fields, state, kind):
    monthly = monthly_paid_by(bank)
    Fund.objects.filter(pk=bank.fund.pk).update(**fields)
    assert run_all(noon(due_of(monthly))) == []
    monthly.refresh_from_db()
    assert monthly.state == state
    assert kinds(monthly)[-1] == kind
    if state == MonthlyState.ACTIVE:
        assert monthly.next_on == date(2030, 4, 5)


def test_one_to_a_fund_that_was_closed_goes_on(bank: Bank):
    monthly = monthly_paid_by(bank)
    Fund.objects.filter(pk=bank.fund.pk).update(closed_at=now())
    due_on = due_of(monthly)
    run_all(noon(due_on))
    assert Donation.objects.get(monthly=monthly, due_on=due_on).state == DonationState.SETTLED


@pytest.mark.parametrize("state", [MonthlyState.ACTIVE, MonthlyState.PAUSED])
def test_past_the_last_day_on_which_its_fund_may_collect_it_stops_at_once(bank: Bank, state):
    monthly = monthly_paid_by(bank)
    last = due_of(monthly) - timedelta(days=10)
    Fund.objects.filter(pk=bank.fund.pk).update(closes_on=last)
    MonthlyDonation.objects.filter(pk=monthly.pk).update(state=state, next_on=monthly.next_on if state == MonthlyState.ACTIVE else None)
    run_all(noon(last))
    assert MonthlyDonation.objects.get().state == state
    told = letters()
    for _hour in range(2):
        run_all(noon(last + timedelta(days=1)))
    assert MonthlyDonation.objects.get().state == MonthlyState.STOPPED
    assert letters() == told + 1
    assert len(bank.charges()) == 1


def test_one_that_waits_for_another_card_stops_after_two_months_and_its_donor_is_told_once(bank: Bank):
    monthly = monthly_paid_by(bank)
    another_card(monthly, bank, "pm_card_chargeCustomerFail")
    due_on = due_of(monthly)
    for days in (0, 3, 7, 14, 59):
        run_all(noon(due_on + timedelta(days=days)))
    monthly.refresh_from_db()
    assert (monthly.state, monthly.retry_on, monthly.next_on) == (MonthlyState.FAILING, None, None)
    told = letters()
    for days in (60, 61):
        run_all(noon(due_on + timedelta(days=days)))
    monthly.refresh_from_db()
    assert monthly.state == MonthlyState.STOPPED
    assert letters() == told + 1
    assert monthly.steps.latest("at").reason == NO_OTHER_MEANS


def test_one_that_was_stopped_before_the_bank_was_asked_is_not_charged(bank: Bank):
    monthly = monthly_paid_by(bank)
    at = noon(due_of(monthly))
    made = services.look_at_monthly(monthly_id=monthly.pk, now=at)
    give_up(locked(monthly.pk), now=at)
    services.charge_instalment(donation_id=made.pk, attempt=1, now=at)
    made.refresh_from_db()
    assert made.state == DonationState.ENDED
    assert len(bank.charges()) == 1


def test_one_that_was_stopped_after_the_bank_was_asked_is_found_and_kept(bank: Bank, monkeypatch):
    monthly = monthly_paid_by(bank)
    at = noon(due_of(monthly))
    made = services.look_at_monthly(monthly_id=monthly.pk, now=at)
    charge = stripe.charge_again

    def answer_lost(*args, **kwargs):
        charge(*args, **kwargs)
        raise stripe.ProviderAway("Lost")

    monkeypatch.setattr(stripe, "charge_again", answer_lost)
    with pytest.raises(stripe.ProviderAway):
        services.charge_instalment(donation_id=made.pk, attempt=1, now=at)
    give_up(locked(monthly.pk), now=at)
    services.charge_instalment(donation_id=made.pk, attempt=1, now=at)
    made.refresh_from_db()
    assert made.state == DonationState.SETTLED
    assert len(bank.charges()) == 2
    assert MonthlyDonation.objects.get().state == MonthlyState.STOPPED


def test_a_pause_ends_by_itself_and_gives_time_to_undo(bank: Bank):
    monthly = monthly_paid_by(bank)
    until = in_days(40)
    MonthlyDonation.objects.filter(pk=monthly.pk).update(state=MonthlyState.PAUSED, next_on=None, paused_until=until)
    run_all(noon(until - timedelta(days=1)))
    assert MonthlyDonation.objects.get().state == MonthlyState.PAUSED
    assert run_all(noon(until)) == []
    monthly.refresh_from_db()
    assert monthly.state == MonthlyState.ACTIVE
    assert monthly.next_on >= until + timedelta(days=3)
    assert kinds(monthly)[-1] == "resumed"


def test_the_end_of_a_card_is_told_once_a_month_before(bank: Bank):
    monthly = monthly_paid_by(bank)
    complete(monthly)
    monthly.refresh_from_db()
    ends_on = due_of(monthly) + timedelta(days=40)
    MonthlyDonation.objects.filter(pk=monthly.pk).update(method_ends_on=ends_on, next_on=ends_on + timedelta(days=2))
    for ahead in range(35, 28, -1):
        run_all(noon(ends_on - timedelta(days=ahead)))
    assert monthly.steps.get(kind="card_ends").at == noon(ends_on - timedelta(days=31))


def test_one_that_was_never_paid_is_given_up_after_a_day(bank: Bank):
    monthly = monthly_paid_by(bank, "pm_card_chargeDeclined")
    assert monthly.state == MonthlyState.STARTING
    run_all(now() + timedelta(hours=20))
    assert MonthlyDonation.objects.get().state == MonthlyState.STARTING
    run_all(now() + timedelta(hours=25))
    assert MonthlyDonation.objects.get().state == MonthlyState.STOPPED


def test_a_look_that_finds_nothing_due_changes_nothing(bank: Bank):
    monthly = monthly_paid_by(bank)
    assert monthly_runs.take_instalments(now=now()) == 0
    assert services.look_at_monthly(monthly_id=monthly.pk, now=now()) is None
