"""My giving in the app: what I gave, and nothing of anybody else."""

from datetime import timedelta

import pytest
from django.test import Client

from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain.words import DonationState, MonthlyState
from maillage.fundraising.models import Donor, MonthlyDonation, YearlyStatement
from maillage.kernel.clock import now
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.days import in_days
from tests.backend.fundraising.factories import association, make_donation, make_donor, make_fund, settled
from tests.backend.people.factories import make_person

pytestmark = pytest.mark.django_db

MINE = "/api/v1/fundraising/mine/"
EMAIL = "claire.dumontel@people.example"


@pytest.fixture
def user() -> User:
    return make_user(EMAIL)


@pytest.fixture
def app(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, user)
    return client


def test_my_donations_come_from_my_record_and_my_proved_address_and_from_nowhere_else(app, user):
    fund = association()
    person = make_person()
    person.user = user
    person.save()
    mine = settled(fund, donor=make_donor(proved_at=now()), at=now() - timedelta(days=3))
    other_address = settled(fund, donor=make_donor(email="claire@work.example", person=person), at=now() - timedelta(days=2))
    settled(fund, donor=make_donor(email="samir@people.example", given_name="Samir", proved_at=now()))
    settled(fund, donor=make_donor())
    make_donation(fund, donor=make_donor(proved_at=now()), state=DonationState.FAILED)
    services.make_receipt(donation_id=mine.pk, now=now())
    first = app.get(f"{MINE}donations/", {"limit": 1}).json()
    second = app.get(f"{MINE}donations/", {"limit": 1, "after": first["next"]}).json()
    assert [row["id"] for row in first["items"] + second["items"]] == [str(other_address.pk), str(mine.pk)]
    assert second["next"] is None
    row = second["items"][0]
    assert (row["to"], row["amount"], row["steps"][0]["code"]) == ("Common Shore", 5000, "made")
    assert Client().get(row["receipt"]).headers["Content-Type"] == "application/pdf"
    assert Client().get(row["page"]).status_code == 200


def test_the_steps_of_a_political_donation_are_told(app):
    settled(make_fund(), donor=make_donor(proved_at=now()))
    (row,) = app.get(f"{MINE}donations/").json()["items"]
    assert [(step["code"], step["at"] is None) for step in row["steps"]] == [("recorded", False), ("transmitted", True), ("issued", True)]
    assert row["receipt"] is None


def test_what_runs_each_month_leads_to_where_it_is_stopped(app):
    fund, donor = make_fund(), make_donor(proved_at=now())
    said = {"fund": fund, "donor": donor, "amount": 1000, "currency": "eur", "day": 5}
    MonthlyDonation.objects.create(state=MonthlyState.ACTIVE, next_on=in_days(), **said)
    MonthlyDonation.objects.create(state=MonthlyState.STOPPED, stopped_at=now(), **said)
    (row,) = app.get(MINE).json()["monthly"]
    assert (row["amount"], row["to"], row["state"]) == (1000, "Common Shore", "active")
    assert Client().get(row["page"][row["page"].index("/en/monthly/") :]).status_code == 200


def test_what_the_law_still_lets_me_give_is_told_once_for_the_recipients_that_share_it(app):
    fund = make_fund()
    make_fund()
    settled(fund, donor=make_donor(proved_at=now()), amount=33_000)
    (row,) = app.get(MINE).json()["allowances"]
    assert (row["cap"], row["counted"], row["remaining"], row["name"]) == (750_000, 33_000, 717_000, "Claire Dumontel")
    assert "You may still give €7,170 this year." in row["said"]


def test_what_somebody_else_gave_in_my_name_from_elsewhere_is_not_told_before_i_gave(app):
    settled(make_fund(), donor=make_donor(email="other@people.example", proved_at=now()), amount=33_000)
    assert app.get(MINE).json()["allowances"] == []


def test_a_year_that_was_told_can_be_seen(app):
    donor = make_donor(proved_at=now())
    YearlyStatement.objects.create(year=2025, mark="x", donor=donor)
    (row,) = app.get(MINE).json()["statements"]
    assert row["year"] == 2025
    assert Client().get(row["page"]).status_code == 200


def test_i_say_whether_it_was_me_who_typed_my_address(app):
    mine = settled(make_fund(), donor=make_donor())
    theirs = settled(make_fund(), donor=make_donor(given_name="Zoé"))
    asked = app.get(MINE).json()["asked"]
    assert {row["donor"] for row in asked} == {str(mine.donor_id), str(theirs.donor_id)}
    assert app.get(f"{MINE}donations/").json()["items"] == []
    answer = app.post(f"{MINE}asked/{mine.donor_id}/", {"was": "me"}, content_type="application/json")
    assert answer.status_code == 204
    app.post(f"{MINE}asked/{theirs.donor_id}/", {"was": "not_me"}, content_type="application/json")
    assert [row["id"] for row in app.get(f"{MINE}donations/").json()["items"]] == [str(mine.pk)]
    assert Donor.objects.get(pk=theirs.donor_id).email == ""
    assert app.get(MINE).json()["asked"] == []
    assert app.post(f"{MINE}asked/{mine.donor_id}/", {"was": "me"}, content_type="application/json").status_code == 404


def test_nobody_answers_for_the_address_of_others(app):
    theirs = make_donation(donor=make_donor(email="samir@people.example"), state=DonationState.SETTLED)
    assert app.post(f"{MINE}asked/{theirs.donor_id}/", {"was": "me"}, content_type="application/json").status_code == 404
