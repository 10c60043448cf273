"""The treasurer closes a month: cheques are deposited, the bank's statement is found in the books, the journal is taken away."""

import csv
import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.giving import PARTY, new_giver
from tests.e2e.look import assert_sound
from tests.e2e.on_the_way import read
from tests.e2e.words import words

CHEQUE, FEE = 12_000, -450
"""Cents of the cheque that came by hand, and of what the bank keeps for the account."""


def a_statement(entries: list[dict[str, Any]], *, slip: str, today: str, fee: str) -> bytes:
    """What the bank says of a month, as a table: whatever the books wait to see there, and a fee that they do not keep."""
    rows = [
        (entry["booked_on"], f"REMISE {slip}" if entry["hint"] == slip else f"STRIPE PAYOUT {place}", entry["amount"])
        for place, entry in enumerate(entries)
    ]
    text = io.StringIO()
    out = csv.writer(text, delimiter=";")
    out.writerow(["Date", "Libellé", "Montant"])
    for day, label, cents in [*rows, (today, fee, FEE)]:
        out.writerow([day, label, f"{cents / 100:.2f}".replace(".", ",")])
    return text.getvalue().encode()


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_treasurer_closes_a_month(visitor: Visitor, width: str, language: str) -> None:
    page = visitor(width, language, signed_in_as="treasurer")
    said = lambda key: str(words(language, f"money:{key}"))  # noqa: E731
    today, giver = datetime.now(ZoneInfo("Europe/Paris")).date().isoformat(), new_giver("Jeanne")
    slip = f"B{giver.family_name[-6:]}"
    page.goto(f"/app/desk/money/batches?fund={PARTY}")
    page.get_by_role("button", name=said("batches.new_cheque")).click()
    row = page.get_by_role("form", name=said("batches.entry"))
    for name, value in _row(giver.given_name, giver.family_name, today).items():
        row.get_by_label(said(f"batches.field_{name}"), exact=True).fill(value)
    row.get_by_role("button", name=said("batches.add")).click()
    expect(page.get_by_role("row").filter(has_text=giver.family_name)).to_be_visible()
    assert_sound(page)
    deposit = page.get_by_role("form", name=said("batches.deposit_title"))
    deposit.get_by_label(said("batches.slip_number")).fill(slip)
    deposit.get_by_label(said("batches.deposited_on")).fill(today)
    deposit.get_by_label(said("batches.slip_total")).fill("130")
    deposit.get_by_role("button", name=said("batches.deposit")).click()
    expect(deposit.get_by_label(said("batches.slip_total"))).to_have_attribute("aria-invalid", "true")
    deposit.get_by_label(said("batches.slip_total")).fill("120")
    deposit.get_by_role("button", name=said("batches.deposit")).click()
    expect(deposit).to_have_count(0)
    assert_sound(page)

    page.goto(f"/app/desk/money/bank?fund={PARTY}")
    entries = read(page, f"fundraising/funds/{PARTY}/bank/entries/")["items"]
    fee = f"FRAIS DE TENUE DE COMPTE {slip}"
    statement = a_statement(entries, slip=slip, today=today, fee=fee)
    page.locator("input[type=file]").set_input_files({"name": "releve.csv", "mimeType": "text/csv", "buffer": statement})
    expect(page.get_by_label(said("bank.column_amount"))).to_have_value("2")
    assert_sound(page)
    page.get_by_role("button", name=said("bank.bring"), exact=True).click()
    expect(page.get_by_role("row").filter(has_text=fee)).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name=words(language, "money:bank.confirm_sure_other")).click()
    expect(page.get_by_text(said("bank.all_seen"))).to_be_visible()
    page.get_by_role("row").filter(has_text=fee).get_by_role("button", name=words(language, "money:bank.other_of")).click()
    assert_sound(page)
    page.get_by_role("dialog").get_by_role("button", name=said("bank.aside_bank_fee")).click()
    expect(page.get_by_text(said("bank.none_open"))).to_be_visible()
    assert_sound(page)

    _explain_what_differs(page, language)
    page.goto(f"/app/desk/money/books?fund={PARTY}")
    _only_the_year_is_not_over(page, language)
    assert_sound(page)
    page.get_by_role("button", name=said("books.take_entries")).click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Clôture du mois")
    with page.expect_download() as taken:
        page.get_by_role("dialog").locator("button[type=submit]").click()
    last = list(csv.reader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig")), delimiter={"fr": ";", "en": ","}[language]))[-1]
    assert last[1:3] == [today, {"fr": "remise en banque", "en": "deposit"}[language]]
    assert last[-1] == {"fr": "120,00", "en": "120.00"}[language]


def _row(given_name: str, family_name: str, today: str) -> dict[str, str]:
    """Say what the paper of a cheque says, by field."""
    return {
        "amount": str(CHEQUE // 100),
        "received_on": today,
        "given_name": given_name,
        "family_name": family_name,
        "born_on": "1951-02-03",
        "address_lines": "4 place du Marché",
        "postcode": "26150",
        "city": "Die",
        "paper": f"D-{family_name[-6:]}",
        "cheque": "0004711",
        "drawn_on": "Banque postale",
    }


def _explain_what_differs(page: Page, language: str) -> None:
    """Say of each difference with the payment provider why it is there."""
    for difference in read(page, f"fundraising/treasury/{PARTY}/differences/")["items"]:
        page.goto(f"/app/desk/money/decide?fund={PARTY}&what=differences&one={difference['id']}")
        page.get_by_label(words(language, "money:decide.explanation"), exact=True).fill("Vu avec la mandataire.")
        assert_sound(page)
        page.get_by_role("button", name=words(language, "money:decide.explain")).click()
        expect(page.get_by_text(words(language, "money:decide.explained"))).to_be_visible()


def _only_the_year_is_not_over(page: Page, language: str) -> None:
    bars = page.get_by_role("heading", name=str(words(language, "money:books.still"))).locator("xpath=following-sibling::ul[1]/li")
    expect(bars).to_have_text([str(words(language, "money:books.bar_not_over_one"))])
