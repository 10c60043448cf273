"""Dashboards: a treasurer's figures at the commit of a donation, an organiser's months that are over, of five people at least."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.accounts.domain import Role
from maillage.fundraising.models import Donor, Edition, MonthlyDonation
from maillage.fundraising.services.editions import publish_months
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.people.models import AccessReason
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.fundraising.factories import make_donor, make_envelope, make_fund, settled

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def client_of(user):
    client = Client()
    sign_in(client, user)
    return client


@pytest.fixture
def treasurer(small_country):
    return client_of(make_granted(Role.TREASURER, small_country.country, email="money@people.example"))


def give(fund, number, *, area=None, cents=2000, at=NOON, **fields):
    for _ in range(number):
        donor = make_donor(given_name=f"giver{Donor.objects.count()}", area=area)
        settled(fund, amount=cents, at=at, donor=donor, **fields)


def read(client, fund, what="", **asked):
    answer = client.get(f"/api/v1/fundraising/funds/{fund.code}/dashboard/{what}", asked, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_donation_is_in_the_figures_at_once(treasurer):
    fund = make_fund(goal=100_000, goal_from=NOON.date())
    give(fund, 9)
    give(fund, 1, cents=20000)
    give(fund, 1, at=NOON - timedelta(days=40))
    told = read(treasurer, fund, period="2026-11")
    assert (told["people"], told["donations"]["number"], told["donations"]["cents"]) == (10, 10, 38000)
    assert (told["donations"]["median"], told["donations"]["mean"], told["passes_bar"]) == (2000, 3800, False)
    assert told["donations"]["title"] == "Nearly 5 euros in 10 come from donations under €50."
    assert [tier["number"] for tier in told["donations"]["tiers"]] == [0, 9, 0, 0, 0, 1]
    assert told["goal_cents"] == 38000, "what came before its first day does not count"
    assert told["days"] == [{"day": "2026-11-20", "donations": 10, "cents": 38000, "back": 0}]
    assert {"2026-11", "2026", "all"} <= set(told["periods"])
    assert read(treasurer, fund, period="all")["donations"]["points"][-1] == [1.0, 1.0]
    assert treasurer.get(f"/api/v1/fundraising/funds/{fund.code}/dashboard/", {"period": "1999"}).status_code == 404


def test_an_envelope_has_figures_of_its_own(treasurer):
    fund = make_fund()
    envelope = make_envelope(fund, code="solidarity")
    give(fund, 1, cents=5000, shares={envelope: 1000})
    assert read(treasurer, envelope, period="2026-11")["donations"]["cents"] == 1000
    listed = treasurer.get("/api/v1/fundraising/dashboards/").json()
    assert [(each["code"], each["recipient"], each["reads"]) for each in listed] == [
        (fund.code, None, "all"),
        ("solidarity", fund.code, "all"),
    ]


def test_places_add_up_with_what_came_from_nobody_knows_where(treasurer, small_country):
    fund, here = make_fund(), small_country.area("0101")
    here.population = 2000
    here.save(update_fields=["population"])
    give(fund, 2, area=here)
    give(fund, 1, cents=7000)
    told = read(treasurer, fund, "places/", period="2026-11")
    assert [(each["code"], each["people"], each["cents"], each["per_thousand"], each["small"]) for each in told["items"]] == [
        ("0101", 2, 4000, 2000, 2)
    ]
    assert (told["unplaced_donations"], told["unplaced_cents"]) == (1, 7000)
    export = f"/api/v1/fundraising/funds/{fund.code}/dashboard/places/export/?period=2026-11"
    assert treasurer.post(export, {"reason": " "}, content_type="application/json").status_code == 400
    assert not Entry.objects.filter(name="figures.exported").exists()
    answer = treasurer.post(export, {"reason": "for the report of the year"}, content_type="application/json")
    assert b"0101" in answer.content
    assert b"40.00" in answer.content
    fact = Entry.objects.get(name="figures.exported")
    assert fact.data["period"] == "2026-11"
    assert AccessReason.objects.get(pk=fact.data["reason_id"]).words == "for the report of the year"


def test_sources_beyond_the_first_thirty_are_told_together(treasurer):
    fund = make_fund()
    for number in range(33):
        give(fund, 1, source=f"link-{number:02}", cents=1000 + number)
    told = read(treasurer, fund, "sources/", period="2026-11")
    assert (told["items"][0]["link"], len(told["items"]), told["other_donations"]) == ("link-32", 30, 3)


def test_monthly_donations_are_told_by_cohort(treasurer):
    fund = make_fund()
    donor = make_donor()
    monthly = MonthlyDonation.objects.create(fund=fund, donor=donor, amount=1000, currency="eur", day=5, state="active")
    for month in (8, 9):
        settled(fund, amount=1000, donor=donor, monthly=monthly, due_on=date(2026, month, 5), at=datetime(2026, month, 5, 12, tzinfo=UTC))
    told = read(treasurer, fund, "monthly/")
    assert [(each["began"], each["number"], each["paid"][:2]) for each in told["cohorts"]] == [("2026-08", 1, [1, 1])]
    assert told["months"][1]["churn"] == 0
    assert "twelve" in told["method"]


def test_the_threshold_is_a_setting_that_can_be_told_exactly(treasurer):
    fund = make_fund()
    give(fund, 1, cents=3000)
    address = f"/api/v1/fundraising/funds/{fund.code}/dashboard/threshold/"
    assert treasurer.put(address, {"small_under": 3000}, content_type="application/json").json()["small_under"] == 3000
    assert read(treasurer, fund, period="2026-11")["donations"]["small_number"] == 0
    refused = treasurer.put(address, {"small_under": 12345}, content_type="application/json")
    assert refused.status_code == 400
    assert "small_under" in refused.json()["fields"]


def test_an_organiser_reads_months_that_are_over_of_their_places_and_nothing_else(small_country):
    fund = make_fund()
    past = now() - timedelta(days=70)
    give(fund, 6, area=small_country.area("0101"), at=past)
    give(fund, 2, area=small_country.area("0102"), at=past)
    give(fund, 7, area=small_country.area("0201"), at=past)
    give(fund, 9, area=small_country.area("0101"))
    organiser = client_of(make_granted(Role.ORGANISER, small_country.area("01", "department"), email="organiser@people.example"))
    assert publish_months(now=now()) >= 1
    assert publish_months(now=now()) == 0
    month = f"{past:%Y-%m}"
    told = organiser.get(f"/api/v1/fundraising/funds/{fund.code}/months/", {"month": month}).json()
    assert (told["people"], told["cents"]) == (15, 30000)
    rows = {(each["kind"], each["code"]): each["people"] for each in told["items"]}
    assert rows == {("department", "01"): 8, ("constituency", "0101"): None, ("constituency", "0102"): None}
    assert organiser.get(f"/api/v1/fundraising/funds/{fund.code}/dashboard/").status_code == 403
    listed = organiser.get("/api/v1/fundraising/dashboards/").json()
    assert [(each["code"], each["reads"]) for each in listed] == [(fund.code, "months")]


def test_an_organiser_reads_how_small_donations_and_large_ones_part_a_month(small_country):
    fund = make_fund()
    past = now() - timedelta(days=110)
    give(fund, 9, area=small_country.area("0101"), at=past)
    give(fund, 5, cents=8000, at=past)
    give(fund, 4, cents=8000, at=now() - timedelta(days=40))
    publish_months(now=now())
    organiser = client_of(make_granted(Role.ORGANISER, small_country.area("01", "department"), email="organiser@people.example"))
    told = organiser.get(
        f"/api/v1/fundraising/funds/{fund.code}/months/", {"month": f"{past:%Y-%m}"}, headers={"accept-language": "en"}
    ).json()
    curve = told["curve"]
    assert (curve["number"], curve["cents"], curve["small_number"], curve["small_cents"]) == (14, 58000, 9, 18000)
    assert curve["title"] == "More than 3 euros in 10 come from donations under €50."
    assert [(each["number"], each["cents"], each["is_small"]) for each in curve["tiers"]] == [(9, 18000, True), (5, 40000, False)]
    assert curve["points"][-1] == [1, 1]
    sums = {each["month"]: each["cents"] for each in told["months"]}
    assert sums[f"{past:%Y-%m}"] == 58000
    assert sums[f"{now() - timedelta(days=40):%Y-%m}"] is None, "four people are too few"
    few = organiser.get(f"/api/v1/fundraising/funds/{fund.code}/months/", {"month": f"{now() - timedelta(days=40):%Y-%m}"}).json()
    assert few["curve"] is None


def test_a_month_that_was_told_is_never_told_again(small_country):
    fund = make_fund()
    past = now() - timedelta(days=70)
    give(fund, 6, area=small_country.area("0101"), at=past)
    publish_months(now=now())
    before = list(Edition.objects.order_by("pk").values())
    give(fund, 6, area=small_country.area("0101"), at=past)
    publish_months(now=now())
    assert list(Edition.objects.order_by("pk").values())[: len(before)] == before
    assert not Edition.objects.filter(people__range=(1, 4)).exists()


def test_nothing_is_told_of_a_month_in_which_four_gave(small_country):
    fund = make_fund()
    give(fund, 4, area=small_country.area("0101"), at=now() - timedelta(days=70))
    publish_months(now=now())
    first = Edition.objects.order_by("month")[0]
    assert (first.area, first.people, first.cents, first.steps) == (None, None, None, [])
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=first.pk).update(people=4, cents=1, donations=1)


def test_the_page_of_the_accounts_tells_a_month_that_is_over(client, small_country):
    fund = make_fund()
    past = now() - timedelta(days=70)
    give(fund, 9, area=small_country.area("0101"), at=past)
    give(fund, 5, cents=8000, at=past)
    give(fund, 2, area=small_country.area("0201"), at=past)
    publish_months(now=now())
    page = client.get("/en/money/", {"month": f"{past:%Y-%m}"}).content.decode()
    assert "Nearly 4 euros in 10 come from donations under €50." in page
    assert "€620 came by 16 donations of 16 people." in page
    assert "<summary>4 places are not shown</summary>" in page
    assert page.index("4 places are not shown") < page.index("Val-de-Lune, constituency 1")
    assert re.findall(r'class="kind">(.*?)</th>', page) == ["Region"]
    assert 'class="curve"' in page
    french = client.get("/fr/money/", {"month": f"{past:%Y-%m}"}).content.decode()
    assert "Près de 4 euros sur 10" in french


def test_the_page_of_the_accounts_waits_for_a_month(client):
    assert "No month is told yet" in client.get("/en/money/").content.decode()
    make_fund()
    assert "No month is told yet" in client.get("/en/money/").content.decode()
