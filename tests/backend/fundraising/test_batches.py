"""Cheques, cash and transfers, written down a batch at a time."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain.words import CancelledFor, DonationState, Method, Nature, RefundState
from maillage.fundraising.models import Batch, BatchRow, ClosedYear, Donation, Donor, LedgerEntry, LedgerLine, RefundRequest
from maillage.fundraising.selectors.bank import bank_entries
from maillage.fundraising.services.batches import Written
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, Refusal
from maillage.people.domain.law import GivingRules
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.days import in_days
from tests.backend.fundraising.factories import DECLARED, make_envelope, make_fund
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db


def written(amount: int = 5000, **fields: Any) -> Written:
    """A cheque of a month ago, with its declaration."""
    return Written(**{"amount": amount, "received_on": in_days(-30), "declared": DECLARED, "paper": "D-7"} | fields)


def opened(fund=None, method: Method = Method.CHEQUE, *rows: Written, by=None) -> Batch:
    batch = services.open_batch(fund=fund or make_fund(), method=method, by=by or make_user(f"{uuid4().hex}@people.example"), now=now())
    for row in rows:
        services.write_row(batch_id=batch.pk, written=row, now=now())
    return batch


def deposit(batch: Batch, **fields: Any) -> Batch:
    total = batch.rows.aggregate(cents=Sum("donation__amount"))["cents"] or 0
    asked = {
        "slip": f"R-{batch.pk.hex[-6:]}",
        "bank": "Banque du Pont",
        "deposited_on": in_days(),
        "total": total,
        "by": batch.opened_by,
        "now": now(),
    }
    return services.deposit_batch(batch_id=batch.pk, **asked | fields)


def balances(fund) -> dict[str, int]:
    sums = LedgerLine.objects.filter(entry__fund=fund).values("account").annotate(cents=Sum("amount"))
    return {row["account"]: row["cents"] for row in sums if row["cents"]}


def test_what_is_written_counts_at_once_and_is_in_the_books_once_deposited():
    fund = make_fund()
    envelope = make_envelope(fund)
    batch = opened(fund, Method.CHEQUE, written(5000, shares={envelope.code: 2000}), written(1250))
    assert set(Donation.objects.values_list("state", "method")) == {(DonationState.PROCESSING, "cheque")}
    assert balances(fund) == {}
    deposit(batch, total=6250)
    assert set(Donation.objects.values_list("state", "counted_on")) == {(DonationState.SETTLED, in_days(-30))}
    assert balances(fund) == {"bank": 6250, "donations": -6250}
    assert list(LedgerLine.objects.filter(fund=envelope).values_list("account", "amount")) == [("donations", -2000)]
    days = dict(LedgerEntry.objects.values_list("kind", "booked_on"))
    assert days == {"donation": in_days(-30), "deposit": in_days()}
    assert Entry.objects.filter(name="donation.received").count() == 2


def test_transfers_are_in_the_bank_and_need_no_slip():
    fund = make_fund()
    deposit(opened(fund, Method.TRANSFER, written(5000)), slip="")
    assert balances(fund) == {"bank": 5000, "donations": -5000}
    assert list(LedgerEntry.objects.values_list("kind", flat=True)) == ["donation"]


def test_a_row_is_changed_while_its_batch_is_open_and_nothing_of_the_mistake_stays():
    batch = opened(None, Method.CHEQUE, written(5000))
    row = batch.rows.get()
    changed = services.write_row(
        batch_id=batch.pk, row_id=row.pk, written=written(6000, declared=replace(DECLARED, family_name="Dumontet")), now=now()
    )
    assert (changed.pk, changed.position, changed.donation.amount) == (row.pk, 1, 6000)
    assert [donor.family_name for donor in Donor.objects.all()] == ["Dumontet"]
    assert Donation.objects.count() == 1
    services.drop_row(batch_id=batch.pk, row_id=row.pk)
    assert not Donation.objects.exists()


def test_an_open_batch_is_dropped_with_what_was_written_in_it():
    batch = opened(None, Method.CHEQUE, written(), written())
    services.drop_batch(batch_id=batch.pk)
    assert (Batch.objects.count(), Donation.objects.count(), Donor.objects.count()) == (0, 0, 0)


def test_a_deposited_batch_is_locked():
    batch = deposit(opened(None, Method.CHEQUE, written()))
    row = batch.rows.get()
    for act in (
        lambda: services.write_row(batch_id=batch.pk, written=written(), now=now()),
        lambda: services.write_row(batch_id=batch.pk, row_id=row.pk, written=written(), now=now()),
        lambda: services.drop_row(batch_id=batch.pk, row_id=row.pk),
        lambda: services.drop_batch(batch_id=batch.pk),
        lambda: services.describe_batch(batch_id=batch.pk, slip="R-2", bank=""),
        lambda: deposit(batch),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "batch_deposited"


def test_a_row_of_a_deposited_batch_is_cancelled_by_an_entry_once():
    fund = make_fund()
    batch = deposit(opened(fund, Method.CHEQUE, written(5000), written(700)))
    row = batch.rows.get(position=1)
    for _ in range(2):
        services.cancel_row(batch_id=batch.pk, row_id=row.pk, why=CancelledFor.UNPAID, by=batch.opened_by, now=now())
    row.refresh_from_db()
    assert (row.cancelled_for, row.donation.refunded) == (CancelledFor.UNPAID, 5000)
    assert balances(fund) == {"bank": 700, "donations": -700}
    assert LedgerEntry.objects.filter(kind="correction").count() == 1
    assert Entry.objects.filter(name="donation.refunded").count() == 1


def test_a_cheque_goes_back_by_hand_by_the_agents_word_once():
    fund = make_fund(GivingRules.FR_PARTY)
    batch = deposit(opened(fund, Method.CHEQUE, written(5000)))
    row = batch.rows.get()

    def give_back(amount: int = 3000, **fields: Any) -> RefundRequest:
        asked = {
            "reason": "Demandé par courrier",
            "by": batch.opened_by,
            "now": now(),
            "key": "the-same-key-as-before",
            "given_on": in_days(),
        }
        return services.give_back(donation_id=row.donation_id, amount=amount, **asked | fields)

    for day in (None, in_days(1), in_days(-31)):
        with pytest.raises(Invalid) as refused:
            give_back(given_on=day)
        assert set(refused.value.fields) == {"given_on"}
    with pytest.raises(Conflict) as unauthorised:
        give_back()
    assert unauthorised.value.code == "not_authorised"
    said = {"authorised_by": "La mandataire", "authorised_on": in_days(), "reference": "Lettre 4", "by": batch.opened_by, "now": now()}
    services.authorise_refund(donation_id=row.donation_id, amount=3000, **said)
    first, again = give_back(), give_back()
    assert (first.pk, first.state) == (again.pk, RefundState.DONE)
    assert balances(fund) == {"bank": 2000, "donations": -5000, "refunds": 3000}
    assert Donation.objects.get(pk=row.donation_id).refunded == 3000
    assert Entry.objects.filter(name="donation.refunded").count() == 1
    assert -3000 in [entry.amount for entry in bank_entries(fund)], "its line of the bank is found as any other"
    with pytest.raises(Conflict) as beyond:
        give_back(2000, key="another-key-than-before")
    assert beyond.value.code == "not_authorised"
    with pytest.raises(Conflict) as given:
        services.cancel_row(batch_id=batch.pk, row_id=row.pk, why=CancelledFor.UNPAID, by=batch.opened_by, now=now())
    assert given.value.code == "given_back"


def test_what_is_not_deposited_yet_is_not_given_back():
    row = opened(make_fund(), Method.CHEQUE, written(5000)).rows.get()
    with pytest.raises(Conflict) as refused:
        services.give_back(donation_id=row.donation_id, amount=5000, reason="Rendu", by=row.batch.opened_by, now=now(), given_on=in_days())
    assert refused.value.code == "not_settled"


def test_an_open_row_is_not_cancelled_but_changed():
    batch = opened(None, Method.CHEQUE, written())
    with pytest.raises(Conflict) as refused:
        services.cancel_row(batch_id=batch.pk, row_id=batch.rows.get().pk, why=CancelledFor.TYPED_WRONG, by=batch.opened_by, now=now())
    assert refused.value.code == "batch_open"


def wrong(batch: Batch, row: Written) -> set[str]:
    with pytest.raises(Invalid) as refused:
        services.write_row(batch_id=batch.pk, written=row, now=now())
    return set(refused.value.fields)


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (written(0), {"amount"}),
        (written(-500), {"amount"}),
        (written(10**12), {"amount"}),
        (written(paper=" "), {"paper"}),
        (written(declared=replace(DECLARED, city="", born_on=None)), {"city", "born_on"}),
        (written(declared=replace(DECLARED, family_name="…")), {"family_name"}),
        (written(declared=replace(DECLARED, nationality="BE", country="BE")), {"nationality"}),
        (written(shares={"nowhere": 100}), {"shares"}),
        (written(declared=replace(DECLARED, email="")), None),
        (written(900_000), None),
    ],
)
def test_each_row_is_checked_by_field_and_money_above_the_cap_is_written_down(row, fields):
    batch = opened()
    if fields is None:
        services.write_row(batch_id=batch.pk, written=row, now=now())
    else:
        assert wrong(batch, row) == fields
        assert not Donation.objects.exists()


@pytest.mark.parametrize("days", [1, -500])
def test_money_did_not_come_tomorrow_nor_long_ago(days):
    assert wrong(opened(), written(received_on=in_days(days))) == {"received_on"}
    assert not Donation.objects.exists()


def test_no_dues_are_written_down_for_a_candidate():
    assert wrong(opened(make_fund(GivingRules.FR_CANDIDATE)), written(nature=Nature.DUES)) == {"nature"}


def test_money_comes_between_the_days_of_its_recipient_only():
    assert wrong(opened(make_fund(opens_on=in_days(-10))), written()) == {"received_on"}


def test_cash_is_limited_for_one_and_in_all():
    agent = make_fund(GivingRules.FR_CANDIDATE, allowed_expenses=1_500_000)
    batch = opened(agent, Method.CASH)
    assert wrong(batch, written(15_001)) == {"amount"}
    for _ in range(20):
        services.write_row(batch_id=batch.pk, written=written(15_000), now=now())
    assert wrong(batch, written(1)) == {"amount"}
    services.write_row(batch_id=batch.pk, row_id=batch.rows.first().pk, written=written(14_900), now=now())
    services.write_row(batch_id=batch.pk, written=written(100), now=now())


def test_cash_waits_until_the_expenses_allowed_are_known():
    agent = make_fund(GivingRules.FR_CANDIDATE)
    with pytest.raises(Invalid) as refused:
        opened(agent, Method.CASH)
    assert refused.value.code == "no_allowed_expenses"
    opened(agent, Method.CHEQUE)
    agent.allowed_expenses = 100_000
    agent.save()
    batch = opened(agent, Method.CASH)
    agent.allowed_expenses = None
    agent.save()
    with pytest.raises(Invalid) as refused:
        services.write_row(batch_id=batch.pk, written=written(1000), now=now())
    assert set(refused.value.fields) == {"amount"}


def test_cash_has_no_limit_in_all_where_the_expenses_allowed_are_small():
    batch = opened(make_fund(GivingRules.FR_CANDIDATE, allowed_expenses=100_000), Method.CASH)
    for _ in range(3):
        services.write_row(batch_id=batch.pk, written=written(15_000), now=now())


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ({"total": 4999}, {"total"}),
        ({"slip": " "}, {"slip"}),
        ({"deposited_on": 1}, {"deposited_on"}),
        ({"deposited_on": -31}, {"deposited_on"}),
    ],
)
def test_a_deposit_is_what_its_slip_says(asked, fields):
    batch = opened(None, Method.CHEQUE, written(5000))
    with pytest.raises(Invalid) as refused:
        deposit(batch, **{name: in_days(value) if name == "deposited_on" else value for name, value in asked.items()})
    assert set(refused.value.fields) == fields
    assert not LedgerEntry.objects.exists()


def test_an_empty_batch_and_a_slip_that_is_there_are_refused_in_words():
    with pytest.raises(Conflict) as empty:
        deposit(opened(), total=0)
    assert empty.value.code == "batch_empty"
    fund = make_fund()
    deposit(opened(fund, Method.CHEQUE, written()), slip="R-1")
    with pytest.raises(Invalid) as twice:
        deposit(opened(fund, Method.CHEQUE, written()), slip="R-1")
    assert set(twice.value.fields) == {"slip"}


def test_what_came_in_a_closed_year_is_booked_on_the_first_open_day():
    fund = make_fund()
    batch = opened(fund, Method.CHEQUE, written())
    ClosedYear.objects.create(fund=fund, year=in_days().year)
    deposit(batch)
    assert set(LedgerEntry.objects.values_list("booked_on", flat=True)) == {date(in_days().year + 1, 1, 1)}


class Killed(Exception):
    """The worker dies here."""


@pytest.mark.django_db(transaction=True)
def test_a_deposit_that_is_killed_between_two_lines_leaves_nothing(monkeypatch):
    batch = opened(None, Method.CHEQUE, written(), written())
    from maillage.fundraising.services import batches

    real, calls = batches.ledger.post, []

    def dying(postings, *, now):
        calls.append(postings)
        if len(calls) == 2:
            raise Killed
        return real(postings, now=now)

    monkeypatch.setattr(batches.ledger, "post", dying)
    with pytest.raises(Killed):
        deposit(batch)
    batch.refresh_from_db()
    assert batch.deposited_at is None
    assert not LedgerEntry.objects.exists()
    assert set(Donation.objects.values_list("state", flat=True)) == {DonationState.PROCESSING}
    monkeypatch.undo()
    deposit(batch)
    assert LedgerEntry.objects.count() == 3


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act on a connection of its own, all starting together; give what each returned or refused."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_deposit_the_same_batch_once():
    batch = opened(None, Method.CHEQUE, written(), written())
    outcomes = at_once(lambda: deposit(batch, slip="R-1"), lambda: deposit(batch, slip="R-1"))
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert refused.code == "batch_deposited"
    assert (LedgerEntry.objects.count(), Entry.objects.filter(name="donation.received").count()) == (3, 2)


@pytest.mark.django_db(transaction=True)
def test_a_row_added_while_the_batch_is_deposited_is_in_it_or_refused():
    batch = opened(None, Method.CHEQUE, written(5000))
    outcomes = at_once(lambda: deposit(batch, total=5000), lambda: services.write_row(batch_id=batch.pk, written=written(700), now=now()))
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    batch.refresh_from_db()
    if batch.deposited_at is None:
        assert isinstance(refused, Invalid)
        assert batch.rows.count() == 2
    else:
        assert isinstance(refused, Conflict)
        assert batch.rows.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_do_not_pass_the_limit_of_cash_together():
    agent = make_fund(GivingRules.FR_CANDIDATE, allowed_expenses=1_500_000)
    first, second = opened(agent, Method.CASH), opened(agent, Method.CASH)
    for _ in range(19):
        services.write_row(batch_id=first.pk, written=written(15_000), now=now())
    outcomes = at_once(
        lambda: services.write_row(batch_id=first.pk, written=written(15_000), now=now()),
        lambda: services.write_row(batch_id=second.pk, written=written(15_000), now=now()),
    )
    assert {type(outcome) for outcome in outcomes} == {BatchRow, Invalid}


@pytest.fixture
def desk(small_country: SmallCountry) -> Client:
    """A treasurer of the country, signed in."""
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, make_granted(Role.TREASURER, small_country.country))
    return client


def send(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    return client.generic(method, f"/api/v1/fundraising/{path}", json.dumps(body or {}), content_type="application/json", headers=headers)


def row_body(**changed: Any) -> dict[str, Any]:
    donor = {
        "given_name": "Claire",
        "family_name": "Dumontel",
        "born_on": "1984-05-17",
        "nationality": "FR",
        "address_lines": "12 rue des Remparts",
        "postcode": "26150",
        "city": "Die",
        "country": "FR",
    }
    return {"amount": 5000, "received_on": in_days().isoformat(), "donor": donor, "paper": "D-1", "cheque": "0012345"} | changed


def test_a_treasurer_writes_a_batch_through_the_api(desk: Client):
    fund = make_fund(code="rive-commune")
    batch = send(desk, "POST", f"funds/{fund.code}/batches/", {"method": "cheque"}).json()
    assert (batch["is_open"], batch["rows"]) == (True, [])
    key = {"Idempotency-Key": uuid4().hex}
    first, again = (send(desk, "POST", f"batches/{batch['id']}/rows/", row_body(), **key) for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    assert first.json()["donor"]["born_on"] == "1984-05-17"
    refused = send(desk, "POST", f"batches/{batch['id']}/rows/", row_body(amount=0, paper=""))
    assert set(refused.json()["fields"]) == {"amount", "paper"}
    deposited = send(desk, "POST", f"batches/{batch['id']}/deposit/", {"slip": "7", "deposited_on": in_days().isoformat(), "total": 5000})
    assert (deposited.status_code, deposited.json()["is_open"]) == (200, False)
    (line,) = desk.get(f"/api/v1/fundraising/funds/{fund.code}/batches/").json()["items"]
    assert (line["donations"], line["total"], line["slip"]) == (1, 5000, "7")


def test_a_stranger_sees_no_batch(desk: Client, small_country: SmallCountry):
    batch = opened(make_fund(), Method.CHEQUE, written())
    elsewhere = Client()
    sign_in(elsewhere, make_granted(Role.TREASURER, small_country.area("0101"), email="elsewhere@people.example"))
    assert elsewhere.get(f"/api/v1/fundraising/batches/{batch.pk}/").status_code == 404
    assert elsewhere.get(f"/api/v1/fundraising/funds/{batch.fund.code}/batches/").status_code == 404
    organiser = Client()
    sign_in(organiser, make_granted(Role.ORGANISER, small_country.country, email="organiser@people.example"))
    assert organiser.get(f"/api/v1/fundraising/batches/{batch.pk}/").status_code == 403
    assert desk.get(f"/api/v1/fundraising/batches/{batch.pk}/").status_code == 200


def bring(desk: Client, batch: Batch, text: str, encoding: str = "utf-8") -> Any:
    return desk.post(f"/api/v1/fundraising/batches/{batch.pk}/import/", text.encode(encoding), content_type="text/csv")


HEADINGS = "Montant;Reçu le;Prénom;Nom;Né le;Nationalité;Adresse;Code postal;Ville;Pays;N° de déclaration;Chèque"


def test_a_batch_comes_from_a_spreadsheet(desk: Client):
    batch = opened()
    day = f"{in_days():%d/%m/%Y}"
    text = (
        f"{HEADINGS}\r\n1 250,50 €;{day};Zoé;Delaunay;3/4/1970;fr;1 rue Haute;01000;Bourg;FR;D-1;77\r\n"
        f"20;{day};Luc;Été;03/04/1971;FR;2 rue Haute;01000;Bourg;FR;D-2;78\r\n"
    )
    answer = bring(desk, batch, text, "cp1252")
    assert answer.status_code == 200, answer.content
    assert [row["amount"] for row in answer.json()["rows"]] == [125_050, 2000]
    assert answer.json()["rows"][1]["donor"]["family_name"] == "Été"


def test_lines_of_a_spreadsheet_that_are_wrong_are_told_and_none_is_kept(desk: Client):
    batch = opened()
    day = f"{in_days():%d/%m/%Y}"
    text = (
        f"{HEADINGS}\n50;{day};Zoé;Delaunay;3/4/1970;FR;1 rue Haute;01000;Bourg;FR;D-1;77\n"
        f"cent;hier;Luc;Delaunay;3/4/1971;FR;2 rue Haute;01000;Bourg;FR;D-2;78\n"
        f"50;{day};;Delaunay;3/4/1971;FR;2 rue Haute;01000;Bourg;FR;;78\n"
    )
    answer = bring(desk, batch, text)
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_rows")
    told = {row["line"]: set(row["fields"]) for row in answer.json()["rows"]}
    assert told == {3: {"amount", "received_on"}, 4: {"given_name", "paper"}}
    assert not batch.rows.exists()


def test_a_spreadsheet_without_its_columns_or_too_large_is_refused(desk: Client):
    batch = opened()
    assert bring(desk, batch, "a;b\n1;2\n").json()["code"] == "columns_missing"
    assert bring(desk, batch, "x" * ((1 << 20) + 1)).status_code == 413
    assert bring(desk, batch, "").json()["code"] == "empty_file"
