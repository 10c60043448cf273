"""The books read, closed and taken away."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.closing import Unseen, cancelled_out
from maillage.fundraising.domain.exports.chart import CHARTS, WrongChart, chart_of, read_charts
from maillage.fundraising.domain.exports.cnccfp import LAYOUTS
from maillage.fundraising.domain.exports.fec import fec_name
from maillage.fundraising.domain.payments import Charge, Fee, Payout, Refund
from maillage.fundraising.domain.words import Account, CancelledFor, DifferenceKind, Method, Nature
from maillage.fundraising.models import BankStatement, ClosedYear, Difference, Donor, Fund, LedgerEntry, Reconciliation, StatementLine
from maillage.fundraising.selectors import books
from maillage.fundraising.selectors.bank import bank_entries
from maillage.fundraising.selectors.closing import bars_of
from maillage.fundraising.services import ledger
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.people.domain.law import GivingRules
from maillage.people.models import Access, AccessReason
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.days import in_days
from tests.backend.fundraising.factories import association, make_bank_line, make_batch_row, make_envelope, make_fund, settled
from tests.backend.fundraising.test_batches import at_once, deposit, opened, written
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

AT = datetime(2025, 6, 1, 9, tzinfo=UTC)

happenings = st.lists(
    st.tuples(
        st.sampled_from(["charge", "fee", "refund", "refund_back", "payout", "payout_back", "hand", "deposit", "cancel"]),
        st.integers(1, 10**9),
        st.integers(0, 900),
        st.sampled_from(list(Nature)),
        st.sampled_from([Method.CHEQUE, Method.CASH, Method.TRANSFER]),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=25,
)


def posting_of(fund: Fund, envelope: Fund, happening: tuple[str, int, int, Nature, Method, int]) -> postings.Posting | None:
    """What a happening writes."""
    what, cents, days, nature, method, share = happening
    at, name = AT + timedelta(days=days), uuid4().hex[:12]
    part = cents * share // 100
    given_ = postings.Given(id=uuid4(), fund_id=fund.pk, nature=nature, amount=cents, shares={envelope.pk: part} if part else {})
    charge = Charge(id=f"ch_{name}", amount=cents, refunded=0, currency="eur", happened_at=at, fee=None)
    refund = Refund(id=f"re_{name}", charge="", amount=max(cents // 3, 1), state="succeeded", happened_at=at)
    payout = Payout(id=f"po_{name}", amount=cents, state="paid", arrives_on=at.date(), happened_at=at)
    match what:
        case "charge":
            return postings.of_charge(given_, charge)
        case "fee":
            return postings.of_fee(fund.pk, Fee(id=f"txn_{name}", amount=cents, happened_at=at))
        case "refund":
            return postings.of_refund(given_, refund)
        case "refund_back":
            there = postings.of_refund(given_, refund)
            return postings.turned(there, key=f"refund-back:{name}", kind=there.kind, happened_at=at)
        case "payout":
            return postings.of_payout(fund.pk, payout)
        case "payout_back":
            there = postings.of_payout(fund.pk, payout)
            return postings.turned(there, key=f"payout-back:{name}", kind=there.kind, happened_at=at)
        case "hand":
            return postings.of_hand(given_, method, at)
        case "deposit":
            kept = Method.CASH if method is Method.TRANSFER else method
            return postings.of_deposit(uuid4(), fund.pk, kept, cents, at)
        case _:
            return postings.of_cancellation(given_, at)


def without_donation(posting: postings.Posting | None) -> postings.Posting | None:
    """The same, hanging on no donation: the books do not ask for its row."""
    if posting is None:
        return None
    return postings.Posting(posting.key, posting.kind, posting.fund_id, posting.happened_at, posting.lines)


@pytest.mark.django_db
@given(happenings)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happened_the_trial_balance_is_zero_and_each_year_leaves_balanced(history):
    fund = make_fund()
    envelope = make_envelope(fund)
    ledger.post([without_donation(posting_of(fund, envelope, each)) for each in history], now=AT)
    found = books.balances_of(fund)
    assert sum(each.cents for each in found) == 0
    assert {each.fund for each in found} <= {fund.pk, envelope.pk}
    halfway = books.balances_of(fund, until=date(2026, 6, 1))
    assert sum(each.cents for each in halfway) == 0
    years = books.years_of(fund)
    assert sum(each.entries for each in years) == LedgerEntry.objects.filter(fund=fund).count()
    for year in years:
        entries = [entry for batch in books.entries_of_year(fund, year.year) for entry in batch]
        assert [entry.number for entry in entries] == list(range(1, year.entries + 1))
        assert all(sum(cents for _account, _envelope, cents in entry.lines) == 0 for entry in entries)
        assert sum(max(cents, 0) for entry in entries for _a, _e, cents in entry.lines) == year.debits
        flows = books.cash_flows(fund, year.year)
        moved = sum(row["into"] - row["out"] for row in flows[1:-1])
        assert flows[0]["balance"] + moved == flows[-1]["balance"]


def test_a_chart_names_each_account_and_kind_or_is_refused():
    assert {"any", "FR"} <= set(CHARTS)
    assert chart_of("XM") is CHARTS["any"]
    text = "[XX.accounts]\nbank = ['1', 'Bank']\n[XX.journals]\n[XX.words]\n"
    with pytest.raises(WrongChart):
        read_charts(text)


@pytest.fixture
def desk(small_country: SmallCountry) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, make_granted(Role.TREASURER, small_country.country))
    return client


def take(desk: Client, fund: Fund, kind: str, year: int = 0, **asked: Any) -> Any:
    body = json.dumps({"reason": "for the accountant"} | asked)
    return desk.post(
        f"/api/v1/fundraising/treasury/{fund.code}/books/{year or in_days().year}/files/{kind}/", body, content_type="application/json"
    )


def content_of(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


COLUMNS = [  # article A. 47 A-1 of the Livre des procédures fiscales, VII, 1° to 18°
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef"),
    *("PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"),
]


def read_fec(content: bytes, separator: str) -> list[dict[str, str]]:
    """Read an accounting file as its administration does, knowing nothing of how it was written."""
    rows = content.decode("utf-8").split("\r\n")
    assert rows[-1] == ""
    table = [row.split(separator) for row in rows[:-1]]
    assert table[0] == COLUMNS
    assert {len(row) for row in table} == {len(COLUMNS)}
    return [dict(zip(COLUMNS, row, strict=True)) for row in table[1:]]


def cents_of(text: str) -> int:
    units, rest = text.split(",")
    assert len(rest) == 2
    return int(units) * 100 + int(rest)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "separator"), [("tab", "\t"), ("pipe", "|")])
def test_the_accounting_file_stands_before_an_independent_reader(desk, monkeypatch, name, separator):
    monkeypatch.setattr(books, "AT_ONCE", 2)
    fund = make_fund(registration="123 456 789", time_zone="Europe/Paris")
    envelope = make_envelope(fund)
    for amount in (5000, 1250, 999):
        settled(fund, amount=amount, shares={envelope: amount // 2}, at=now() - timedelta(days=2))
    batch = deposit(opened(fund, Method.CHEQUE, written(7000), written(300)))
    services.cancel_row(batch_id=batch.pk, row_id=batch.rows.get(position=2).pk, why=CancelledFor.UNPAID, by=batch.opened_by, now=now())
    answer = take(desk, fund, "fec", parted_by=name)
    assert f"123456789FEC{in_days().year}1231-provisional.txt" in answer["Content-Disposition"]
    rows = read_fec(content_of(answer), separator)
    numbers = [int(row["EcritureNum"]) for row in rows]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, LedgerEntry.objects.filter(fund=fund).count() + 1))
    for number in set(numbers):
        entry = [row for row in rows if int(row["EcritureNum"]) == number]
        assert sum(cents_of(row["Debit"]) for row in entry) == sum(cents_of(row["Credit"]) for row in entry) > 0
        assert len({(row["JournalCode"], row["EcritureDate"], row["PieceRef"], row["ValidDate"]) for row in entry}) == 1
    for row in rows:
        assert (cents_of(row["Debit"]) == 0) != (cents_of(row["Credit"]) == 0)
        assert all(row[name] for name in ("JournalCode", "JournalLib", "CompteLib", "EcritureLib", "PieceRef"))
        assert row["CompteNum"][:3].isdigit()
        assert len(row["CompteNum"]) >= 3
        for day in ("EcritureDate", "PieceDate", "ValidDate"):
            assert date.fromisoformat(row[day]) <= in_days(1)
        assert row["EcritureDate"][:4] == str(in_days().year)
    debits = sum(cents_of(row["Debit"]) for row in rows)
    assert debits == int(answer["X-Total-Cents"]) == books.year_of(fund, in_days().year).debits
    assert "Dumontel" not in "".join(row["EcritureLib"] for row in rows)
    by_account: dict[str, int] = {}
    for row in rows:
        by_account[row["CompteNum"]] = by_account.get(row["CompteNum"], 0) + cents_of(row["Debit"]) - cents_of(row["Credit"])
    chart = chart_of("XM" if "512" in by_account else "FR")
    expected: dict[str, int] = {}
    for each in books.balances_of(fund):
        number = chart.accounts[each.account][0]
        expected[number] = expected.get(number, 0) + each.cents
    assert {pair for pair in by_account.items() if pair[1]} == {pair for pair in expected.items() if pair[1]}


@pytest.mark.parametrize(
    ("registration", "named"),
    [
        ("123 456 789", "123456789"),
        ("123 456 789 00012", "123456789"),
        ("W751234567", "our-fund"),
        ("", "our-fund"),
        ("12345678", "our-fund"),
    ],
)
def test_the_accounting_file_is_named_by_a_siren_or_our_own_code(registration, named):
    assert fec_name(registration, "our-fund", date(2025, 12, 31), is_closed=True) == f"{named}FEC20251231.txt"


@pytest.mark.django_db
def test_the_accounting_file_of_a_year_begins_with_what_the_years_before_left(desk):
    fund = make_fund()
    settled(fund, amount=5000, shares={make_envelope(fund): 2000}, at=datetime(2024, 5, 1, 9, tzinfo=UTC))
    settled(fund, amount=3000, at=datetime(2025, 5, 1, 9, tzinfo=UTC))
    settled(fund, amount=1000, at=now() - timedelta(days=2))
    answer = take(desk, fund, "fec")
    rows = read_fec(content_of(answer), "\t")
    assert sum(cents_of(row["Debit"]) for row in rows) == int(answer["X-Total-Cents"])
    opening = [row for row in rows if row["JournalCode"] == "AN"]
    assert rows[: len(opening)] == opening
    chart = chart_of("FR")
    provider, left = chart.accounts[Account.PROVIDER][0], chart.opening.surplus[0]
    assert {(row["CompteNum"], row["Debit"], row["Credit"]) for row in opening} == {
        (provider, "78,00", "0,00"),
        (left, "0,00", "78,00"),
    }
    told = {(row["EcritureNum"], row["EcritureDate"], row["PieceRef"], row["ValidDate"]) for row in opening}
    assert told == {("1", f"{in_days().year}0101", f"AN-{in_days().year}", "")}
    assert sorted({int(row["EcritureNum"]) for row in rows}) == [1, 2, 3]
    files = desk.get(f"/api/v1/fundraising/treasury/{fund.code}/books/{in_days().year}/files/").json()
    assert (files["entries"], files["lines"], files["debits"]) == (3, len(rows), int(answer["X-Total-Cents"]))
    journal = list(csv.reader(io.StringIO(content_of(take(desk, fund, "entries")).decode())))
    assert [row[0] for row in journal[1:]] == [row["EcritureNum"] for row in rows]
    services.close_year(fund_id=fund.pk, year=2024, by=make_user("t@people.example"), now=now())
    root = f"/api/v1/fundraising/treasury/{fund.code}/books/2025/files/"
    assert desk.get(root).json()["fec_name"] == f"{fund.code}FEC20251231-provisional.txt"
    services.close_year(fund_id=fund.pk, year=2025, by=make_user("u@people.example"), now=now())
    assert desk.get(root).json()["fec_name"] == f"{fund.code}FEC20251231.txt"
    assert {row["ValidDate"] for row in read_fec(content_of(take(desk, fund, "fec")), "\t")[:2]} == {f"{in_days():%Y%m%d}"}


@pytest.mark.django_db
def test_entries_are_numbered_in_the_order_in_which_they_were_written():
    fund = make_fund()
    settled(fund, at=now() - timedelta(days=2))
    before = [(entry.number, entry.reference) for batch in books.entries_of_year(fund, in_days().year) for entry in batch]
    settled(fund, at=now() - timedelta(days=20))
    after = [(entry.number, entry.reference) for batch in books.entries_of_year(fund, in_days().year) for entry in batch]
    assert after[: len(before)] == before


@pytest.mark.django_db
def test_the_journal_leaves_for_a_spreadsheet(desk):
    fund = make_fund()
    envelope = make_envelope(fund)
    envelope.texts.filter(language="en").update(name='=HYPERLINK("x")')
    settled(fund, amount=5000, shares={envelope: 2000}, at=now() - timedelta(days=2))
    plain = content_of(take(desk, fund, "entries"))
    assert not plain.startswith("\N{BYTE ORDER MARK}".encode())
    rows = list(csv.reader(io.StringIO(plain.decode())))
    assert "'=HYPERLINK" in {cell[:11] for row in rows for cell in row}
    assert sum(float(row[7]) for row in rows[1:] if row[7]) == 51.0
    excel = content_of(take(desk, fund, "entries", for_french_excel=True)).decode("utf-8-sig")
    assert [row[7] for row in csv.reader(io.StringIO(excel), delimiter=";")][1] == "50,00"


@pytest.mark.django_db
def test_a_file_is_taken_with_a_reason_by_who_proved_it_lately_and_is_written_down(desk, small_country):
    fund = make_fund()
    assert set(take(desk, fund, "fec", reason=" ").json()["fields"]) == {"reason"}
    assert not Entry.objects.filter(name="books.exported").exists()
    content_of(take(desk, fund, "fec"))
    fact = Entry.objects.get(name="books.exported")
    reason = AccessReason.objects.get()
    assert (reason.words, fact.data["reason_id"], fact.data["kind"], fact.actor_id) == (
        "for the accountant",
        str(reason.pk),
        "fec",
        reason.reader_id,
    )
    unproved = Client()
    unproved.force_login(make_granted(Role.TREASURER, small_country.country, email="other@people.example"))
    assert take(unproved, fund, "fec").status_code == 403


def tables_of(content: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: list(csv.DictReader(io.StringIO(archive.read(name).decode()), delimiter=";")) for name in archive.namelist()}


def signed_cents(text: str) -> int:
    return -cents_of(text.removeprefix("-")) if text.startswith("-") else cents_of(text)


@pytest.mark.django_db
def test_the_file_of_donors_adds_up_to_the_books_and_says_slip_and_statement(desk, small_country):
    fund = make_fund(phone="+33199001234", email="dons@rive.example")
    person = make_person(given_name="Claire", area=small_country.area("0101"))
    donation = settled(fund, amount=5000, at=now() - timedelta(days=2))
    Donor.objects.filter(pk=donation.donor_id).update(person=person)
    deposit(opened(fund, Method.CHEQUE, written(7000), written(300)), slip="R-77")
    transfers = deposit(opened(fund, Method.TRANSFER, written(4200), written(100)), slip="")
    services.cancel_row(
        batch_id=transfers.pk, row_id=transfers.rows.get(position=2).pk, why=CancelledFor.TYPED_WRONG, by=transfers.opened_by, now=now()
    )
    line = make_bank_line(fund, amount=7300)
    (slip,) = [each.id for each in bank_entries(fund) if each.amount == 7300]
    services.match_line(line_id=line.pk, entry_ids=[slip], by=make_user("t@people.example"), now=now())
    answer = take(desk, fund, "donors", reason="for the authority")
    tables = tables_of(content_of(answer))
    assert list(tables) == ["mandataire.csv", "operations.csv", "synthese.csv"]
    (agent,) = tables["mandataire.csv"]
    assert (agent["nom"], agent["telephone"], agent["courriel"]) == (fund.legal_name, "+33199001234", "dons@rive.example")
    operations = tables["operations.csv"]
    assert list(operations[0]) == list(LAYOUTS["2014"].operations)
    assert (
        sum(signed_cents(row["montant"]) for row in operations) == int(answer["X-Total-Cents"]) == books.given_in_year(fund, in_days().year)
    )
    assert {row["numero_bordereau"]: row["reference_releve"] for row in operations if row["montant"] == "70,00"} == {"R-77": "1"}
    assert sorted(row["montant"] for row in operations) == ["3,00", "42,00", "50,00", "70,00"]
    assert {row["nom"] for row in operations} == {"Dumontel"}
    flows = tables["synthese.csv"]
    assert flows[-1]["solde"] == "115,00"
    assert [access.person_ids for access in Access.objects.filter(reading="fundraising.file")] == [[person.pk]]


@pytest.mark.django_db
def test_money_that_goes_back_in_a_later_year_is_an_operation_of_that_year(desk):
    fund = make_fund()
    donation = settled(fund, amount=5000, at=datetime(2025, 5, 1, 9, tzinfo=UTC))
    given_ = postings.Given(id=donation.pk, fund_id=fund.pk, nature=Nature.DONATION, amount=5000, shares={})
    back = Refund(id="re_1", charge=donation.charge or "", amount=2000, state="succeeded", happened_at=datetime(2026, 2, 1, 9, tzinfo=UTC))
    ledger.post([postings.of_refund(given_, back)], now=now())
    assert books.donations_of_year(fund, 2025) == [(donation.pk, 5000)]
    assert books.donations_of_year(fund, 2026) == [(donation.pk, -2000)]
    Donor.objects.filter(pk=donation.donor_id).update(city="=Die", given_name="-Claire")
    (before,) = tables_of(content_of(take(desk, fund, "donors", year=2025)))["operations.csv"]
    assert (before["nature"], before["date"], before["montant"]) == ("don", "01/05/2025", "50,00")
    (after,) = tables_of(content_of(take(desk, fund, "donors", year=2026)))["operations.csv"]
    assert (after["nature"], after["date"], after["montant"]) == ("remboursement", "01/02/2026", "-20,00")
    assert (after["commune"], after["prenom"]) == ("'=Die", "'-Claire")


@pytest.mark.django_db
def test_cash_flows_tell_what_was_set_aside_and_where_the_bank_says_another_balance(desk):
    fund = make_fund()
    for amount, on, why in (
        (-500, date(2025, 3, 1), "bank_fee"),
        (-1200, date(2026, 3, 1), "bank_fee"),
        (9000, date(2026, 4, 1), "other_income"),
    ):
        line = make_bank_line(fund, amount=amount, on=on)
        StatementLine.objects.filter(pk=line.pk).update(set_aside=why)
    BankStatement.objects.filter(fund=fund).update(closing=None)
    assert books.cash_flows(fund, 2026) == [
        {"kind": "opening", "balance": -500},
        {"kind": "bank_fee", "count": 1, "into": 0, "out": 1200},
        {"kind": "other_income", "count": 1, "into": 9000, "out": 0},
        {"kind": "closing", "balance": 7300},
    ]
    BankStatement.objects.filter(fund=fund, from_on=date(2026, 4, 1)).update(closing=7300)
    assert books.cash_flows(fund, 2026)[-1]["kind"] == "closing"
    BankStatement.objects.filter(fund=fund, from_on=date(2026, 4, 1)).update(closing=7400)
    flows = tables_of(content_of(take(desk, fund, "donors", year=2026)))["synthese.csv"]
    assert [(row["nature"], row["solde"]) for row in flows][-3:] == [
        ("Solde au 31 décembre 2026", "73,00"),
        ("Solde du relevé au 01/04/2026", "74,00"),
        ("Écart entre le relevé et ce qui précède", "1,00"),
    ]
    assert (flows[1]["nature"], flows[1]["depenses"]) == ("Frais de la banque", "12,00")


@pytest.mark.django_db
def test_what_an_agent_did_not_say_is_named_beside_the_file_of_donors(desk):
    fund = make_fund(address=" ", email="dons@rive.example")
    told = desk.get(f"/api/v1/fundraising/treasury/{fund.code}/books/{in_days().year}/files/").json()
    assert told["donor_file_lacks"] == ["address", "phone"]


@pytest.mark.django_db
def test_an_association_declares_no_donors_but_the_sum_of_its_receipts(desk):
    fund = make_fund(GivingRules.FR_ASSOCIATION)
    assert take(desk, fund, "donors").json()["code"] == "no_donor_file"
    told = desk.get(f"/api/v1/fundraising/treasury/{fund.code}/books/{in_days().year}/files/").json()
    assert (told["has_donor_file"], told["donor_file_lacks"]) == (False, [])
    assert (told["receipts"], told["receipts_sum"], told["given"]) == (0, 0, 0)


@pytest.mark.django_db
def test_the_journal_is_searched_by_amount_reference_slip_and_name(desk):
    fund = make_fund()
    donation = settled(fund, amount=5000, at=now() - timedelta(days=2))
    deposit(opened(fund, Method.CHEQUE, written(7000)), slip="R-77")
    root = f"/api/v1/fundraising/treasury/{fund.code}/books/entries/"

    def found(**asked: str) -> set[str]:
        return {row["kind"] for row in desk.get(root, asked).json()["items"]}

    assert found(q="50,00") == {"donation"}
    assert found(q=donation.charge) == {"donation"}
    assert found(q="R-77") == {"deposit"}
    assert found(q="dumontel") == {"donation", "fee"}
    assert found(q="nobody") == set()
    assert found(account="cheques") == {"donation", "deposit"}
    assert found(kind="fee") == {"fee"}
    assert found(since=in_days().isoformat()) == {"deposit"}
    first = desk.get(root, {"limit": 2}).json()
    second = desk.get(root, {"limit": 2, "after": first["next"]}).json()
    assert len({row["id"] for row in first["items"] + second["items"]}) == 4
    assert [sum(line["amount"] for line in row["lines"]) for row in first["items"]] == [0, 0]
    assert all(line["number"] and line["name"] for row in first["items"] for line in row["lines"])
    one = desk.get(f"{root}{first['items'][0]['id']}/").json()
    assert one["lines"] == first["items"][0]["lines"]
    assert sum(line["amount"] for line in one["lines"]) == 0
    assert one["batch"]
    assert desk.get(f"{root}{2**70}/").status_code == 404


@pytest.mark.django_db
def test_whose_donations_the_journal_and_the_bank_show_is_written_down(desk):
    fund, person = make_fund(), make_person()
    deposit(opened(fund, Method.TRANSFER, written(7000)))
    Donor.objects.update(person=person)
    (entry,) = bank_entries(fund)
    line = make_bank_line(fund, amount=7000, on=entry.booked_on, label="VIR DUMONTEL")
    bank, journal = f"/api/v1/fundraising/funds/{fund.code}/bank", f"/api/v1/fundraising/treasury/{fund.code}/books/entries"
    for path in (f"{journal}/", f"{journal}/{entry.id}/", f"{bank}/entries/", f"{bank}/lines/?state=open"):
        assert desk.get(path).status_code == 200
    body = json.dumps({"entries": [entry.id]})
    assert desk.post(f"/api/v1/fundraising/bank-lines/{line.pk}/match/", body, content_type="application/json").status_code == 200
    read = Access.objects.order_by("pk").values_list("reading", "person_ids")
    assert list(read) == [(f"fundraising.{what}", [person.pk]) for what in ("journal", "journal", "bank", "bank", "bank")]


def test_the_trial_balance_is_shown_with_its_accounts_and_years(desk):
    fund = make_fund()
    settled(fund, amount=5000, shares={make_envelope(fund): 2000}, at=now() - timedelta(days=2))
    told = desk.get(f"/api/v1/fundraising/treasury/{fund.code}/books/").json()
    assert told["sum"] == 0
    assert {(row["account"], row["envelope"], row["balance"]) for row in told["balances"]} == {
        ("provider", "", 4900),
        ("donations", "", -3000),
        ("donations", "Solidarity", -2000),
        ("fees", "", 100),
    }
    assert told["years"][0]["debits"] == 5100
    assert desk.get(f"/api/v1/fundraising/treasury/{fund.code}/books/?until=soon").status_code == 400
    assert desk.get(f"/api/v1/fundraising/treasury/{fund.code}/books/99999/closing/").status_code == 404


LAST_YEAR = 2025
LATE = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)


def bars(fund: Fund, year: int = LAST_YEAR) -> dict[str, int]:
    return {bar.value: count for bar, count in bars_of(fund, year, now=now()).items()}


@pytest.mark.django_db
def test_what_still_bars_a_year_is_counted():
    fund = make_fund()
    assert bars(fund) == {}
    assert bars(fund, in_days().year) == {"not_over": 1}
    settled(fund, at=datetime(2024, 11, 20, 9, 30, tzinfo=UTC))
    make_bank_line(fund, on=date(2025, 3, 1))
    make_batch_row(fund).batch.rows.update(received_on=date(2025, 12, 30))
    difference = Difference.objects.create(fund=fund, kind=DifferenceKind.BALANCE, opened_at=now())
    ledger.post(
        [postings.of_payout(fund.pk, Payout(id="po_1", amount=1, state="paid", arrives_on=LATE.date(), happened_at=LATE))], now=now()
    )
    assert bars(fund) == {
        "earlier_open": 1,
        "open_batches": 1,
        "open_lines": 1,
        "unseen_entries": 1,
        "open_differences": 1,
    }
    Difference.objects.filter(pk=difference.pk).update(explained_at=now(), words="the bank was late")
    assert "open_differences" not in bars(fund)


@pytest.mark.django_db
def test_a_transfer_that_never_came_and_its_correction_bar_nothing():
    fund = make_fund()
    line = make_bank_line(fund, on=date(2025, 3, 1))
    StatementLine.objects.filter(pk=line.pk).update(set_aside="expense")
    batch = deposit(opened(fund, Method.TRANSFER, written(4200)), slip="")
    this_year = batch.deposited_on.year
    assert bars(fund, this_year) == {"not_over": 1, "unseen_entries": 1}
    services.cancel_row(batch_id=batch.pk, row_id=batch.rows.get().pk, why=CancelledFor.UNPAID, by=batch.opened_by, now=now())
    assert bars(fund, this_year) == {"not_over": 1}


def test_entries_cancel_out_with_their_own_first_and_with_others_of_the_year():
    last, later = date(2025, 12, 31), date(2026, 1, 9)
    transfer = [Unseen(1, "a", last, 4200), Unseen(2, "a", later, -4200)]
    assert cancelled_out(transfer, until=last) == {1, 2}
    typed_wrong = [Unseen(1, "b", last, -7000, is_correction=True), Unseen(2, "c", last, 7000), Unseen(3, "d", last, 7000)]
    assert cancelled_out(typed_wrong, until=last) == {1, 2}
    assert cancelled_out([typed_wrong[0], Unseen(2, "c", later, 7000)], until=last) == set()
    assert cancelled_out([typed_wrong[0], Unseen(2, "c", last, 6999)], until=last) == set()
    paid_back = Unseen(1, "b", last, -7000)
    assert cancelled_out([paid_back, Unseen(2, "c", last, 7000)], until=last) == set(), "neither came, and neither says so of the other"


@pytest.mark.django_db
def test_what_was_paid_back_by_hand_and_never_told_by_the_bank_bars_beside_a_deposit_that_it_never_told():
    fund = association()
    line = make_bank_line(fund, on=date(2025, 3, 1))
    StatementLine.objects.filter(pk=line.pk).update(set_aside="expense")
    batches = [deposit(opened(fund, Method.CHEQUE, written(4200, received_on=in_days())), slip=slip) for slip in ("S1", "S2")]
    seen = LedgerEntry.objects.get(key=f"deposit:{batches[0].pk}")
    told = make_bank_line(fund, amount=4200, on=batches[0].deposited_on)
    services.match_line(line_id=told.pk, entry_ids=[seen.pk], by=batches[0].opened_by, now=now())
    donation, day = batches[0].rows.get().donation, batches[0].deposited_on
    services.give_back(donation_id=donation.pk, amount=4200, reason="Rendu", by=batches[0].opened_by, now=now(), given_on=day)
    assert bars(fund, day.year) == {"not_over": 1, "unseen_entries": 2}


@pytest.mark.django_db
def test_a_year_waits_until_the_provider_was_read_to_its_end_after_it():
    fund = make_fund(account="shore", time_zone="Europe/Paris")
    over = datetime(2025, 12, 31, 23, tzinfo=UTC)
    for began_at, is_whole in ((over + timedelta(minutes=59), True), (over + timedelta(days=2), False)):
        Reconciliation.objects.create(fund=fund, began_at=began_at, ended_at=began_at, is_whole=is_whole)
        assert bars(fund) == {"not_read_back": 1}
    Reconciliation.objects.create(fund=fund, began_at=over + timedelta(hours=1), ended_at=now(), is_whole=True)
    assert bars(fund) == {}


@pytest.mark.django_db
def test_a_year_is_closed_once_for_good_and_what_comes_late_is_booked_in_the_next():
    fund, treasurer = make_fund(), make_user("t@people.example")
    settled(fund, at=LATE)
    line = make_bank_line(fund, on=date(2025, 3, 1))
    with pytest.raises(Conflict) as refused:
        services.close_year(fund_id=fund.pk, year=LAST_YEAR, by=treasurer, now=now())
    assert (refused.value.code, refused.value.extra["bars"]) == ("year_barred", [{"bar": "open_lines", "count": 1}])
    line.delete()
    for _ in range(2):
        services.close_year(fund_id=fund.pk, year=LAST_YEAR, by=treasurer, now=now())
    assert (ClosedYear.objects.count(), Entry.objects.filter(name="year.closed").count()) == (1, 1)
    before = books.year_of(fund, LAST_YEAR)
    settled(fund, at=LATE + timedelta(days=3))
    assert books.year_of(fund, LAST_YEAR) == before
    assert set(LedgerEntry.objects.filter(booked_on__year=2026).values_list("booked_on", flat=True)) == {date(2026, 1, 1)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_nothing_is_written_into_a_year_that_is_closed_at_the_same_moment(turn):
    fund, treasurer = make_fund(), make_user("t@people.example")
    settled(fund, at=LATE)

    def post() -> object:
        at = LATE + timedelta(hours=turn)
        sent = Payout(id=f"po_{turn}", amount=1, state="paid", arrives_on=at.date(), happened_at=at)
        return ledger.post([postings.of_payout(fund.pk, sent)], now=now())

    def close() -> int:
        services.close_year(fund_id=fund.pk, year=LAST_YEAR, by=treasurer, now=now())
        return books.year_of(fund, LAST_YEAR).entries

    keys, entries_when_closed = at_once(post, close)
    assert keys == [f"payout:po_{turn}"]
    assert books.year_of(fund, LAST_YEAR).entries == entries_when_closed
    assert LedgerEntry.objects.get(key=f"payout:po_{turn}").booked_on.year == (LAST_YEAR if entries_when_closed == 3 else LAST_YEAR + 1)


@pytest.mark.django_db
def test_a_year_is_closed_through_the_api_by_who_typed_it_and_proved_lately_who_they_are(desk, small_country):
    fund = make_fund()
    settled(fund, at=LATE)
    root = f"/api/v1/fundraising/treasury/{fund.code}/books/{LAST_YEAR}"

    def close(client: Client, year: int) -> Any:
        return client.post(f"{root}/close/", json.dumps({"year": year}), content_type="application/json")

    assert set(close(desk, 2024).json()["fields"]) == {"year"}
    unproved = Client()
    unproved.force_login(make_granted(Role.TREASURER, small_country.country, email="other@people.example"))
    assert close(unproved, LAST_YEAR).status_code == 403
    assert desk.get(f"{root}/closing/").json() == {"year": LAST_YEAR, "closed_at": None, "bars": []}
    assert close(desk, LAST_YEAR).json()["closed_at"]
    assert desk.get(f"{root}/closing/").json()["closed_at"]
