"""Nobody calls in time: the promise climbs, the applicant reads an apology with a name, and is erased in one press."""

import pytest
from playwright.sync_api import Page, expect

from infra.local.stack import Stack
from tests.e2e.clock import let_the_hour_pass
from tests.e2e.conftest import Visitor
from tests.e2e.hearing import hear
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.words import words


def seat_below(organiser: Page, *, skip: int) -> str:
    """Find the code of a seat that takes applications, in the department that this organiser organises."""
    department = organiser.request.get("/api/v1/accounts/me/").json()["grants"][0]["area"]["code"]
    network = organiser.request.get("/api/v1/relays/networks/").json()["items"][0]["id"]
    seats = organiser.request.get(f"/api/v1/relays/networks/{network}/seats/").json()["items"]
    codes = [seat["code"] for seat in seats if seat["state"] != "filled" and seat["code"].startswith(department)]
    assert codes, f"every seat of {department} is filled"
    return str(codes[skip % len(codes)])


def apply(page: Page, mailbox: Mailbox, *, code: str, email: str, language: str) -> None:
    """Ask for a seat, and confirm."""
    page.goto(f"/{language}/relays/apply/{code}/")
    page.locator("[name=given_name]").fill("Awa")
    page.locator("[name=family_name]").fill(f"Attente {email}")
    page.locator("[name=email]").fill(email)
    page.locator("[name=agrees_to_contact]").check()
    page.locator("[name=is_of_age]").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/sent/")
    page.goto(mailbox.wait_for(email).link("/relays/apply/confirm/"))
    page.locator("button[value=me]").click()
    expect(page.locator(".promise")).to_be_visible()


@pytest.mark.parametrize(("width", "language", "skip"), [("phone", "fr", 0), ("desk", "en", 1)])
def test_missed_it_climbs(visitor: Visitor, mailbox: Mailbox, stack: Stack, width: str, language: str, skip: int) -> None:
    near = visitor("desk", language, signed_in_as="department_organiser")
    code = seat_below(near, skip=skip)
    email = f"attente.{width}.{language}@visitor.example"
    page = visitor(width, language)
    apply(page, mailbox, code=code, email=email, language=language)
    assert_sound(page)
    page.locator('main a[href*="/relays/charter/"]').first.click()  # one of three things to do until the call
    assert_sound(page)

    let_the_hour_pass(stack, email=email)
    apology = mailbox.wait_for(email, subject={"fr": "nous ne l’avons pas fait", "en": "we did not"}[language])
    page.goto(apology.link("/relays/apply/missed/"))
    expect(page.locator(".promise.is-missed")).to_be_visible()
    assert_sound(page)
    hear(page, language, "missed-promise", "apology")

    above = visitor(width, language, signed_in_as="national_organiser")
    above.goto("/app/desk/applications?status=climbed")
    above.get_by_role("button", name=f"Awa Attente {email}").click()
    expect(above.get_by_text(words(language, "organiser:applications.owed_me"))).to_be_visible()
    assert_sound(above)
    hear(above, language, "missed-promise", "climbed")

    page.reload()  # a mail scanner that opens the link changes nothing
    page.locator('button[name=way][value="erase"]').click()
    expect(page.locator(".promise")).to_have_count(0)
    assert_sound(page)
    hear(page, language, "missed-promise", "erased")
    above.reload()
    expect(above.get_by_role("heading", level=1)).to_be_visible()
    expect(above.get_by_text(f"Awa Attente {email}")).to_have_count(0)
