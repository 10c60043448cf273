"""Whose two joined records are is an organiser's word until it settles: nobody reads or erases a file by joining it to their own."""

import json
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.models import Job
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging import services as messaging
from maillage.messaging import tasks
from maillage.messaging.domain import MessageStatus
from maillage.messaging.domain.preferences import PREFERENCES_LINK
from maillage.messaging.models import Message
from maillage.messaging.services import merged
from maillage.messaging.services.merged import JOINED_LINK, settle_merges, tell_of_merge
from maillage.messaging.services.preference_letters import link_letter
from maillage.messaging.services.preferences import mail_own_data_link, mail_preferences_link
from maillage.people import migrations, selectors
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.merging import OBJECTED_WITHIN
from maillage.people.domain.reasons import ReasonKind
from maillage.people.models import AccessReason, ContactPoint, Merge, Person
from maillage.people.selectors.signs import last_signs
from maillage.relays.models import Application
from maillage.relays.services.concerns import close_concern, take_up_concern, tell_concern
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.messaging.factories import data_token
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


def data_page(record_id: UUID) -> str:
    return f"/en/mail/data/{data_token(record_id)}/"


def choices_page(record_id: UUID) -> str:
    return f"/en/mail/choices/{sign_link(PREFERENCES_LINK, ids=[record_id], ends_at=now() + timedelta(hours=1))}/"


def read(client: Client, record_id: UUID) -> tuple[str, str, str]:
    """The page of one's data, the file, and the page of one's choices, as a mailbox's link opens them."""
    page, file, choices = (client.get(one) for one in (data_page(record_id), f"{data_page(record_id)}file/", choices_page(record_id)))
    assert [answer.status_code for answer in (page, file, choices)] == [200, 200, 200]
    return page.content.decode(), file.content.decode(), choices.content.decode()


def answer(client: Client, merge: Merge, *record_ids: UUID, are: str) -> str:
    token = sign_link(JOINED_LINK, ids=[merge.pk, *record_ids], ends_at=now() + timedelta(days=1))
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


def test_the_reasons_that_somebody_typed_since_are_in_neither_file(
    client: Client, joined: Merge, mine: Person, victim: Person, by: User
) -> None:
    reason = AccessReason.objects.create(
        reader=by,
        kind=ReasonKind.OFFICER,
        words="Zzreason names the other",
        person=victim,
        made_at=now(),
        ends_at=now() + timedelta(hours=1),
    )
    people.note_access(
        reader=by, role=Role.DATA_PROTECTION_OFFICER, reading="people.list", person_ids=[joined.person_id], now=now(), reason_id=reason.pk
    )
    for record in (mine, victim):
        page, file, _choices = read(client, record.pk)
        assert "Zzreason" not in page + file
    people.agree_to_merge(merge_id=joined.pk, record_ids={mine.pk, victim.pk}, now=now())
    assert "Zzreason" in read(client, victim.pk)[1]


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


@pytest.mark.parametrize("said", [{}, {"are": ""}, {"are": "not_mine"}, {"are": "not-mine "}])
def test_an_answer_that_did_not_arrive_does_nothing_and_is_asked_again(
    client: Client, joined: Merge, victim: Person, said: dict[str, str]
) -> None:
    token = sign_link(JOINED_LINK, ids=[joined.pk, victim.pk], ends_at=now() + timedelta(days=1))
    asked = client.post(f"/en/mail/joined/{token}/", said)
    joined.refresh_from_db()
    assert (asked.status_code, joined.undone_at, joined.kept_agreed_at, joined.absorbed_agreed_at) == (400, None, None, None)
    assert "Press one of the two buttons" in asked.content.decode()
    assert 'value="not-mine"' in asked.content.decode()


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
    client.post(choices_page(mine.pk), {"was": [f"{key}=0"], "read": [f"{key}={RELAY_CONTACT.version}"], "box": [key], "language": "fr"})
    assert selectors.export_of(joined.person_id, now=now())["people"]["consent_log"] == before


def several_told(net: SmallNetwork, by: User, count: int) -> list[Merge]:
    """Joins of which every address was told in time."""
    area, merges = net.country.area("0101"), []
    for number in range(count):
        pair = [make_person(email=f"{name}{number}@people.example", area=area) for name in ("a", "b")]
        merge = people.merge_people(kept_id=pair[0].pk, absorbed_id=pair[1].pk, values={}, by=by, now=now())
        tell_of_merge(merge_id=merge.pk, now=now())
        merges.append(merge)
    Message.objects.update(status=MessageStatus.SENT, sent_at=now())
    return merges


def settled() -> int:
    return Merge.objects.filter(settled_at__isnull=False).count()


def test_a_slice_is_settled_with_one_query_for_its_letters_and_the_next_is_asked_for(
    net: SmallNetwork, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    several_told(net, by, 5)
    monkeypatch.setattr(merged, "LOOKED_AT_ONCE", 2)
    later = now() + OBJECTED_WITHIN + timedelta(hours=1)
    with CaptureQueriesContext(connection) as queries:
        assert settle_merges(now=later) == 2
    assert len([query for query in queries if 'FROM "messaging_message"' in query["sql"]]) == 1
    for wanted in (4, 5):
        job = Job.objects.filter(name="messaging.settle_merges").latest("id")
        assert settle_merges(now=later, after_at=datetime.fromisoformat(job.args["after_at"]), after_id=job.args["after_id"]) > 0
        assert settled() == wanted
    assert Job.objects.filter(name="messaging.settle_merges").count() == 2


def test_joins_that_wait_for_long_keep_no_later_one_from_settling(net: SmallNetwork, by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, *_others, last = several_told(net, by, 3)
    Message.objects.exclude(about_id=last.pk).update(status=MessageStatus.FAILED)
    monkeypatch.setattr(merged, "LOOKED_AT_ONCE", 1)
    later = now() + OBJECTED_WITHIN + timedelta(hours=1)
    assert settle_merges(now=later) == 0
    for _slice in range(2):
        tasks.settle_merges(**Job.objects.filter(name="messaging.settle_merges").latest("id").args)
    with monkeypatch.context() as clock:
        clock.setattr(tasks, "now", lambda: later)
        for _slice in range(2):
            tasks.settle_merges(**Job.objects.filter(name="messaging.settle_merges").latest("id").args)
    last.refresh_from_db(), waiting.refresh_from_db()
    assert (last.settled_at is not None, waiting.settled_at) == (True, None)


def test_the_letters_of_joins_are_found_by_an_index(net: SmallNetwork, by: User) -> None:
    merges = several_told(net, by, 2)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    told = Message.objects.filter(purpose="people.joined", about_id__in=[merge.pk for merge in merges])
    assert "messaging_message_about" in told.explain()


@pytest.mark.django_db(transaction=True)
def test_a_join_at_which_somebody_is_at_work_is_settled_another_time() -> None:
    net = make_network()
    held, free = several_told(net, net.organiser("department", "01", name="Inès Prat"), 2)
    elsewhere = connection.copy()
    try:
        with elsewhere.cursor() as cursor, connection.cursor() as here:
            elsewhere.set_autocommit(False)
            cursor.execute("SELECT id FROM people_merge WHERE id = %s FOR UPDATE", [held.pk])
            here.execute("SET lock_timeout = '50ms'")
            assert settle_merges(now=now() + OBJECTED_WITHIN + timedelta(hours=1)) == 1
            here.execute("RESET lock_timeout")
    finally:
        elsewhere.close()
    free.refresh_from_db()
    assert free.settled_at is not None
    assert settle_merges(now=now() + OBJECTED_WITHIN + timedelta(hours=1)) == 1


SETTLE_OLDER = next(Path(migrations.__file__ or "").parent.glob("*_settle_older_joins.py")).stem


def test_a_join_made_before_anybody_wrote_down_what_stood_is_settled_and_gives_nothing_away(
    client: Client, net: SmallNetwork, mine: Person, victim: Person, by: User
) -> None:
    merge = people.merge_people(kept_id=victim.pk, absorbed_id=mine.pk, values={}, by=by, now=now())
    merge.steps.filter(before=F("after")).delete()
    assert json.loads(read(client, victim.pk)[1])["relays"]["applications"], "what stood is not taken for what came since"
    assert not json.loads(read(client, mine.pk)[1])["relays"]["applications"]
    fresh = several_told(net, by, 1)[0]
    with connection.cursor() as cursor:
        cursor.execute(import_module(f"{migrations.__name__}.{SETTLE_OLDER}").SETTLE)
    merge.refresh_from_db(), fresh.refresh_from_db()
    assert (merge.settled_at is not None, fresh.settled_at) == (True, None)


def test_what_stood_is_written_down_also_of_a_record_that_had_nothing(net: SmallNetwork, by: User, victim: Person) -> None:
    bare = make_person(area=net.country.area("0101"))
    merge = people.merge_people(kept_id=bare.pk, absorbed_id=victim.pk, values={}, by=by, now=now())
    assert merge.steps.filter(before=F("after")).exists()
    people.take_apart(merge_id=merge.pk, by=by, now=now())
    assert Person.objects.filter(pk=bare.pk, merged_into=None).exists()


def test_joining_and_taking_apart_is_no_sign_of_life(net: SmallNetwork, by: User) -> None:
    long_ago, area = now() - timedelta(days=1000), net.country.area("0101")
    kept, absorbed = (make_person(email=f"{name}@old.example", area=area, confirmed_at=long_ago, created_at=long_ago) for name in "ab")
    people.record_consent(
        person_id=absorbed.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, wording=RELAY_CONTACT.version, source="x", now=long_ago
    )
    merge = people.merge_people(kept_id=kept.pk, absorbed_id=absorbed.pk, values={}, by=by, now=now())
    assert last_signs([kept.pk], now=now()) == {kept.pk: long_ago}
    people.take_apart(merge_id=merge.pk, by=by, now=now())
    assert last_signs([kept.pk, absorbed.pk], now=now()) == {kept.pk: long_ago, absorbed.pk: long_ago}
