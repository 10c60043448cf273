"""Giving through the API, up to the provider's door."""

import json
from dataclasses import asdict
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from maillage.fundraising.domain.words import DonationState, MonthlyState
from maillage.fundraising.models import Donation, Donor, DonorIdentity, Fund, MonthlyDonation, PaymentAttempt
from maillage.fundraising.selectors.donations import token_of
from maillage.fundraising.selectors.funds import rules_of
from maillage.fundraising.services import identify_donor, pay_donation
from maillage.fundraising.services.monthly_confirm import confirm_instalment
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.people.domain.law import GivingRules
from tests.backend.days import in_days
from tests.backend.fundraising.factories import DECLARED, make_donation, make_envelope, make_fund
from tests.backend.fundraising.monthly_world import make_monthly

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return make_fund(code="rive-commune")


def body(fund, **changed):
    donor = {name: value for name, value in asdict(DECLARED).items() if name != "language"} | {"born_on": "1984-05-17"}
    asked = {"amount": 5000, "donor": donor | changed.pop("donor", {}), "declaration": rules_of(fund, now()).declaration.version}
    return asked | changed


def give(fund, key=None, **changed):
    return Client().post(
        f"/api/v1/fundraising/funds/{fund.code}/donations/",
        json.dumps(body(fund, **changed)),
        content_type="application/json",
        headers={"Idempotency-Key": key or uuid4().hex, "Accept-Language": "en"},
    )


def wrong_fields(answer):
    assert answer.status_code == 400, answer.content
    return set(answer.json()["fields"])


def test_a_donation_is_kept_as_it_was_typed(fund):
    answer = give(fund)
    assert answer.status_code == 201, answer.content
    donation = Donation.objects.get()
    assert (donation.amount, donation.currency, donation.state, donation.fund) == (5000, "eur", DonationState.STARTED, fund)
    assert (donation.donor.family_name, donation.donor.city, donation.donor.person) == ("Dumontel", "Die", None)
    assert (donation.donor.born_on, donation.donor.identity) == (DECLARED.born_on, None)
    identify_donor(donor_id=donation.donor_id)  # in a job: how long the answer took says nothing of who was known
    donation.donor.refresh_from_db()
    assert donation.donor.identity.family_key == "dumontel"
    assert answer.json()["token"] == token_of(donation)
    assert "Dumontel" not in answer.content.decode()


def test_the_same_key_finds_the_same_donation(fund):
    key = uuid4().hex
    first, second = give(fund, key), give(fund, key)
    assert first.json()["token"] == second.json()["token"]
    assert (Donation.objects.count(), Donor.objects.count()) == (1, 1)


@pytest.mark.parametrize("other", [{"amount": 7000}, {"amount": 4999}, {"day": 5}, {"nature": "dues"}, {"shares": [["it", 1000]]}])
def test_the_same_key_pays_nothing_that_was_not_asked_for(fund, other):
    key = uuid4().hex
    if "shares" in other:
        other = {"shares": [{"fund": make_envelope(fund).code, "amount": 1000}]}
    first, second = give(fund, key), give(fund, key, **other)
    assert (second.status_code, second.json()["code"]) == (422, "idempotency_key_reused")
    assert give(fund, key).json()["token"] == first.json()["token"]
    assert Donation.objects.get().amount == 5000


def test_a_meeting_gives_from_one_network(fund, settings):
    settings.PUBLIC_WRITES_AN_HOUR, settings.GIVING_WRITES_AN_HOUR = 1, 2
    assert [give(fund).status_code for _ in range(3)] == [201, 201, 429]


def test_without_a_key_nothing_is_kept(fund):
    answer = give(fund, "short")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_idempotency_key")
    assert not Donation.objects.exists()


@pytest.mark.parametrize("amount", [-100, 0, 99, 10**9, 750_001])
def test_an_amount_out_of_bounds_is_refused_in_words(fund, amount):
    assert wrong_fields(give(fund, amount=amount)) == {"amount"}


def test_no_more_is_begun_than_the_provider_takes():
    fund = make_fund(GivingRules.FR_ASSOCIATION)
    assert wrong_fields(give(fund, amount=100_000_000)) == {"amount"}
    assert give(fund, amount=99_999_999).status_code == 201


def test_nothing_is_given_as_what_no_cap_of_the_rules_counts(fund):
    candidate, association = make_fund(GivingRules.FR_CANDIDATE), make_fund(GivingRules.FR_ASSOCIATION)
    assert wrong_fields(give(candidate, nature="dues", amount=10_000_00)) == {"nature"}
    assert [give(each, nature="dues").status_code for each in (fund, association)] == [201, 201]


@pytest.mark.parametrize("amount", [12.5, "fifty", None])
def test_an_amount_that_is_no_number_of_cents_is_refused(fund, amount):
    assert wrong_fields(give(fund, amount=amount)) == {"amount"}


def test_another_currency_is_refused(fund):
    assert give(fund, currency="usd").json()["code"] == "wrong_currency"


@pytest.mark.parametrize("name", ["born_on", "nationality", "address_lines", "postcode", "city", "country"])
def test_what_the_rules_ask_is_asked(fund, name):
    assert wrong_fields(give(fund, donor={name: None if name == "born_on" else ""})) == {name}


def test_who_is_under_age_does_not_give(fund):
    young = (now() - timedelta(days=365 * 17)).date().isoformat()
    assert wrong_fields(give(fund, donor={"born_on": young})) == {"born_on"}


def test_who_may_not_give_is_told(fund):
    assert wrong_fields(give(fund, donor={"nationality": "DE", "country": "DE"})) == {"nationality"}
    assert give(fund, donor={"nationality": "DE", "country": "FR"}).status_code == 201
    assert give(fund, donor={"nationality": "FR", "country": "DE"}).status_code == 201


@pytest.mark.parametrize("donor", [{"nationality": "ZZ"}, {"country": "ZZ"}, {"nationality": "X1"}])
def test_a_country_is_one_that_there_is(fund, donor):
    assert wrong_fields(give(fund, donor=donor)) == set(donor)


def test_a_country_is_kept_as_it_is_written(fund):
    assert give(fund, donor={"nationality": "fr", "country": "be"}).status_code == 201
    assert (Donor.objects.get().nationality, Donor.objects.get().country) == ("FR", "BE")


def test_names_without_a_letter_are_none(fund):
    assert wrong_fields(give(fund, donor={"family_name": "-"})) == {"family_name"}


def test_a_donation_counts_on_the_day_of_the_rules():
    fund = make_fund(time_zone="Pacific/Noumea")
    assert give(fund).status_code == 201
    assert Donation.objects.get().counted_on == now().astimezone(ZoneInfo("Europe/Paris")).date()


def test_the_declaration_is_ticked_as_it_reads_now(fund):
    assert wrong_fields(give(fund, declaration="")) == {"declaration"}
    assert wrong_fields(give(fund, declaration="an-older-one")) == {"declaration"}


def test_where_no_rules_are_known_a_name_and_an_address_suffice():
    fund = make_fund(GivingRules.NONE, code="union")
    nothing = {"born_on": None, "nationality": "", "address_lines": "", "postcode": "", "city": "", "country": ""}
    answer = give(fund, donor=nothing)
    assert answer.status_code == 201, answer.content
    assert not DonorIdentity.objects.exists()


def test_a_donation_is_shared_between_envelopes_of_its_recipient(fund):
    envelope, stranger = make_envelope(fund), make_envelope(make_fund())
    assert give(fund, shares=[{"fund": envelope.code, "amount": 2000}]).status_code == 201
    assert list(Donation.objects.get().shares.values_list("fund", "amount")) == [(envelope.pk, 2000)]
    assert wrong_fields(give(fund, shares=[{"fund": stranger.code, "amount": 2000}])) == {"shares"}
    assert wrong_fields(give(fund, shares=[{"fund": envelope.code, "amount": 5001}])) == {"shares"}


def test_an_envelope_is_named_once(fund):
    share = {"fund": make_envelope(fund).code, "amount": 1000}
    assert wrong_fields(give(fund, shares=[share, share | {"amount": 2000}])) == {"shares"}


def test_a_monthly_donation_has_a_day_of_every_month(fund):
    assert wrong_fields(give(fund, day=29)) == {"day"}
    assert give(fund, day=5).status_code == 201
    assert MonthlyDonation.objects.get().day == 5
    assert Donation.objects.get().monthly == MonthlyDonation.objects.get()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_recipient_collects_between_its_days_only(when):
    today = in_days()
    days = {"before": {"opens_on": today + timedelta(days=2)}, "after": {"closes_on": today - timedelta(days=2)}}
    answer = give(make_fund(**days[when]))
    assert (answer.status_code, answer.json()["code"]) == (409, "not_collecting")


def test_nothing_is_paid_by_its_link_after_the_last_day(fund):
    given = make_donation(fund)
    monthly = make_monthly(fund, donor=given.donor, state=MonthlyState.FAILING)
    instalment = make_donation(fund, donor=given.donor, monthly=monthly, key=None, due_on=in_days(), state=DonationState.CONFIRMING)
    Fund.objects.update(closes_on=in_days(-2))
    for pay in (
        lambda: pay_donation(donation_id=given.pk, token="ctoken_12345678", return_url="https://maillage.example/", now=now()),
        lambda: confirm_instalment(donation_id=instalment.pk, return_url="https://maillage.example/", now=now()),
    ):
        with pytest.raises(Conflict) as refused:
            pay()
        assert refused.value.code == "not_collecting"
    assert set(Donation.objects.values_list("state", flat=True)) == {DonationState.STARTED, DonationState.CONFIRMING}


def test_a_fund_that_is_not_published_is_not_there():
    assert give(make_fund(published_at=None)).status_code == 404


def test_the_same_again_is_asked_about_first(fund):
    before = token_of(make_donation(fund, state=DonationState.SETTLED))
    answer = give(fund, previous=before)
    assert (answer.status_code, answer.json()["code"]) == (409, "donation_found")
    assert give(fund, previous=before, amount=5100).status_code == 201
    assert give(fund, previous=before, again=True).status_code == 201


def test_the_same_is_not_asked_about_after_half_an_hour_nor_where_it_was_not_paid(fund):
    long_ago = make_donation(fund, state=DonationState.SETTLED, at=now() - timedelta(minutes=31))
    assert give(fund, previous=token_of(long_ago)).status_code == 201
    assert give(fund, previous=token_of(make_donation(fund, state=DonationState.FAILED))).status_code == 201


def test_what_was_begun_long_ago_and_paid_a_moment_ago_is_asked_about(fund):
    donation = make_donation(fund, state=DonationState.SETTLED, at=now() - timedelta(minutes=50))
    PaymentAttempt.objects.create(donation=donation, token="ctoken_1", at=now() - timedelta(minutes=5))
    assert give(fund, previous=token_of(donation)).json()["code"] == "donation_found"


def test_a_link_follows_one_donation_and_names_nobody(fund):
    donation = make_donation(fund, state=DonationState.FAILED, failure="insufficient_funds")
    answer = Client().get(f"/api/v1/fundraising/donations/{token_of(donation)}/", headers={"Accept-Language": "en"})
    assert answer.json()["state"] == "failed"
    assert "not enough" in answer.json()["failure_said"]
    assert "Dumontel" not in answer.content.decode()
    assert Client().get("/api/v1/fundraising/donations/x/").status_code == 404


def test_what_a_bank_keeps_to_itself_stays_so(fund):
    for code in ("lost_card", "stolen_card", "fraudulent", "pickup_card"):
        donation = make_donation(fund, state=DonationState.FAILED, failure=code)
        answer = Client().get(f"/api/v1/fundraising/donations/{token_of(donation)}/", headers={"Accept-Language": "en"})
        assert "without saying why" in answer.json()["failure_said"]
