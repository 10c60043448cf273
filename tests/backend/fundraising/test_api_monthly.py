"""The treasurer's list of monthly donations."""

import pytest
from django.test import Client

from maillage.accounts.domain import Role
from maillage.fundraising.domain.words import MonthlyState, StepBy
from maillage.fundraising.models import MonthlyDonation, MonthlyStep
from maillage.messaging.models import Message
from maillage.people.models import Access
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.fundraising.factories import make_donor, make_fund
from tests.backend.fundraising.monthly_world import make_monthly
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db

TREASURY = "/api/v1/fundraising/treasury"


@pytest.fixture
def treasurer(client: Client, small_country: SmallCountry) -> Client:
    sign_in(client, make_granted(Role.TREASURER, small_country.country))
    return client


def test_they_are_listed_by_state_and_page_and_the_reading_is_logged(treasurer: Client):
    fund, person = make_fund(), make_person()
    running = make_monthly(fund, donor=make_donor(person=person))
    paused = make_monthly(fund, donor=make_donor(), state=MonthlyState.PAUSED)
    make_monthly(make_fund(), donor=make_donor())
    first = treasurer.get(f"{TREASURY}/{fund.code}/monthly/?limit=1").json()
    second = treasurer.get(f"{TREASURY}/{fund.code}/monthly/?limit=1&after={first['next']}").json()
    assert [row["id"] for row in (*first["items"], *second["items"])] == [str(paused.pk), str(running.pk)]
    assert second["next"] is None
    assert Access.objects.get().person_ids == [person.pk]
    only = treasurer.get(f"{TREASURY}/{fund.code}/monthly/?state=paused").json()["items"]
    assert [(row["id"], row["state"], row["amount"]) for row in only] == [(str(paused.pk), "paused", 1000)]
    assert treasurer.get(f"{TREASURY}/{fund.code}/monthly/?state=nonsense").status_code == 400


def test_one_is_stopped_with_a_reason_and_its_donor_told(treasurer: Client):
    monthly = make_monthly(make_fund(), donor=make_donor())
    assert treasurer.post(f"{TREASURY}/monthly/{monthly.pk}/stop/", {"reason": " "}, "application/json").status_code == 400
    for _twice in range(2):
        answer = treasurer.post(f"{TREASURY}/monthly/{monthly.pk}/stop/", {"reason": "Asked by telephone"}, "application/json")
        assert (answer.status_code, answer.json()["state"]) == (200, "stopped")
    step = MonthlyStep.objects.get()
    assert (step.by, step.reason, step.user is not None) == (StepBy.TREASURER, "Asked by telephone", True)
    assert Message.objects.get().about_id == step.pk
    assert MonthlyDonation.objects.get().next_on is None


def test_that_of_a_recipient_that_one_does_not_keep_is_not_there(client: Client, small_country: SmallCountry):
    sign_in(client, make_granted(Role.TREASURER, small_country.area("01", "department")))
    monthly = make_monthly(make_fund(area=small_country.area("0201")), donor=make_donor())
    assert client.post(f"{TREASURY}/monthly/{monthly.pk}/stop/", {"reason": "x"}, "application/json").status_code == 404
    assert client.get(f"{TREASURY}/{monthly.fund.code}/monthly/").status_code == 404
