"""A relay writes notes and hands over; an organiser completes it; the next person reads the one page; the browser left behind is wiped."""

import re
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor
from tests.e2e.hearing import hear
from tests.e2e.look import ask_until, assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import agree_on_paper, ask_for_a_seat, seats, sign_in_by_mail, write
from tests.e2e.words import words

NOTE = "Reçoit le vendredi matin, aime les chiffres précis."
ENTRIES = """() => new Promise(resolve => {
  const open = indexedDB.open('maillage');
  open.onsuccess = () => {
    if (!open.result.objectStoreNames.contains('entries')) { open.result.close(); resolve(0); return; }
    const all = open.result.transaction('entries').objectStore('entries').count();
    all.onsuccess = () => { open.result.close(); resolve(all.result); };
  };
})"""


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_hand_over(visitor: Visitor, mailbox: Mailbox, width: str, language: str) -> None:
    organiser = visitor(width, language, signed_in_as="national_organiser")
    page, then = visitor(width, language), visitor(width, language)
    vacant = [seat["id"] for seat in seats(page) if seat["state"] == "vacant"]
    seat = vacant[len(vacant) // 2]
    tag = uuid4().hex[:6]
    leaving, leaves_from = f"Lea Partante-{tag}", f"lea.{tag}@visitor.example"
    coming, comes_from = f"Noe Suivant-{tag}", f"noe.{tag}@visitor.example"
    ask_for_a_seat(page, mailbox, seat=seat, name=leaving, email=leaves_from, language=language)
    ask_for_a_seat(then, mailbox, seat=seat, name=coming, email=comes_from, language=language)
    agree_on_paper(organiser, name=coming)
    write(organiser, f"relays/applications/{agree_on_paper(organiser, name=leaving)}/approve/", {"kind": "relay"})

    sign_in_by_mail(page, mailbox, email=leaves_from, language=language)
    page.goto("/app/seat")
    page.get_by_label(words(language, "member:notes.text")).fill(NOTE)
    page.get_by_role("button", name=words(language, "member:notes.write")).click()
    expect(page.get_by_role("listitem").filter(has_text=NOTE)).to_be_visible()
    page.get_by_role("button", name=words(language, "common:hand_over.open")).click()
    page.get_by_label(words(language, "common:hand_over.day"), exact=True).fill(datetime.now(ZoneInfo("Europe/Paris")).date().isoformat())
    hear(page, language, "hand-over", "form")
    begin = page.get_by_role("button", name=words(language, "common:hand_over.begin"))
    page.locator("form").filter(has=begin).get_by_role("checkbox").check()
    assert_sound(page)
    begin.click()
    expect(page.get_by_role("button", name=words(language, "common:hand_over.take_back"))).to_be_visible()
    hear(page, language, "hand-over", "begun")
    page.get_by_label(words(language, "member:notes.text")).fill("A draft that stays on the phone")
    ask_until(page, f"async () => await ({ENTRIES})() > 0")

    organiser.goto("/app/desk/hand-overs")
    panel = organiser.locator("section", has=organiser.get_by_text(leaving)).last
    choice = panel.get_by_role("combobox")
    choice.select_option(value=choice.get_by_role("option").filter(has_text=coming).get_attribute("value"))
    expect(panel.get_by_text(coming).last).to_be_visible()
    assert_sound(organiser)
    hear(organiser, language, "hand-over", "complete")
    panel.get_by_role("button", name=words(language, "organiser:hand_overs.complete")).click()
    expect(organiser.get_by_text(leaving)).to_have_count(0)
    mailbox.wait_for(leaves_from, subject={"fr": "merci", "en": "thank"}[language])

    page.goto("/app/seat")  # the next contact, without a session
    expect(page.locator("input[type=email]")).to_be_visible()
    # The app that was opened is ordered to wipe, and begins anew once it has.
    ask_until(page, f"async () => await ({ENTRIES})() === 0")

    sign_in_by_mail(then, mailbox, email=comes_from, language=language)
    then.goto("/app/today")
    then.get_by_role("link", name=words(language, "member:dossier.open")).click()
    expect(then.get_by_text(NOTE)).to_be_visible()
    hear(then, language, "hand-over", "one_page")
    assert leaving.split()[-1] not in then.locator("main").inner_text()
    assert_sound(then)
    sheet = then.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1
