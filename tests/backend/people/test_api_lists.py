"""The list of people narrowed, ordered, counted, kept under a name, and taken away as a file."""

import csv
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.kernel.clock import now
from maillage.kernel.text import fold
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.listing import MOST_COUNTED, TOLD_BY, Asked, Sort
from maillage.people.models import Access, AccessReason, ContactPoint, Person, SavedView
from maillage.people.selectors import listing
from maillage.people.selectors import names as name_selectors
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.relays.factories import make_holder, make_network
from tests.backend.territories.factories import SmallCountry

PEOPLE = "/api/v1/people/"
WHY = "Appeler tout le monde avant la réunion"


@pytest.fixture
def people(small_country: SmallCountry) -> dict[str, Person]:
    """Three people of 0101 who came one after the other, and one of 0201."""
    here = small_country.area("0101")
    days = {name: now() - timedelta(days=age) for name, age in (("old", 400), ("agreed", 20), ("new", 1), ("far", 5))}
    return {
        "old": make_person(given_name="Stéphane", family_name="Martin", area=here, confirmed_at=days["old"]),
        "agreed": agree_to_relay(
            make_person(given_name="Camille", family_name="Dupont", email="=cmd@people.example", area=here, confirmed_at=days["agreed"])
        ),
        "new": make_person(given_name="Nadia", family_name="Benali", area=here, confirmed_at=days["new"]),
        "far": make_person(given_name="Yann", family_name="Le Goff", area=small_country.area("0201"), confirmed_at=days["far"]),
    }


@pytest.fixture
def organiser(small_country: SmallCountry) -> User:
    return make_granted(Role.ORGANISER, small_country.country)


def client_of(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, user)
    return client


def names(user: User, **query: str) -> list[str]:
    answer = client_of(user).get(PEOPLE, query)
    assert answer.status_code == 200, answer.content
    return [person["given_name"] for person in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Nadia", "Camille", "Yann", "Stéphane"]),
        ({"sort": "joined"}, ["Nadia", "Yann", "Camille", "Stéphane"]),
        ({"agreed": "any"}, ["Camille"]),
        ({"agreed": "email"}, ["Camille"]),
        ({"agreed": "phone"}, []),
        ({"agreed": "none"}, ["Nadia", "Yann", "Stéphane"]),
        ({"seat_state": "filled"}, []),
        ({"seat_state": "vacant", "q": "yann"}, ["Yann"]),
        ({"role": "relay"}, []),
    ],
)
def test_narrowed_and_ordered(
    people: dict[str, Person], organiser: User, small_country: SmallCountry, query: dict[str, str], found: list[str]
) -> None:
    make_network(small_country)
    assert names(organiser, **query) == found


def test_since_a_day_by_role_and_by_the_state_of_the_seat(people: dict[str, Person], organiser: User, small_country: SmallCountry) -> None:
    net = make_network(small_country)
    make_holder(net.seat("0201"), given_name="Ada", family_name="Zeller")
    assert names(organiser, joined_since=(now() - timedelta(days=10)).date().isoformat()) == ["Nadia", "Yann", "Ada"]
    assert names(organiser, role="relay") == ["Ada"]
    assert names(organiser, seat_state="dormant") + names(organiser, seat_state="filled") == ["Yann", "Ada"]


@pytest.mark.usefixtures("house_of_the_country")
def test_the_day_on_which_somebody_joined_is_the_organisations(organiser: User, small_country: SmallCountry) -> None:
    for name, minute in (("Ada", 59), ("Bao", 1)):  # about midnight there
        at = datetime(2026, 7, 1, 22, 0, tzinfo=UTC) + timedelta(minutes=minute - 30)
        make_person(given_name=name, area=small_country.area("0101"), confirmed_at=at)
    assert names(organiser, joined_since="2026-07-02") == ["Ada"]
    items = client_of(organiser).get(PEOPLE).json()["items"]
    assert {person["given_name"]: person["joined_on"] for person in items} == {"Ada": "2026-07-02", "Bao": "2026-07-01"}
    head, *rows = table(export(organiser))
    assert {row[0]: row[head.index("Since")] for row in rows} == {"Ada": "2026-07-02", "Bao": "2026-07-01"}


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "age"},
        {"agreed": "pigeon"},
        {"role": "king"},
        {"seat_state": "lost"},
        {"joined_since": "hier"},
        {"joined_since": "2026-02-31"},
    ],
)
def test_what_is_not_known_is_refused_by_field(organiser: User, query: dict[str, str]) -> None:
    answer = client_of(organiser).get(PEOPLE, query)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, list(query))


@pytest.mark.parametrize(("q", "found"), [("camile", ["Camille"]), ("dupnt", ["Camille"]), ("stephan martn", ["Stéphane"]), ("zzzzz", [])])
def test_typing_errors_are_forgiven_and_said(people: dict[str, Person], organiser: User, q: str, found: list[str]) -> None:
    answer = client_of(organiser).get(PEOPLE, {"q": q}).json()
    assert ([person["given_name"] for person in answer["items"]], answer["is_near"], answer["next"]) == (found, True, None)
    assert client_of(organiser).get(PEOPLE, {"q": "camille"}).json()["is_near"] is False


def test_two_letters_turned_come_before_what_looks_more_alike(small_country: SmallCountry) -> None:
    for family_name in ("Marine", "Martin"):
        make_person(given_name="", family_name=family_name, area=small_country.area("0101"))
    department = make_granted(Role.ORGANISER, small_country.area("01", "department"))
    items = client_of(department).get(PEOPLE, {"q": "maritn"}).json()["items"]
    assert [person["family_name"] for person in items] == ["Martin", "Marine"]


def test_of_very_many_who_may_be_meant_the_nearest_are_weighed(small_country: SmallCountry, monkeypatch: pytest.MonkeyPatch) -> None:
    for family_name in ("Marine", "Martin", "Marin"):
        make_person(given_name="", family_name=family_name, area=small_country.area("0101"))
    monkeypatch.setattr(listing, "MOST_WEIGHED", 1)
    national = make_granted(Role.ORGANISER, small_country.country)
    items = client_of(national).get(PEOPLE, {"q": "maritn"}).json()["items"]
    assert [person["family_name"] for person in items] == ["Martin"]


WAYS: dict[str, dict[str, Any]] = {
    "place by place": {},
    "found and sorted": {"FEW": 0, "VERY_FEW": 0},
    "read in order": {"FEW": 0, "VERY_FEW": 0, "COMMON": -1},
    "read in order, in vain": {"FEW": 0, "VERY_FEW": 0, "COMMON": -1, "READ": {Sort.NAME: 1, Sort.JOINED: 1}},
    "read in order, cut short": {"FEW": 0, "VERY_FEW": 0, "COMMON": -1, "TRIED": 1},
}
"""How people are found, which depends on how many places there are and how common a name is, and shows in no answer."""


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_finding_people_finds_the_same(
    small_country: SmallCountry, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries, way: str
) -> None:
    for name, value in WAYS[way].items():
        monkeypatch.setattr(listing if hasattr(listing, name) else name_selectors, name, value)
    families = ["Martin", "Marchand", "Martin-Dupré", "Dupont", "Zola"]
    for number in range(15):
        area = small_country.area(("0101", "0102", "0201")[number % 3])
        person = make_person(
            given_name=("Marie", "Ève")[number % 2],
            family_name=families[number % 5],
            email=f"n{number}@people.example",
            area=area,
            confirmed_at=now() - timedelta(days=number),
        )
        if number % 4 == 0:
            agree_to_relay(person)
    make_person(given_name="Marie", family_name="Martin", area=small_country.area("0301"))
    make_person(given_name="Marie", family_name="Martin", area=small_country.area("0101"), confirmed_at=None)
    user = make_granted(Role.ORGANISER, small_country.area("01", "department"))
    Grant.objects.create(user=user, role=Role.ORGANISER, area=small_country.area("02", "department"), starts_at=now(), origin="tests")
    client, everybody = client_of(user), client_of(user).get(PEOPLE).json()["items"]
    for q in ("", "mar", "marie", "marie mar", "eve zola", "martin dupre", "xqz"):
        for filters in ({}, {"agreed": "email"}, {"joined_since": (now() - timedelta(days=6)).date().isoformat()}, {"agreed": "none"}):
            kept = {person["id"] for person in client.get(PEOPLE, filters).json()["items"]}
            for sort in Sort:
                whole = sorted(everybody, key=place_in(sort))
                wanted = [person["id"] for person in whole if person["id"] in kept and bears(person, q)]
                seen, after = [], ""
                while after is not None:
                    with django_assert_max_num_queries(13):  # session, user, a transaction around the near names, the log, and the page
                        page = client.get(PEOPLE, {**filters, "q": q, "sort": sort, "limit": "2", **({"after": after} if after else {})})
                    seen += [] if page.json()["is_near"] else [person["id"] for person in page.json()["items"]]
                    after = page.json()["next"]
                assert seen == wanted, (q, filters, sort)
    assert {person["given_name"] for person in client.get(PEOPLE, {"q": "marei zloa"}).json()["items"]} == {"Marie"}


def bears(person: dict[str, Any], q: str) -> bool:
    """Say by plain means whether each of these words begins a name."""
    borne = fold(f"{person['family_name']} {person['given_name']}").split()
    return all(any(name.startswith(word) for name in borne) for word in q.split())


def place_in(sort: Sort) -> Callable[[dict[str, Any]], Any]:
    """Where somebody stands in an order of the list, by plain means."""
    if sort == Sort.NAME:
        return lambda person: (fold(f"{person['family_name']} {person['given_name']}"), person["id"])
    return lambda person: -date.fromisoformat(person["joined_on"]).toordinal()


def test_a_relay_finds_near_first_names_only_and_no_role(people: dict[str, Person], small_country: SmallCountry) -> None:
    relay = make_granted(Role.RELAY, small_country.area("0101"))
    assert names(relay, q="camile") == ["Camille"]
    assert names(relay, q="dupnt") == []
    Person.objects.filter(pk=people["agreed"].pk).update(user=make_granted(Role.TREASURER, small_country.country))
    assert names(relay, role="treasurer") == [], "what somebody else is does not show in a relay's list"
    assert client_of(relay).get(PEOPLE).json()["items"][0]["joined_on"] is None


@pytest.mark.parametrize("sort", ["name", "joined"])
def test_pages_follow_one_another_in_each_order(people: dict[str, Person], organiser: User, sort: str) -> None:
    client, seen, after = client_of(organiser), [], ""
    while True:
        page = client.get(PEOPLE, {"sort": sort, "limit": "1", **({"after": after} if after else {})}).json()
        seen += [person["id"] for person in page["items"]]
        if not (after := page["next"] or ""):
            break
    assert len(seen) == len(set(seen)) == 4
    first = client.get(PEOPLE, {"sort": sort, "limit": "1"}).json()["next"]
    other = "joined" if sort == "name" else "name"
    assert client.get(PEOPLE, {"sort": other, "after": first}).json()["code"] == "bad_cursor"


def test_counted_as_asked_and_never_beyond_ten_thousand(
    people: dict[str, Person], organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(organiser)
    assert client.get(f"{PEOPLE}count/").json() == {"count": 4, "is_more": False}
    assert client.get(f"{PEOPLE}count/", {"agreed": "any"}).json() == {"count": 1, "is_more": False}
    assert MOST_COUNTED == 10_000
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    assert client.get(f"{PEOPLE}count/").json() == {"count": 3, "is_more": True}


def save(user: User, **said: Any) -> Any:
    return client_of(user).post(f"{PEOPLE}views/", {"name": "New ones", "filters": {}, **said}, content_type="application/json")


def test_a_view_keeps_filters_and_no_search(organiser: User) -> None:
    answer = save(organiser, filters={"sort": "joined", "agreed": "any", "q": "Dupont", "moon": "1", "role": ""})
    assert answer.status_code == 201
    (view,) = answer.json()["items"]
    assert (view["filters"], view["is_mine"], view["shared_with"]) == ({"sort": "joined", "agreed": "any"}, True, None)
    assert save(organiser).json()["fields"]["name"]
    assert save(organiser, name=" ").json()["fields"]["name"]
    assert save(organiser, name="Odd", filters={"agreed": "pigeon"}).json()["fields"]["agreed"]


def test_a_view_is_shared_with_the_organisers_of_the_same_area(organiser: User, small_country: SmallCountry) -> None:
    country, department = small_country.country, small_country.area("01", "department")
    colleague = make_granted(Role.ORGANISER, country, email="colleague@desk.example")
    below = make_granted(Role.ORGANISER, department)
    assert save(organiser, shared_with=str(department.pk)).json()["code"] == "not_your_area"
    (view,) = save(organiser, shared_with=str(country.pk)).json()["items"]
    assert client_of(colleague).get(f"{PEOPLE}views/").json()["items"][0]["is_mine"] is False
    assert client_of(below).get(f"{PEOPLE}views/").json()["items"] == []
    assert client_of(colleague).delete(f"{PEOPLE}views/{view['id']}/").status_code == 404


def test_a_view_is_deleted_that_is_undone_for_a_day_then_it_is_gone(organiser: User) -> None:
    (view,) = save(organiser).json()["items"]
    client = client_of(organiser)
    assert client.delete(f"{PEOPLE}views/{view['id']}/").json()["items"] == []
    assert client.post(f"{PEOPLE}views/{view['id']}/restore/").json()["items"] == [view]
    client.delete(f"{PEOPLE}views/{view['id']}/")
    assert save(organiser).status_code == 201, "its name is free again"
    assert client.post(f"{PEOPLE}views/{view['id']}/restore/").json()["fields"]["name"]
    assert services.forget_deleted_views(now=now() + timedelta(days=2)) == 1
    assert SavedView.objects.count() == 1


def export(user: User, reason: str = WHY, **filters: str) -> Any:
    return client_of(user).post(f"{PEOPLE}export/", {"reason": reason, "filters": filters}, content_type="application/json")


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_an_organiser_takes_the_list_and_each_person_sees_who_and_why(
    people: dict[str, Person], organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maillage.people.api.export.BATCH", 2)
    head, *rows = table(export(organiser))
    assert [row[0] for row in rows] == ["Nadia", "Camille", "Yann", "Stéphane"]
    assert rows[1][head.index("e-mail (confirmed)")] == "'=cmd@people.example", "a spreadsheet runs nothing"
    assert rows[0][head.index("Constituency")] == "Hautes-Brumes, constituency 1"
    logged = [set(map(str, ids)) for ids in Access.objects.filter(reading="people.file").values_list("person_ids", flat=True)]
    assert len(logged) == 2
    assert set.union(*logged) == {str(person.pk) for person in people.values()}
    assert set(Access.objects.values_list("reason_id", flat=True)) == {AccessReason.objects.get().pk}
    nadia = people["new"]
    nadia.user = make_user("nadia@people.example")
    nadia.save()
    (line,) = client_of(nadia.user).get(f"{PEOPLE}me/accesses/").json()["items"]
    assert (line["reading"], line["reason"]) == ("people.file", WHY)


def test_a_file_holds_proved_contacts_alone_and_says_what_was_agreed_to(people: dict[str, Person], organiser: User) -> None:
    camille, nadia = people["agreed"], people["new"]
    for person, value in ((camille, "unproved@people.example"), (nadia, "typed@people.example")):
        ContactPoint.objects.create(person=person, channel=Channel.EMAIL, value=value)
    ContactPoint.objects.create(person=camille, channel=Channel.PHONE, value="+33612345678", verified_at=now())
    agree_to_relay(nadia, channel=Channel.POST)
    head, *rows = table(export(organiser))
    ways = ["e-mail", "text message", "telephone", "post"]
    columns = [column for way in ways for column in (f"{way} (confirmed)", f"Agreed to be contacted: {way}")]
    assert head[6:] == columns
    said = {row[0]: dict(zip(columns, row[6:], strict=True)) for row in rows}
    silent = {column: "no" if column.startswith("Agreed") else "" for column in columns}
    assert said["Camille"] == silent | {
        "e-mail (confirmed)": "'=cmd@people.example",
        "Agreed to be contacted: e-mail": "yes",
        "telephone (confirmed)": "'+33612345678",
    }
    assert said["Nadia"] == silent | {"Agreed to be contacted: post": "yes"}
    assert said["Yann"] == silent
    withdraw = {"person_id": camille.pk, "purpose": RELAY_CONTACT.purpose, "channel": Channel.EMAIL, "source": "tests"}
    services.withdraw_consent(**withdraw, now=now())
    _head, *rows = table(export(organiser))
    assert [row[7] for row in rows] == ["no"] * 4, "as it stands now"


def test_a_relay_takes_what_they_see_and_no_more(people: dict[str, Person], small_country: SmallCountry) -> None:
    agree_to_relay(people["agreed"], channel=Channel.PHONE)
    agree_to_relay(people["agreed"], channel=Channel.POST)
    _head, *rows = table(export(make_granted(Role.RELAY, small_country.area("0101"))))
    assert [row[:2] for row in rows] == [["Camille", "D"]]
    assert rows[0][6:] == ["'=cmd@people.example", "yes", "", "no", "", "no", "", "no"], "of a way that they do not see they read nothing"


def test_no_reason_no_file(people: dict[str, Person], organiser: User) -> None:
    assert list(export(organiser, reason="").json()["fields"]) == ["reason"]
    assert export(organiser, agreed="pigeon").status_code == 400
    assert export(make_user("nobody@people.example")).json()["code"] == "no_list"
    assert not Access.objects.exists()


def test_an_old_proof_takes_no_file(people: dict[str, Person], organiser: User) -> None:
    client = Client()
    client.force_login(organiser)
    answer = client.post(f"{PEOPLE}export/", {"reason": WHY}, content_type="application/json")
    assert answer.status_code == 403
    assert not Access.objects.exists()


def relay_and_three(country: SmallCountry) -> tuple[User, list[Person]]:
    """A relay, and three people of their place who agreed; an organiser of elsewhere too, with one person there."""
    here = country.area("0101")
    relay = make_granted(Role.RELAY, here)
    shown = [("Nadia", "Martin"), ("Yann", "Moreau"), ("Ada", "Lamy")]
    return relay, [agree_to_relay(make_person(given_name=given, family_name=family, area=here)) for given, family in shown]


ASKED = [
    {},
    {"q": "nad"},
    {"q": "nadja"},
    {"q": "martin"},
    {"agreed": "any"},
    {"agreed": "none"},
    {"role": "relay"},
    {"joined_since": "2026-03-01"},
    {"sort": "name"},
    {"sort": "joined"},
    {"sort": "joined", "q": "a"},
    {"joined_since": "2026-03-01", "agreed": "email"},
]


def test_every_filter_and_order_is_weighed() -> None:
    """A new one says what it tells, and is asked below; places and pages tell what every reader sees."""
    assert set(TOLD_BY) == {field.name for field in fields(Asked) if field.name != "sort"} | set(Sort)
    said = {name for query in ASKED for name in query} | {f"sort={sort}" for query in ASKED if (sort := query.get("sort"))}
    assert said >= {name for name, seen in TOLD_BY.items() if seen and name not in set(Sort)} | {f"sort={sort}" for sort in Sort}


@pytest.mark.parametrize("is_organiser_elsewhere", [False, True])
@pytest.mark.parametrize("query", ASKED, ids=str)
def test_whatever_a_relay_asks_the_answer_tells_nothing_hidden(
    small_country: SmallCountry, query: dict[str, str], is_organiser_elsewhere: bool
) -> None:
    """Two lives that differ only in what a relay does not see get the same answers, page by page."""
    relay, (nadia, yann, ada) = relay_and_three(small_country)
    if is_organiser_elsewhere:
        Grant.objects.create(user=relay, role=Role.ORGANISER, area=small_country.area("02", "department"), starts_at=now(), origin="test")
        make_person(given_name="Nadège", family_name="Elsewhere", area=small_country.area("0201"))
    client = client_of(relay)

    def answers() -> list[Any]:
        first = client.get(PEOPLE, {**query, "limit": "2"}).json()
        rest = client.get(PEOPLE, {**query, "limit": "2", "after": first["next"]}).json() if first.get("next") else {}
        return [first.get("items"), first.get("is_near"), rest.get("items"), client.get(f"{PEOPLE}count/", query).json()]

    before = answers()
    for person, family, days in ((nadia, "Mzab", 900), (yann, "Maalouf", 1), (ada, "Lzz", 400)):
        person.family_name, person.confirmed_at = family, now() - timedelta(days=days)
        person.save()
    yann.user = make_granted(Role.RELAY, small_country.area("0201"))
    yann.save()
    assert answers() == before
