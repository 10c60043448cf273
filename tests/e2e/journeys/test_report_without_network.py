"""A relay opens the application where there is a network, loses it, reads the brief, writes the report with a photo; it leaves by
itself later, once."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import ask_until, assert_sound
from tests.e2e.on_the_way import read, write
from tests.e2e.words import words

SINCE_WHEN = {"fr": "tel que cet appareil l’a lu", "en": "as this device read it on"}
QUOTE = "Je voterai la garantie."
IS_KEPT = """async () => {
  const cache = await caches.open('maillage-app');
  const files = performance.getEntriesByType('resource').map(({name}) => name).filter(name => name.startsWith(origin + '/static/'));
  const known = await Promise.all(['/app/', ...files].map(name => cache.match(name, {ignoreVary: true})));
  return known.every(Boolean) && files.some(name => name.includes('/brief-'));
}"""
"""Whether the worker has the page, and every file that it was made of."""


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_a_report_without_network(visitor: Visitor, width: str, language: str) -> None:
    desk = visitor("desk", language, signed_in_as="national_organiser")
    desk.goto("/app/desk/actions")
    action = _launched(desk, title=f"Sans réseau, {width}")
    relay = visitor(width, language, signed_in_as="relay")
    relay.goto("/app/today")
    expect(relay.get_by_role("heading", level=1)).to_be_visible()
    mine = read(relay, "actions/assignments/", mine="true")["items"]
    assignment = next(one["id"] for one in mine if one["action"]["id"] == action)
    ask_until(relay, IS_KEPT)

    relay.context.set_offline(True)
    relay.goto(f"/app/assignments/{assignment}")
    expect(relay.get_by_text("Restez vingt minutes")).to_be_visible()
    expect(relay.get_by_text(SINCE_WHEN[language]).first).to_be_visible()
    assert_sound(relay)
    relay.get_by_label(words(language, "common:met.holder")).check()
    relay.get_by_text(words(language, "common:stance.for"), exact=True).click()
    relay.get_by_label(words(language, "member:report.quote")).fill(QUOTE)
    relay.get_by_label(words(language, "common:report_photo.add")).set_input_files(
        {"name": "affiche.jpg", "mimeType": "image/jpeg", "buffer": _from_a_telephone()}
    )
    expect(relay.get_by_role("img", name=words(language, "common:report_photo.alt_chosen"))).to_be_visible()
    relay.get_by_role("button", name=words(language, "member:report.send")).click()
    expect(relay.get_by_text(words(language, "member:report.offline"))).to_be_visible()
    assert_sound(relay)
    assert read(desk, f"actions/assignments/{assignment}/")["report"] is None

    relay.context.set_offline(False)
    expect(relay.get_by_text(words(language, "member:report.sent"))).to_be_visible()
    assert_sound(relay)
    report = read(desk, f"actions/assignments/{assignment}/")["report"]
    assert (report["met"], report["quote"], report["version"]) == ("holder", QUOTE, 1)
    picture = Image.open(BytesIO(desk.request.get(report["photo"]).body()))
    assert (picture.size, dict(picture.getexif())) == ((1280, 960), {})
    write(desk, f"actions/{action}/stop/", {"expected": read(desk, f"actions/{action}/preview/")["to_stop"]})


def _launched(desk: Page, *, title: str) -> str:
    """An action that has begun, launched to every seat."""
    network = read(desk, "relays/networks/")["items"][0]["id"]
    begun = datetime.now(tz=UTC) - timedelta(hours=1)
    text = {"title": title, "summary": "", "brief": "# Une heure\n\n- **Venez** à deux\n- Restez vingt minutes"}
    window = {"starts_at": begun.isoformat(), "ends_at": (begun + timedelta(days=2)).isoformat()}
    draft = {"network": network, "subject": None, "default_language": "fr", "texts": {"fr": text}, **window}
    action = str(write(desk, "actions/", draft)["id"])
    write(desk, f"actions/{action}/launch/", {"expected": read(desk, f"actions/{action}/preview/")["messages"]})
    return action


def _from_a_telephone() -> bytes:
    """A photo that says where it was taken."""
    told = Image.Exif()
    told.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    body = BytesIO()
    Image.new("RGB", (2000, 1500), "teal").save(body, "JPEG", exif=told)
    return body.getvalue()
