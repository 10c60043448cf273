"""What no law keeps any more is forgotten; what it does keep is not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from maillage.fundraising import services
from maillage.fundraising.domain.identity import Near
from maillage.fundraising.domain.payments import UNPAID_KEPT
from maillage.fundraising.domain.words import (
    DifferenceKind,
    DisputeState,
    DonationState,
    HeldFor,
    HeldOutcome,
    MonthlyState,
    NearState,
)
from maillage.fundraising.models import (
    Difference,
    Dispute,
    Donation,
    Donor,
    DonorCorrection,
    DonorIdentity,
    HeldCard,
    LedgerLine,
    MonthlyDonation,
    NearIdentity,
    PaymentAttempt,
    YearlyStatement,
)
from maillage.fundraising.services import rollups
from maillage.fundraising.services.donors import identify_donor
from tests.backend.fundraising.factories import make_batch_row, make_donation, make_donor, make_fund, settled
from tests.backend.fundraising.monthly_world import make_monthly
from tests.backend.people.factories import make_person

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


def given_up(**fields: object) -> Donation:
    """A donation that was begun a month ago and given up."""
    return make_donation(state=DonationState.ENDED, at=NOW - UNPAID_KEPT, **fields)


def test_who_never_paid_what_they_began_is_forgotten_and_the_donation_stays() -> None:
    donor = make_donor(person=make_person(), news="donation-news.1")
    monthly = make_monthly(make_fund(), donor=donor, state=MonthlyState.STOPPED, stopped_at=NOW - UNPAID_KEPT, method_label="•••• 4242")
    DonorCorrection.objects.create(donor=donor, family_name="Dumontet", changed=["family_name"], reason="typed wrong")
    donation = given_up(donor=donor, fund=monthly.fund, monthly=monthly, due_on=NOW.date())
    assert services.forget_unpaid(now=NOW - timedelta(minutes=1)) == 0
    assert services.forget_unpaid(now=NOW) == 1
    donor.refresh_from_db()
    declared = (donor.given_name, donor.family_name, donor.folded_name, donor.email, donor.address_lines, donor.postcode, donor.city)
    assert declared == ("",) * 7
    assert (donor.person, donor.identity, donor.born_on, donor.area, donor.nationality, donor.news) == (None, None, None, None, "", "")
    assert not DonorIdentity.objects.exists()
    assert DonorCorrection.objects.values_list("family_name", "reason").get() == ("", "")
    assert Donation.objects.get() == donation
    assert MonthlyDonation.objects.get().method_label == ""
    assert services.forget_unpaid(now=NOW) == 0


def _was_tried_since(donation: Donation) -> None:
    PaymentAttempt.objects.create(donation=donation, token="ctoken_1", at=NOW - timedelta(days=29))


def _runs_monthly(donation: Donation) -> None:
    make_monthly(donation.fund, donor=donation.donor, state=MonthlyState.PAUSED)


def _stopped_lately(donation: Donation) -> None:
    make_monthly(donation.fund, donor=donation.donor, state=MonthlyState.STOPPED, stopped_at=NOW - timedelta(days=3))


def _gave_besides(donation: Donation) -> None:
    settled(donation.fund, donor=donation.donor)


def _has_a_card_decided(donation: Donation) -> None:
    HeldCard.objects.create(
        donation=donation, reason=HeldFor.FOREIGN, held_at=NOW, given_up_at=NOW, outcome=HeldOutcome.REFUSED, decided_at=NOW
    )


def _is_disputed(donation: Donation) -> None:
    Dispute.objects.create(id="dp_1", donation=donation, amount=5000, state=DisputeState.LOST, reason="", opened_at=NOW)


def _differs(donation: Donation) -> None:
    Difference.objects.create(fund=donation.fund, kind=DifferenceKind.AMOUNTS, reference="pi_1", donation=donation)


def _was_told_the_year(donation: Donation) -> None:
    YearlyStatement.objects.create(year=2025, mark="mark", donor=donation.donor)


def _is_on_paper(donation: Donation) -> None:
    row = make_batch_row(donation.fund)
    row.donation = donation
    row.save()


@pytest.mark.parametrize(
    "happen",
    [
        _was_tried_since,
        _runs_monthly,
        _stopped_lately,
        _gave_besides,
        _has_a_card_decided,
        _is_disputed,
        _differs,
        _was_told_the_year,
        _is_on_paper,
    ],
)
def test_about_whom_something_is_left_is_kept(happen: Callable[[Donation], None]) -> None:
    donation = given_up()
    happen(donation)
    assert services.forget_unpaid(now=NOW) == 0
    assert Donor.objects.get(pk=donation.donor_id).family_name == "Dumontel"


@pytest.mark.parametrize("state", sorted(set(DonationState) - {DonationState.ENDED}))
def test_who_may_still_pay_or_did_is_kept(state: DonationState) -> None:
    donor = given_up().donor
    make_donation(donor=donor, state=state, at=NOW - UNPAID_KEPT)
    assert services.forget_unpaid(now=NOW) == 0


@pytest.mark.parametrize("is_paired", [True, False])
def test_an_identity_stays_that_somebody_else_declares_or_that_was_proposed_as_near(is_paired: bool) -> None:
    identity = given_up().donor.identity
    assert identity is not None
    if is_paired:
        other = make_donor(given_name="Clare").identity
        assert other is not None
        one, two = sorted([identity.pk, other.pk])
        NearIdentity.objects.create(one_id=one, other_id=two, why=Near.TYPING_SLIP, state=NearState.NOT_SAME)
    else:
        settled(make_fund(), donor=make_donor())
    assert services.forget_unpaid(now=NOW) == 1
    assert DonorIdentity.objects.filter(pk=identity.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_who_gives_in_the_same_name_at_that_moment_has_an_identity_whoever_comes_first() -> None:
    """First somebody gives while the other is forgotten, then somebody is forgotten while another gives; no sum changes with it."""
    fund = make_fund()
    settled(fund, donor=make_donor(given_name="Noé"))
    forgotten = given_up(fund=fund).donor
    giver = Donor.objects.create(given_name="Claire", family_name="Dumontel", born_on=forgotten.born_on, language="fr", email="c@b.example")
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            identify_donor(donor_id=giver.pk)
            assert thread.submit(on_its_own(lambda: services.forget_unpaid(now=NOW))).result(timeout=30) == 1
        giver.refresh_from_db()
        first = giver.identity
        assert first is not None
        make_donation(donor=giver, state=DonationState.ENDED, at=NOW - UNPAID_KEPT)
        later = Donor.objects.create(
            given_name="Claire", family_name="Dumontel", born_on=forgotten.born_on, language="fr", email="d@b.example"
        )
        with transaction.atomic():
            assert services.forget_unpaid(now=NOW) == 1
            waits = thread.submit(on_its_own(lambda: identify_donor(donor_id=later.pk)))
            until_somebody_waits()
        waits.result(timeout=30)
    later.refresh_from_db()
    assert later.identity is not None
    assert later.identity != first
    assert set(DonorIdentity.objects.filter(born_on=forgotten.born_on, given_key="claire")) == {later.identity}
    assert rollups.differences(fund) == []


def on_its_own(act: Callable[[], object]) -> Callable[[], object]:
    """An act on a connection of its own, closed after it."""

    def run() -> object:
        try:
            return act()
        finally:
            connection.close()

    return run


def until_somebody_waits() -> None:
    """Return once another connection waits for a lock."""
    with connection.cursor() as cursor:
        for _ in range(10_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited for the lock")
