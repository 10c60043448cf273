"""What several journeys do on their way to what they are about: sign in by a mail, write through the API, ask for a seat."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from tests.e2e.mailbox import Mailbox

DEMO = "demo.example"


@dataclass(frozen=True)
class Relay:
    """Somebody of the campaign who holds a seat and signs in."""

    name: str
    email: str
    seat: str
    code: str
    term: str


def read(page: Page, path: str, **asked: str) -> Any:
    """Read from the API as whoever is signed in on this page."""
    answer = page.request.get(f"/api/v1/{path}", params=asked)
    assert answer.ok, (path, answer.status, answer.text())
    return answer.json()


def write(page: Page, path: str, body: dict[str, Any]) -> Any:
    """Write through the API as whoever is signed in on this page."""
    answer = page.request.post(f"/api/v1/{path}", data=body, headers=proof(page))
    assert answer.ok, (path, answer.status, answer.text())
    return answer.json() if answer.body() else None


def proof(page: Page) -> dict[str, str]:
    """The headers with which the application writes."""
    return {"X-CSRFToken": _token(page), "Idempotency-Key": str(uuid4())}


def seats(page: Page) -> list[dict[str, Any]]:
    """Every seat of the campaign, as anybody reads it."""
    network = read(page, "relays/networks/")["items"][0]["id"]
    found: list[dict[str, Any]] = read(page, f"relays/networks/{network}/seats/")["items"]
    return found


def a_holder(organiser: Page, *, skip: int = 0) -> Relay:
    """Find a relay of the campaign whom no demo account is and no journey appointed, and who does not hand over."""
    passing = {one["seat"]["id"] for one in read(organiser, "relays/hand-overs/")["items"]}
    found = []
    for seat in seats(organiser):
        if seat["state"] != "filled" or seat["id"] in passing:
            continue
        shown = read(organiser, f"relays/seats/{seat['id']}/")
        name = shown["holder"]["name"]
        people = read(organiser, "people/", q=name)["items"]
        email = next(one["contacts"][0]["value"] for one in people if one["area"]["code"] == seat["code"])
        if email.endswith(DEMO) and email != f"relay@{DEMO}":
            term = next(term["id"] for term in shown["terms"] if term["kind"] == "relay")
            found.append(Relay(name=name, email=email, seat=seat["id"], code=seat["code"], term=term))
            if len(found) > skip:
                break
    assert found, "no relay is left whom no other journey needs"
    return found[-1]


def sign_in(page: Page, account: str, language: str) -> None:
    """Sign in as a demo account, as its button does, without waiting for the screen that follows."""
    page.request.get(f"/{language}/sign-in/")
    _send(page, f"/{language}/sign-in/demo/", key=account)


def sign_in_by_mail(page: Page, mailbox: Mailbox, *, email: str, language: str) -> None:
    """Sign in by the code that comes by mail, as the two forms do, without waiting for the screen that follows."""
    page.request.get(f"/{language}/sign-in/")
    asks_for_code = _send(page, f"/{language}/sign-in/", email=email)
    code = re.search(r"\d{4}[ -]?\d{4}", mailbox.wait_for(email, subject="code").text)
    assert code
    _send(page, asks_for_code, code=code.group())


def _send(page: Page, form: str, **fields: str) -> str:
    """Send a form of a page that was fetched; give the address that it leads to."""
    answer = page.request.post(form, form={"csrfmiddlewaretoken": _token(page), **fields})
    assert answer.ok, (form, answer.status, answer.text()[:500])
    assert not answer.url.endswith(form), f"{form} was not accepted"
    return answer.url


def _token(page: Page) -> str:
    return next((str(cookie["value"]) for cookie in page.context.cookies() if cookie["name"].endswith("maillage_csrf")), "")


def ask_for_a_seat(page: Page, mailbox: Mailbox, *, seat: str, name: str, email: str, language: str) -> None:
    """Ask for a vacant seat, and prove the address."""
    given, _, family = name.partition(" ")
    asked = {"seat": seat, "given_name": given, "family_name": family, "email": email, "language": language}
    write(page, "relays/applications/", {**asked, "agrees_to_contact": True, "is_of_age": True})
    page.goto(mailbox.wait_for(email).link("/relays/apply/confirm/"))
    page.locator("button[value=me]").click()
    page.locator(".promise").wait_for()


def agree_on_paper(organiser: Page, *, name: str) -> str:
    """Enter the signed paper of an applicant, who may hold a seat from now on; give the application's id."""
    waiting = read(organiser, "relays/applications/", status="submitted", limit="100")["items"]
    application = str(next(one["id"] for one in waiting if one["person"]["name"] == name))
    write(organiser, f"relays/applications/{application}/charter/paper/", {"paper_number": f"P-{uuid4().hex[:6]}"})
    return application
