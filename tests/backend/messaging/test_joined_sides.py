"""Whose two joined records are is an organiser's word until it settles: nobody reads or erases a file by joining it to their own."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging import services as messaging
from maillage.messaging.domain import MessageStatus
from maillage.messaging.domain.preferences import OWN_DATA_LINK, PREFERENCES_LINK
from maillage.messaging.models import Message
from maillage.messaging.services.merged import JOINED_LINK, settle_merges, tell_of_merge
from maillage.messaging.services.preference_letters import link_letter
from maillage.messaging.services.preferences import mail_own_data_link, mail_preferences_link
from maillage.people import selectors
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.merging import OBJECTED_WITHIN
from maillage.people.models import ContactPoint, Merge, Person
from maillage.relays.models import Application
from maillage.relays.services.concerns import close_concern, take_up_concern, tell_concern
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.relays.factories import SmallNetwork, make_application, make_network

pytestmark = pytest.mark.django_db
SECRETS = ("victim@people.example", "0699999999", "+33699999999", "Zzconcern")


@pytest.fixture
def net() -> SmallNetwork:
    return make_network()


@pytest.fixture
def by(net: SmallNetwork) -> User:
    return net.organiser("department", "01", name="Inès Prat")


@pytest.fixture
def mine(net: SmallNetwork) -> Person:
    """The record that an organiser entered with a mailbox of their own."""
    return make_person(email="mine@desk.example", given_name="Ann", family_name="Other", area=net.country.area("0101"))


@pytest.fixture
def victim(net: SmallNetwork, by: User) -> Person:
    """Somebody with an account, an application, an agreement, and something told in confidence."""
    user = make_user("victim@people.example")
    person = make_person(user=user, email="victim@people.example", given_name="Vic", family_name="Tim", area=net.country.area("0101"))
    ContactPoint.objects.create(person=person, channel=Channel.PHONE, value="+33699999999", verified_at=now())
    agree_to_relay(person)
    make_application(net.seat("0102"), person=person)
    tell_concern(what="Zzconcern of the organiser", reporter=person, now=now())
    people.note_access(reader=by, role=Role.ORGANISER, reading="people.list", person_ids=[person.pk], now=now())
    return person


@pytest.fixture(params=["mine stands", "the victim's stands"])
def joined(request: pytest.FixtureRequest, mine: Person, victim: Person, by: User) -> Merge:
    kept, absorbed = (mine, victim) if request.param == "mine stands" else (victim, mine)
    merge = people.merge_people(kept_id=kept.pk, absorbed_id=absorbed.pk, values={}, by=by, now=now())
    make_application_since(merge)
    return merge


def make_application_since(merge: Merge) -> None:
    """Something comes to the record that stands, since: it may be either's."""
    ContactPoint.objects.create(person_id=merge.person_id, channel=Channel.PHONE, value="0699999999", verified_at=now())


def data_page(record_id: object) -> str:
    return f"/en/mail/data/{sign_link(OWN_DATA_LINK, ids=[record_id], ends_at=now() + timedelta(hours=1))}/"  # type: ignore[list-item]


def choices_page(record_id: object) -> str:
    return f"/en/mail/choices/{sign_link(PREFERENCES_LINK, ids=[record_id], ends_at=now() + timedelta(hours=1))}/"  # type: ignore[list-item]


def read(client: Client, record_id: object) -> tuple[str, str, str]:
    """The page of one's data, the file, and the page of one's choices, as a mailbox's link opens them."""
    page, file, choices = (client.get(one) for one in (data_page(record_id), f"{data_page(record_id)}file/", choices_page(record_id)))
    assert [answer.status_code for answer in (page, file, choices)] == [200, 200, 200]
    return page.content.decode(), file.content.decode(), choices.content.decode()


def answer(client: Client, merge: Merge, *record_ids: object, are: str) -> str:
    token = sign_link(JOINED_LINK, ids=[merge.pk, *record_ids], ends_at=now() + timedelta(days=1))  # type: ignore[list-item]
    assert client.get(f"/en/mail/joined/{token}/").status_code == 200
    merge.refresh_from_db()
    assert merge.undone_at is None, "opening a link changes nothing"
    said = client.post(f"/en/mail/joined/{token}/", {"are": are})
    merge.refresh_from_db()
    return said.content.decode()


def client_of(user: User | None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    assert user
    sign_in(client, user)
    return client


def test_the_mailbox_of_one_record_reads_nothing_of_the_other(client: Client, joined: Merge, mine: Person, victim: Person) -> None:
    for text in read(client, mine.pk):
        assert not [secret for secret in SECRETS if secret in text]
    page, file, choices = read(client, mine.pk)
    assert "mine@desk.example" in page
    assert "it is not settled yet" in page
    assert "Nobody, so far." in page or "the list of people" not in page
    own = json.loads(file)
    assert own["relays"]["applications"] == []
    assert [line for line in own["people"]["consent_log"] if line["source"] not in ("merge",)] == []
    assert own["people"]["sign_in"] is None
    assert own["people"]["accesses"] == []
    assert len(own["people"]["merges"]) == 1
    assert "relay" not in choices.lower() or "checked" not in choices
    joined.refresh_from_db()
    assert joined.undone_at is None, "it was set apart for the reading alone"


def test_the_person_reads_all_that_was_theirs_and_nothing_of_the_stranger(client: Client, joined: Merge, victim: Person) -> None:
    page, file, _choices = read(client, victim.pk)
    assert "victim@people.example" in page
    assert "the list of people" in page
    assert "Zzconcern" in file
    assert "mine@desk.example" not in page + file
    assert len(json.loads(file)["relays"]["applications"]) == 1
    own = client_of(User.objects.get(email="victim@people.example"))
    me = own.get("/api/v1/people/me/").json()
    assert {contact["value"] for contact in me["contacts"]} == {"victim@people.example", "+33699999999", "0699999999"}
    assert [merge["is_settled"] for merge in me["merges"]] == [False]
    assert own.get("/api/v1/relays/concerns/mine/").json()["items"][0]["what"].startswith("Zzconcern")
    assert [line["reading"] for line in own.get("/api/v1/people/me/accesses/").json()["items"]] == ["people.list"]


def test_a_link_leads_each_mailbox_to_its_own(joined: Merge, mine: Person, victim: Person) -> None:
    assert selectors.records_of_address("mine@desk.example") == [mine.pk]
    assert selectors.records_of_address("victim@people.example") == [victim.pk]
    assert selectors.record_reached(joined.person_id, "mine@desk.example") == mine.pk
    assert selectors.record_reached(joined.person_id, "victim@people.example") == victim.pk
    for record, address in ((mine, "mine@desk.example"), (victim, "victim@people.example")):
        mail.outbox.clear()
        mail_own_data_link(record_id=record.pk, now=now())
        message = Message.objects.get(purpose="messaging.own_data", status="queued")
        messaging.deliver_message(message_id=message.pk, now=now())
        assert [one.to for one in mail.outbox] == [[address]]
    mail_preferences_link(email="mine@desk.example", language="en", now=now())
    letter = link_letter(Message.objects.get(purpose="messaging.preferences_link"))
    assert "Ann" not in str(letter)


def test_to_erase_oneself_erases_nobody_else(client: Client, joined: Merge, mine: Person, victim: Person) -> None:
    assert client.post(data_page(mine.pk), {"sure": "yes"}).status_code == 200
    stands = Person.objects.get(pk=victim.pk)
    assert (stands.given_name, stands.merged_into_id, stands.erased_at) == ("Vic", None, None)
    assert stands.user == User.objects.get(email="victim@people.example")
    assert Person.objects.get(pk=mine.pk).erased_at is not None
    assert set(stands.contact_points.values_list("value", flat=True)) == {"victim@people.example", "+33699999999", "0699999999"}
    assert Application.objects.get().person_id == victim.pk
    assert stands.concerns.count() == 1
    assert selectors.consent_mismatches(limit=10) == []


def test_an_accomplices_account_reads_and_erases_its_own_alone(net: SmallNetwork, mine: Person, victim: Person, by: User) -> None:
    accomplice = make_user("accomplice@desk.example")
    Person.objects.filter(pk=mine.pk).update(user=accomplice)
    people.merge_people(kept_id=mine.pk, absorbed_id=victim.pk, values={}, by=by, now=now())
    own = client_of(accomplice)
    shown = [own.get(f"/api/v1/{path}").content.decode() for path in ("people/me/", "people/me/export/", "relays/concerns/mine/")]
    assert not [secret for secret in SECRETS for text in shown if secret in text]
    assert own.get("/api/v1/people/me/accesses/").json()["items"] == []
    said = own.post("/api/v1/people/me/erase/", {"email": "accomplice@desk.example"}, content_type="application/json")
    assert said.status_code == 204, said.content
    assert Person.objects.get(pk=victim.pk).erased_at is None
    assert User.objects.get(email="victim@people.example").is_active


def test_what_is_told_since_stays_with_the_account_that_told_it(joined: Merge, victim: Person, by: User, net: SmallNetwork) -> None:
    own = client_of(User.objects.get(email="victim@people.example"))
    told = own.post(
        "/api/v1/relays/concerns/", {"what": "Zzconcern, again"}, content_type="application/json", headers={"Idempotency-Key": "1" * 32}
    )
    assert told.status_code == 201, told.content
    assert victim.concerns.count() == 2
    administrator = make_granted(Role.ADMINISTRATOR, net.country.country)
    take_up_concern(concern_id=told.json()["id"], by=administrator, now=now())
    close_concern(concern_id=told.json()["id"], outcome="Zzoutcome", by=administrator, now=now())
    mail.outbox.clear()
    for message in Message.objects.filter(purpose="relays.concern_closed"):
        messaging.deliver_message(message_id=message.pk, now=now())
    assert [one.to for one in mail.outbox] == [["victim@people.example"]]


def test_it_settles_when_both_mailboxes_say_yes(client: Client, joined: Merge, mine: Person, victim: Person) -> None:
    assert "Your answer is kept" in answer(client, joined, mine.pk, are="mine")
    assert joined.settled_at is None, "one's own mailbox opens nobody else's record"
    assert "Both records are yours" in answer(client, joined, victim.pk, are="mine")
    assert joined.settled_at is not None
    page, file, _choices = read(client, mine.pk)
    assert "victim@people.example" in page
    assert "Zzconcern" in file
    assert client.post(data_page(mine.pk), {"sure": "yes"}).status_code == 200
    assert not Person.objects.filter(erased_at__isnull=True, pk__in=[mine.pk, victim.pk]).exists()


def test_one_mailbox_of_both_speaks_for_both(client: Client, net: SmallNetwork, by: User) -> None:
    kept, absorbed = (make_person(email="both@people.example", area=net.country.area("0101")) for _time in range(2))
    merge = people.merge_people(kept_id=kept.pk, absorbed_id=absorbed.pk, values={}, by=by, now=now())
    proved = selectors.records_proved_on(merge, "both@people.example")
    assert proved == {kept.pk, absorbed.pk}
    answer(client, merge, *proved, are="mine")
    assert merge.settled_at is not None


def test_a_no_takes_them_apart_at_once(client: Client, joined: Merge, mine: Person, victim: Person) -> None:
    assert "They are two records again" in answer(client, joined, victim.pk, are="not-mine")
    assert joined.undone_at is not None
    assert not Person.objects.filter(pk__in=[mine.pk, victim.pk], merged_into__isnull=False).exists()
    token = sign_link(JOINED_LINK, ids=[joined.pk, victim.pk], ends_at=now() + timedelta(days=1))
    assert client.post(f"/en/mail/joined/{token}/", {"are": "mine"}).status_code == 404


def test_it_settles_a_fortnight_after_every_address_was_written_to(joined: Merge) -> None:
    later = now() + OBJECTED_WITHIN
    assert settle_merges(now=later + timedelta(hours=1)) == 0, "nobody was told"
    tell_of_merge(merge_id=joined.pk, now=now())
    mails = list(Message.objects.filter(about_id=joined.pk).order_by("pk"))
    assert len(mails) == 2
    messaging.deliver_message(message_id=mails[0].pk, now=now())
    assert settle_merges(now=later + timedelta(hours=1)) == 0, "one was not sent yet"
    messaging.deliver_message(message_id=mails[1].pk, now=now() + timedelta(hours=9))
    assert settle_merges(now=later + timedelta(hours=1)) == 0
    assert settle_merges(now=later + timedelta(hours=10)) == 1
    assert settle_merges(now=later + timedelta(hours=10)) == 0
    joined.refresh_from_db()
    assert joined.settled_at is not None


def test_a_letter_that_could_not_be_sent_settles_nothing(joined: Merge) -> None:
    tell_of_merge(merge_id=joined.pk, now=now())
    Message.objects.filter(about_id=joined.pk).update(status=MessageStatus.SENT, sent_at=now())
    Message.objects.filter(pk__in=Message.objects.filter(about_id=joined.pk).values("pk")[:1]).update(status=MessageStatus.FAILED)
    assert settle_merges(now=now() + timedelta(days=99)) == 0


def test_two_records_on_paper_settle_by_the_time_alone(net: SmallNetwork, by: User) -> None:
    area = net.country.area("0101")
    kept, absorbed = (make_person(phone=phone, area=area) for phone in ("0612345678", "0612345679"))
    ContactPoint.objects.filter(channel=Channel.EMAIL).delete()
    merge = people.merge_people(kept_id=kept.pk, absorbed_id=absorbed.pk, values={}, by=by, now=now())
    tell_of_merge(merge_id=merge.pk, now=now())
    assert settle_merges(now=now() + OBJECTED_WITHIN - timedelta(hours=1)) == 0
    assert settle_merges(now=now() + OBJECTED_WITHIN + timedelta(hours=1)) == 1


def test_a_box_of_the_other_record_is_not_ticked_from_ones_own_link(client: Client, joined: Merge, mine: Person) -> None:
    before = selectors.export_of(joined.person_id, now=now())["people"]["consent_log"]
    key = f"{RELAY_CONTACT.purpose}:phone"
    client.post(choices_page(mine.pk), {"was": [f"{key}=0"], "box": [key], "language": "fr"})
    assert selectors.export_of(joined.person_id, now=now())["people"]["consent_log"] == before
