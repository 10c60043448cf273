"""Who has no e-mail address is reached by a human: a letter to print, a call to make, marked as done once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.messaging import services as messaging
from maillage.messaging.domain import MessageStatus
from maillage.messaging.models import Message
from maillage.messaging.services import by_hand
from maillage.messaging.services.preferences import save_choices, stop_everything
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.models import Access, ContactPoint, Person, StayQuestion
from maillage.people.selectors import person_card
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.messaging.factories import BRIEF, NEWS
from tests.backend.people.factories import make_person
from tests.backend.people.import_files import PAPER, agreement, imported, line, organiser_of
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder, make_network

LIST = "/api/v1/messaging/letters/"


@pytest.fixture
def net(db: None) -> SmallNetwork:
    return make_network()


def offline(
    net: SmallNetwork, *, channel: Channel = Channel.POST, value: str = "3 rue du Pont\n01000 Valbrune", agrees: bool = True
) -> Person:
    person = make_person(given_name="Odette", family_name="Marchand", email="", area=net.country.area("0101"))
    ContactPoint.objects.create(person=person, channel=channel, value=value, verified_at=now(), is_preferred=True)
    if agrees:
        people.record_consent(
            person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=channel, wording=RELAY_CONTACT.version, source="paper", now=now()
        )
    return person


def to_pass_on(net: SmallNetwork, person: Person) -> Message:
    """The answer to an application, which no mail can bring."""
    application = make_application(net.seat("0101"), person=person, decision_words="Merci, le siège est promis.")
    message = messaging.queue_message("relays.application_declined", person=person, about_id=application.pk, now=now())
    assert message is not None
    messaging.deliver_message(message_id=message.pk, now=now())
    message.refresh_from_db()
    return message


def browser_of(user: object) -> Client:
    browser = Client()
    sign_in(browser, user)  # type: ignore[arg-type]
    return browser


@pytest.mark.parametrize("channel", [Channel.POST, Channel.PHONE, Channel.SMS])
def test_what_no_mail_can_bring_waits_for_a_human(net: SmallNetwork, channel: Channel) -> None:
    message = to_pass_on(net, offline(net, channel=channel, value="0612345678"))
    assert (message.status, message.channel) == (MessageStatus.BY_HAND, channel)
    messaging.deliver_message(message_id=message.pk, now=now())
    message.refresh_from_db()
    assert message.status == MessageStatus.BY_HAND


def test_who_gave_no_way_at_all_is_refused_as_ever(net: SmallNetwork) -> None:
    person = make_person(given_name="Odette", email="", area=net.country.area("0101"))
    message = to_pass_on(net, person)
    assert (message.status, message.refusal, message.channel) == (MessageStatus.REFUSED, "no_address", Channel.EMAIL)


def test_the_organiser_and_the_relay_of_the_place_see_it_each_as_much_as_they_may(net: SmallNetwork) -> None:
    organiser, elsewhere = net.organiser("department", "01", name="Inès Prat"), net.organiser("department", "02", name="Hugo Lamy")
    _, relay = make_holder(net.seat("0101"))
    _, other = make_holder(net.seat("0201"), email="other@people.example")
    person = offline(net)
    message = to_pass_on(net, person)
    for user, names in ((organiser, ["Odette Marchand"]), (relay.user, ["Odette M."]), (elsewhere, []), (other.user, [])):
        assert [row["name"] for row in browser_of(user).get(LIST).json()["items"]] == names
        status = browser_of(user).get(f"{LIST}{message.pk}/").status_code
        assert status == (200 if names else 404)
    letter = browser_of(organiser).get(f"{LIST}{message.pk}/").json()
    assert "3 rue du Pont" in letter["contact"]
    assert any("le siège est promis" in paragraph for paragraph in letter["paragraphs"])
    assert not any("http" in paragraph for paragraph in letter["paragraphs"])
    assert {line.reader_id for line in Access.objects.filter(reading="messaging.letters")} == {organiser.pk, relay.user_id}


def test_who_agreed_to_texts_in_a_file_is_reached_by_a_text_of_their_relay(net: SmallNetwork) -> None:
    """Not by a call: nobody agreed to one, though the number is the same."""
    _, relay = make_holder(net.seat("0101"))
    imported(organiser_of(net.country), [line(phone="+33612345678", **PAPER)], consents=[agreement(channel="sms")])
    person = Person.objects.get(given_name="Nadia")
    seen = person_card(relay.user, person_id=person.pk, now=now()).items[0]
    assert [(contact["channel"], contact["value"]) for contact in seen["contacts"]] == [("sms", "+33612345678")]
    message = to_pass_on(net, person)
    assert (message.status, message.channel) == (MessageStatus.BY_HAND, Channel.SMS)
    assert [row["channel"] for row in browser_of(relay.user).get(LIST).json()["items"]] == ["sms"]
    assert browser_of(relay.user).get(f"{LIST}{message.pk}/").json()["contact"] == "+33612345678"


def test_a_relay_does_not_see_who_did_not_agree(net: SmallNetwork) -> None:
    organiser, (_, relay) = net.organiser("department", "01", name="Inès Prat"), make_holder(net.seat("0101"))
    to_pass_on(net, offline(net, agrees=False))
    assert browser_of(relay.user).get(LIST).json()["items"] == []
    assert len(browser_of(organiser).get(LIST).json()["items"]) == 1


def test_it_is_marked_once_and_undone(net: SmallNetwork) -> None:
    organiser = net.organiser("department", "01", name="Inès Prat")
    message = to_pass_on(net, offline(net))
    browser = browser_of(organiser)
    assert browser.post(f"{LIST}{message.pk}/passed-on/").json()["done_at"]
    assert browser.post(f"{LIST}{message.pk}/passed-on/").status_code == 409
    assert message.attempts.count() == 1
    assert browser.delete(f"{LIST}{message.pk}/passed-on/").json()["done_at"] is None
    assert message.attempts.count() == 0
    by_hand.note_passed_on(message_id=message.pk, by=organiser, now=now() - timedelta(days=8))
    assert browser.get(LIST).json()["items"] == [], "what was done more than a week ago is no more in the list"
    with pytest.raises(Conflict):
        by_hand.note_passed_on(message_id=message.pk, by=organiser, now=now())


def test_anonymous_reads_nothing(client: Client, net: SmallNetwork) -> None:
    assert client.get(LIST).status_code == 403


def test_who_is_asked_by_hand_whether_they_stay_says_so_to_whoever_asks(net: SmallNetwork) -> None:
    odette = offline(net)
    question = StayQuestion.objects.create(person=odette, found_at=now(), asked_at=now())
    message = messaging.queue_message("messaging.stay", person=odette, about_id=question.pk, now=now())
    assert message is not None
    messaging.deliver_message(message_id=message.pk, now=now())
    organiser, stranger = browser_of(net.organiser()), browser_of(make_user())
    page = f"{LIST}{message.pk}/"
    letter = organiser.get(page).json()
    assert letter["stays"] is False
    assert "qui vous transmet ceci" in " ".join(letter["paragraphs"])
    assert Client().post(f"{page}stays/").status_code == 403
    assert stranger.post(f"{page}stays/").status_code == 404

    for _time in range(2):
        assert organiser.post(f"{page}stays/").json()["done_at"]
    assert organiser.get(page).json()["stays"] is True
    question.refresh_from_db()
    assert question.stayed_at is not None
    for _time in range(2):
        assert organiser.delete(f"{page}stays/").status_code == 200
    assert organiser.get(page).json()["stays"] is False

    Message.objects.update(sent_at=now() - timedelta(days=20))
    assert organiser.post(f"{page}stays/").status_code == 200, "an answer by post takes its time"


def test_another_letter_is_not_asked_whether_they_stay(net: SmallNetwork) -> None:
    message = to_pass_on(net, offline(net))
    organiser = browser_of(net.organiser())
    assert organiser.get(f"{LIST}{message.pk}/").json()["stays"] is None
    assert organiser.post(f"{LIST}{message.pk}/stays/").status_code == 404


def brief_for(person: Person, purpose: str = BRIEF.name) -> Message:
    message = messaging.queue_message(purpose, person=person, about_id=uuid4(), now=now())
    assert message is not None
    messaging.deliver_message(message_id=message.pk, now=now())
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("channel", [Channel.POST, Channel.PHONE, Channel.SMS])
def test_who_said_stop_everything_is_brought_nothing_by_hand_that_can_be_stopped(net: SmallNetwork, channel: Channel) -> None:
    browser = browser_of(net.organiser("department", "01", name="Inès Prat"))
    person = offline(net, channel=channel, value="0612345678")
    waits, answer = brief_for(person), to_pass_on(net, person)
    assert {row["id"] for row in browser.get(LIST).json()["items"]} == {str(waits.pk), str(answer.pk)}
    stop_everything(record_id=person.pk, now=now())
    waits.refresh_from_db()
    answer.refresh_from_db()
    assert (waits.status, waits.refusal, answer.status) == (MessageStatus.REFUSED, "stopped", MessageStatus.BY_HAND)
    later = brief_for(person)
    assert (later.status, later.refusal) == (MessageStatus.REFUSED, "stopped")
    assert [row["id"] for row in browser.get(LIST).json()["items"]] == [str(answer.pk)], "what answers what they asked comes still"


def test_what_is_stopped_by_another_way_is_gone_from_the_list_and_the_card_and_waits_no_more(net: SmallNetwork) -> None:
    organiser = net.organiser("department", "01", name="Inès Prat")
    browser, person = browser_of(organiser), offline(net)
    said = {"person_id": person.pk, "channel": Channel.POST, "source": "tests", "now": now()}
    people.record_consent(purpose=NEWS.name, wording="x.1", **said)
    messages = [brief_for(person), brief_for(person, NEWS.name)]
    assert len(browser.get(LIST).json()["items"]) == 2
    done = by_hand.note_passed_on(message_id=messages[0].pk, by=organiser, now=now())
    for purpose in (BRIEF.name, NEWS.name):
        people.withdraw_consent(purpose=purpose, **said)
    assert [row["id"] for row in browser.get(LIST).json()["items"]] == [str(done.pk)], "what was done stands there for a week"
    assert [browser.get(f"{LIST}{message.pk}/").status_code for message in messages] == [200, 404]
    undo = browser.delete(f"{LIST}{done.pk}/passed-on/")
    assert (undo.status_code, undo.json()["code"]) == (409, "stopped_since")


def test_who_takes_briefs_up_again_has_them_by_hand_too(net: SmallNetwork) -> None:
    person = offline(net)
    ContactPoint.objects.create(person=person, channel=Channel.EMAIL, value="odette@people.example", verified_at=now())
    stop_everything(record_id=person.pk, now=now())
    save_choices(record_id=person.pk, wanted={f"{BRIEF.name}:email": True}, language="fr", now=now())
    ContactPoint.objects.filter(person=person, channel=Channel.EMAIL).delete()
    assert brief_for(person).status == MessageStatus.BY_HAND
