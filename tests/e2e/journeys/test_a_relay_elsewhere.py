"""A relay of another seat asks every address of the API, every page and every file about a seat that is not theirs, and learns nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.hearing import hear
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import Relay, a_holder, proof, read, sign_in_by_mail, write
from tests.e2e.words import words

OPENAPI = Path(__file__).resolve().parents[3] / "backend" / "openapi.yaml"
SECRET = "zzsecret"


def addresses_to_read() -> list[str]:
    """Every address that the API answers to a GET, as its description says."""
    paths: dict[str, dict[str, Any]] = yaml.safe_load(OPENAPI.read_text())["paths"]
    return [path for path, methods in paths.items() if "get" in methods and "{country}" not in path]


def a_seat_with_everything(organiser: Page, holder: Page, relay: Relay) -> dict[str, str]:
    """Let there be a note and a hand-over at a seat; give the ids by what an address calls them."""
    note = write(holder, f"relays/seats/{relay.seat}/notes/", {"kind": "help", "text": SECRET})["id"]
    passing = write(organiser, f"relays/terms/{relay.term}/hand-over/", {"ends_on": in_force_until(organiser, relay), "words": SECRET})
    person = next(one["id"] for one in read(organiser, "people/", q=relay.name)["items"] if one["area"]["code"] == relay.code)
    return {
        "seats": relay.seat,
        "filling": relay.seat,
        "terms": relay.term,
        "newcomers": relay.term,
        "notes": note,
        "hand-overs": passing["hand_over"]["id"],
        "people": person,
    }


def in_force_until(organiser: Page, relay: Relay) -> str:
    """The last day that a hand-over of this term may have."""
    found: str = read(organiser, f"relays/terms/{relay.term}/hand-over/")["last_day"]
    return found


@dataclass(frozen=True)
class Elsewhere:
    """A seat with everything, who holds it and who organises there, and what nobody else is to read."""

    relay: Relay
    ids: dict[str, str]
    organiser: Page
    holder: Page

    @property
    def hidden(self) -> tuple[str, ...]:
        """What shows that something was learnt."""
        return SECRET, self.relay.email, self.relay.name


@pytest.fixture(scope="module")
def elsewhere(preparing_visitor: Visitor, mailbox: Mailbox) -> Iterator[Elsewhere]:
    """A seat that changes hands, prepared once: whoever asks changes nothing."""
    organiser, holder = preparing_visitor("desk", "fr", signed_in_as="national_organiser"), preparing_visitor("desk", "fr")
    relay = a_holder(organiser)
    sign_in_by_mail(holder, mailbox, email=relay.email, language="fr")
    ids = a_seat_with_everything(organiser, holder, relay)
    seen = str(read(organiser, "relays/hand-overs/"))
    assert SECRET in seen
    assert relay.name in seen
    yield Elsewhere(relay=relay, ids=ids, organiser=organiser, holder=holder)
    write(organiser, f"relays/hand-overs/{ids['hand-overs']}/take-back/", {})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_relay_elsewhere_reads_and_changes_nothing(elsewhere: Elsewhere, visitor: Visitor, language: str) -> None:
    relay, ids = elsewhere.relay, elsewhere.ids
    page = visitor("desk", language, signed_in_as="relay")
    asked = page.request
    for address in addresses_to_read():
        about = address.partition("/{id}")[0].rpartition("/")[2]
        if "{id}" in address and about not in ids:
            continue
        path = address.replace("{id}", ids.get(about, ""))
        answer = asked.get(path, params={"seat": relay.seat, "q": relay.name, "network": "", "limit": "100"}, max_redirects=0)
        assert not [word for word in elsewhere.hidden if word in answer.text()], path
        if "{id}" in address:
            assert answer.status in (403, 404) or path == f"/api/v1/relays/seats/{relay.seat}/", (path, answer.status)
    for path, body in (
        (f"seats/{relay.seat}/notes/", {"kind": "help", "text": "I was here"}),
        (f"notes/{ids['notes']}/tick/", {"is_kept": True}),
        (f"hand-overs/{ids['hand-overs']}/complete/", {"successor": None}),
        (f"hand-overs/{ids['hand-overs']}/take-back/", {}),
        (f"hand-overs/{ids['hand-overs']}/notes/", {"gives_notes": True}),
        (f"terms/{relay.term}/end/", {}),
        (f"terms/{relay.term}/pause/", {"until": in_force_until(elsewhere.organiser, relay)}),
    ):
        answer = asked.post(f"/api/v1/relays/{path}", data=body, headers=proof(page))
        assert answer.status in (403, 404), (path, answer.status, answer.text())
    assert SECRET in str(read(elsewhere.holder, f"relays/seats/{relay.seat}/notes/")), "nothing has changed there"


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_a_relay_elsewhere_sees_nothing(elsewhere: Elsewhere, visitor: Visitor, width: str, language: str) -> None:
    relay = elsewhere.relay
    page = visitor(width, language, signed_in_as="relay")
    for address in (f"/{language}/places/{relay.code}/", "/app/desk/people", "/app/desk/hand-overs", "/app/desk/applications"):
        page.goto(address)
        expect(page.locator("main")).to_be_visible()
        assert not [word for word in elsewhere.hidden if word in page.locator("body").inner_text()], address
    page.goto(f"/app/seat/dossier?seat={relay.seat}")
    expect(page.get_by_text(words(language, "member:dossier.none_why"))).to_be_visible()
    hear(page, language, "a-relay-elsewhere", "not_theirs")
    assert_sound(page)
