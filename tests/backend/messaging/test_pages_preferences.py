"""One's choices by the link of a mail: no login, no name, one save; what somebody else does there can be undone."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging import services
from maillage.messaging.domain import RecipientKind
from maillage.messaging.domain.preferences import OWN_DATA_LINK, PREFERENCES_LINK, masked
from maillage.messaging.models import Message, Suppression
from maillage.messaging.selectors.circumstances import circumstances_of
from maillage.messaging.selectors.suppressions import LEFT_BEHIND, address_hash
from maillage.messaging.services.preferences import mail_preferences_link
from maillage.people import services as people
from maillage.people.domain import AREA_NEWS, RELAY_CONTACT, WORDINGS, Channel
from maillage.people.models import Consent, ConsentState, ContactPoint, Person, WaitingAddress
from maillage.people.selectors import consent_mismatches, may_contact
from maillage.people.services.merge_consents import join_consents
from maillage.relays import services as relays
from maillage.relays.domain import APPLICANT_CONTACT, ApplicationStatus
from maillage.relays.models import Application
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.messaging.factories import BRIEF, make_reader
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.people.import_files import PAPER, agreement, imported, line, organiser_of
from tests.backend.relays.factories import make_application, make_network
from tests.backend.territories.factories import SmallCountry

EMAIL = "nadia@people.example"
RELAY_BY_MAIL = f"{RELAY_CONTACT.purpose}:email"


@pytest.fixture
def nadia(db: None) -> Person:
    """Somebody who agreed to hear from her relay by mail, and whose names and addresses are like nobody's."""
    person = make_person(given_name="Zzgiven", family_name="Zzfamily", email=EMAIL, phone="+33612345678", language="en")
    return agree_to_relay(person)


def page_of(person: Person, *, ends_at: datetime | None = None) -> str:
    token = sign_link(PREFERENCES_LINK, ids=[person.pk], ends_at=ends_at or now() + timedelta(days=1))
    return f"/en/mail/choices/{token}/"


def drawn(client: Client, path: str) -> dict[str, list[str]]:
    """What the page's form would send untouched."""
    text = client.get(path).content.decode()
    boxes = re.findall(r'name="box" value="([^"]+)"( checked)?', text)
    hidden = {name: re.findall(f'name="{name}" value="([^"]+)"', text) for name in ("was", "read")}
    return {**hidden, "box": [key for key, checked in boxes if checked], "language": ["en"]}


def deliver() -> None:
    for message in Message.objects.filter(status="queued"):
        services.deliver_message(message_id=message.pk, now=now())


def given(person: Person, channel: Channel = Channel.EMAIL) -> bool:
    return may_contact(person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=channel)


def test_the_page_says_what_when_where_and_names_nobody(nadia: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    text = client.get(page_of(nadia)).content.decode()
    assert "relay_contact.1" in text
    assert "Agreed on" in text
    for mark in ("Zzgiven", "Zzfamily", EMAIL, "12345678"):
        assert mark not in text
    assert masked(EMAIL) == "n…@p….example"
    assert masked(EMAIL) in text
    assert "noindex" in text


def test_looking_changes_nothing(nadia: Person) -> None:
    for method in ("get", "head"):
        assert getattr(Client(), method)(page_of(nadia)).status_code == 200
    assert (Consent.objects.count(), Message.objects.count()) == (1, 0)


def test_one_save_takes_back_and_gives_and_tells_the_persons_own_address(nadia: Person) -> None:
    client, path = Client(enforce_csrf_checks=True), page_of(nadia)
    form = drawn(client, path)
    assert form["box"] == [RELAY_BY_MAIL]
    answer = client.post(path, {**form, "box": [f"{RELAY_CONTACT.purpose}:phone"], "language": "fr"})
    assert answer.status_code == 302
    assert (given(nadia), given(nadia, Channel.PHONE)) == (False, True)
    assert [(line.act, line.wording, line.source) for line in Consent.objects.order_by("id")[1:]] == [
        ("withdrawn", "", "preferences"),
        ("given", RELAY_CONTACT.version, "preferences"),
    ]
    nadia.refresh_from_db()
    assert nadia.language == "fr"
    deliver()
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    assert str(RELAY_CONTACT.text)[:20] in str(letter.body) or "relais" in str(letter.body)
    undo = re.search(r"https?://\S+/mail/choices/\S+/", str(letter.body))
    assert undo
    assert Client().get(urlsplit(undo.group()).path).status_code == 200


def test_what_changed_after_the_page_was_drawn_stays(nadia: Person) -> None:
    client, path = Client(), page_of(nadia)
    form = drawn(client, path)
    people.withdraw_consent(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, source="my_data", now=now())
    client.post(path, form)
    assert not given(nadia)
    assert not Message.objects.exists(), "nothing was chosen, so nothing is told"


def test_boxes_of_others_and_nonsense_are_left_alone(nadia: Person) -> None:
    client, path = Client(), page_of(nadia)
    nonsense = ["people.moon:email=0", "=1", "", f"{RELAY_CONTACT.purpose}:post=0", "\x00=0", APPLICANT_CONTACT.purpose + ":email=0"]
    answer = client.post(path, {"was": nonsense, "box": ["people.moon:email", f"{RELAY_CONTACT.purpose}:post"], "language": "xx"})
    assert answer.status_code == 302
    assert Consent.objects.count() == 1


def test_a_service_mail_is_stopped_and_taken_up_again(nadia: Person) -> None:
    reader = make_reader(language="en")
    services.queue_message(BRIEF.name, now=now(), person=reader, about_id=uuid4())
    client, path = Client(), page_of(reader)
    box = f"{BRIEF.name}:email"
    assert box in drawn(client, path)["box"]
    client.post(path, {**drawn(client, path), "box": []})
    assert ConsentState.objects.get(person=reader, purpose=BRIEF.name).is_given is False
    client.post(path, {**drawn(client, path), "box": [box]})
    assert ConsentState.objects.get(person=reader, purpose=BRIEF.name).is_given is True


def test_everything_stops_also_what_never_came(nadia: Person) -> None:
    agree_to_relay(nadia, channel=Channel.PHONE)
    assert Client().post(page_of(nadia), {"do": "everything"}).status_code == 302
    assert not ConsentState.objects.filter(is_given=True).exists()
    after = services.queue_message(BRIEF.name, now=now(), person=nadia, about_id=uuid4())
    assert after
    services.deliver_message(message_id=after.pk, now=now())
    after.refresh_from_db()
    assert after.refusal == "stopped"


STANDING = {(wording.purpose, str(channel)) for wording in WORDINGS.values() for channel in Channel if wording.stands_by(channel)}


def test_everything_is_refused_where_it_stands_for_itself_also_what_was_never_given(nadia: Person) -> None:
    agree_to_relay(nadia, channel=Channel.PHONE)
    page = page_of(nadia)
    before = set(drawn(Client(), page)["was"])
    assert (AREA_NEWS.purpose, "email") in STANDING
    Client().post(page, {"do": "everything"})
    assert set(ConsentState.objects.filter(person=nadia, is_given=False).values_list("purpose", "channel")) >= STANDING
    lines = Consent.objects.filter(person_id=nadia.pk, act="withdrawn")
    assert {(line.purpose, line.channel) for line in lines if line.source == "preferences" and line.at} >= STANDING
    lines = lines.count()
    Client().post(page, {"do": "everything"})
    assert Consent.objects.filter(person_id=nadia.pk, act="withdrawn").count() == lines, "what is refused is not refused again"
    assert {was.partition("=")[0] for was in drawn(Client(), page)["was"]} >= {was.partition("=")[0] for was in before}
    assert not [was for was in drawn(Client(), page)["was"] if ":post" in was or ":sms" in was], "no box for a way that nobody gave"


@pytest.mark.parametrize("channel", ["phone", "sms", "post"])
def test_no_file_subscribes_who_stopped_everything(nadia: Person, small_country: SmallCountry, channel: str) -> None:
    """A paper signed before, a number never known here: on their own record, and on a second one elsewhere."""
    nadia.area = small_country.area("0101")
    nadia.save()
    Client().post(page_of(nadia), {"do": "everything"})
    here = make_granted(Role.ORGANISER, small_country.country)
    elsewhere = organiser_of(small_country, "02")
    for by, seat in ((here, "0101"), (elsewhere, "0201")):
        batch = imported(
            by, [line(nadia.given_name, nadia.family_name, EMAIL, "0698765432", seat=seat, **PAPER)], consents=[agreement(channel=channel)]
        )
        assert batch.counts.get("given", 0) == 0
    assert not ConsentState.objects.filter(is_given=True).exists()
    assert consent_mismatches(limit=10) == []


@pytest.mark.parametrize("channel", ["email", "phone", "sms", "post"])
@pytest.mark.parametrize(
    ("email", "phone"), [(EMAIL, "06 12 34 56 78"), (EMAIL, "0698765432"), ("else@people.example", "+33 (0)6 12 34 56 78")]
)
def test_no_file_subscribes_who_stopped_everything_and_was_erased(
    nadia: Person, small_country: SmallCountry, channel: str, email: str, phone: str
) -> None:
    """An older paper, with what they were reached by or with one of it: the refusal outlives them, and nothing of them does."""
    Client().post(page_of(nadia), {"do": "everything"})
    people.erase_person(person_id=nadia.pk, now=now())
    kept = Suppression.objects.filter(reason=LEFT_BEHIND)
    assert {(row.purpose, row.channel) for row in kept} >= STANDING
    assert {row.address_hash for row in kept} == {address_hash(EMAIL), address_hash("+33612345678")}
    assert {(row.at.hour, row.at.minute, row.at.microsecond) for row in kept} == {(0, 0, 0)}, "the instant would say whose it is"
    batch = imported(organiser_of(small_country), [line("Nadia", "Ferhat", email, phone, **PAPER)], consents=[agreement(channel=channel)])
    assert (batch.counts.get("given", 0), batch.counts.get("waiting", 0), batch.counts["created"]) == (0, 0, 1)
    assert not ConsentState.objects.filter(is_given=True).exists()
    assert not WaitingAddress.objects.exists(), "not even asked"


def test_the_refusal_of_who_is_erased_binds_nobody_else_at_that_address_and_not_their_own_return(nadia: Person) -> None:
    shares = agree_to_relay(make_person(given_name="Yann", email=EMAIL))
    Client().post(page_of(nadia), {"do": "everything"})
    people.erase_person(person_id=nadia.pk, now=now())
    back = agree_to_relay(make_person(given_name="Zzgiven", email=EMAIL))
    for person in (shares, back):
        message = Message(purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, person=person, recipient_kind=RecipientKind.PERSON)
        _address, asked = circumstances_of(message)
        assert (asked.is_suppressed, asked.agreed) == (False, True)
    bare = Message(purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, address=EMAIL, recipient_kind=RecipientKind.ADDRESS)
    assert circumstances_of(bare)[1].is_suppressed


def test_who_had_refused_nothing_leaves_nothing_behind(nadia: Person) -> None:
    people.erase_person(person_id=nadia.pk, now=now())
    assert not Suppression.objects.exists()


def test_a_record_joined_to_theirs_brings_nothing_back(nadia: Person) -> None:
    other = agree_to_relay(make_person(phone="+33612345678", given_name=nadia.given_name, area=nadia.area), channel=Channel.PHONE)
    Client().post(page_of(nadia), {"do": "everything"})
    join_consents(kept_id=nadia.pk, absorbed_id=other.pk, now=now())
    assert not ConsentState.objects.filter(is_given=True).exists()


def test_not_me_stops_everything_and_mails_the_address_the_way_to_erase(nadia: Person) -> None:
    assert Client().post(page_of(nadia), {"do": "not-me"}).status_code == 302
    assert not given(nadia)
    nadia.refresh_from_db()
    assert nadia.erased_at is None, "whoever holds a forwarded mail erases nobody"
    deliver()
    letter = next(sent for sent in mail.outbox if "/mail/data/" in str(sent.body))
    assert letter.to == [EMAIL]
    link = re.search(r"/en/mail/data/\S+/", str(letter.body))
    assert link
    page = Client(enforce_csrf_checks=True)
    assert "Zzfamily" in page.get(link.group()).content.decode()
    assert page.get(f"{link.group()}file/").json()["people"]["family_name"] == "Zzfamily"
    assert page.post(link.group()).status_code == 400
    assert "erased" in page.post(link.group(), {"sure": "yes"}).content.decode()
    nadia.refresh_from_db()
    assert (nadia.full_name, nadia.erased_at is not None) == ("", True)
    assert page.get(link.group()).status_code == 404


def test_the_way_to_ones_data_is_mailed_three_times_a_day_at_most(nadia: Person) -> None:
    for _time in range(5):
        assert Client().post(page_of(nadia), {"do": "data"}).status_code == 302
    assert Message.objects.count() == 3


def test_ten_changes_an_hour_and_taking_back_is_never_refused(nadia: Person) -> None:
    client, path = Client(), page_of(nadia)
    for _time in range(5):
        client.post(path, {**drawn(client, path), "box": []})
        client.post(path, {**drawn(client, path), "box": [RELAY_BY_MAIL]})
    assert client.post(path, {**drawn(client, path), "box": []}).status_code == 302
    refused = client.post(path, {**drawn(client, path), "box": [RELAY_BY_MAIL]})
    assert refused.status_code == 429
    assert not given(nadia)


@pytest.mark.parametrize("salt", [PREFERENCES_LINK, OWN_DATA_LINK])
def test_a_link_that_ended_or_is_broken_leads_to_a_new_one(nadia: Person, salt: str) -> None:
    name = "choices" if salt == PREFERENCES_LINK else "data"
    ended = sign_link(salt, ids=[nadia.pk], ends_at=now() - timedelta(seconds=1))
    gone = sign_link(salt, ids=[uuid4()], ends_at=now() + timedelta(days=1))
    for token, status in ((ended, 410), (gone, 404), ("x", 404)):
        answer = Client().get(f"/en/mail/{name}/{token}/")
        assert answer.status_code == status
        assert 'action="/en/mail/choices/"' in answer.content.decode()
    other = sign_link(PREFERENCES_LINK if salt == OWN_DATA_LINK else OWN_DATA_LINK, ids=[nadia.pk], ends_at=now() + timedelta(days=1))
    assert Client().get(f"/en/mail/{name}/{other}/").status_code == 404


def test_a_new_link_is_mailed_and_the_page_answers_the_same_to_all(nadia: Person) -> None:
    cache.clear()
    make_person(given_name="Karim", email="couple@people.example")
    make_person(given_name="Lou", email="couple@people.example")
    answers = [ask(email) for email in (EMAIL, "unknown@people.example", "couple@people.example")]
    assert len({answer.content for answer in answers}) == 1
    deliver()
    sent = {letter.to[0]: str(letter.body) for letter in mail.outbox}
    assert sent[EMAIL].count("/mail/choices/") == 1
    assert "/mail/choices/" not in sent["unknown@people.example"]
    assert sent["couple@people.example"].count("/mail/choices/") == 2
    assert not Message.objects.exclude(address="").exists(), "no address is kept once it was written to"


def ask(email: str) -> Any:
    return Client(enforce_csrf_checks=True).post("/en/mail/choices/", {"email": email})


def test_one_address_gets_three_links_a_day_and_nonsense_is_said(nadia: Person) -> None:
    cache.clear()
    assert [ask(EMAIL).status_code for _time in range(5)] == [200] * 5
    assert Message.objects.count() == 3
    assert ask("nobody").status_code == 400


def test_a_day_of_asking_brings_three_links_and_the_next_day_three_more(nadia: Person) -> None:
    cache.clear()
    for minutes in range(0, 48 * 60, 30):
        mail_preferences_link(email=EMAIL, language="fr", now=now() + timedelta(minutes=minutes))
    assert Message.objects.count() == 6


def test_an_application_goes_with_its_consent_and_comes_back_with_it(db: None) -> None:
    net = make_network()
    application = make_application(net.seat("0101"), email="samir@people.example")
    samir = application.person
    people.record_consent(
        person_id=samir.pk,
        purpose=APPLICANT_CONTACT.purpose,
        channel=Channel.EMAIL,
        wording=APPLICANT_CONTACT.version,
        source="relays.apply",
        now=now(),
    )
    client, path = Client(), page_of(samir)
    box = f"{APPLICANT_CONTACT.purpose}:email"
    client.post(path, {**drawn(client, path), "box": []})
    assert Application.objects.get().status == ApplicationStatus.WITHDRAWN
    client.post(path, {**drawn(client, path), "box": [box]})
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED
    assert may_contact(person_id=samir.pk, purpose=APPLICANT_CONTACT.purpose, channel=Channel.EMAIL)


def test_an_application_stays_as_long_as_one_way_to_its_applicant_is_left(db: None) -> None:
    net = make_network()
    organiser = net.organiser()
    application = make_application(net.seat("0101"), email="samir@people.example")
    samir = application.person
    ContactPoint.objects.create(person=samir, channel=Channel.PHONE, value="+33612345678")
    for channel in (Channel.EMAIL, Channel.PHONE):
        people.record_consent(
            person_id=samir.pk,
            purpose=APPLICANT_CONTACT.purpose,
            channel=channel,
            wording=APPLICANT_CONTACT.version,
            source="relays.apply",
            now=now(),
        )
    client, path = Client(), page_of(samir)
    by_mail, by_phone = f"{APPLICANT_CONTACT.purpose}:email", f"{APPLICANT_CONTACT.purpose}:phone"
    assert client.get(path).content.decode().count("Unticked on every way, what you asked with this form is taken back too.") == 2
    client.post(path, {**drawn(client, path), "box": [by_mail]})
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED
    assert ways_read_by(organiser) == ["email"], "nobody calls at the number any more"
    assert client.get(path).content.decode().count("Unticked, what you asked with this form is taken back too.") == 1
    client.post(path, {**drawn(client, path), "box": [by_phone]})
    assert ways_read_by(organiser) == ["phone"], "one way for the other"
    client.post(path, {**drawn(client, path), "box": []})
    assert Application.objects.get().status == ApplicationStatus.WITHDRAWN
    client.post(path, {**drawn(client, path), "box": [by_phone]})
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED


def test_both_ways_unticked_at_once_take_the_application_back_and_either_brings_it_again(db: None) -> None:
    net = make_network()
    application = make_application(net.seat("0101"), email="samir@people.example")
    for channel in (Channel.EMAIL, Channel.PHONE):
        people.record_consent(
            person_id=application.person_id,
            purpose=APPLICANT_CONTACT.purpose,
            channel=channel,
            wording=APPLICANT_CONTACT.version,
            source="relays.apply",
            now=now(),
        )
    client, path = Client(), page_of(application.person)
    client.post(path, {**drawn(client, path), "box": []})
    assert Application.objects.get().status == ApplicationStatus.WITHDRAWN
    client.post(path, {**drawn(client, path), "box": [f"{APPLICANT_CONTACT.purpose}:email"]})
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED


def ways_read_by(organiser: User) -> list[str]:
    """On which ways an organiser reads that the one applicant is reached."""
    client = Client()
    sign_in(client, organiser)
    (row,) = client.get("/api/v1/relays/applications/").json()["items"]
    return [contact["channel"] for contact in row["person"]["contacts"]]


@pytest.mark.parametrize(("also", "stays"), [("", False), ("paper", True)])
def test_the_consent_of_a_form_goes_with_it_unless_given_elsewhere_too(db: None, also: str, stays: bool) -> None:
    net = make_network()
    first = make_application(net.seat("0101"), email="samir@people.example")
    second = make_application(net.seat("0102"), person=first.person)
    for source in ("relays.apply", "relays.apply", also):
        if source:
            people.record_consent(
                person_id=first.person_id,
                purpose=APPLICANT_CONTACT.purpose,
                channel=Channel.EMAIL,
                wording=APPLICANT_CONTACT.version,
                source=source,
                now=now(),
            )
    agreed = {"person_id": first.person_id, "purpose": APPLICANT_CONTACT.purpose, "channel": Channel.EMAIL}
    relays.withdraw_application(application_id=first.pk, now=now())
    assert may_contact(**agreed), "the other application needs it"
    relays.withdraw_application(application_id=second.pk, now=now())
    assert may_contact(**agreed) is stays


def test_the_foot_of_a_mail_leads_there_and_the_stop_link_still_stops(nadia: Person) -> None:
    message = services.queue_message(BRIEF.name, now=now(), person=nadia, about_id=uuid4())
    assert message
    services.deliver_message(message_id=message.pk, now=now())
    (letter,) = mail.outbox
    link = re.search(r"/en/mail/choices/\S+/", str(letter.body))
    assert link
    assert Client().get(link.group()).status_code == 200
    stop = urlsplit(letter.extra_headers["List-Unsubscribe"].strip("<>")).path
    stopped = Client().post(stop, data="List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert "/mail/choices/" in stopped.content.decode(), "from there one sees all, and can undo"
