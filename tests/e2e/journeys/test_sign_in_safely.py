"""An organiser sets a second factor up and is asked for it; a passkey signs in by itself; sessions are seen and ended."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from infra.local.stack import Stack
from tests.e2e.authenticator import figures
from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import PATIENCE, Mailbox
from tests.e2e.on_the_way import proof
from tests.e2e.words import words


def an_organiser(visitor: Visitor, *, skip: int) -> str:
    """Find the address of one whom no other journey signs in as."""
    found = visitor("desk", "fr", signed_in_as="national_organiser").request.get("/api/v1/people/", params={"role": "organiser"}).json()
    addresses = [person["contacts"][0]["value"] for person in found["items"] if person["contacts"]]
    return str([address for address in addresses if "organiser" not in address][skip])


def newest_code(mailbox: Mailbox, email: str, *, after: str = "") -> str:
    """Wait for a code that is not the one before."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = re.search(r"\d{4}[ -]?\d{4}", mailbox.wait_for(email, subject="code").text)
        assert found
        if found.group() != after:
            return found.group()
        time.sleep(0.2)
    raise AssertionError(f"no new code for {email}")


def type_code(page: Page, mailbox: Mailbox, *, email: str, language: str, host: str = "", after: str = "") -> str:
    """Take the first step of signing in, by the code that comes by mail."""
    page.goto(f"{host}/{language}/sign-in/")
    page.locator("input[name=email]").fill(email)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/sign-in/code/**")
    code = newest_code(mailbox, email, after=after)
    page.locator("input[name=code]").fill(code)
    page.locator("main form button[type=submit]").first.click()
    return code


@pytest.mark.parametrize(("width", "language", "skip"), [("phone", "fr", 0), ("desk", "en", 1)])
def test_an_organiser_sets_an_app_up_and_proves_it(visitor: Visitor, mailbox: Mailbox, width: str, language: str, skip: int) -> None:
    email = an_organiser(visitor, skip=skip)
    page = visitor(width, language)
    first = type_code(page, mailbox, email=email, language=language)
    if language == "en":  # the campaign's people read French
        page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words(language, "security:gate.set_up"))
    assert page.request.get("/api/v1/people/").json()["code"] == "second_factor_required"
    assert_sound(page)
    page.get_by_role("button", name=words(language, "security:app.add")).click()
    page.get_by_label(words(language, "security:app.code")).fill(figures(page.locator("code.key").inner_text()))
    assert_sound(page)
    page.get_by_role("button", name=words(language, "security:app.activate")).click()
    expect(page.locator(".codes li")).to_have_count(10)
    recovery = page.locator(".codes li").first.inner_text().replace(" ", "")
    assert_sound(page)
    page.get_by_role("button", name=words(language, "security:gate.go_on")).click()
    page.wait_for_url("**/app/desk/**")
    assert page.request.get("/api/v1/people/").status == 200

    other = visitor("desk", language)
    type_code(other, mailbox, email=email, language=language, after=first)
    other.wait_for_url("**/sign-in/second-factor/")
    assert_sound(other)
    assert other.request.get("/api/v1/accounts/me/").status == 403
    other.locator("input[name=code]").fill(recovery)
    other.locator("main form button[type=submit]").click()
    other.wait_for_url("**/app/desk/**")

    page.goto("/app/security")
    sessions = page.get_by_role("region", name=words(language, "security:sessions.title"))
    expect(sessions.get_by_role("listitem")).to_have_count(2)
    assert_sound(page)
    sessions.get_by_role("listitem").get_by_role("button").click()
    expect(sessions.get_by_role("listitem")).to_have_count(1)
    assert other.request.get("/api/v1/accounts/me/").status == 403


def test_a_passkey_signs_in_by_itself(visitor: Visitor, mailbox: Mailbox, stack: Stack) -> None:
    """On `localhost`: browsers make no passkey for a number."""
    host, email = f"http://localhost:{stack.port}", "relay@demo.example"
    page = visitor("desk", "fr")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    type_code(page, mailbox, email=email, language="fr", host=host)
    page.wait_for_url("**/app/**")
    chosen = page.request.patch(f"{host}/api/v1/accounts/me/", data={"language": "fr"}, headers=proof(page))
    assert chosen.ok, "another journey left the relay in English"
    page.goto(f"{host}/app/security")
    page.get_by_role("button", name=words("fr", "security:passkeys.add")).click()
    page.get_by_label(words("fr", "security:passkeys.name")).fill("Mon téléphone")
    page.get_by_role("button", name=words("fr", "security:passkeys.make")).click()
    expect(page.get_by_role("heading", name="Mon téléphone")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    assert_sound(page)

    page.goto(f"{host}/app/me")
    page.get_by_role("button", name=words("fr", "common:sign_out.do")).click()
    page.wait_for_url("**/fr/")
    page.goto(f"{host}/app/")
    page.get_by_role("button", name=words("fr", "common:sign_in.passkey")).click()
    page.wait_for_url("**/app/today")
    assert page.request.get(f"{host}/api/v1/accounts/me/").json()["email"] == email
