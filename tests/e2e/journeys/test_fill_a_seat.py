"""An organiser asks the nearest volunteer; it can be undone until the mail leaves; the volunteer says yes and is promised a call."""

import pytest
from playwright.sync_api import Page, expect

from infra.local.stack import Stack
from tests.e2e.clock import let_questions_leave
from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import read
from tests.e2e.words import words


def a_seat_with_a_volunteer(organiser: Page) -> tuple[str, dict[str, str]]:
    """Find a vacant seat, and somebody near who agreed to be asked and can be now."""
    network = read(organiser, "relays/networks/")["items"][0]["id"]
    for seat in read(organiser, "relays/filling/", network=network, state="vacant", limit="100")["items"]:
        for one in read(organiser, f"relays/filling/{seat['id']}/volunteers/")["items"]:
            if not one["unasked"]:
                return seat["id"], {"name": one["name"], "email": one["contacts"][0]["value"]}
    raise AssertionError("nobody is left who could be asked")


@pytest.mark.parametrize(("width", "language"), [("desk", "fr"), ("phone", "en")])
def test_fill_a_seat(visitor: Visitor, mailbox: Mailbox, stack: Stack, width: str, language: str) -> None:
    desk = visitor(width, language, signed_in_as="national_organiser")
    said = lambda key: words(language, f"organiser:filling.{key}")  # noqa: E731
    seat, volunteer = a_seat_with_a_volunteer(desk)
    ask = str(said("ask_one")).replace("{{name}}", volunteer["name"]) if isinstance(said("ask_one"), str) else said("ask_one")
    desk.goto(f"/app/desk/filling?seat={seat}")
    desk.get_by_role("listitem").filter(has_text=volunteer["email"]).get_by_role("button", name=ask).click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("region", name=said("letter"))).to_be_visible()
    assert_sound(desk)
    dialog.get_by_role("button", name=said("ask_do_one")).click()
    dialog.get_by_role("button", name=said("undo")).click()
    expect(dialog).to_have_count(0)
    desk.get_by_role("listitem").filter(has_text=volunteer["email"]).get_by_role("button", name=ask).click()
    dialog.get_by_role("button", name=said("ask_do_one")).click()
    dialog.get_by_role("button", name=said("close"), exact=True).click()

    let_questions_leave(stack)
    page = visitor(width, "fr")  # the campaign's people read French
    page.goto(mailbox.wait_for(volunteer["email"]).link("/relays/asked/"))
    page.reload()  # a mail scanner that opens the link answers nothing
    assert_sound(page)
    page.locator("button[value=yes]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("[name=agrees_to_contact]").check()
    page.locator("button[value=yes]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quelqu’un vous appelle")
    assert_sound(page)
    waiting = read(desk, "relays/applications/", status="submitted", limit="100")["items"]
    assert seat in [one["seat"]["id"] for one in waiting]
