"""Somebody gives: once, after a decline; with their bank in between; in two tabs; up to the cap and not beyond."""

import pytest
from playwright.sync_api import Page, expect

from infra.local.stack import Stack
from tests.e2e.conftest import Visitor
from tests.e2e.giving import (
    ASKED_BY_THE_BANK,
    DECLINED,
    PARTY,
    arrive,
    fill_in,
    give,
    new_giver,
    prove_address,
    say_who,
    taken,
    type_card,
)
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_give_once(visitor: Visitor, stack: Stack, mailbox: Mailbox, width: str, language: str) -> None:
    page, giver = visitor(width, language), new_giver()
    page.goto(f"/{language}/give/{PARTY}/")
    expect(page.locator("[name=rhythm]:checked")).to_have_value("once")
    expect(page.locator("form#give [type=checkbox]:checked")).to_have_count(0)
    assert_sound(page)
    give(page)  # what is missing is said beside its field, and nothing is sent
    expect(page.locator("#email")).to_be_focused()
    expect(page.locator("#email-error")).to_be_visible()
    assert_sound(page)
    fill_in(page, giver, amount="12,50" if language == "fr" else "12.50")
    type_card(page, DECLINED)
    give(page)
    told = page.locator("[data-told]")
    expect(told).to_be_focused()
    expect(told).to_contain_text({"fr": "Il n’y a pas assez", "en": "not enough"}[language])
    expect(page.locator("#family_name")).to_have_value(giver.family_name)
    assert taken(stack, giver) == []
    assert_sound(page)
    page.reload()  # what was typed is back; neither what was declared nor the card is
    expect(page.locator("#family_name")).to_have_value(giver.family_name)
    page.locator("#declaration").check()
    type_card(page)
    give(page)
    arrive(page)
    assert_sound(page)
    assert giver.family_name not in page.content()
    assert taken(stack, giver) == [1250]

    followed = visitor(width, language)
    mail = mailbox.wait_for(giver.email)
    followed.goto(mail.link("/give/thanks/"))
    expect(followed.locator("main h1")).to_have_text(page.locator("main h1").inner_text())
    followed.goto(mail.link("/give/address/"))
    assert_sound(followed)


def test_the_bank_asks_and_the_donation_comes_through(visitor: Visitor, stack: Stack) -> None:
    page, giver = visitor("phone", "fr"), new_giver()
    page.goto(f"/fr/give/{PARTY}/")
    fill_in(page, giver, amount="35")
    type_card(page, ASKED_BY_THE_BANK)
    give(page)
    page.frame_locator("[role=dialog] iframe").get_by_role("button", name="Accepter").click()
    arrive(page)
    assert taken(stack, giver) == [3500]


def test_second_tab_does_not_pay_twice(visitor: Visitor, stack: Stack) -> None:
    page, giver = visitor("phone", "fr"), new_giver()
    tab = page.context.new_page()
    for each in (page, tab):
        each.goto(f"/fr/give/{PARTY}/")
        fill_in(each, giver, amount="47")
        type_card(each)
    tab.locator("[data-give]").click(no_wait_after=True)
    page.locator("[data-give]").dblclick(no_wait_after=True)
    for each in (page, tab):
        arrive(each)
    assert page.url == tab.url
    assert taken(stack, giver) == [4700]

    tab.goto(f"/fr/give/{PARTY}/")
    fill_in(tab, giver, amount="47")
    type_card(tab)
    give(tab)
    told = tab.locator("[data-told]")
    expect(told).to_contain_text("Nous avons trouvé votre don de 47")
    assert_sound(tab)
    assert taken(stack, giver) == [4700]
    told.get_by_role("button").click()  # who was asked, and means it, gives again
    arrive(tab)
    assert taken(stack, giver) == [4700, 4700]


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_refused_over_the_cap(visitor: Visitor, stack: Stack, mailbox: Mailbox, width: str, language: str) -> None:
    page, giver = visitor(width, language), new_giver()
    page.goto(f"/{language}/give/{PARTY}/")
    fill_in(page, giver, amount="7501")
    give(page)
    expect(page.locator("#amount-error")).to_contain_text(_euros(language, "7 500"))
    page.locator("[name=free]").fill("7000")
    type_card(page)
    give(page)
    arrive(page)
    page.goto(mailbox.wait_for(giver.email).link("/give/address/"))
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main form")).to_have_count(0)
    assert_sound(page)

    elsewhere = visitor(width, language)  # another browser knows nothing of it
    elsewhere.goto(f"/{language}/give/{PARTY}/")
    say_who(elsewhere, giver)
    prove_address(elsewhere, mailbox, giver)
    expect(elsewhere.locator("[data-proof-said]")).to_contain_text(_euros(language, "500"))
    assert_sound(elsewhere)
    fill_in(elsewhere, giver, amount="1000")
    type_card(elsewhere)
    give(elsewhere)
    told = elsewhere.locator("[data-told]")
    expect(told).to_contain_text(_euros(language, "500"))
    assert_sound(elsewhere)
    assert taken(stack, giver) == [700_000]
    told.get_by_role("button").click()  # what the law still allows is one click away
    expect(elsewhere.locator("[data-give]")).to_contain_text(_euros(language, "500"))
    give(elsewhere)
    arrive(elsewhere)
    assert taken(stack, giver) == [50_000, 700_000]


def test_without_a_script_it_tells_how_to_give(visitor: Visitor) -> None:
    page: Page = visitor("phone", "fr", javascript=False)
    page.goto(f"/fr/give/{PARTY}/")
    page.get_by_role("link", name="Donner par d’autres moyens").click()
    expect(page.locator("#other-ways")).to_contain_text("Par chèque à l’ordre")


def _euros(language: str, euros: str) -> str:
    return f"{euros} €" if language == "fr" else f"€{euros.replace(' ', ',')}"
