"""The provider's books of the demo: the stand-in is told what ours speak of, and goes on from there."""

from collections import Counter
from datetime import timedelta

import pytest

from maillage.demo.domain import giving
from maillage.demo.services.donations import give
from maillage.demo.services.people import Population
from maillage.demo.services.provider import OUTSIDE, tell_stand_in
from maillage.fundraising.domain.words import DonationState, Method, MonthlyState
from maillage.fundraising.models import AreaTotal, Difference, Donation, Donor, MonthlyDonation, Movement, Payout, StripeAccount
from maillage.fundraising.services import refunds
from maillage.fundraising.services.monthly_runs import charge_instalment, look_at_monthly
from maillage.kernel.clock import now
from maillage.territories.models import Area, AreaAlias
from tests.backend.accounts.factories import make_user
from tests.backend.days import in_days
from tests.backend.fundraising.factories import make_envelope, make_fund
from tests.backend.fundraising.standing import Place


@pytest.fixture
def told(small_country, stripe_account, settings, monkeypatch):
    """A recipient of the demo to which some people gave, once the stand-in was told of it."""
    settings.STRIPE_API_URL, settings.STRIPE_ACCOUNTS = stripe_account.address, stripe_account.written
    monkeypatch.setattr(giving, "GIVERS", 360)
    fund = make_fund(account=stripe_account.name)
    make_envelope(fund)
    StripeAccount.objects.update(created_at=now() - timedelta(days=200))
    communes = Area.objects.filter(kind__code="commune")
    AreaAlias.objects.bulk_create(AreaAlias(area=each, scheme="postal", code=each.code, bare=each.code) for each in communes)
    population = Population(now=now())
    population.load_localities()
    give(fund, small_country.seats, population=population, now=now(), say=lambda _said: None)
    assert tell_stand_in(fund_id=fund.pk, now=now()) > 350
    return Place(fund, stripe_account)


@pytest.mark.django_db
def test_both_books_agree_but_for_what_is_meant_and_the_demo_goes_on_at_the_provider(told):
    assert tell_stand_in(fund_id=told.fund.pk, now=now()) == 0, "what was told once stays as it is"
    back = list(Donation.objects.filter(refunded__gt=0).order_by("started_at"))
    told.reconcile()
    found = dict(Difference.objects.filter(closed_at=None).values_list("kind", "theirs"))
    assert found == {"at_provider_only": OUTSIDE} | {"unauthorised": back[-1].refunded}
    assert told.books() == told.balance() - (OUTSIDE - 63)
    assert not Movement.objects.filter(kind="payout", payout=None).exists()
    for payout in Payout.objects.all():
        assert sum(row.amount - row.fee for row in payout.movements.exclude(kind="payout")) == payout.amount
    assert set(Donation.objects.values_list("state", flat=True)) == {"settled", "failed", "ended"}, "nothing was changed by reading it"

    kinds = Counter(Donor.objects.values_list("area__kind__code", flat=True))
    assert kinds["constituency"] > kinds["commune"] > 0, "a commune of several constituencies is as near as anybody can tell"
    assert kinds[None] == 0, "everybody gives from somewhere"
    assert AreaTotal.objects.filter(fund=told.fund, area__kind__bears_seats=True, cents__gt=0).exists()

    once = Donation.objects.filter(state=DonationState.SETTLED, refunded=0, monthly=None, method=Method.CARD).first()
    refunds.RefundAuthorisation.objects.create(donation=once, amount=500, authorised_by="A", authorised_on=once.counted_on, reference="r")
    request = refunds.give_back(donation_id=once.pk, amount=500, reason="asked", by=make_user(), now=now())
    assert (request.state, request.failure) == ("done", "")
    for method in (Method.CARD, Method.SEPA_DEBIT):
        monthly = MonthlyDonation.objects.filter(state=MonthlyState.ACTIVE, method=method).first()
        donation = instalment(monthly)
        charge_instalment(donation_id=donation.pk, attempt=1, now=now())
        donation.refresh_from_db()
        assert donation.state == {Method.CARD: DonationState.SETTLED, Method.SEPA_DEBIT: DonationState.PROCESSING}[method]


def instalment(monthly):
    MonthlyDonation.objects.filter(pk=monthly.pk).update(next_on=in_days())
    donation = look_at_monthly(monthly_id=monthly.pk, now=now())
    if donation is None:  # a debit is announced first
        donation = look_at_monthly(monthly_id=monthly.pk, now=now() + timedelta(days=5))
    return donation
