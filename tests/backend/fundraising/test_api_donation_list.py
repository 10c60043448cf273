"""The donations to a recipient, read by its treasurer."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.domain import Role
from maillage.fundraising.domain.words import DifferenceKind, DisputeState, DonationState, HeldFor, Method
from maillage.fundraising.models import Difference, Dispute, Donation, Excess, Fund, HeldCard, MonthlyDonation, PaymentAttempt
from maillage.fundraising.services.payments import apply_payment
from maillage.kernel.clock import now
from maillage.people.models import Access
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.fundraising.factories import make_donation, make_donor, make_envelope, make_fund, paid, settled
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db

TREASURY = "/api/v1/fundraising/treasury/"


@pytest.fixture
def treasurer(client: Client, small_country: SmallCountry) -> Client:
    sign_in(client, make_granted(Role.TREASURER, small_country.country))
    return client


def listed(client: Client, fund: Fund, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"{TREASURY}{fund.code}/donations/", asked)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def amounts(client: Client, fund: Fund, **asked: Any) -> list[int]:
    counted = client.get(f"{TREASURY}{fund.code}/donations/count/", asked).json()
    found = [row["amount"] for row in listed(client, fund, **asked)["items"]]
    assert counted == {"count": len(found), "is_more": False}
    return found


def test_what_they_keep_and_what_waits_for_their_word(treasurer: Client) -> None:
    fund = make_fund(code="party")
    make_envelope(fund, code="solidarity")
    held = make_donation(fund, state=DonationState.HELD, held_for=HeldFor.PREPAID)
    HeldCard.objects.create(donation=held, reason=HeldFor.PREPAID, held_at=now(), given_up_at=now() + timedelta(days=6))
    with translation.override("en"):
        (kept,) = treasurer.get(TREASURY, headers={"Accept-Language": "en"}).json()["items"]
    assert (kept["name"], kept["held"], kept["envelopes"]) == ("Common Shore", 1, [{"code": "solidarity", "name": "Solidarity"}])


def test_what_waits_is_counted_for_each_recipient_with_the_first_hour_by_which_it_is_over(treasurer: Client) -> None:
    at = now()
    party, other = make_fund(code="party"), make_fund(code="other")
    donation = settled(party, amount=2000)
    for days, words in ((4, ""), (2, ""), (1, "answered"), (-1, "")):
        Dispute.objects.create(
            pk=f"dp_{days}",
            donation=donation,
            amount=500,
            state=DisputeState.NEEDS_RESPONSE,
            reason="general",
            is_inquiry=False,
            opened_at=at,
            due_at=at + timedelta(days=days),
            evidence=words,
        )
    Difference.objects.create(fund=party, kind=DifferenceKind.AMOUNTS, reference="ch_1", opened_at=at)
    Difference.objects.create(fund=party, kind=DifferenceKind.AMOUNTS, reference="ch_2", opened_at=at, closed_at=at)
    Excess.objects.create(fund=other, donation=settled(other), cap="year", period="2026", cents=100, found_at=at)
    said = treasurer.get(TREASURY).json()
    counts = {row["code"]: (row["held"], row["disputes"], row["differences"], row["excesses"]) for row in said["items"]}
    assert counts == {"party": (0, 2, 1, 0), "other": (0, 0, 0, 1)}
    due = {row["code"]: row["due_at"] and datetime.fromisoformat(row["due_at"]) for row in said["items"]}
    assert due == {"party": at + timedelta(days=2), "other": None}
    assert said["near_identities"] == 0


def test_a_donation_is_listed_with_who_gave_and_whoever_gave_finds_the_reader(
    treasurer: Client, small_country: SmallCountry, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fund = make_fund()
    envelope = make_envelope(fund)
    person = make_person(area=small_country.area("0101"))
    for amount in (1000, 2000, 3000):
        settled(
            fund, amount=amount, donor=make_donor(person=person, area=small_country.area("0101")), shares={envelope: 500}, source="mail-12"
        )
    treasurer.get(TREASURY)
    with django_assert_num_queries(10):  # session, roles, recipient, page, shares and their names, places, the log
        row = listed(treasurer, fund)["items"][0]
    assert (row["given_name"], row["family_name"], row["amount"], row["state"]) == ("Claire", "Dumontel", 3000, "settled")
    assert (row["commune"], row["place"], row["ref"], row["is_returning"]) == (
        "26150 Die",
        small_country.area("0101").called,
        "mail-12",
        True,
    )
    assert [share["amount"] for share in row["shares"]] == [500]
    access = Access.objects.get(reading="fundraising.donations")
    assert (access.role, access.person_ids) == (Role.TREASURER, [person.pk])


def test_the_list_is_narrowed(treasurer: Client, small_country: SmallCountry) -> None:
    fund = make_fund()
    envelope = make_envelope(fund, code="solidarity")
    make_donation(make_fund(), amount=999)
    noon = datetime(2026, 11, 10, 11, tzinfo=UTC)
    elodie = make_donor(given_name="Élodie", family_name="Le Bris", email="elodie@people.example", area=small_country.area("0101"))
    settled(fund, amount=1000, at=noon, donor=elodie)
    again = make_donor(given_name="Élodie", family_name="Le Bris", email="elodie@people.example", area=small_country.area("0101"))
    settled(fund, amount=2000, at=noon + timedelta(days=1), donor=again, shares={envelope: 500}, source="mail-12")
    monthly = MonthlyDonation.objects.create(fund=fund, donor=make_donor(), amount=3000, currency="eur", day=5)
    make_donation(fund, amount=3000, at=noon + timedelta(days=2), monthly=monthly, due_on=date(2026, 11, 12), method=Method.SEPA_DEBIT)
    assert amounts(treasurer, fund) == [3000, 2000, 1000]
    assert amounts(treasurer, fund, sort="oldest") == [1000, 2000, 3000]
    assert amounts(treasurer, fund, sort="largest") == [3000, 2000, 1000]
    assert amounts(treasurer, fund, state="settled") == [2000, 1000]
    assert amounts(treasurer, fund, method="sepa_debit") == [3000]
    assert amounts(treasurer, fund, rhythm="monthly") == [3000]
    assert amounts(treasurer, fund, rhythm="once") == [2000, 1000]
    assert amounts(treasurer, fund, envelope="solidarity") == [2000]
    assert amounts(treasurer, fund, ref="mail-12") == [2000]
    assert amounts(treasurer, fund, since="2026-11-11", until="2026-11-11") == [2000]
    assert amounts(treasurer, fund, least=1500, most=2500) == [2000]
    assert amounts(treasurer, fund, area=small_country.area("01", "department").pk) == [2000, 1000]
    assert amounts(treasurer, fund, before="returning") == [2000]
    assert amounts(treasurer, fund, before="new") == [3000, 1000]


@pytest.mark.parametrize("q", ["elodie", "bris elo", "le-bris", "elodie@people.example", "20", "20,00 €"])
def test_it_is_searched_by_name_address_and_amount(treasurer: Client, q: str) -> None:
    fund = make_fund()
    make_donation(fund, amount=2000, donor=make_donor(given_name="Élodie", family_name="Le Bris", email="elodie@people.example"))
    make_donation(fund, amount=3000)
    assert amounts(treasurer, fund, q=q) == [2000]


@pytest.mark.parametrize("sort", ["latest", "oldest", "largest"])
def test_pages_hold_each_donation_once(treasurer: Client, sort: str) -> None:
    fund = make_fund()
    at = now()
    for number in range(7):
        make_donation(fund, amount=1000 + number // 2, at=at - timedelta(hours=number // 2))
    seen: list[str] = []
    after = ""
    while True:
        page = listed(treasurer, fund, sort=sort, limit=2, after=after)
        seen += [row["id"] for row in page["items"]]
        after = page["next"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize(
    ("name", "value"),
    [("state", "paid"), ("since", "2026-13-01"), ("least", "-1"), ("least", "1.5"), ("area", "x"), ("sort", "name"), ("before", "1")],
)
def test_what_is_not_known_is_refused_by_field(treasurer: Client, name: str, value: str) -> None:
    answer = treasurer.get(f"{TREASURY}{make_fund().code}/donations/", {name: value})
    assert answer.status_code == 400
    assert name in answer.json()["fields"]


def test_a_card_tells_what_happened_and_what_the_books_say(treasurer: Client) -> None:
    fund = make_fund()
    donation = make_donation(fund, amount=2000, at=now() - timedelta(hours=1))
    PaymentAttempt.objects.create(donation=donation, token="ctoken_1", outcome="insufficient_funds", at=now() - timedelta(minutes=30))
    apply_payment(donation_id=donation.pk, payment=paid(donation, at=now(), fee=55), seen=0, now=now())
    card = treasurer.get(f"{TREASURY}donations/{donation.pk}/").json()
    assert [step["what"] for step in card["steps"]] == ["started", "failed", "settled"]
    assert {entry["kind"]: sum(line["amount"] for line in entry["lines"]) for entry in card["entries"]} == {"donation": 0, "fee": 0}
    assert (card["born_on"], card["address_lines"], card["nationality"]) == ("1984-05-17", "12 rue des Remparts", "FR")
    assert card["fund"] == fund.code


def test_a_file_is_taken_for_a_reason_that_givers_read(treasurer: Client) -> None:
    fund = make_fund()
    person = make_person()
    settled(fund, amount=2050, donor=make_donor(person=person, given_name="=SUM(A1)"))
    settled(fund, amount=100)

    def take(reason: str) -> Any:
        body = {"reason": reason, "filters": {"least": "1000"}}
        return treasurer.post(f"{TREASURY}{fund.code}/donations/file/", json.dumps(body), content_type="application/json")

    assert take("").json()["code"] == "reason_missing"
    answer = take("Contrôle de fin de mois")
    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert "20.50" in rows[1]
    assert "'=SUM(A1)" in rows[1]
    access = Access.objects.get(reading="fundraising.file")
    assert access.person_ids == [person.pk]
    assert access.reason_id is not None


def test_who_does_not_keep_a_recipient_finds_nothing(client: Client, small_country: SmallCountry) -> None:
    fund = make_fund(area=small_country.area("0201"))
    donation = make_donation(fund)
    sign_in(client, make_granted(Role.TREASURER, small_country.area("01", "department")))
    assert client.get(TREASURY).json()["items"] == []
    assert client.get(f"{TREASURY}{fund.code}/donations/").status_code == 404
    assert client.get(f"{TREASURY}donations/{donation.pk}/").status_code == 404
    assert Donation.objects.count() == 1
