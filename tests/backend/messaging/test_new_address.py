"""Another address: asked for after a proof, confirmed from its own mailbox, stopped from the former one."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from maillage.accounts import services as accounts
from maillage.accounts.models import AddressChange, Session, User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging import services as messaging
from maillage.messaging.domain import RENDERERS, MessageStatus
from maillage.messaging.domain.preferences import PREFERENCES_LINK, masked
from maillage.messaging.models import Message
from maillage.messaging.services import compose
from maillage.messaging.services.deliver import stop_address
from maillage.messaging.services.factors import tell_of_change
from maillage.messaging.services.new_address import ADDRESS_CHANGED, FORMER_ADDRESS, NEW_ADDRESS, confirm_new_address, write_of_new_address
from maillage.messaging.services.preferences import mail_own_data_link, mail_preferences_link, stop_everything
from maillage.messaging.services.queue import queue_message
from maillage.messaging.services.sign_in import SIGN_IN_CODE
from maillage.people import services
from maillage.people.domain import AREA_NEWS, RELAY_CONTACT, Channel
from maillage.people.models import Consent, ContactPoint, Person
from maillage.people.selectors import mailbox_mark, may_contact
from maillage.people.selectors.organisation import hold, unnamed
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.territories.factories import SmallCountry

ADDRESS = "/api/v1/people/me/address/"
SIGN_OUT = "/api/v1/accounts/auth/browser/v1/auth/session"
EMAIL, NEW = "nadia@people.example", "nadia.ferhat@mail.example"
THEN = datetime.fromisoformat("2026-11-24T18:10:00+00:00")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits() -> None:
    cache.clear()


@pytest.fixture
def nadia(small_country: SmallCountry) -> Person:
    """Somebody who signs in with her address, and agreed that her relay writes to it."""
    return agree_to_relay(make_person(user=make_user(EMAIL), email=EMAIL, area=small_country.area("0101")))


def signed_in(person: Person) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    assert person.user
    sign_in(client, person.user)
    return client


def asked(client: Client, email: str = NEW) -> Any:
    return client.post(ADDRESS, {"email": email}, content_type="application/json")


def mails() -> dict[str, str]:
    """What left, by address: the text of each mail; the fact is heard as the dispatcher would let it be."""
    for entry in Entry.objects.filter(name="address_change.asked"):
        write_of_new_address(change_id=entry.subject_id, is_written_to=entry.data["is_written_to"], now=now())
    running = AddressChange.objects.values("pk")
    sent = Message.objects.filter(purpose__in=(NEW_ADDRESS.name, FORMER_ADDRESS.name), about_id__in=running).order_by("queued_at", "pk")
    return {message.address: compose(RENDERERS[message.purpose](message), language="fr").text for message in sent}


def link(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/\S*/mail/(?:new|former)-address/\S+)", text)
    assert found, text
    return found[1]


def deliver() -> None:
    for message in Message.objects.filter(status=MessageStatus.QUEUED).order_by("queued_at", "pk"):
        messaging.deliver_message(message_id=message.pk, now=now())


def test_nothing_changes_before_the_new_mailbox_confirms_and_a_get_confirms_nothing(nadia: Person) -> None:
    other = signed_in(nadia)
    client = signed_in(nadia)
    answer = asked(client, " Nadia.Ferhat@Mail.example ")
    assert (answer.status_code, answer.content) == (202, b"")
    texts = mails()
    assert set(texts) == {EMAIL, NEW}
    assert NEW not in texts[EMAIL]
    page = link(texts[NEW])
    assert Client().get(page).status_code == 200
    assert User.objects.get(pk=nadia.user_id).email == EMAIL
    assert "From now on" in Client(headers={"Accept-Language": "en"}).post(page.replace("/fr/", "/en/"), {"was": "me"}).content.decode()
    assert User.objects.get(pk=nadia.user_id).email == NEW
    (point,) = ContactPoint.objects.filter(person=nadia, channel=Channel.EMAIL)
    assert (point.value, point.is_preferred, point.verified_at is not None) == (NEW, True, True)
    assert may_contact(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)
    assert (client.get("/api/v1/accounts/me/").status_code, other.get("/api/v1/accounts/me/").status_code) == (200, 403)
    assert Client().post(page, {"was": "me"}).status_code == 404
    assert Entry.objects.filter(name="person.corrected").get().data == {"what": "address"}


def test_the_answer_and_the_change_are_the_same_whether_the_address_is_known(nadia: Person) -> None:
    stranger = make_person(user=make_user(NEW), email=NEW)
    client = signed_in(nadia)
    known, unknown = asked(client, NEW), asked(client, "unknown@mail.example")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"")
    asked(client, NEW)
    text = mails()[NEW]
    assert "/mail/new-address/" not in text
    change = AddressChange.objects.get(user=nadia.user)
    with pytest.raises(Exception, match="signs in another account"):
        services.confirm_new_address(change_id=change.pk, now=now())
    assert {user.email for user in User.objects.all()} == {EMAIL, NEW}
    assert ContactPoint.objects.get(person=nadia).value == EMAIL
    assert ContactPoint.objects.get(person=stranger).value == NEW


def test_the_former_mailbox_stops_it_and_everybody_is_signed_out(nadia: Person) -> None:
    client = signed_in(nadia)
    asked(client)
    texts = mails()
    page = link(texts[EMAIL])
    assert Client().get(page).status_code == 200
    assert Client().post(page).status_code == 200
    assert AddressChange.objects.exists()
    assert Client().post(page, {"stop": "yes"}).status_code == 200
    assert not Session.objects.filter(user=nadia.user).exists()
    assert Client().post(link(texts[NEW]), {"was": "me"}).status_code == 404
    assert User.objects.get(pk=nadia.user_id).email == EMAIL


def test_who_signs_out_where_they_asked_asks_no_more(nadia: Person) -> None:
    elsewhere, client = signed_in(nadia), signed_in(nadia)
    asked(client)
    page = link(mails()[NEW])
    elsewhere.delete(SIGN_OUT)
    assert AddressChange.objects.exists()
    client.delete(SIGN_OUT)
    assert not Session.objects.filter(user=nadia.user).exists()
    assert Client().post(page, {"was": "me"}).status_code == 404
    assert User.objects.get(pk=nadia.user_id).email == EMAIL


def test_who_reads_the_new_mailbox_and_did_not_ask_gives_it_up(nadia: Person) -> None:
    client = signed_in(nadia)
    asked(client)
    assert Client().post(link(mails()[NEW]), {"was": "not-me"}).status_code == 200
    assert not AddressChange.objects.exists()
    assert client.get("/api/v1/accounts/me/").status_code == 200


def test_who_says_that_it_was_not_them_after_a_yes_is_not_told_that_nothing_was_changed(nadia: Person) -> None:
    asked(signed_in(nadia))
    page = link(mails()[NEW])
    assert Client().post(page, {"was": "me"}).status_code == 200
    assert Client().post(page, {"was": "not-me"}).status_code == 404


@pytest.mark.parametrize("ended", ["sent", "stopped"])
def test_neither_address_is_kept_once_its_mail_has_left_or_will_not(nadia: Person, ended: str) -> None:
    asked(signed_in(nadia))
    page = link(mails()[NEW])
    assert Message.objects.exclude(address="").count() == 2
    if ended == "stopped":
        Client().post(page, {"was": "not-me"})
    deliver()
    assert not Message.objects.exclude(address="").exists()
    assert set(Message.objects.values_list("status", flat=True)) == {MessageStatus.SENT if ended == "sent" else MessageStatus.REFUSED}


def test_asked_anew_the_former_link_leads_to_nothing(nadia: Person) -> None:
    client = signed_in(nadia)
    asked(client)
    first = link(mails()[NEW])
    asked(client, "third@mail.example")
    assert Client().post(first, {"was": "me"}).status_code == 404
    assert AddressChange.objects.get().email == "third@mail.example"


def test_an_old_proof_is_not_enough(nadia: Person) -> None:
    client = signed_in(nadia)
    session = client.session
    session["account_authentication_methods"] = [
        {**method, "at": method["at"] - 3600} for method in session["account_authentication_methods"]
    ]
    session.save()
    answer = asked(client)
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up_required")
    assert not AddressChange.objects.exists()


def test_what_is_no_address_and_ones_own_are_said(nadia: Person) -> None:
    client = signed_in(nadia)
    for email in ("nadia", EMAIL.upper()):
        answer = asked(client, email)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["email"])


def test_one_account_asks_three_times_a_day_and_one_address_is_written_to_three_times(nadia: Person, small_country: SmallCountry) -> None:
    client = signed_in(nadia)
    assert [asked(client).status_code for _ in range(4)] == [202, 202, 202, 429]
    other = make_person(user=make_user("other@people.example"), email="other@people.example", area=small_country.area("0101"))
    assert asked(signed_in(other)).status_code == 202
    change = AddressChange.objects.get(user=other.user)
    written = Entry.objects.get(name="address_change.asked", subject_id=str(change.pk)).data["is_written_to"]
    write_of_new_address(change_id=change.pk, is_written_to=written, now=now())
    assert set(Message.objects.filter(about_id=change.pk).values_list("address", flat=True)) == {"other@people.example"}


def test_an_address_that_the_person_had_given_besides_stands_once(nadia: Person) -> None:
    ContactPoint.objects.create(person=nadia, channel=Channel.EMAIL, value=NEW)
    asked(signed_in(nadia))
    services.confirm_new_address(change_id=AddressChange.objects.get().pk, now=now())
    assert list(ContactPoint.objects.filter(person=nadia).values_list("value", "is_preferred")) == [(NEW, True)]


def test_after_a_day_it_is_over_and_forgotten(nadia: Person) -> None:
    asked(signed_in(nadia))
    change = AddressChange.objects.get()
    later = now() + timedelta(days=1, minutes=1)
    with pytest.raises(Exception, match="Nothing waits here"):
        services.confirm_new_address(change_id=change.pk, now=later)
    assert accounts.forget_address_changes(now=now()) == 0
    assert accounts.forget_address_changes(now=later) == 1


@pytest.mark.parametrize("email", ["office@maillage.example", ""])
@pytest.mark.parametrize(
    ("language", "subject", "since"),
    [
        ("en", "Another address signs in to your account now", "Since Tuesday 24 November, 6:10 pm"),
        ("fr", "Une autre adresse ouvre désormais votre compte", "Depuis le mardi 24 novembre, 18 h 10"),
    ],
)
def test_the_former_mailbox_is_told_that_it_was_changed_though_nothing_had_left_before(
    nadia: Person, language: str, subject: str, since: str, email: str
) -> None:
    User.objects.filter(pk=nadia.user_id).update(language=language)
    house = unnamed()
    house.email = email
    hold(house)
    asked(signed_in(nadia))
    assert set(mails()) == {EMAIL, NEW}
    AddressChange.objects.update(ends_at=THEN + timedelta(days=1))
    confirm_new_address(change_id=AddressChange.objects.get().pk, now=THEN)
    services.erase_own(record_id=nadia.pk, now=now())  # as a stranger would who holds the account
    deliver()
    (letter,) = [sent for sent in mail.outbox if sent.to == [EMAIL]]
    body = str(letter.body).replace("\N{NO-BREAK SPACE}", " ")
    assert letter.subject == subject
    assert since in body
    assert (email or "/legal/") in body
    assert NEW not in body
    assert not Message.objects.exclude(address="").exists(), "the former address is forgotten once it was told"


def test_codes_to_the_former_mailbox_go_and_notices_of_how_one_signs_in_still_leave(nadia: Person) -> None:
    assert nadia.user
    tell_of_change(fact="password.changed", user_id=nadia.user.pk)
    queue_message(SIGN_IN_CODE.name, address=EMAIL, secret="123456", now=now())
    asked(signed_in(nadia))
    confirm_new_address(change_id=AddressChange.objects.get().pk, now=now())
    waiting = Message.objects.filter(address=EMAIL, status=MessageStatus.QUEUED).values_list("purpose", flat=True)
    assert set(waiting) == {"accounts.password_changed", ADDRESS_CHANGED.name}


def test_the_link_to_ones_data_that_the_former_mailbox_holds_opens_nothing_once_the_address_changed(nadia: Person) -> None:
    mail_own_data_link(record_id=nadia.pk, now=now())
    deliver()
    found = re.search(r"/\S*/mail/data/[^/\s]+/", str(mail.outbox[-1].body).replace("http://127.0.0.1:8000", ""))
    assert found
    assert Client().get(found[0]).status_code == 200
    mail_own_data_link(record_id=nadia.pk, now=now())  # waits still: it would go to the new mailbox, which did not ask
    asked(signed_in(nadia))
    confirm_new_address(change_id=AddressChange.objects.get().pk, now=now())
    answers = (Client().get(found[0]), Client().get(f"{found[0]}file/"), Client().post(found[0], {"sure": "yes"}))
    assert [answer.status_code for answer in answers] == [410, 410, 410]
    assert Person.objects.filter(pk=nadia.pk, erased_at__isnull=True).exists()
    mail_own_data_link(record_id=nadia.pk, now=now())
    deliver()
    (letter,) = [sent for sent in mail.outbox if "/mail/data/" in str(sent.body) and sent.to == [NEW]]
    found = re.search(r"/\S*/mail/data/[^/\s]+/", str(letter.body).replace("http://127.0.0.1:8000", ""))
    assert found
    assert Client().get(found[0]).status_code == 200


def choices_link(language: str = "en") -> str:
    """Where the last mail that left leads its reader to their choices."""
    found = re.search(r"/\w+/mail/choices/[^/\s]+/", str(mail.outbox[-1].body))
    assert found
    return found[0].replace("/fr/", f"/{language}/")


@pytest.mark.parametrize("mailed", ["in the foot of a mail", "before links named their mailbox", "behind the link that stops"])
def test_a_link_of_before_shows_and_gives_nothing_but_stops_and_mails_the_present_address(nadia: Person, mailed: str) -> None:
    services.record_consent(person_id=nadia.pk, purpose=AREA_NEWS.purpose, channel=Channel.EMAIL, wording="x.1", source="tests", now=now())
    mail_preferences_link(email=EMAIL, language="en", now=now())
    deliver()
    page = choices_link()
    if mailed.startswith("before"):
        page = f"/en/mail/choices/{sign_link(PREFERENCES_LINK, ids=[nadia.pk], ends_at=now() + timedelta(days=9))}/"
    elif mailed.startswith("behind"):
        brief = queue_message("actions.brief", person=nadia, about_id=uuid4(), now=now())
        assert brief
        stops = stop_address(brief, mailbox=mailbox_mark(EMAIL)).removeprefix(settings.PUBLIC_URL)
        Message.objects.filter(pk=brief.pk).update(status=MessageStatus.SENT)
    assert Client().get(page).status_code == 200
    asked(signed_in(nadia))
    confirm_new_address(change_id=AddressChange.objects.get().pk, now=now())
    deliver()
    if mailed.startswith("behind"):
        found = re.search(r'href="(/\w+/mail/choices/[^"]+)"', Client().post(stops).content.decode().replace(settings.PUBLIC_URL, ""))
        assert found
        page = found[1]
    text = Client().get(page)
    assert text.status_code == 410
    for mark in ("relay_contact", 'name="box"', masked(NEW), NEW):
        assert mark not in text.content.decode()
    lines, letters = Consent.objects.count(), Message.objects.count()
    for said in (
        {"was": f"{RELAY_CONTACT.purpose}:email=1"},
        {"was": f"{RELAY_CONTACT.purpose}:phone=0", "box": f"{RELAY_CONTACT.purpose}:phone"},
        {"do": "data"},
        {"do": "not-me"},
    ):
        assert Client().post(page, {**said, "language": "de"}).status_code == 410
    assert (Consent.objects.count(), Message.objects.count()) == (lines, letters)
    assert Client().post(page, {"do": "link"}).status_code == 302
    deliver()
    assert mail.outbox[-1].to == [NEW]
    assert Client().get(choices_link()).status_code == 200
    answer = Client().post(page, {"do": "everything"}, follow=True)
    assert not may_contact(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)
    assert NEW not in answer.content.decode()
    deliver()
    assert mail.outbox[-1].to == [NEW]
    assert Client().get(choices_link()).status_code == 200, "from where it is undone"


def test_a_link_of_before_to_somebody_erased_says_so(nadia: Person) -> None:
    mail_preferences_link(email=EMAIL, language="en", now=now())
    deliver()
    page = choices_link()
    services.erase_own(record_id=nadia.pk, now=now())
    assert Client().get(page).status_code == 404


def test_a_mail_that_waits_while_the_address_changes_leads_its_reader_to_their_choices(nadia: Person) -> None:
    asked(signed_in(nadia))
    stop_everything(record_id=nadia.pk, now=now())  # and says so by a mail that waits
    confirm_new_address(change_id=AddressChange.objects.get().pk, now=now())
    deliver()
    (letter,) = [sent for sent in mail.outbox if sent.to == [NEW] and "/mail/choices/" in str(sent.body)]
    found = re.search(r"/\w+/mail/choices/[^/\s]+/", str(letter.body))
    assert found
    assert Client().get(found[0]).status_code == 200


@pytest.mark.usefixtures("house_of_the_country")
def test_the_former_mailbox_reads_the_hour_that_it_is_there() -> None:
    queue_message(ADDRESS_CHANGED.name, address=EMAIL, language="en", now=THEN)
    deliver()
    (letter,) = mail.outbox
    assert "Since Tuesday 24 November, 7:10 pm" in str(letter.body).replace("\N{NO-BREAK SPACE}", " ")
