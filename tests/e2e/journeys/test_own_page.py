"""A supporter opens a page of their own, three friends give on it, and the supporter thanks one of them."""

import pytest
from playwright.sync_api import expect

from infra.local.stack import Stack
from tests.e2e.conftest import Visitor
from tests.e2e.giving import PARTY, arrive, fill_in, give, new_giver, taken, type_card
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox

WORDS = "J’ai vu ma permanence fermer. Pour trente euros, quelqu’un prend la route."
CHEERS, THANKS = "Allez, on y croit !", "Merci à toi, du fond du cœur."
SAID = {
    "fr": {"confirm": "Ouvrez votre page", "open": "Votre page est ouverte", "given": "3 personnes ont donné", "notes": "merci"},
    "en": {"confirm": "Open your page", "open": "Your page is open", "given": "3 people gave", "notes": "thank"},
}


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_open_a_page_and_raise_from_three_friends(visitor: Visitor, stack: Stack, mailbox: Mailbox, width: str, language: str) -> None:
    said, owner = SAID[language], new_giver("Samira")
    title = f"Dix amis, une route ({language})"
    page = visitor(width, language)
    page.goto(f"/{language}/give/{PARTY}/")
    page.locator(f"a[href$='/give/{PARTY}/open/']").click()
    assert_sound(page)
    form = page.locator("main form")
    for name, value in (("title", title), ("words", WORDS), ("goal", "300"), ("first_name", owner.given_name), ("email", owner.email)):
        form.locator(f"[name={name}]").fill(value)
    form.locator("[name=is_of_age]").check()
    form.locator("button[type=submit]").click()
    page.wait_for_url("**/asked/")
    assert_sound(page)
    page.goto(mailbox.wait_for(owner.email, subject=said["confirm"]).link("/give/p/confirm/"))
    assert_sound(page)
    page.locator("button[value=me]").click()
    page.wait_for_url("**/give/p/mine/**")
    assert_sound(page)
    address = page.locator(".address a").get_attribute("href")
    assert address

    friends = [new_giver(name) for name in ("Ali", "Bea", "Chloe")]
    for friend in friends:
        theirs = visitor(width, language)
        theirs.goto(address)
        fill_in(theirs, friend, amount="10")
        if friend is friends[0]:
            theirs.locator("[name=message]").fill(CHEERS)
            theirs.locator("#shown-first_name").check()
            theirs.locator("[name=tells_name]").check()
            theirs.locator("[name=tells_amount]").check()
            assert_sound(theirs)
        type_card(theirs)
        give(theirs)
        arrive(theirs)
        assert taken(stack, friend) == [1000]

    page.reload()
    expect(page.locator("main .lead")).to_contain_text(said["given"])
    givers = page.locator(".givers")
    expect(givers).to_contain_text(f"Ali {friends[0].family_name}")
    for unnamed in friends[1:]:
        expect(givers).not_to_contain_text(unnamed.family_name)
    row = givers.locator("li").filter(has_text=friends[0].family_name)
    row.locator("summary").click()
    row.locator("textarea").fill(THANKS)
    row.locator("form:has(textarea) button").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    assert_sound(page)
    assert THANKS in mailbox.wait_for(friends[0].email, subject=owner.given_name).text

    public = visitor(width, language, javascript=False)
    public.goto(address)
    expect(public.locator(".said")).to_contain_text(CHEERS)
    expect(public.locator(".said")).to_contain_text("Ali")
    assert friends[0].family_name not in public.content()
