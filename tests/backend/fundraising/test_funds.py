"""Funds set up by an administrator."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from maillage.accounts.domain import Role
from maillage.fundraising.domain.setting_up import is_iban
from maillage.fundraising.models import Fund
from maillage.journal.models import Entry
from maillage.people.domain import GivingRules
from maillage.people.selectors.organisation import organisation
from maillage.territories.models import Election
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.fundraising.factories import make_donation, make_envelope, make_fund
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db

FUNDS = "/api/v1/fundraising/funds/"
KEYS = "agent=sk_test_1,pk_test_1,whsec_1"
FACTS = {
    "rules": "fr-party",
    "legal_name": "Association de financement de Rive commune",
    "party": "Rive commune",
    "approved_on": "2020-03-02",
    "account": "agent",
    "suggested_once": [1000, 2000],
}
WORDS = {"name": "Rive commune", "title": "Donnez à Rive commune", "uses": [{"amount": 1000, "pays": "un trajet"}]}


@pytest.fixture
def administrator(client: Client, small_country: SmallCountry, settings: Settings) -> Client:
    settings.STRIPE_ACCOUNTS = KEYS
    sign_in(client, make_granted(Role.ADMINISTRATOR, small_country.country))
    return client


def ask(client: Client, method: str, path: str, body: Any = None, *, status: int = 200) -> dict[str, Any]:
    answer = client.generic(method, f"{FUNDS}{path}", json.dumps(body or {}), content_type="application/json")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def facts_written() -> list[str]:
    return [name for name in Entry.objects.order_by("pk").values_list("name", flat=True) if name.startswith("fund.")]


def test_a_recipient_is_opened_described_worded_and_published(administrator: Client) -> None:
    fund = ask(administrator, "POST", "", {"code": "party", "legal_name": "Association", "rules": "fr-party"}, status=201)
    assert fund["missing"] == ["approved_on", "party", "text_fr", "text_en", "way"]
    assert (fund["mentions"], fund["abilities"]["publish"], fund["account_mode"]) == ({}, False, "none")
    refused = ask(administrator, "POST", "party/publish/", status=409)
    assert (refused["code"], refused["missing"]) == ("fund_incomplete", fund["missing"])
    ask(administrator, "PUT", "party/", FACTS)
    for language in ("fr", "en"):
        fund = ask(administrator, "PUT", f"party/texts/{language}/", WORDS)
    assert (fund["missing"], fund["account_mode"], fund["abilities"]["publish"]) == ([], "test", True)
    assert "Rive commune" in fund["mentions"]["fr"][0]
    assert fund["texts"]["fr"]["uses"] == [{"amount": 1000, "pays": "un trajet"}]
    fund = ask(administrator, "POST", "party/publish/")
    assert fund["published_at"]
    assert ask(administrator, "POST", "party/publish/")["published_at"] == fund["published_at"]
    assert facts_written() == ["fund.opened", "fund.described", "fund.worded", "fund.worded", "fund.published"]


def test_an_agent_says_how_the_authority_reaches_it_and_publishes_without(administrator: Client) -> None:
    fund = ask(administrator, "POST", "", {"code": "party", "legal_name": "Association", "rules": "fr-party"}, status=201)
    assert {"address", "registration", "phone", "email"} <= set(fund["asked_facts"])
    assert not {"address", "registration", "phone", "email"} & set(fund["missing"])
    described = ask(administrator, "PUT", "party/", {**FACTS, "phone": "+33 1 99 00 12 34", "email": " Dons@Rive.Example "})
    assert (described["phone"], described["email"]) == ("+33199001234", "dons@rive.example")
    emptied = ask(administrator, "PUT", "party/", FACTS)
    assert (emptied["phone"], emptied["email"]) == ("", "")


def test_an_association_says_first_what_its_receipts_print(administrator: Client) -> None:
    fund = ask(administrator, "POST", "", {"code": "bridge", "legal_name": "Les Amis du pont", "rules": "fr-association"}, status=201)
    assert {"registration", "purpose", "quality", "signatory"} < set(fund["missing"])
    assert len(fund["missing"]) == len(set(fund["missing"]))


def test_the_rules_are_proposed_from_who_runs_this_site(administrator: Client, small_country: SmallCountry) -> None:
    fund = ask(administrator, "POST", "", {"code": "union", "legal_name": "Un syndicat"}, status=201)
    assert fund["rules"] == ask(administrator, "GET", "")["proposed_rules"] == "none"


@pytest.mark.parametrize("lost", [{"party": ""}, {"approved_on": None}, {"legal_name": ""}, {"account": ""}])
def test_a_published_page_loses_nothing_that_its_mentions_name(administrator: Client, lost: dict[str, Any]) -> None:
    make_fund(code="party", account="agent", party="Rive commune")
    refused = ask(administrator, "PUT", "party/", {**FACTS, **lost}, status=409)
    assert refused["code"] == "fund_incomplete"
    assert Fund.objects.get(code="party").party == "Rive commune"
    changed = ask(administrator, "PUT", "party/", {**FACTS, "party": "Autre rive"})
    assert "Autre rive" in changed["mentions"]["fr"][0]


def test_a_published_page_keeps_its_title(administrator: Client) -> None:
    make_fund(code="party", account="agent", party="Rive commune")
    assert ask(administrator, "PUT", "party/texts/fr/", {"name": "Rive"}, status=409)["missing"] == ["text_fr"]


def test_once_somebody_gave_the_rules_and_the_account_stay(administrator: Client) -> None:
    make_donation(make_fund(code="party", account="agent", party="Rive commune"))
    assert ask(administrator, "PUT", "party/", {**FACTS, "rules": "none"}, status=409)["code"] == "rules_used"
    assert ask(administrator, "PUT", "party/", {**FACTS, "account": "other"}, status=409)["code"] == "account_used"


def test_an_account_is_of_one_recipient(administrator: Client) -> None:
    make_fund(code="party", account="agent")
    make_fund(code="asso")
    assert "account" in ask(administrator, "PUT", "asso/", {**FACTS}, status=400)["fields"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("suggested_once", [2000, 1000]),
        ("suggested_once", [50]),
        ("suggested_monthly", [1000, 1000]),
        ("iban", "FR76 3000 6000 0112 3456 7890 188"),
        ("phone", "call me"),
        ("email", "dons@rive"),
        ("goal_on", "2027-01-01"),
        ("goal_from", "2027-01-01"),
        ("election", "nobody-2027"),
        ("least", 0),
    ],
)
def test_what_cannot_be_is_refused_by_field(administrator: Client, field: str, value: Any) -> None:
    make_fund(code="party", account="agent", party="Rive commune")
    fields = ask(administrator, "PUT", "party/", {**FACTS, field: value}, status=400)["fields"]
    assert set(fields) <= {field, "goal"}


def test_days_that_run_backwards_are_refused(administrator: Client) -> None:
    make_fund(code="party", account="agent", party="Rive commune")
    said = {**FACTS, "opens_on": "2027-01-02", "closes_on": "2027-01-01"}
    assert "closes_on" in ask(administrator, "PUT", "party/", said, status=400)["fields"]


def test_an_agent_of_a_candidate_collects_from_six_months_before_the_month_of_the_election(
    administrator: Client, small_country: SmallCountry
) -> None:
    make_fund(GivingRules.FR_CANDIDATE, code="agent", published_at=None)
    days = {"first_round_on": date(2027, 6, 13), "second_round_on": date(2027, 6, 20)}
    Election.objects.create(
        country=organisation().country, code="legislative-2027", name={"fr": "Vote"}, territory=small_country.country, **days
    )
    said = {**FACTS, "rules": "fr-candidate", "account": "", "election": "legislative-2027", "candidates": "Ada Noir"}
    assert "opens_on" in ask(administrator, "PUT", "agent/", {**said, "opens_on": "2026-11-30"}, status=400)["fields"]
    fund = ask(administrator, "PUT", "agent/", {**said, "opens_on": "2026-12-01"})
    assert (fund["collects_from"], fund["election"]) == ("2026-12-01", "legislative-2027")
    (known,) = ask(administrator, "GET", "")["elections"]
    assert (known["code"], known["is_confirmed"], known["collects_until"]) == ("legislative-2027", False, None)


def test_the_page_of_a_candidate_waits_for_its_election_and_its_last_day(administrator: Client, small_country: SmallCountry) -> None:
    make_fund(GivingRules.FR_CANDIDATE, code="agent", published_at=None)
    said = {**FACTS, "rules": "fr-candidate", "account": "", "candidates": "Ada Noir", "opens_on": "2026-12-01"}
    assert {"election", "closes_on"} <= set(ask(administrator, "PUT", "agent/", said)["missing"])
    election = Election.objects.create(
        country=organisation().country, code="vote", territory=small_country.country, first_round_on=date(2027, 6, 13)
    )
    election.windows.create(
        area=small_country.country, kind="collecting", starts_on=date(2026, 12, 1), ends_on=date(2027, 8, 20), law="L. 52-4"
    )
    (known,) = ask(administrator, "GET", "")["elections"]
    assert (known["collects_from"], known["collects_until"]) == ("2026-12-01", "2027-08-20")
    named = ask(administrator, "PUT", "agent/", {**said, "election": "vote", "closes_on": known["collects_until"]})["missing"]
    assert not {"election", "closes_on", "opens_on"} & set(named)


def test_an_account_number_has_check_digits() -> None:
    assert is_iban("FR1420041010050500013M02606")
    assert not is_iban("FR1420041010050500013M02607")
    assert not is_iban("FR14")


def test_envelopes_are_added_closed_and_opened_again(administrator: Client, small_country: SmallCountry) -> None:
    make_fund(code="party", account="agent", party="Rive commune")
    area = small_country.area("01", "department")
    body = {"envelope": "here", "name": "Ici", "area": str(area.pk)}
    (envelope,) = ask(administrator, "POST", "party/envelopes/", body, status=201)["envelopes"]
    assert (envelope["code"], envelope["area"]["name"], envelope["texts"]["fr"]["name"]) == ("here", area.called, "Ici")
    assert "envelope" in ask(administrator, "POST", "party/envelopes/", body, status=400)["fields"]
    assert ask(administrator, "PUT", "here/texts/en/", {"name": "Here"})["envelopes"][0]["texts"]["en"]["name"] == "Here"
    assert ask(administrator, "POST", "here/close/")["envelopes"][0]["abilities"]["reopen"]
    assert ask(administrator, "POST", "here/reopen/")["envelopes"][0]["closed_at"] is None


def test_a_closed_recipient_changes_no_more_until_it_is_opened_again(administrator: Client) -> None:
    make_envelope(make_fund(code="party", account="agent", party="Rive commune"), code="part")
    assert ask(administrator, "POST", "party/close/")["abilities"] == {
        "describe": False,
        "publish": False,
        "add_envelope": False,
        "close": False,
        "reopen": True,
    }
    assert ask(administrator, "PUT", "party/", FACTS, status=409)["code"] == "fund_closed"
    assert ask(administrator, "POST", "party/envelopes/", {"envelope": "x", "name": "X"}, status=409)["code"] == "fund_closed"
    assert ask(administrator, "POST", "party/reopen/")["abilities"]["close"]
    assert facts_written() == ["fund.closed", "fund.reopened"]


@pytest.mark.parametrize("code", ["thanks", "party"])
def test_an_address_that_is_taken_is_refused(administrator: Client, code: str) -> None:
    make_fund(code="party")
    assert "code" in ask(administrator, "POST", "", {"code": code, "legal_name": "X"}, status=400)["fields"]


def test_an_envelope_is_no_recipient(administrator: Client) -> None:
    make_envelope(make_fund(code="party"), code="part")
    ask(administrator, "PUT", "part/", FACTS, status=404)
    ask(administrator, "POST", "part/publish/", status=404)
    ask(administrator, "POST", "part/envelopes/", {"envelope": "x", "name": "X"}, status=404)
