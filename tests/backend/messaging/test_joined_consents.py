"""Two records joined by an organiser, not settled: what either took back stays so, whoever the other reader is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.domain.preferences import PREFERENCES_LINK
from maillage.messaging.models import Message
from maillage.messaging.services.preferences import save_choices, stop_everything
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.models import ConsentState, Merge, Person
from maillage.people.selectors import consent_mismatches, may_contact
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.messaging.factories import data_token
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.relays.factories import SmallNetwork, make_network

KEY = f"{RELAY_CONTACT.purpose}:email"
TICKED = {"was": [f"{KEY}=0"], "read": [f"{KEY}={RELAY_CONTACT.version}"], "box": [KEY], "language": "fr"}


@pytest.fixture
def net(db: None) -> SmallNetwork:
    return make_network()


def record(net: SmallNetwork, email: str, *, agrees: bool | None) -> Person:
    """Somebody who agreed, who took it back, or (None) who never said anything of it."""
    person = make_person(user=make_user(email), email=email, area=net.country.area("0101"), language="en")
    if agrees is not None:
        agree_to_relay(person)
    if agrees is False:
        take_back(person)
    return person


def take_back(person: Person) -> None:
    people.withdraw_consent(person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, source="tests", now=now())


def join(net: SmallNetwork, kept: Person, absorbed: Person) -> Merge:
    by = net.organiser("department", "01", name="Inès Prat")
    return people.merge_people(kept_id=kept.pk, absorbed_id=absorbed.pk, values={}, by=by, now=now())


def page(person: Person) -> str:
    return f"/en/mail/choices/{sign_link(PREFERENCES_LINK, ids=[person.pk], ends_at=now() + timedelta(days=1))}/"


def api(user: User | None, *, is_given: bool) -> int:
    assert user
    client = Client()
    sign_in(client, user)
    asked = {"purpose": RELAY_CONTACT.purpose, "channel": "email", "is_given": is_given}
    answer = client.post("/api/v1/people/me/consents/", asked, content_type="application/json")
    assert answer.status_code == 200 or answer.json()["code"] == "join_unsettled"
    return answer.status_code


def agrees(person: Person) -> bool:
    return may_contact(person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)


@pytest.mark.parametrize("way", ["the page", "stop everything", "the account"])
def test_what_is_taken_back_since_stays_so_though_the_other_had_taken_it_back(client: Client, net: SmallNetwork, way: str) -> None:
    mine, other = record(net, "mine@people.example", agrees=True), record(net, "other@people.example", agrees=False)
    merge = join(net, mine, other)
    assert not agrees(mine), "a withdrawal wins, whosever it is"
    if way == "the page":
        assert f"{KEY}=1" in client.get(page(mine)).content.decode(), "of one's own side"
        client.post(page(mine), {"was": [f"{KEY}=1"], "language": "en"})
    elif way == "stop everything":
        client.post(page(mine), {"do": "everything"})
    else:
        assert api(mine.user, is_given=False) == 200
    people.object_to_merge(merge_id=merge.pk, now=now())
    assert (agrees(mine), agrees(other)) == (False, False)
    assert consent_mismatches(limit=10) == []


def test_who_said_nothing_since_has_back_what_they_had_agreed_to(net: SmallNetwork) -> None:
    mine, other = record(net, "mine@people.example", agrees=True), record(net, "other@people.example", agrees=False)
    people.object_to_merge(merge_id=join(net, mine, other).pk, now=now())
    assert (agrees(mine), agrees(other)) == (True, False)


@pytest.mark.parametrize("since", [False, True], ids=["taken back before", "taken back since"])
def test_nobody_gives_what_the_other_took_back(client: Client, net: SmallNetwork, since: bool) -> None:
    victim, other = record(net, "victim@people.example", agrees=None if since else False), record(net, "o@people.example", agrees=None)
    merge = join(net, other, victim)
    if since:
        take_back(victim)
    answer = client.post(page(other), TICKED)
    assert answer.status_code == 409
    assert "until then, what either took back stays so" in answer.content.decode()
    assert api(other.user, is_given=True) == 409
    assert not agrees(other)
    other.refresh_from_db()
    assert other.language == "fr", "all else is kept"
    people.agree_to_merge(merge_id=merge.pk, record_ids={victim.pk, other.pk}, now=now())
    assert client.post(page(other), TICKED).status_code == 302
    assert agrees(other), "settled, all of it is theirs"


@pytest.mark.parametrize("is_settled", [False, True])
def test_what_a_form_gave_since_is_not_given_in_the_name_of_who_had_taken_it_back(net: SmallNetwork, is_settled: bool) -> None:
    victim, other = record(net, "victim@people.example", agrees=False), record(net, "other@people.example", agrees=None)
    merge = join(net, victim, other)
    assert merge.by
    if is_settled:
        people.agree_to_merge(merge_id=merge.pk, record_ids={victim.pk, other.pk}, now=now())
    agree_to_relay(other)
    people.take_apart(merge_id=merge.pk, by=merge.by, now=now())
    assert agrees(victim) is is_settled
    assert consent_mismatches(limit=10) == []


@pytest.mark.parametrize("act", ["saved", "stopped"])
def test_the_whole_family_is_locked_before_any_one_of_it(net: SmallNetwork, act: str) -> None:
    """Whoever takes them apart locks both in the order of their keys: to hold the one that stands first would be to wait for each other."""
    first, second = record(net, "first@people.example", agrees=True), record(net, "second@people.example", agrees=True)
    join(net, second, first)
    with CaptureQueriesContext(connection) as queries:
        if act == "saved":
            save_choices(record_id=second.pk, wanted={KEY: False}, language="en", now=now())
        else:
            stop_everything(record_id=second.pk, now=now())
    locks = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"] or "FOR NO KEY UPDATE" in query["sql"]]
    assert first.pk.hex in locks[0].replace("-", "")
    assert second.pk.hex in locks[0].replace("-", "")
    assert 'ORDER BY "people_person"."id" ASC' in locks[0]


def test_a_link_of_who_was_erased_says_so(client: Client, net: SmallNetwork) -> None:
    mine = record(net, "mine@people.example", agrees=True)
    link = page(mine)
    people.erase_person(person_id=mine.pk, now=now())
    for form in ({"do": "everything"}, {"was": [f"{KEY}=1"]}):
        assert client.post(link, form).status_code == 404
    assert not ConsentState.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("opened", ["choices", "data", "file"])
def test_a_record_at_which_somebody_is_at_work_says_so_kindly(client: Client, opened: str) -> None:
    net = make_network()
    mine, other = record(net, "mine@people.example", agrees=True), record(net, "other@people.example", agrees=None)
    join(net, mine, other)
    data = f"/en/mail/data/{data_token(mine.pk)}/"
    path = {"choices": page(mine), "data": data, "file": f"{data}file/"}[opened]
    elsewhere = connection.copy()
    try:
        with elsewhere.cursor() as cursor, connection.cursor() as here:
            elsewhere.set_autocommit(False)
            cursor.execute("SELECT id FROM people_person WHERE id = %s FOR UPDATE", [other.pk])
            here.execute("SET lock_timeout = '50ms'")
            answer = client.get(path)
            here.execute("RESET lock_timeout")
    finally:
        elsewhere.close()
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Somebody is at work on your record at this moment" in text
    assert f'href="{path}"' in text, "and leads back to what was asked for"
    assert client.get(path).status_code == 200
