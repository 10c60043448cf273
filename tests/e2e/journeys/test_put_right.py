"""Somebody puts right what is wrong about them, and gets another address; who has none says stop and is erased through others."""

from collections.abc import Callable
from re import Pattern
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import agree_on_paper, ask_for_a_seat, read, seats, sign_in_by_mail, write
from tests.e2e.words import words

BOTH = [("phone", "fr"), ("desk", "en")]


@pytest.mark.parametrize(("width", "language"), BOTH)
def test_put_right_what_is_wrong_about_oneself(visitor: Visitor, mailbox: Mailbox, width: str, language: str) -> None:
    said = lambda key: words(language, f"member:correct.{key}")  # noqa: E731
    tag = uuid4().hex[:6]
    former, new = f"malo.{tag}@visitor.example", f"malo.neuf.{tag}@visitor.example"
    page = visitor(width, language)
    _take_a_seat(visitor, page, mailbox, name=f"Malo Kerguelen-{tag}", email=former, language=language)
    sign_in_by_mail(page, mailbox, email=former, language=language)
    page.goto("/app/me/data")

    page.get_by_role("button", name=said("name")).click()
    dialog = page.get_by_role("dialog")
    assert_sound(page)
    dialog.get_by_label(said("family_name")).fill(f"Kerguélen-{tag}")
    dialog.get_by_role("button", name=said("do")).click()
    expect(page.get_by_text(f"Malo Kerguélen-{tag}").first).to_be_visible()

    page.get_by_role("button", name=said("number_add")).click()
    dialog.get_by_label(said("number_field")).fill("12")
    dialog.get_by_role("button", name=said("do")).click()
    expect(dialog.get_by_label(said("number_field"))).to_have_attribute("aria-invalid", "true")
    dialog.get_by_label(said("number_field")).fill("06 12 34 56 78")
    dialog.get_by_role("button", name=said("do")).click()
    expect(page.get_by_text("+33612345678").first).to_be_visible()

    page.get_by_role("button", name=said("address")).click()
    dialog.get_by_label(said("address_field")).fill(new)
    assert_sound(page)
    dialog.get_by_role("button", name=said("address_do")).click()
    expect(dialog.get_by_role("status")).to_contain_text(new)
    told = mailbox.wait_for(former, subject={"fr": "autre adresse", "en": "another address"}[language])
    warned = visitor(width, language)
    warned.goto(told.link("/mail/former-address/"))
    assert_sound(warned)  # whoever opens it stops nothing
    asked = mailbox.wait_for(new)
    page.goto(asked.link("/mail/new-address/"))
    page.reload()  # nor does a mail scanner confirm
    assert_sound(page)
    assert read(page, "accounts/me/")["email"] == former
    page.locator("button[value=me]").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_sound(page)
    warned.locator("button[value=yes]").click()
    assert_sound(warned)  # it is too late, and the page says to whom to turn

    again = visitor(width, language)
    sign_in_by_mail(again, mailbox, email=new, language=language)
    again.goto("/app/me/data")
    expect(again.get_by_text(new).first).to_be_visible()
    expect(again.get_by_text(former)).to_have_count(0)


@pytest.mark.parametrize(("width", "language"), BOTH)
def test_who_has_no_mailbox_says_stop_and_is_erased_through_others(visitor: Visitor, width: str, language: str) -> None:
    said = lambda key: words(language, f"member:{key}")  # noqa: E731
    tag = uuid4().hex[:6]
    given, paper = f"Odile{tag}", f"P-{tag}"
    relay = visitor(width, language, signed_in_as="relay")
    relay.goto("/app/enter")
    relay.get_by_label(said("enter.paper_number"), exact=True).fill(paper)
    relay.get_by_label(said("enter.given_name"), exact=True).fill(given)
    relay.get_by_label(said("enter.family_name"), exact=True).fill("Sansmail")
    relay.get_by_label(said("own.channel_phone"), exact=True).fill("06 12 98 76 54")
    relay.get_by_label(said("enter.agrees"), exact=True).check()
    relay.get_by_label(said("enter.of_age"), exact=True).check()
    relay.get_by_label(said("enter.read_aloud"), exact=True).check()
    assert_sound(relay)
    relay.get_by_role("button", name=said("enter.do"), exact=True).click()
    expect(relay.get_by_role("status").filter(has_text=paper)).to_be_visible()

    relay.goto(f"/app/seat/people?q={given}")
    relay.get_by_role("button", name=given).click()
    card = relay.get_by_role("dialog")
    expect(card.get_by_role("link", name="+33612987654")).to_be_visible()
    assert_sound(relay)
    card.get_by_role("button", name=said("stop_said.open")).click()
    asked = relay.get_by_role("alertdialog")
    asked.get_by_label(said("stop_said.everything")).check()
    assert_sound(relay)
    asked.get_by_role("button", name=said("stop_said.do")).click()
    expect(relay.get_by_text(said("here.none_found"))).to_be_visible()

    officer = visitor(width, language, signed_in_as="data_protection_officer")
    _find(officer, said, paper)
    officer.get_by_role("button", name=said("officer.read"), exact=True).click()
    expect(officer.get_by_role("heading", name=f"{given} Sansmail")).to_be_visible()
    assert_sound(officer)
    officer.get_by_role("button", name=said("officer.erase"), exact=True).click()
    sure = officer.get_by_role("alertdialog")
    assert_sound(officer)
    sure.get_by_role("checkbox").check()
    sure.get_by_role("button", name=said("officer.erase"), exact=True).click()
    expect(officer.get_by_text(said("officer.erased"))).to_be_visible()
    _find(officer, said, paper)
    expect(officer.get_by_text(said("officer.nobody"))).to_be_visible()


def _take_a_seat(visitor: Visitor, page: Page, mailbox: Mailbox, *, name: str, email: str, language: str) -> None:
    """Let somebody new be appointed to a vacant seat, since an account comes with a role."""
    organiser = visitor(signed_in_as="national_organiser")
    vacant = [seat["id"] for seat in seats(page) if seat["state"] == "vacant"]
    ask_for_a_seat(page, mailbox, seat=vacant[-1], name=name, email=email, language=language)
    write(organiser, f"relays/applications/{agree_on_paper(organiser, name=name)}/approve/", {"kind": "relay"})


def _find(officer: Page, said: Callable[[str], str | Pattern[str]], paper: str) -> None:
    """Type why, and look for whoever signed a paper."""
    officer.goto("/app/officer")
    officer.get_by_label(said("officer.reason")).fill("A demandé par téléphone d’être oubliée")
    officer.get_by_role("button", name=said("officer.go_on")).click()
    officer.get_by_label(said("officer.search")).fill(paper)
    officer.get_by_role("button", name=said("officer.find")).click()
