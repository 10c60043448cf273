"""An organiser brings a thousand people in from a list with mistakes, sees them, and takes it back; who has acted since stays."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from infra.local.stack import Stack
from tests.e2e.clock import let_the_owners_be_asked
from tests.e2e.conftest import Visitor
from tests.e2e.hearing import hear
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.words import words

HEADINGS = ["Prénom", "Nom", "Courriel", "Circonscription", "Accord", "Le", "Bulletin"]
LINES, BAD_ADDRESS, NOWHERE, TO_COME, TWICE = 1_000, 12, 9, 7, 20
FIRST = BAD_ADDRESS + NOWHERE + TO_COME
"""The first line that is taken."""
TAKEN = LINES - BAD_ADDRESS - NOWHERE - TO_COME - TWICE


def a_list(seats: list[str], tag: str) -> bytes:
    """A thousand lines as a spreadsheet of Windows saves them."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    out.writerow(HEADINGS)
    for number in range(LINES):
        address, seat, day = f"{tag}.{number}@liste.example", seats[number % len(seats)], "01/03/2026"
        if number < BAD_ADDRESS:
            address = f"{tag} {number} at liste"
        elif number < BAD_ADDRESS + NOWHERE:
            seat = "9Z99"
        elif number < BAD_ADDRESS + NOWHERE + TO_COME:
            day = "01/03/2999"
        elif number >= LINES - TWICE:
            address = f"{tag}.{number - 100}@liste.example"
        family = f"Œuvrard {number}" if number < LINES - TWICE else f"Œuvrard {number - 100}"
        out.writerow(["Élodie", family, address, seat, "oui", day, f"B-{number}"])
    return text.getvalue().encode("cp1252")


def network_of(page: Page) -> str:
    found: str = page.request.get("/api/v1/relays/networks/").json()["items"][0]["id"]
    return found


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_import_1000_with_mistakes_and_undo(visitor: Visitor, stack: Stack, mailbox: Mailbox, width: str, language: str) -> None:
    page = visitor(width, language, signed_in_as="national_organiser")
    said = lambda key: words(language, f"organiser:import.{key}")  # noqa: E731
    seats = page.request.get(f"/api/v1/relays/networks/{network_of(page)}/seats/").json()["items"]
    tag = f"{width}.{language}"

    page.goto("/app/desk/people")
    page.get_by_role("link", name=said("go")).click()
    page.wait_for_url("**/app/desk/people/import")
    assert_sound(page)
    hear(page, language, "import-people", "file")
    page.locator("input[type=file]").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": a_list([seat["code"] for seat in seats], tag)}
    )
    page.get_by_role("button", name=said("read"), exact=True).click()

    expect(page.get_by_text("Windows-1252")).to_be_visible()
    assert "id=" in page.url
    expect(page.get_by_label(re.compile("Courriel"))).to_have_value("email")
    page.get_by_role("button", name=said("agreement_add")).click()
    page.get_by_label(said("origin")).fill("Stand du marché")
    page.reload()
    expect(page.get_by_label(said("origin"))).to_have_value("Stand du marché")
    expect(page.get_by_label(said("agreed_column"))).to_have_value("4")
    assert_sound(page)
    hear(page, language, "import-people", "columns")
    page.get_by_role("button", name=said("check_do_other")).click()

    expect(page.get_by_role("heading", name=said("would"))).to_be_visible(timeout=60_000)
    page.reload()  # the address says where one is
    expect(page.get_by_role("heading", name=said("would"))).to_be_visible()
    figures = page.locator(".figures li b")
    refused = FIRST
    expect(figures).to_have_text([str(TAKEN), "0", str(TWICE), str(refused)])
    expect(page.get_by_role("row").filter(has_text="Élodie")).to_have_count(20)
    assert_sound(page)
    hear(page, language, "import-people", "checked")
    with page.expect_download() as taken:
        page.get_by_role("button", name=said("refused_file")).click()
    back = list(csv.reader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig")), delimiter=";"))
    assert len(back) == refused + 1
    assert back[1][2:5] == ["Élodie", "Œuvrard 0", f"{tag} 0 at liste"]

    page.get_by_role("button", name=said("run_do_other")).click()
    expect(page.get_by_role("heading", name=said("was_done"))).to_be_visible(timeout=60_000)
    expect(page.locator(".figures").first.locator("b")).to_have_text([str(TAKEN), str(TAKEN)])
    assert_sound(page)
    hear(page, language, "import-people", "written")
    page.goto(f"/app/desk/people?q={tag.partition('.')[0]}")
    found = page.request.get("/api/v1/people/", params={"q": "Œuvrard 500"}).json()["items"]
    assert f"{tag}.500@liste.example" in [contact["value"] for person in found for contact in person["contacts"]]

    # Their addresses wait for them: an hour later the first ones are asked, and one of them says that it is theirs.
    page.goto("/app/desk/people/import")
    page.get_by_role("link", name="Stand du marché").first.click()
    expect(page.get_by_role("heading", name=said("asked_title"))).to_be_visible()
    let_the_owners_be_asked(stack)
    question = mailbox.wait_for(f"{tag}.{FIRST}@liste.example")
    assert "Stand du marché" in question.text
    asked = visitor(width, language)
    asked.goto(question.link("/mail/address/"))
    assert_sound(asked)
    asked.get_by_role("button", name=re.compile("It was me|C’était moi")).click()
    expect(asked.get_by_role("heading", level=1, name=re.compile("confirmed|confirmée"))).to_be_visible()

    page.goto("/app/desk/people/import")
    row = page.get_by_role("row").filter(has_text="Stand du marché").first
    row.get_by_role("button", name=said("undo"), exact=True).click()
    dialog = page.get_by_role("alertdialog")
    assert_sound(page)
    hear(page, language, "import-people", "undo")
    dialog.get_by_role("button", name=said("undo_do")).click()
    expect(row.get_by_text(said("status_undone"))).to_be_visible(timeout=60_000)
    row.get_by_role("link").click()
    expect(page.locator(".figures b")).to_have_text([str(TAKEN - 1), "1", "0", "0"])
    assert_sound(page)
    left = page.request.get("/api/v1/people/", params={"q": "Œuvrard"}).json()["items"]
    names = [person["family_name"] for person in left if any(tag in contact["value"] for contact in person["contacts"])]
    assert names == [f"Œuvrard {FIRST}"]
