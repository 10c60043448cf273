"""Names, addresses, texts and network addresses stay in mutable tables (decision 8).

Marked words go through every public form and service, and all the work that follows goes through the dispatcher, the
broker and the jobs; then the append-only tables, the work that waits, the counts of limits, the logs and what the broker
carried are searched for them.
"""

import logging
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from typing import cast
from uuid import uuid4

import orjson
import pytest
import redis
from django.conf import settings
from django.db import connection
from django.test import Client

from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import AddressChange, Session, User
from maillage.actions import services as actions
from maillage.actions.domain import Met
from maillage.actions.models import Assignment, TakeOver
from maillage.journal import running
from maillage.journal.dispatcher import Dispatcher
from maillage.journal.handing import RUN
from maillage.journal.models import Limit
from maillage.kernel.clock import now
from maillage.kernel.logs import JsonFormatter
from maillage.messaging import services as messaging
from maillage.messaging.models import Message
from maillage.messaging.services.new_address import confirm_new_address, write_of_new_address
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.models import Person
from maillage.people.selectors import export_of
from maillage.relays import services as relays
from maillage.relays.domain import ApplicationStatus, CallOutcome
from maillage.relays.domain.filling import Answer, AskKind
from maillage.relays.domain.notes import NoteKind
from maillage.relays.domain.photos import PHOTO
from maillage.relays.models import Application, Concern, Conversation, FriendlyCall, Term
from tests.backend.accounts.factories import sign_in
from tests.backend.advocacy.factories import make_deputy, make_subject, say
from tests.backend.people.documents import propose_charter
from tests.backend.people.import_files import PAPER, agreement, imported, line, outcomes
from tests.backend.relays.factories import SmallNetwork, fall_quiet, make_network
from tests.backend.relays.filling_factories import make_volunteer
from tests.backend.relays.test_photos import picture

MARKS = {
    "given_name": "Zzyxgiven",
    "family_name": "Zzyxfamily",
    "email": "zzyxmail@people.example",
    "phone": "699887766",
    "motivation": "zzyxmotive pour mon village",
    "words": "zzyxwords merci",
    "quote": "zzyxquote je suis pour",
    "failed": "zzyxfailed porte close",
    "dispute": "zzyxdispute elle parlait d'autre chose",
    "logged": "zzyxlogged vingt minutes",
    "stranger": "zzyxstranger@people.example",
    "message": "zzyxmessage quand vous voit-on",
    "answer": "zzyxanswer jeudi au marché",
    "concern": "zzyxconcern des menaces",
    "call": "zzyxcall une pause ferait du bien",
    "outcome": "zzyxoutcome une lettre est partie",
    "note": "zzyxnote elle reçoit le vendredi",
    "comment": "zzyxcomment une promesse de trop",
    "paper": "Zzyxpaper",
    "paper_phone": "698876655",
    "imported": "Zzyximported",
    "imported_email": "zzyximported@people.example",
    "volunteer": "Zzyxvolunteer",
    "right_name": "Zzyxright",
    "right_phone": "33612457812",
    "right_email": "zzyxright@mail.example",
    "wanted_email": "zzyxwanted@mail.example",
    "network": "203.0.113.77",
    "search": "zzyxsearch",
}
THEIRS = [
    MARKS[name]
    for name in (
        *("given_name", "family_name", "email", "motivation", "words", "quote", "failed", "answer", "concern", "call", "note", "comment"),
        "dispute",
        *("paper", "imported", "imported_email", "volunteer", "right_name", "right_phone", "right_email", "wanted_email"),
    )
]
"""What a person typed, or was written to them, or of them."""
NAMES = [MARKS[name] for name in ("given_name", "paper", "imported", "volunteer")]
"""Everybody who came by one of the doors: the form, a paper, a file, an invitation."""
APPEND_ONLY = ("journal_entry", "journal_delivery", "people_consent", "people_access")
WORK = ("journal_job",)


@pytest.fixture
def written_logs() -> Iterator[list[str]]:
    """Every line that the product would log, as it would be written."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonFormatter().format(record))

    handler, root = Keep(level=logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def redis_server() -> Iterator[redis.Redis]:
    """The Redis of the settings, empty before and after."""
    server = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    server.flushdb()
    yield server
    server.flushdb()


def work_off(server: redis.Redis) -> str:
    """Hand all that is due to the broker and run it, with what comes of it; return what the broker carried."""
    carried = []
    dispatcher = Dispatcher(schedule=(), clock=now)
    for _round in range(20):
        dispatcher.tick()
        messages = [message for queue in settings.JOBS_QUEUES for message in cast("list[bytes]", server.lrange(queue, 0, -1))]
        carried.append(everything_in(server))
        server.flushdb()
        if not messages:
            return "\n".join(carried)
        for message in messages:
            (table, row_id), *_ = orjson.loads(b64decode(orjson.loads(message)["body"]))
            running.run(table=table, row_id=row_id)
    raise AssertionError("the work never ends")


def everything_in(server: redis.Redis) -> str:
    """All that lies in Redis, keys and values, and what is written in base64 in them."""
    found = []
    for key in cast("list[bytes]", list(server.scan_iter("*"))):
        kind = cast("bytes", server.type(key))
        found += [key, *_VALUES[kind](server, key)]
    plain = [value.decode("latin-1") for value in found]
    inner = [b64decode(body).decode("latin-1") for value in plain for body in re.findall(r'"body": ?"([A-Za-z0-9+/=]+)"', value)]
    return "\n".join(plain + inner)


_VALUES: dict[bytes, Callable[[redis.Redis, bytes], list[bytes]]] = {
    b"list": lambda server, key: cast("list[bytes]", server.lrange(key, 0, -1)),
    b"set": lambda server, key: list(cast("set[bytes]", server.smembers(key))),
    b"hash": lambda server, key: [part for pair in cast("dict[bytes, bytes]", server.hgetall(key)).items() for part in pair],
    b"zset": lambda server, key: cast("list[bytes]", server.zrange(key, 0, -1)),
    b"string": lambda server, key: [cast("bytes", server.get(key))],
}


def live_through(net: SmallNetwork) -> None:
    """A life here: apply in public, confirm, be appointed, sign in, be briefed, report, be searched, take back, leave."""
    stranger = Client(REMOTE_ADDR=MARKS["network"], HTTP_X_FORWARDED_FOR=MARKS["network"])
    seat, declined_seat = net.seat("0101"), net.seat("0102")
    organiser = net.organiser()
    form = {key: MARKS[key] for key in ("given_name", "family_name", "email", "phone", "motivation")} | {
        "agrees_to_contact": True,
        "is_of_age": True,
    }
    for wanted in (seat, declined_seat):
        answer = stranger.post(
            "/api/v1/relays/applications/",
            {**form, "seat": str(wanted.pk)},
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert answer.status_code == 202, answer.content
    deliver()
    application, declined = Application.objects.get(seat=seat), Application.objects.get(seat=declined_seat)
    for one in (application, declined):
        point = one.person.contact_points.get(channel=Channel.EMAIL)
        people.verify_contact_point(contact_point_id=point.pk, now=now())
        Application.objects.filter(pk=one.pk).update(status=ApplicationStatus.SUBMITTED, confirmed_at=now())
    desk = Client(REMOTE_ADDR=MARKS["network"])
    sign_in(desk, organiser)
    assert desk.post(f"/api/v1/relays/applications/{application.pk}/contact/").status_code == 200
    assert desk.post(f"/api/v1/relays/applications/{application.pk}/approve/", {}, content_type="application/json").status_code == 200
    decline = f"/api/v1/relays/applications/{declined.pk}/decline/"
    assert desk.post(decline, {"words": MARKS["words"]}, content_type="application/json").status_code == 200
    relay = Person.objects.get(pk=application.person_id)
    people.record_consent(
        person_id=relay.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, wording=RELAY_CONTACT.version, source="tests", now=now()
    )
    for query in (MARKS["search"], MARKS["family_name"]):
        assert desk.get("/api/v1/people/", {"q": query}).status_code == 200
        stranger.get("/fr/places/", {"q": query})
        stranger.get("/api/v1/territories/locate/", {"lat": "48.85661", "lon": "2.35222"})
    for address in (MARKS["email"], MARKS["stranger"]):
        stranger.post("/api/v1/accounts/auth/browser/v1/auth/code/request", {"email": address}, content_type="application/json")
        stranger.post("/fr/sign-in/", {"email": address})
    stranger.post("/api/v1/accounts/auth/browser/v1/auth/code/confirm", {"code": "0000-0000"}, content_type="application/json")
    assert relay.user is not None
    accounts.note_sign_in(user_id=relay.user.pk, now=now())
    accounts.grant_role(user=relay.user, role=Role.MODERATOR, area=net.country.country, origin="appointed:tests", now=now())
    words = {"fr": {"title": "Parlons-en", "summary": "", "brief": "Allez voir."}}
    deputy, subject = make_deputy(seat.area), make_subject()
    action = actions.draft_action(
        subject_id=subject.pk, network=net.network, texts=words, starts_at=now(), ends_at=now().replace(year=2099), by=organiser, now=now()
    )
    actions.launch_action(action_id=action.pk, by=organiser, now=now())
    assignment = Assignment.objects.get(action=action, seat=seat)
    line = say(deputy, subject, by=organiser, quote=MARKS["quote"])
    told = {"reason": MARKS["dispute"]}
    holder = Client(REMOTE_ADDR=MARKS["network"])
    sign_in(holder, User.objects.get(pk=relay.user_id))
    assert holder.post(f"/api/v1/advocacy/positions/{line.pk}/dispute/", told, content_type="application/json").status_code == 200
    contact: dict[str, object] = {
        "office_holder": str(deputy.pk),
        "initiative": "ours",
        "kind": "call",
        "decision": "D",
        "readable_by": "relays",
    }
    contact["steps"] = [{"kind": "meeting", "on": "2026-01-15", "words": MARKS["logged"]}]
    assert holder.post("/api/v1/advocacy/contacts/", contact, content_type="application/json").status_code == 201
    actions.report_assignment(
        assignment_id=assignment.pk, author_id=relay.pk, met=Met.STAFF, stance=None, quote=MARKS["quote"], failed=MARKS["failed"], now=now()
    )
    next_door = Assignment.objects.exclude(pk=assignment.pk).filter(action=action, holder=None).first()
    assert next_door is not None
    question = TakeOver.objects.create(assignment=next_door, person=relay, asked_at=now(), leaves_at=now(), sent_at=now())
    actions.accept_take_over(take_over_id=question.pk, person_id=relay.pk, now=now())
    actions.block_assignment(assignment_id=next_door.pk, author_id=relay.pk, reason=MARKS["failed"], now=now())
    be_written_to_and_called(net, relay, stranger, organiser)
    write_and_be_shown(net, relay)
    bring_people_in(net, relay, organiser)
    be_put_right(relay)
    deliver()
    messaging.suppress_address(address=MARKS["email"], purpose="", reason="stopped", now=now())
    people.withdraw_consent(person_id=relay.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, source="tests", now=now())


def be_written_to_and_called(net: SmallNetwork, relay: Person, stranger: Client, organiser: User) -> None:
    """Somebody writes to the seat; its relay answers, tells that it is wrong, falls quiet and is called."""
    assert relay.user
    form = {"name": "Lou", "email": MARKS["stranger"], "words": MARKS["message"], "idempotency_key": str(uuid4())}
    assert stranger.post("/fr/relays/write/0101/", form).status_code == 303
    conversation = Conversation.objects.get()
    relays.confirm_conversation(conversation_id=conversation.pk, now=now())
    browser = Client(REMOTE_ADDR=MARKS["network"])
    sign_in(browser, relay.user)
    answer = browser.post(
        f"/api/v1/relays/conversations/{conversation.pk}/answer/", {"words": MARKS["answer"]}, content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    told = {"what": MARKS["concern"], "conversation": str(conversation.pk)}
    assert browser.post("/api/v1/relays/concerns/", told, content_type="application/json").status_code == 201
    concern = Concern.objects.get()
    relays.take_up_concern(concern_id=concern.pk, by=organiser, now=now())
    relays.close_concern(concern_id=concern.pk, outcome=MARKS["outcome"], by=organiser, now=now())
    relays.block_writer(conversation_id=conversation.pk, by=relay.user, now=now())
    fall_quiet(Term.objects.get(person=relay, ends_at=None), days=22)
    relays.climb_quiet_terms(now=now())
    call = FriendlyCall.objects.get()
    relays.finish_call(call_id=call.pk, outcome=CallOutcome.BREAK, words=MARKS["call"], by=organiser, now=now())


def write_and_be_shown(net: SmallNetwork, relay: Person) -> None:
    """The relay notes something of the seat, says what they think of a new charter, and shows a photo."""
    assert relay.user
    seat = net.seat("0101")
    relays.write_note(seat_id=seat.pk, author_id=relay.pk, kind=NoteKind.HELP, text=MARKS["note"], now=now())
    relays.show_photo(person_id=relay.pk, sent=picture(), agrees=PHOTO.version, now=now())
    version = propose_charter()
    browser = Client(REMOTE_ADDR=MARKS["network"])
    sign_in(browser, relay.user)
    said = {"language": "fr", "paragraph": None, "words": MARKS["comment"]}
    answer = browser.post(f"/api/v1/people/documents/versions/{version.pk}/comments/", said, content_type="application/json")
    assert answer.status_code == 201, answer.content


def bring_people_in(net: SmallNetwork, relay: Person, organiser: User) -> None:
    """Somebody comes by a paper, somebody by a file, and somebody who agreed to be asked is asked for a seat, and says yes."""
    assert relay.user
    browser = Client(REMOTE_ADDR=MARKS["network"])
    sign_in(browser, relay.user)
    on_paper = {
        "place": "0101",
        "given_name": MARKS["paper"],
        "family_name": MARKS["family_name"],
        "contacts": [{"channel": "phone", "value": MARKS["paper_phone"], "agrees_to": [RELAY_CONTACT.purpose]}],
        "paper_number": "VAL-0042",
        "is_read_aloud": True,
        "is_of_age": True,
    }
    answer = browser.post("/api/v1/people/entered/", on_paper, content_type="application/json")
    assert answer.status_code == 201, answer.content
    batch = imported(organiser, [line(given=MARKS["imported"], email=MARKS["imported_email"], **PAPER)], consents=[agreement()])
    assert Person.objects.filter(given_name=MARKS["imported"]).count() == 1, outcomes(batch)
    volunteer = make_volunteer(net, "0201", name=f"{MARKS['volunteer']} {MARKS['family_name']}")
    (ask,) = relays.ask_people(seat_id=net.seat("0202").pk, person_ids=[volunteer.pk], kind=AskKind.VOLUNTEER, by=organiser, now=now()).asks
    relays.send_ask(ask_id=ask.pk, now=now())
    deliver()
    relays.answer_ask(ask_id=ask.pk, answer=Answer.YES, agrees_to_contact=True, now=now())


def be_put_right(relay: Person) -> None:
    """Another name, number and address; and an address that is not confirmed."""
    assert relay.user
    family_name = f"{MARKS['family_name']} {MARKS['right_name']}"
    people.correct_name(person_id=relay.pk, given_name=MARKS["given_name"], family_name=family_name, by_id=None, now=now())
    people.correct_number(
        person_id=relay.pk, channel=Channel.PHONE, number=f"+{MARKS['right_phone']}", by_id=None, source="tests", now=now()
    )
    for email in (MARKS["right_email"], MARKS["wanted_email"]):
        people.ask_new_address(person_id=relay.pk, user=User.objects.get(pk=relay.user.pk), email=email, session_key=None, now=now())
        change = AddressChange.objects.get()
        write_of_new_address(change_id=change.pk, is_written_to=True, now=now())
        deliver()
        if email == MARKS["right_email"]:
            confirm_new_address(change_id=change.pk, now=now())


def deliver() -> None:
    for message in Message.objects.filter(status="queued"):
        messaging.deliver_message(message_id=message.pk, now=now())


def read_out(table: str) -> str:
    """A table as bytes would show it: also what lies in base64 or in a compressed session."""
    text = dumped(table)
    if table == "accounts_session":
        text += "".join(str(session.get_decoded()) for session in Session.objects.all())
    return text


def dumped(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(string_agg(row_to_json(t)::text, E'\\n'), '') FROM {table} t")
        return str(cursor.fetchone()[0])


def found_in(text: str) -> list[str]:
    return [mark for mark in (*MARKS.values(), "48.85661", "2.35222") if re.search(re.escape(mark.split()[0]), text, re.IGNORECASE)]


@pytest.mark.django_db
def test_nothing_that_names_a_person_outlives_them(written_logs: list[str], redis_server: redis.Redis) -> None:
    net = make_network()
    live_through(net)
    carried = work_off(redis_server)
    assert carried.count(RUN) > 10, "the work went through the broker"
    assert found_in(carried) == []
    assert dumped("people_access"), "what was read is written down"
    assert dumped("journal_entry").count("\n") > 10
    assert dumped("people_consent")
    for table in APPEND_ONLY + WORK:
        assert found_in(dumped(table)) == [], table
    assert written_logs, "the forms that were refused are logged"
    assert found_in("\n".join(written_logs)) == []
    counts = [f"{limit.cache_key} {b64decode(limit.value).decode('latin-1')}" for limit in Limit.objects.all()]
    assert counts, "what is limited is counted"
    assert found_in("\n".join(counts)) == []


@pytest.mark.django_db
def test_a_person_takes_all_of_it_away_and_then_nothing_here_names_them(written_logs: list[str], redis_server: redis.Redis) -> None:
    live_through(make_network())
    named = Person.objects.filter(given_name__in=NAMES)
    assert {person.given_name for person in named} == set(NAMES)
    copies = "".join(orjson.dumps(export_of(person.pk, now=now()), default=str).decode() for person in named)
    assert MARKS["phone"] in copies
    assert [mark for mark in THEIRS if re.search(re.escape(mark), copies, re.IGNORECASE) is None] == []
    written_logs.clear()
    for person in list(named):
        people.erase_person(person_id=person.pk, now=now())
    carried = work_off(redis_server)
    assert carried.count(RUN) > 10, "the work went through the broker"
    assert found_in(carried) == []
    for table in connection.introspection.table_names():
        assert MARKS["phone"] not in read_out(table), table
        assert [mark for mark in found_in(read_out(table)) if mark in THEIRS and mark != MARKS["quote"]] == [], table
    assert MARKS["quote"] in read_out("actions_report"), "what the representative said is not the relay's to take away"
    assert found_in("\n".join(written_logs)) == []


@pytest.mark.django_db
def test_the_marks_would_be_found(written_logs: list[str], redis_server: redis.Redis) -> None:
    logging.getLogger("tests").warning("someone called %s", MARKS["given_name"])
    assert found_in("\n".join(written_logs)) == [MARKS["given_name"]]
    redis_server.rpush("trial", orjson.dumps({"body": b64encode(MARKS["email"].encode()).decode()}))
    assert found_in(everything_in(redis_server)) == [MARKS["email"]]
    Person.objects.create(given_name=MARKS["given_name"], family_name=MARKS["family_name"])
    assert found_in(dumped("people_person")) == [MARKS["given_name"], MARKS["family_name"]]
