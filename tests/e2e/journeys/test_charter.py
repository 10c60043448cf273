"""A charter is proposed, commented on, answered and adopted; a relay agrees, and nobody is seated before they did."""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import ask_for_a_seat, seats
from tests.e2e.words import words

SAID = "Dites aussi comment on corrige une erreur."
ANSWERED = "It is said in the third promise."
ON_WORDS = "on me le demande à chaque porte"
NEWS = "I want the news of my constituency, once a month at most, and stop whenever I like."


def adopt(writer: Page) -> None:
    """Adopt what is proposed: the dialog says whom it mails, and where they are many asks for their number."""
    writer.get_by_role("button", name=words("en", "organiser:charter.adopt"), exact=True).click()
    dialog = writer.get_by_role("alertdialog")
    assert_sound(writer)
    typed = dialog.get_by_label(re.compile(r"^Type \d+ to confirm$"))
    if typed.count():
        number = re.search(r"\d+", str(typed.evaluate("field => field.labels[0].textContent")))
        assert number
        typed.fill(number.group())
    dialog.get_by_role("button", name=words("en", "organiser:charter.adopt"), exact=True).click()
    expect(dialog).to_have_count(0)


def test_charter(visitor: Visitor, mailbox: Mailbox) -> None:
    """One demo has one charter, so both widths and languages are walked in one go."""
    relay = visitor("phone", "fr", signed_in_as="relay")
    relay.goto("/app/today")
    relay.get_by_role("link", name=words("fr", "common:charter.read_and_comment")).click()
    expect(relay.locator(".changes ins").first).to_be_visible()
    assert_sound(relay)
    relay.get_by_role("button", name=re.compile(r"^Commenter le paragraphe 3$")).click()
    relay.get_by_role("textbox", name=re.compile("paragraphe 3")).fill(SAID)
    relay.get_by_role("button", name=words("fr", "common:charter.say")).click()
    expect(relay.get_by_role("article").filter(has_text=SAID)).to_be_visible()

    writer = visitor("desk", "en", signed_in_as="national_organiser")
    writer.goto("/app/desk/charter")
    comment = writer.get_by_role("article").filter(has_text=SAID)
    comment.get_by_role("button", name=words("en", "common:charter.answer"), exact=True).click()
    comment.get_by_role("textbox").fill(ANSWERED)
    comment.get_by_role("button", name=words("en", "common:charter.do_not_taken")).click()
    expect(writer.get_by_text(ANSWERED)).to_be_visible()
    assert_sound(writer)
    adopt(writer)

    relay.goto("/app/today")
    relay.get_by_role("link", name=words("fr", "common:charter.read_and_agree")).click()
    relay.get_by_role("button", name=words("fr", "common:charter.agree")).click()
    expect(relay.get_by_text(words("fr", "common:charter.agreed"))).to_be_visible()
    assert_sound(relay)
    public = visitor("phone", "en")
    public.goto("/en/charter/")
    expect(public.get_by_role("heading", level=1)).to_be_visible()
    expect(public.get_by_role("link", name="Version 1")).to_be_visible()
    assert_sound(public)

    tag = uuid4().hex[:6]
    name, email = f"Awa Engagée-{tag}", f"awa.{tag}@visitor.example"
    applicant = visitor("phone", "fr", javascript=False)
    seat = next(seat["id"] for seat in seats(relay) if seat["state"] == "vacant")
    ask_for_a_seat(applicant, mailbox, seat=seat, name=name, email=email, language="fr")
    writer.goto("/app/desk/applications")
    writer.get_by_role("button", name=name).click()
    writer.get_by_role("button", name=words("en", "organiser:applications.approve")).click()
    writer.get_by_role("button", name=words("en", "organiser:applications.approve_yes_relay")).click()
    expect(writer.get_by_role("alert")).to_contain_text("They have not agreed to the charter yet")
    writer.get_by_role("button", name=words("en", "organiser:ready.send")).click()
    expect(writer.get_by_text(words("en", "organiser:ready.sent"))).to_be_visible()

    applicant.goto(mailbox.wait_for(email, subject="charte").link("/relays/charter/"))
    applicant.reload()  # a mail scanner that opens the link agrees to nothing
    applicant.locator("main form button[type=submit]").click()
    expect(applicant.locator("main [role=status]")).to_be_visible()

    writer.reload()
    expect(writer.get_by_text(words("en", "organiser:ready.agreed"))).to_be_visible()
    writer.get_by_role("button", name=words("en", "organiser:applications.approve")).click()
    writer.get_by_role("button", name=words("en", "organiser:applications.approve_yes_relay")).click()
    expect(writer.get_by_role("button", name=name)).to_have_count(0)


def test_words_of_the_forms(visitor: Visitor) -> None:
    """Own words beside a box are proposed, answered and adopted, stand on the form, and make room for the software's again."""
    relay = visitor("phone", "fr", signed_in_as="relay")
    relay.goto("/app/today")
    relay.get_by_role("link", name=words("fr", "common:charter.read_words")).click()
    expect(relay.get_by_text(words("fr", "common:charter.beside_a_box"))).to_be_visible()
    expect(relay.get_by_role("article").filter(has_text=ON_WORDS)).to_be_visible()
    assert_sound(relay)

    writer = visitor("desk", "en", signed_in_as="national_organiser")
    writer.goto("/app/desk/charter")
    writer.get_by_role("link", name=words("en", "organiser:wordings.title")).click()
    expect(writer.get_by_role("heading", level=1, name=words("en", "organiser:wordings.title"))).to_be_visible()
    expect(writer.get_by_role("region")).to_have_count(7)
    assert_sound(writer)
    writer.get_by_role("link", name=words("en", "organiser:wordings.read_comments")).click()
    english = writer.get_by_role("region", name=words("en", "organiser:editor.language_en"))
    english.get_by_label(words("en", "organiser:charter.words_body"), exact=True).fill(NEWS)
    writer.get_by_role("button", name=words("en", "organiser:charter.save")).click()
    expect(writer.get_by_text(words("en", "organiser:charter.saved"))).to_be_visible()
    assert_sound(writer)
    adopt(writer)

    newcomer = visitor("phone", "en")
    newcomer.goto("/en/wordings/")
    expect(newcomer.get_by_text(NEWS)).to_be_visible()
    assert_sound(newcomer)
    covered = next(seat["code"] for seat in seats(relay) if seat["state"] == "filled")
    newcomer.goto(f"/en/relays/join/{covered}/")
    expect(newcomer.get_by_label(NEWS)).not_to_be_checked()

    writer.goto("/app/desk/wordings")
    writer.get_by_role("button", name=words("en", "organiser:wordings.retire")).click()
    assert_sound(writer)
    writer.get_by_role("alertdialog").get_by_role("button", name=words("en", "organiser:wordings.retire")).click()
    expect(writer.get_by_role("button", name=words("en", "organiser:wordings.retire"))).to_have_count(0)
    newcomer.reload()
    expect(newcomer.get_by_label(NEWS)).to_have_count(0)
