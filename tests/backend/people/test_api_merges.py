"""Duplicates, previews and merges: who is shown them, and what is written down."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.messaging.services import queue_message
from maillage.people import services
from maillage.people.domain import ReasonKind
from maillage.people.models import Access, AccessReason, Merge, Person
from maillage.relays.services.concerns import tell_concern
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.people.factories import make_person
from tests.backend.people.merged_lives import TwoRecords, two_full_records
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network

pytestmark = pytest.mark.django_db
DUPLICATES, MERGES = "/api/v1/people/duplicates/", "/api/v1/people/merges/"


@pytest.fixture
def net() -> SmallNetwork:
    return make_network()


@pytest.fixture
def two(net: SmallNetwork) -> TwoRecords:
    here = net.country.area("0101")
    kept, absorbed = (make_person(email="a@people.example", family_name=name, area=here) for name in ("Vernoux", "Vernoix"))
    services.compare_people(person_ids=[kept.pk], now=now())
    return TwoRecords(net=net, kept=kept, absorbed=absorbed, by=net.organiser("department", "01", name="Inès Prat"))


def client_of(user: User | None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    if user:
        sign_in(client, user)
    return client


def merge(client: Client, two: TwoRecords, **values: str) -> Any:
    body = {"kept": str(two.kept.pk), "absorbed": str(two.absorbed.pk), "values": values}
    return client.post(MERGES, body, content_type="application/json")


def preview(client: Client, two: TwoRecords) -> Any:
    return client.get(f"{MERGES}preview/", {"kept": str(two.kept.pk), "absorbed": str(two.absorbed.pk)})


def strangers(net: SmallNetwork) -> list[User]:
    """A member, a relay elsewhere, the relay here, an organiser elsewhere: none of them organises both."""
    relays = [make_holder(net.seat(code), email=f"{code}@people.example")[1].user for code in ("0201", "0101")]
    return [make_user(), *(user for user in relays if user), net.organiser("department", "02", name="Hugo Lamy")]


def test_anonymous_is_refused(two: TwoRecords):
    client = client_of(None)
    answers = [
        client.get(DUPLICATES),
        client.get(MERGES),
        preview(client, two),
        merge(client, two),
        client.post(f"{MERGES}{uuid4()}/undo/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5


def test_who_does_not_organise_both_learns_nothing(two: TwoRecords):
    done = services.merge_people(
        kept_id=make_person(area=two.kept.area).pk, absorbed_id=make_person(area=two.kept.area).pk, values={}, by=two.by, now=now()
    )
    for user in strangers(two.net):
        client = client_of(user)
        assert client.get(DUPLICATES).json()["items"] == client.get(MERGES).json()["items"] == []
        assert client.get(f"{DUPLICATES}count/").json() == {"count": 0, "is_more": False}
        assert preview(client, two).status_code == merge(client, two).status_code == 404
        assert client.post(f"{MERGES}{done.pk}/undo/").status_code == 404
        pair = {"person": str(two.kept.pk), "other": str(two.absorbed.pk)}
        assert client.post(f"{DUPLICATES}told-apart/", pair, content_type="application/json").status_code == 404
    assert not Access.objects.filter(person_ids__contains=[two.kept.pk]).exists()


def test_an_organiser_sees_why_and_it_is_written_down(two: TwoRecords, django_assert_max_num_queries: DjangoAssertNumQueries):
    client = client_of(two.by)
    with django_assert_max_num_queries(14):
        (item,) = client.get(DUPLICATES).json()["items"]
    assert [reason["code"] for reason in item["reasons"]] == ["email", "near_area"]
    assert {person["family_name"] for person in item["people"]} == {"Vernoux", "Vernoix"}
    assert client.get(f"{DUPLICATES}count/").json() == {"count": 1, "is_more": False}
    access = Access.objects.get(reading="people.duplicates")
    assert set(access.person_ids) == {two.kept.pk, two.absorbed.pk}


def test_as_many_queries_for_a_page_of_twenty(two: TwoRecords, django_assert_max_num_queries: DjangoAssertNumQueries):
    people = [make_person(email=f"{n // 2}@people.example", family_name=f"N{n}", area=two.kept.area) for n in range(40)]
    services.compare_people(person_ids=[person.pk for person in people], now=now())
    client = client_of(two.by)
    with django_assert_max_num_queries(14):
        assert len(client.get(DUPLICATES).json()["items"]) >= 20
    with django_assert_max_num_queries(12):
        client.get(MERGES)


def test_a_preview_shows_what_is_kept_what_moves_and_changes_nothing(net: SmallNetwork):
    two = two_full_records(net)
    shown = preview(client_of(two.by), two).json()
    assert [(field["name"], field["differs"], field["chosen"]) for field in shown["compared"]] == [
        ("given_name", False, "kept"),
        ("family_name", True, "kept"),
        ("place", False, "kept"),
    ]
    moves = {line["told"]: (line["moves"], line["stays"]) for line in shown["moves"]}
    assert moves["addresses and telephone numbers"] == (1, 1)
    assert moves["reports"] == (1, 0)
    assert moves["applications for a seat"] == (1, 1)
    assert (shown["withdrawn"], shown["two_users"], shown["bars"]) == (1, True, [])
    assert not Merge.objects.exists()
    assert set(Access.objects.get(reading="people.side_by_side").person_ids) == {two.kept.pk, two.absorbed.pk}


def test_a_preview_and_a_join_are_the_same_whoever_told_that_something_is_wrong(two: TwoRecords):
    client = client_of(two.by)
    before = preview(client, two).json()
    told = tell_concern(what="It is about the organiser", reporter=two.absorbed, now=now())
    queue_message("messaging.own_data", person=two.absorbed, now=now())
    reason = AccessReason(reader=two.by, kind=ReasonKind.OFFICER, words="Plainte", person=two.absorbed)
    reason.made_at, reason.ends_at = now(), now() + timedelta(hours=1)
    reason.save()
    assert preview(client, two).json() == before
    assert merge(client, two).status_code == 201
    told.refresh_from_db()
    assert told.reporter_id == two.absorbed.pk, "what somebody told in confidence is theirs alone, whatever an organiser joins"


def test_joined_listed_and_taken_apart(two: TwoRecords):
    client = client_of(two.by)
    done = merge(client, two, family_name="absorbed")
    assert done.status_code == 201, done.content
    assert Person.objects.get(pk=two.kept.pk).family_name == "Vernoix"
    assert client.get(DUPLICATES).json()["items"] == []
    (item,) = client.get(MERGES).json()["items"]
    assert (item["person"], item["absorbed"], item["by"], item["undone_at"]) == ("Nadia Vernoix", "Nadia Vernoix", "Inès Prat", None)
    assert merge(client, two).json()["code"] == "merged_already"
    assert client.get(f"/api/v1/people/{two.absorbed.pk}/").status_code == 404
    for _ in range(2):
        assert client.post(f"{MERGES}{item['id']}/undo/").status_code == 200
    assert Person.objects.get(pk=two.kept.pk).family_name == "Vernoux"
    assert client.get(f"/api/v1/people/{two.absorbed.pk}/").status_code == 200


def test_joining_asks_for_a_recent_proof(two: TwoRecords):
    client = Client()
    client.force_login(two.by)
    assert merge(client, two).status_code == 403
    assert not Merge.objects.exists()


def test_what_stands_in_the_way_is_said_in_words(two: TwoRecords):
    treasurer = make_granted(Role.TREASURER, two.net.country.country)
    Person.objects.filter(pk=two.absorbed.pk).update(user=treasurer)
    answer = merge(client_of(two.by), two)
    assert (answer.status_code, answer.json()["code"]) == (409, "merge_barred")
    assert "holds a role" in answer.json()["bars"][0]


def test_two_people_and_the_undo_of_it(two: TwoRecords):
    client = client_of(two.by)
    pair = {"person": str(two.absorbed.pk), "other": str(two.kept.pk)}
    told = client.post(f"{DUPLICATES}told-apart/", pair, content_type="application/json")
    assert told.status_code == 201
    assert client.get(DUPLICATES).json()["items"] == []
    assert client.delete(f"{DUPLICATES}told-apart/{told.json()['id']}/").status_code == 204
    assert len(client.get(DUPLICATES).json()["items"]) == 1


def test_the_person_reads_who_joined_their_records(net: SmallNetwork):
    two = two_full_records(net)
    assert merge(client_of(two.by), two).status_code == 201
    own = client_of(two.kept.user)
    assert [line["by"] for line in own.get("/api/v1/people/me/").json()["merges"]] == ["Inès Prat"]
    assert client_of(two.absorbed.user).get("/api/v1/people/me/").status_code == 403, "the other account signs in no more"
