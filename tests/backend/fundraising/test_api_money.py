"""What a treasurer reads and does after a payment, through the API."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from maillage.accounts.domain import Role
from maillage.fundraising.models import HeldCard, RefundAuthorisation, RefundRequest
from maillage.people.models import Access
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.fundraising.factories import make_donor
from tests.backend.fundraising.standing import Place, run_jobs
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

HERE = "/api/v1/fundraising/treasury"


@pytest.fixture
def treasurer(small_country: SmallCountry) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, make_granted(Role.TREASURER, small_country.country))
    return client


def post(client: Client, path: str, body: Any = None, **headers: str) -> Any:
    return client.post(f"{HERE}/{path}", json.dumps(body or {}), content_type="application/json", headers=headers)


def test_money_is_read_back_by_hand_and_its_progress_is_told(place: Place, treasurer: Client) -> None:
    place.given(5000)
    money = treasurer.get(f"{HERE}/{place.fund.code}/money/").json()
    assert (money["reconciliation"], money["balance"]) == (None, None)
    begun = post(treasurer, f"{place.fund.code}/reconcile/")
    assert (begun.status_code, begun.json()["ended_at"]) == (202, None)
    run_jobs("fundraising.reconcile")
    money = treasurer.get(f"{HERE}/{place.fund.code}/money/").json()
    assert money["reconciliation"]["is_whole"]
    assert money["reconciliation"]["seen"] >= 2
    assert money["books"] == money["balance"] == place.balance()


def test_differences_are_listed_explained_and_noted_in_the_log(agent: Place, treasurer: Client) -> None:
    person = make_person(given_name="Claire")
    donation = agent.given(5000, donor=make_donor(person=person))
    agent.stripe.client.v1.refunds.create({"charge": donation.charge or "", "amount": 1000})
    agent.hear()
    agent.reconcile()
    (row,) = treasurer.get(f"{HERE}/{agent.fund.code}/differences/").json()["items"]
    assert (row["kind"], row["donor"], row["donation"]) == ("unauthorised", "Claire Dumontel", str(donation.pk))
    assert row["said"] == "given back without the agent’s authorisation"
    assert Access.objects.filter(reading="fundraising.differences", person_ids__contains=[person.pk]).exists()
    assert post(treasurer, f"differences/{row['id']}/explain/", {"words": ""}).status_code == 400
    assert post(treasurer, f"differences/{row['id']}/explain/", {"words": "Vu avec elle"}).status_code == 204
    assert treasurer.get(f"{HERE}/{agent.fund.code}/differences/").json()["items"] == []
    assert treasurer.get(f"{HERE}/{agent.fund.code}/differences/?stands=explained").json()["items"][0]["words"] == "Vu avec elle"
    assert treasurer.get(f"{HERE}/{agent.fund.code}/differences/?stands=x").status_code == 400


def test_money_goes_back_once_for_a_key_and_only_with_the_agents_word(agent: Place, treasurer: Client) -> None:
    person = make_person(given_name="Claire")
    donation = agent.given(5000, donor=make_donor(person=person))
    path = f"donations/{donation.pk}/given-back/"
    said = treasurer.get(f"{HERE}/donations/{donation.pk}/").json()["given_back"]
    assert Access.objects.get(person_ids__contains=[person.pk]).reading == "fundraising.donation"
    assert (said["needs_authorisation"], said["authorised"], said["left"]) == (True, 0, 5000)
    key = uuid4().hex
    refused = post(treasurer, path, {"amount": 2000, "reason": "x"}, idempotency_key=key)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_authorised")
    words = {"amount": 2000, "authorised_by": "Le mandataire", "authorised_on": "2026-11-02", "reference": "courrier 12"}
    assert post(treasurer, f"donations/{donation.pk}/authorisations/", words | {"authorised_on": "2199-01-01"}).status_code == 400
    assert post(treasurer, f"donations/{donation.pk}/authorisations/", words).status_code == 201
    answers = [post(treasurer, path, {"amount": 2000, "reason": "x"}, idempotency_key=key) for _ in range(2)]
    assert [answer.json()["state"] for answer in answers] == ["done", "done"]
    assert (RefundRequest.objects.count(), RefundAuthorisation.objects.count()) == (1, 1)
    said = treasurer.get(f"{HERE}/donations/{donation.pk}/").json()["given_back"]
    assert (said["refunded"], said["left"], said["authorised"]) == (2000, 3000, 0)
    assert post(treasurer, path, {"amount": 1, "reason": "x"}).json()["code"] == "bad_idempotency_key"


def test_disputes_and_payouts_are_listed(place: Place, treasurer: Client) -> None:
    donation = place.given(5000)
    id = place.stripe.control("disputes", {"charge": donation.charge})["id"]
    place.given(9000)
    place.stripe.move(working_days=4)
    place.hear()
    (row,) = treasurer.get(f"{HERE}/{place.fund.code}/disputes/").json()["items"]
    assert (row["id"], row["amount"], row["state"], row["donor"]) == (id, 5000, "needs_response", "Claire Dumontel")
    assert post(treasurer, f"disputes/{id}/answer/", {"evidence": "Elle a confirmé."}).status_code == 204
    (payout,) = treasurer.get(f"{HERE}/{place.fund.code}/payouts/").json()["items"]
    lines = treasurer.get(f"{HERE}/payouts/{payout['id']}/").json()["items"]
    assert sum(line["amount"] - line["fee"] for line in lines) == payout["amount"]
    assert {line["donation"] for line in lines} >= {str(donation.pk)}


def test_held_cards_are_taken_and_refused(place: Place, treasurer: Client) -> None:
    first, second = place.pay(place.donation(), "pm_card_us"), place.pay(place.donation(), "pm_card_us")
    rows = treasurer.get(f"{HERE}/{place.fund.code}/held/").json()["items"]
    assert [row["donation"] for row in rows] == [str(first.pk), str(second.pk)]
    assert post(treasurer, f"donations/{first.pk}/take/").json() == {"state": "settled"}
    assert post(treasurer, f"donations/{second.pk}/refuse/", {"words": "Carte d’une société"}).json() == {"state": "ended"}
    assert treasurer.get(f"{HERE}/{place.fund.code}/held/").json()["items"] == []
    assert len(treasurer.get(f"{HERE}/{place.fund.code}/held/?decided=true").json()["items"]) == 2
    assert set(HeldCard.objects.values_list("outcome", flat=True)) == {"taken", "refused"}


def test_another_recipients_treasurer_learns_nothing(place: Place, small_country: SmallCountry) -> None:
    client = Client()
    sign_in(client, make_granted(Role.TREASURER, small_country.area("0101")))
    donation = place.given(5000)
    assert client.get(f"{HERE}/{place.fund.code}/money/").status_code == 404
    assert post(client, f"donations/{donation.pk}/given-back/", {"amount": 100, "reason": "x"}).status_code == 404
    assert post(client, f"donations/{donation.pk}/take/").status_code == 404
