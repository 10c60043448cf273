"""What no law keeps any more is forgotten; what it does keep is not."""

from datetime import UTC, datetime

import pytest

from maillage.fundraising import services
from maillage.fundraising.domain.words import MonthlyState
from maillage.fundraising.models import Donation, Donor, DonorIdentity, LedgerLine, MonthlyDonation
from tests.backend.fundraising.factories import make_donor, make_fund, settled

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2014, 11, 3, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def old_donation(**fields: object) -> Donation:
    donation = settled(make_fund(), **fields)
    Donation.objects.filter(pk=donation.pk).update(counted_on=LONG_AGO.date())
    Donor.objects.filter(pk=donation.donor_id).update(created_at=LONG_AGO)
    return donation


def test_a_declaration_of_eleven_years_ago_is_emptied_and_its_amounts_stay() -> None:
    donation = old_donation()
    before = list(LedgerLine.objects.values_list("account", "amount"))
    assert services.forget_declarations(now=NOW) == 1
    donor = Donor.objects.get()
    assert (donor.family_name, donor.given_name, donor.email, donor.address_lines, donor.born_on) == ("", "", "", "", None)
    assert donor.folded_name == ""
    assert not DonorIdentity.objects.exists()
    assert Donation.objects.get().amount == donation.amount
    assert list(LedgerLine.objects.values_list("account", "amount")) == before
    assert services.forget_declarations(now=NOW) == 0


def test_whoever_gave_since_or_gives_monthly_is_kept() -> None:
    recent = settled(make_fund())
    Donor.objects.filter(pk=recent.donor_id).update(created_at=LONG_AGO)
    monthly = MonthlyDonation.objects.create(
        fund=recent.fund, donor=make_donor(), amount=500, currency="eur", day=5, state=MonthlyState.ACTIVE
    )
    Donor.objects.filter(pk=monthly.donor_id).update(created_at=LONG_AGO)
    assert services.forget_declarations(now=NOW) == 0
    assert not Donor.objects.filter(family_name="").exists()


def test_two_declarations_of_one_person_still_count_as_one() -> None:
    first, second = old_donation(), old_donation()
    services.forget_declarations(now=NOW)
    assert set(Donor.objects.values_list("counted_with", flat=True)) == {min(first.donor, second.donor, key=lambda each: each.pk).pk}
