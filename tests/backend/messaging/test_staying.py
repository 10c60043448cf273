"""Three years without a sign of life: asked once whether to stay, kept by one press, forgotten otherwise."""

import os
import signal
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage import journal
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.models import Job
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.fates import KeepUntil
from maillage.kernel.links import sign_link
from maillage.messaging.domain import MessageStatus
from maillage.messaging.models import Message
from maillage.messaging.services.deliver import deliver_message
from maillage.messaging.services.staying import STAY, ask_silent_people, note_they_stay, stay_letter, take_back_they_stay
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.staying import ASKED_BEFORE, KEPT_AFTER_LAST_SIGN, STAY_LINK
from maillage.people.models import ContactPoint, PaperForm, Person, StayQuestion
from maillage.people.selectors.signs import last_signs
from maillage.people.services import staying
from tests.backend.accounts.factories import make_granted, make_user
from tests.backend.people.factories import make_person
from tests.backend.relays.test_promise_killed import die_after
from tests.backend.territories.factories import make_small_country

NOW = now()
LONG_AGO = NOW - KEPT_AFTER_LAST_SIGN + ASKED_BEFORE - timedelta(hours=1)
"""A last sign for which one is asked today."""


def silent(*, email: str = "silent@people.example", at: datetime = LONG_AGO, **fields: Any) -> Person:
    return make_person(email=email, confirmed_at=at, created_at=at, **fields)


def ask(*, at: datetime = NOW) -> int:
    people.look_for_silent(now=at)
    return ask_silent_people(now=at)


def forget(*, at: datetime) -> int:
    people.forget_silent(now=at)
    asked = Job.objects.filter(name="people.forget_person").order_by("id")
    return sum(people.forget_person(question_id=job.args["question_id"], now=at) for job in asked)


@pytest.mark.django_db
def test_who_was_silent_is_asked_once_and_then_forgotten() -> None:
    person = silent()
    make_person(email="fresh@people.example")
    assert ask() == 1
    assert ask(at=NOW + timedelta(days=1)) == 0
    message = Message.objects.get(purpose=STAY.name)
    assert message.person == person
    assert deliver_message(message_id=message.pk, now=NOW) == MessageStatus.SENT

    assert forget(at=NOW + ASKED_BEFORE - timedelta(hours=1)) == 0
    assert forget(at=NOW + ASKED_BEFORE) == 1
    person.refresh_from_db()
    assert person.erased_at is not None
    assert person.given_name == ""
    assert not ContactPoint.objects.filter(person=person).exists()
    assert forget(at=NOW + ASKED_BEFORE) == 0, "a second run finds nobody"


@pytest.mark.django_db
def test_nobody_is_asked_a_day_too_early() -> None:
    silent(at=LONG_AGO + timedelta(hours=2))
    assert ask() == 0


@pytest.mark.django_db
def test_one_press_keeps_them_for_three_years_more(client: Client) -> None:
    person = silent()
    ask()
    question = StayQuestion.objects.get()
    page = f"/fr/mail/stay/{sign_link(STAY_LINK, ids=[question.pk], ends_at=NOW + ASKED_BEFORE)}/"
    shown = client.get(page).content.decode()
    assert "Rester parmi nous" in shown
    assert person.given_name not in shown
    question.refresh_from_db()
    assert question.stayed_at is None, "opening the link changes nothing"

    assert "Vous restez" in client.post(page).content.decode()
    assert forget(at=NOW + ASKED_BEFORE) == 0
    assert last_signs([person.pk], now=NOW)[person.pk] >= NOW
    assert ask(at=NOW + ASKED_BEFORE) == 0
    assert ask(at=now() + KEPT_AFTER_LAST_SIGN) == 1, "and are asked again three years later"


@pytest.mark.django_db
def test_a_link_that_was_changed_or_is_over_says_so(client: Client) -> None:
    person = silent()
    ask()
    question = StayQuestion.objects.get()
    page = f"/en/mail/stay/{sign_link(STAY_LINK, ids=[question.pk], ends_at=NOW + ASKED_BEFORE)}/"
    assert client.get("/en/mail/stay/nonsense/").status_code == 404
    ended = sign_link(STAY_LINK, ids=[question.pk], ends_at=NOW - timedelta(days=1))
    assert client.post(f"/en/mail/stay/{ended}/").status_code == 410
    people.erase_person(person_id=person.pk, now=NOW)
    assert "This question is settled." in client.post(page).content.decode()
    with pytest.raises(NotFound):
        people.stay(question_id=question.pk, now=NOW)


@pytest.mark.django_db
def test_any_other_sign_settles_the_question() -> None:
    person = silent()
    ask()
    people.record_consent(
        person_id=person.pk,
        purpose=RELAY_CONTACT.purpose,
        channel=Channel.EMAIL,
        wording=RELAY_CONTACT.version,
        source="tests",
        now=NOW + timedelta(days=3),
    )
    assert forget(at=NOW + ASKED_BEFORE) == 0
    assert not StayQuestion.objects.exists()
    with pytest.raises(StayQuestion.DoesNotExist):
        stay_letter(Message.objects.get(purpose=STAY.name))


@pytest.mark.django_db
def test_who_signs_in_or_has_a_role_is_not_asked() -> None:
    country = make_small_country()
    visitor = make_user("visitor@people.example")
    User.objects.update(created_at=LONG_AGO, seen_at=NOW - timedelta(days=400))
    silent(email="visitor@people.example", user=visitor)
    organiser = make_granted(Role.ORGANISER, country.country, since=LONG_AGO)
    User.objects.filter(pk=organiser.pk).update(created_at=LONG_AGO, seen_at=None)
    silent(email="organiser@people.example", user=organiser)
    assert ask() == 0
    organiser.grants.update(ends_at=LONG_AGO)
    assert ask() == 1, "once the role has ended, its end was the last sign"


@pytest.mark.django_db
def test_whom_a_law_keeps_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    person = silent()
    PaperForm.objects.create(number="A-1", person=person, entered_at=LONG_AGO)
    monkeypatch.setattr(PaperForm, "erasure", KeepUntil(law="tests", years=10))
    assert ask() == 0


@pytest.mark.django_db
def test_a_sign_of_a_record_behind_is_a_sign() -> None:
    person = silent()
    behind = silent(email="behind@people.example", merged_into=person)
    Person.objects.filter(pk=behind.pk).update(confirmed_at=NOW)
    assert ask() == 0


@pytest.mark.django_db
def test_who_has_no_address_is_asked_by_hand_and_who_has_nothing_is_forgotten_all_the_same() -> None:
    by_hand, unreached = silent(email="", phone="+33600000001"), silent(email="")
    assert ask() == 2
    for message in Message.objects.filter(purpose=STAY.name):
        deliver_message(message_id=message.pk, now=NOW)
    assert Message.objects.get(person=by_hand).status == MessageStatus.BY_HAND
    assert Message.objects.get(person=unreached).status == MessageStatus.REFUSED
    assert forget(at=NOW + ASKED_BEFORE) == 2


@pytest.mark.django_db
def test_each_batch_asks_each_hall_once(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    for number in range(5):
        silent(email=f"silent{number}@people.example", at=LONG_AGO - timedelta(days=number))
    monkeypatch.setattr(staying, "LOOKED_AT_ONCE", 2)
    people.look_for_silent(now=NOW)
    for _turn in range(2):
        job = Job.objects.filter(name="people.look_for_silent").latest("id")
        people.look_for_silent(now=NOW, after_at=datetime.fromisoformat(job.args["after_at"]), after_id=job.args["after_id"])
    assert StayQuestion.objects.count() == 5
    assert Job.objects.filter(name="people.look_for_silent").count() == 2
    with django_assert_num_queries(11):  # people, records behind, five halls; open questions, known ones; the next job; a savepoint
        people.look_for_silent(now=NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("module", "name"), [(StayQuestion.objects, "bulk_create"), (journal, "record"), (staying, "erase_person")], ids=str
)
def test_killed_anywhere_nothing_is_lost_and_nothing_done_twice(module: Any, name: str) -> None:
    person = silent()
    if name == "erase_person":
        ask()
    child = os.fork()
    if not child:
        connection.connection = None
        die_after(module, name, calls=1)
        people.look_for_silent(now=NOW)
        people.forget_person(question_id=StayQuestion.objects.get().pk, now=NOW + ASKED_BEFORE)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    person.refresh_from_db()
    assert person.erased_at is None
    ask()
    assert StayQuestion.objects.count() == 1
    assert Message.objects.filter(purpose=STAY.name).count() == 1
    assert forget(at=NOW + ASKED_BEFORE) == 1


def asked_by_hand(*, at: datetime = NOW) -> tuple[Person, Message, StayQuestion]:
    """Somebody without an address whose question waits among the letters and calls."""
    person = silent(email="", phone="+33600000001")
    ask(at=at)
    message = Message.objects.get(purpose=STAY.name)
    deliver_message(message_id=message.pk, now=at)
    return person, message, StayQuestion.objects.get()


@pytest.mark.django_db(transaction=True)
def test_a_yes_noted_by_mistake_is_taken_back_and_they_have_their_month_anew() -> None:
    person, message, question = asked_by_hand()
    country = make_small_country()
    by = make_granted(Role.ORGANISER, country.country)
    note_they_stay(message_id=message.pk, by=by, now=NOW + timedelta(days=3))
    undone_at = NOW + ASKED_BEFORE + timedelta(days=1)
    take_back_they_stay(message_id=message.pk, by=by, now=undone_at)
    take_back_they_stay(message_id=message.pk, by=by, now=undone_at + timedelta(days=9))
    question.refresh_from_db()
    assert (question.stayed_at, question.asked_at) == (None, undone_at)
    assert forget(at=undone_at) == 0, "it is not due at once"
    assert forget(at=undone_at + ASKED_BEFORE) == 1
    person.refresh_from_db()
    assert person.erased_at is not None


@pytest.mark.django_db
def test_whoever_says_that_they_stay_is_locked_before_their_letter() -> None:
    """Whoever erases somebody locks them, then deletes what they were sent: in the other order both would wait for each other."""
    person, message, _question = asked_by_hand()
    by = make_granted(Role.ORGANISER, make_small_country().country)
    with CaptureQueriesContext(connection) as queries:
        note_they_stay(message_id=message.pk, by=by, now=NOW)
    locks = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"] or "FOR NO KEY UPDATE" in query["sql"]]
    assert person.pk.hex in locks[0].replace("-", "")
    assert 'FROM "people_person"' in locks[0]
    assert any('FROM "messaging_message"' in lock for lock in locks[1:])


@pytest.mark.django_db
def test_a_letter_whose_question_is_settled_waits_for_nobody_any_more() -> None:
    person, message, _question = asked_by_hand()
    ask(at=NOW + timedelta(days=1))
    message.refresh_from_db()
    assert message.status == MessageStatus.BY_HAND
    people.record_consent(
        person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE, wording=RELAY_CONTACT.version, source="tests", now=NOW
    )
    assert forget(at=NOW + ASKED_BEFORE) == 0
    assert ask_silent_people(now=NOW + ASKED_BEFORE) == 0
    message.refresh_from_db()
    assert (message.status, message.refusal) == (MessageStatus.REFUSED, "nothing_to_say")
