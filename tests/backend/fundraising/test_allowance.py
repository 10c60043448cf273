"""How much one person may still give, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.card_testing import NOWHERE
from maillage.fundraising.domain.payments import Means, Outcome
from maillage.fundraising.domain.words import DonationState, Method, MonthlyState, Nature
from maillage.fundraising.models import Donation, Donor, DonorIdentity, MonthlyDonation
from maillage.fundraising.selectors.allowance import Whose, allowances, donations_counted, group_of
from maillage.fundraising.services import identify_donor, start_donation
from maillage.fundraising.services.allowance import reserve_monthly
from maillage.fundraising.services.donors import Declared
from maillage.fundraising.services.payments import _begin_attempt, apply_payment
from maillage.kernel.errors import Conflict, Invalid
from maillage.people.domain.law import GivingRules
from maillage.territories.models import Election
from tests.backend.fundraising.factories import DECLARED, asked_for, make_donation, make_donor, make_fund, paid, standing

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""Two instalments of the year are still to come after one that begins then, on a day of the month like 25 or one."""

TODAY = AT.date()
CLAIRE = DECLARED.email


def left(identity, fund, *, proven=True, address="", today=TODAY):
    (allowance,) = allowances(Whose(group_of(identity.pk), proven=proven, address=address), fund=fund, today=today)
    return allowance.remaining


def given(fund, amount, *, state=DonationState.SETTLED, at=AT, proved=True, **fields):
    donor = fields.pop("donor", None) or make_donor(proved_at=at if proved else None, **fields.pop("who", {}))
    return make_donation(fund, amount=amount, state=state, at=at, donor=donor, **fields)


def start(fund, amount=5000, *, proved=CLAIRE, at=AT, key="", declared=DECLARED, **fields):
    again = fields.pop("again", True)
    return start_donation(
        fund=fund,
        asked=asked_for(fund, amount, **fields),
        declared=declared,
        key=key or f"{amount}-{at}-{Donation.objects.count()}-xxxxxxxxxxxxxxxx",
        proved=proved,
        again=again,
        now=at,
    )


def test_what_counts_is_what_was_paid_and_what_is_under_way_less_what_went_back():
    fund = make_fund()
    donor = given(fund, 100_000, refunded=40_000).donor
    for state in DonationState:
        given(fund, 1_000, state=state, donor=donor)
    counting = {"started", "confirming", "processing", "held", "settled"}
    assert left(donor.identity, fund) == 750_000 - 60_000 - 1_000 * len(counting)


def test_dues_count_but_not_those_of_whom_the_treasurer_knows_to_hold_an_elective_office():
    fund = make_fund()
    donor = given(fund, 10_000, nature=Nature.DUES).donor
    elected = make_donor(proved_at=AT, elected=True)
    given(fund, 20_000, nature=Nature.DUES, donor=elected, method=Method.CHEQUE)
    given(fund, 500, donor=elected, method=Method.CHEQUE)
    assert left(donor.identity, fund) == 750_000 - 10_500


def test_an_elective_office_that_is_declared_on_line_frees_no_dues():
    fund = make_fund()
    declared = Declared(**DECLARED.__dict__ | {"elected": True})
    start(fund, 740_000, nature=Nature.DUES, declared=declared)
    with pytest.raises(Invalid) as refused:
        start(fund, 10_001, nature=Nature.DUES, declared=declared)
    assert refused.value.extra["remaining"] == 10_000


def test_all_recipients_under_the_same_rules_count_together_and_others_do_not():
    fund, other, association = make_fund(), make_fund(), make_fund(GivingRules.FR_ASSOCIATION)
    donor = given(fund, 10_000).donor
    given(other, 20_000, donor=donor)
    given(association, 40_000, donor=donor)
    assert left(donor.identity, fund) == left(donor.identity, other) == 720_000
    assert allowances(Whose(group_of(donor.identity_id), proven=True), fund=association, today=TODAY) == []


def test_a_candidate_s_cap_is_of_their_election(small_country):
    assembly, senate = (
        Election.objects.create(country="ZZ", code=code, territory=small_country.country, first_round_on=date(2027, 6, 13))
        for code in ("assembly", "senate")
    )
    ours, same, another = (make_fund(GivingRules.FR_CANDIDATE, election=election) for election in (assembly, assembly, senate))
    unnamed = make_fund(GivingRules.FR_CANDIDATE)
    donor = given(ours, 100_000).donor
    given(same, 50_000, donor=donor)
    given(another, 7_000, donor=donor)
    given(same, 9_000, donor=donor, nature=Nature.DUES)
    assert left(donor.identity, ours) == 460_000 - 150_000
    assert left(donor.identity, another) == 460_000 - 7_000
    assert left(donor.identity, unnamed) == 460_000


def test_another_year_counts_for_itself():
    fund = make_fund()
    donor = given(fund, 10_000, at=AT - timedelta(days=365)).donor
    assert left(donor.identity, fund) == 750_000


def test_what_was_begun_in_a_year_that_ended_counts_in_both_until_it_is_paid():
    fund = make_fund()
    pending = given(fund, 10_000, state=DonationState.PROCESSING, at=datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert left(pending.donor.identity, fund, today=date(2026, 12, 31)) == 740_000
    assert left(pending.donor.identity, fund, today=date(2027, 1, 2)) == 740_000


def test_the_proven_count_is_of_proved_addresses_and_of_what_the_treasurer_entered():
    fund = make_fund()
    donor = given(fund, 1_000).donor
    given(fund, 2_000, proved=False)
    given(fund, 4_000, proved=False, method=Method.CHEQUE)
    assert left(donor.identity, fund) == 745_000
    assert left(donor.identity, fund, proven=False) == 743_000
    assert left(donor.identity, fund, address=CLAIRE) == 749_000


def test_what_the_treasurer_confirmed_to_be_one_counts_as_one():
    fund = make_fund()
    one = given(fund, 1_000).donor
    other = given(fund, 2_000, who={"given_name": "Clare"}).donor
    stranger = given(fund, 4_000, who={"given_name": "Zoé"}).donor
    DonorIdentity.objects.filter(pk=other.identity_id).update(counts_as=one.identity)
    assert left(one.identity, fund) == left(other.identity, fund) == 747_000
    assert left(stranger.identity, fund) == 746_000


def monthly_of(fund, donor, amount, *, state=MonthlyState.ACTIVE, **fields):
    return MonthlyDonation.objects.create(
        fund=fund, donor=donor, amount=amount, currency="eur", state=state, **{"day": 5, "next_on": date(2026, 12, 5)} | fields
    )


def test_instalments_still_to_come_count():
    fund = make_fund()
    donor = make_donor(proved_at=AT)
    monthly = monthly_of(fund, donor, 10_000, next_on=date(2026, 11, 25), day=25)
    assert left(donor.identity, fund) == 750_000 - 20_000
    MonthlyDonation.objects.update(state=MonthlyState.PAUSED)
    assert left(donor.identity, fund) == 750_000
    MonthlyDonation.objects.update(state=MonthlyState.FAILING, next_on=date(2026, 12, 25), retry_on=date(2026, 11, 28))
    assert left(donor.identity, fund) == 750_000 - 20_000
    fund.closes_on = date(2026, 11, 30)
    fund.save()
    MonthlyDonation.objects.filter(pk=monthly.pk).update(state=MonthlyState.ACTIVE, next_on=date(2026, 11, 25), retry_on=None)
    assert left(donor.identity, fund) == 750_000 - 10_000


def test_a_first_payment_that_failed_keeps_no_instalments_free():
    fund = make_fund()
    donation = start(fund, 10_000, monthly_day=5)
    assert left(donation.donor.identity, fund) == 750_000 - 20_000
    Donation.objects.update(state=DonationState.FAILED)
    assert left(donation.donor.identity, fund) == 750_000


def test_who_proved_their_address_is_refused_beyond_the_cap_and_told_what_is_left():
    fund = make_fund()
    given(fund, 626_000)
    with pytest.raises(Invalid) as refused:
        start(fund, 124_001)
    assert (refused.value.code, refused.value.extra["remaining"]) == ("over_the_cap", 124_000)
    assert amount_said(124_000) in refused.value.fields["amount"][0]
    assert start(fund, 124_000).amount == 124_000
    with pytest.raises(Invalid) as refused:
        start(fund, 100)
    assert refused.value.extra["remaining"] == 0


def test_an_address_of_which_no_money_came_in_this_name_is_refused_and_told_no_amount():
    fund = make_fund()
    given(fund, 700_000)
    declared = Declared(**DECLARED.__dict__ | {"email": "other@people.example"})
    with pytest.raises(Invalid) as refused:
        start(fund, 60_000, proved="other@people.example", declared=declared)
    assert refused.value.code == "over_the_cap"
    assert "remaining" not in refused.value.extra
    assert not any(letter.isdigit() for letter in " ".join(refused.value.fields["amount"]))


def test_who_proved_nothing_is_refused_nothing_and_joins_nothing():
    fund = make_fund()
    given(fund, 750_000)
    donation = start(fund, 750_000, proved="")
    assert (donation.donor.identity, donation.donor.person, donation.donor.proved_at) == (None, None, None)
    identify_donor(donor_id=donation.donor_id)
    identify_donor(donor_id=donation.donor_id)
    donor = Donor.objects.get(pk=donation.donor_id)
    assert left(donor.identity, fund, proven=False) == 0
    assert DonorIdentity.objects.count() == 1


def test_a_proof_of_another_address_proves_nothing_of_this_one():
    with pytest.raises(Invalid) as refused:
        start(make_fund(), proved="other@people.example")
    assert (refused.value.code, set(refused.value.fields)) == ("proof_of_another", {"email"})
    assert not Donation.objects.exists()


def test_a_monthly_donation_needs_room_for_the_instalments_of_the_year():
    fund = make_fund()
    given(fund, 700_000)
    with pytest.raises(Invalid) as refused:
        start(fund, 25_001, monthly_day=5)  # today and on 5 December
    assert refused.value.extra["remaining"] == 25_000
    assert start(fund, 25_000, monthly_day=5).monthly is not None


def test_more_a_month_than_a_year_allows_is_refused_to_everybody_in_the_same_words():
    fund = make_fund()
    for proved in ("", CLAIRE):
        with pytest.raises(Invalid) as refused:
            start(fund, 62_501, monthly_day=5, proved=proved)
        assert refused.value.code == "invalid"
        assert "625" in refused.value.fields["amount"][0]


def test_a_failed_donation_takes_its_part_again_before_it_is_tried():
    fund = make_fund()
    donation = given(fund, 100_000, state=DonationState.FAILED, at=AT - timedelta(days=1))
    given(fund, 700_000)
    means = Means(id="pm_1", method=Method.CARD, label="", fingerprint="", country="FR", funding="credit")
    with pytest.raises(Invalid) as refused:
        _begin_attempt(donation.pk, "ctoken_1", means, reason=None, origin=NOWHERE, now=AT)
    assert refused.value.code == "over_the_cap"
    assert (refused.value.extra, "500" in refused.value.detail) == ({}, False), "whoever has its link proves nothing: no amount is told"
    Donation.objects.filter(amount=700_000).update(refunded=100_000)
    _begin_attempt(donation.pk, "ctoken_1", means, reason=None, origin=NOWHERE, now=AT)
    donation.refresh_from_db()
    assert (donation.state, donation.counted_on) == (DonationState.STARTED, TODAY)


def test_a_monthly_donation_that_resumes_or_gives_more_needs_room():
    fund = make_fund()
    donor = make_donor(proved_at=AT)
    monthly = monthly_of(fund, donor, 10_000)
    given(fund, 700_000, donor=donor)
    reserve_monthly(monthly, amount=50_000, next_on=date(2026, 12, 5), now=AT)
    with pytest.raises(Invalid):
        reserve_monthly(monthly, amount=50_001, next_on=date(2026, 12, 5), now=AT)
    with pytest.raises(Invalid):  # two instalments of the year
        reserve_monthly(monthly, amount=25_001, next_on=date(2026, 11, 25), now=AT)


def test_who_proved_their_address_is_asked_about_the_same_donation_from_any_browser():
    fund = make_fund()
    given(fund, 5_000, at=AT - timedelta(minutes=29))
    with pytest.raises(Conflict) as found:
        start(fund, 5_000, again=False)
    assert found.value.code == "donation_found"
    assert start(fund, 5_000, again=False, proved="").amount == 5_000
    assert start(fund, 5_100, again=False).amount == 5_100
    other = Declared(**DECLARED.__dict__ | {"email": "other@people.example"})
    assert start(fund, 5_000, again=False, proved=other.email, declared=other).amount == 5_000


def test_money_that_was_not_identified_yet_is_when_it_is_settled():
    donation = start(make_fund(), proved="")
    apply_payment(donation_id=donation.pk, payment=paid(donation), seen=0, now=AT)
    donation.donor.refresh_from_db()
    assert donation.donor.identity is not None


def test_what_fails_is_given_back_to_the_cap():
    fund = make_fund()
    donation = start(fund, 750_000)
    apply_payment(donation_id=donation.pk, payment=standing(donation, Outcome.OPEN, decline="expired_card"), seen=0, now=AT)
    assert start(fund, 750_000).amount == 750_000


@pytest.mark.parametrize("people", [1, 20])
def test_the_allowance_of_one_person_is_two_queries_however_many_gave(people, django_assert_num_queries):
    fund = make_fund()
    donor = given(fund, 1_000).donor
    for number in range(people):
        given(fund, 1_000, who={"given_name": f"A{number}"})
    with django_assert_num_queries(2):
        (allowance,) = allowances(Whose([donor.identity_id], proven=True), fund=fund, today=TODAY)
    assert allowance.counted == 1_000


def test_the_allowance_of_one_person_is_read_by_indexes_alone():
    fund = make_fund()
    donor = given(fund, 1_000).donor
    identities = DonorIdentity.objects.bulk_create(
        DonorIdentity(family_key=f"name{number}", given_key="a", born_on=date(1984, 5, 17)) for number in range(3_000)
    )
    donors = Donor.objects.bulk_create(Donor(identity=identity, proved_at=AT, language="fr") for identity in identities)
    Donation.objects.bulk_create(
        Donation(fund=fund, donor=each, amount=100, currency="eur", state="settled", started_at=AT, settled_at=AT, counted_on=TODAY)
        for each in donors
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE fundraising_donation, fundraising_donor, fundraising_donoridentity")
    plan = donations_counted(Whose([donor.identity_id], proven=True), fund=fund, today=TODAY).explain()
    assert "fundraising_donation_donor" in plan
    assert "Seq Scan on fundraising_donation" not in plan
    assert "Seq Scan on fundraising_donor" not in plan
