"""Who sees whom, and what of them: the API obeys the table of decision 9."""

from base64 import urlsafe_b64decode
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.domain import Channel, Seen, who_sees_what
from maillage.people.domain.sight import sight_of
from maillage.people.models import Person
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.days import in_days
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.territories.factories import SmallCountry

PEOPLE = "/api/v1/people/"


@pytest.fixture
def neighbours(small_country: SmallCountry) -> dict[str, Person]:
    """People of 0101 (one agreed to be contacted by telephone, one did not, one never confirmed) and one of 0203."""
    here, commune = small_country.area("0101"), small_country.area("01001", "commune")
    agreed = make_person(
        given_name="Élodie", family_name="Durand", email="elodie@people.example", phone="0612345678", area=here, locality=commune
    )
    return {
        "agreed": agree_to_relay(agreed, channel=Channel.PHONE),
        "silent": make_person(given_name="Karim", family_name="Benali", email="karim@people.example", area=here),
        "unproved": make_person(given_name="Zoé", family_name="Faux", email="victim@people.example", area=here, confirmed_at=None),
        "elsewhere": make_person(given_name="Yann", family_name="Kerdoncuff", area=small_country.area("0203")),
    }


def read(user: User | None, path: str = PEOPLE, **query: str) -> Any:
    client = Client()
    if user:
        sign_in(client, user)
    return client.get(path, query)


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [person["given_name"] for person in answer.json()["items"]]


def test_anonymous_is_refused(db: None) -> None:
    assert read(None).status_code == 403
    assert read(None, f"{PEOPLE}{uuid4()}/").status_code == 403


@pytest.mark.parametrize("role", [Role.TREASURER, Role.MODERATOR, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR])
def test_roles_that_see_no_people_here_see_nobody(neighbours: dict[str, Person], small_country: SmallCountry, role: Role) -> None:
    user = make_granted(role, small_country.country)
    assert names(read(user)) == []
    assert read(user, f"{PEOPLE}{neighbours['agreed'].pk}/").status_code == 404


def test_a_member_sees_nobody(neighbours: dict[str, Person]) -> None:
    assert names(read(make_user())) == []


@pytest.mark.parametrize("role", [Role.RELAY, Role.STAND_IN])
def test_a_relay_sees_here_who_agreed_and_only_what_the_table_says(
    neighbours: dict[str, Person], small_country: SmallCountry, role: Role
) -> None:
    relay = make_granted(role, small_country.area("0101"))
    (person,) = read(relay).json()["items"]
    assert person == {
        "id": str(neighbours["agreed"].pk),
        "given_name": "Élodie",
        "initial": "D",
        "family_name": None,
        "locality": {"code": "01001", "name": small_country.area("01001", "commune").name},
        "area": {"code": "0101", "name": small_country.area("0101").called},
        "joined_on": None,
        "contacts": [{"channel": "phone", "value": "0612345678", "is_verified": True, "is_chosen": True}],
    }
    assert read(relay, f"{PEOPLE}{neighbours['agreed'].pk}/").json() == {**person, "qualifications": []}
    for hidden in ("silent", "unproved", "elsewhere"):
        assert read(relay, f"{PEOPLE}{neighbours[hidden].pk}/").status_code == 404


def test_a_relay_elsewhere_sees_none_of_them(neighbours: dict[str, Person], small_country: SmallCountry) -> None:
    relay = make_granted(Role.RELAY, small_country.area("0102"))
    assert names(read(relay)) == []
    assert read(relay, f"{PEOPLE}{neighbours['agreed'].pk}/").status_code == 404


def test_a_consent_taken_back_hides_at_once(neighbours: dict[str, Person], small_country: SmallCountry) -> None:
    from maillage.people import services
    from maillage.people.domain import RELAY_CONTACT

    relay = make_granted(Role.RELAY, small_country.area("0101"))
    person = neighbours["agreed"]
    services.withdraw_consent(person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE, source="tests", now=now())
    assert names(read(relay)) == []


def test_an_organiser_sees_full_names_and_contact_points_below(neighbours: dict[str, Person], small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.area("01", "department"))
    answer = read(organiser)
    assert names(answer) == ["Karim", "Élodie"]
    elodie = answer.json()["items"][1]
    assert elodie["family_name"] == "Durand"
    assert {contact["value"] for contact in elodie["contacts"]} == {"elodie@people.example", "0612345678"}
    assert read(organiser, f"{PEOPLE}{neighbours['elsewhere'].pk}/").status_code == 404
    assert read(organiser, f"{PEOPLE}{neighbours['unproved'].pk}/").status_code == 404


def test_an_organiser_reads_on_the_card_what_somebody_has_learnt_and_a_relay_does_not(
    neighbours: dict[str, Person], small_country: SmallCountry
) -> None:
    today = in_days(0)
    services.record_qualification(
        person_id=neighbours["agreed"].pk, code="first-steps", obtained_on=today, ends_on=today, source="tests", now=now()
    )
    card = f"{PEOPLE}{neighbours['agreed'].pk}/"
    (learnt,) = read(make_granted(Role.ORGANISER, small_country.area("01", "department")), card).json()["qualifications"]
    assert (learnt["code"], learnt["obtained_on"], learnt["ends_on"]) == ("first-steps", str(today), str(today))
    assert read(make_granted(Role.RELAY, small_country.area("0101")), card).json()["qualifications"] == []


def test_the_shape_is_drawn_from_the_printed_table() -> None:
    assert sight_of(Role.RELAY) == sight_of(Role.STAND_IN)
    assert Seen.FAMILY_NAME not in sight_of(Role.RELAY)
    rows = who_sees_what([Role.RELAY, Role.ORGANISER])
    assert len(rows) == 2
    assert all(row.role and row.of_whom for row in rows)
    assert not sight_of(Role.ADMINISTRATOR)


def test_who_organises_here_and_is_relay_there_sees_each_as_such(neighbours: dict[str, Person], small_country: SmallCountry) -> None:
    user = make_granted(Role.ORGANISER, small_country.area("02", "department"))
    Grant.objects.create(user=user, role=Role.RELAY, area=small_country.area("0101"), starts_at=now(), origin="term:1")
    seen = {person["given_name"]: person["family_name"] for person in read(user).json()["items"]}
    assert seen == {"Élodie": None, "Yann": "Kerdoncuff"}


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("du", ["Élodie"]),
        ("ELO", ["Élodie"]),
        ("benali", ["Karim"]),
        ("durand elo", ["Élodie"]),
        ("Élodie Durand", ["Élodie"]),
        ("elodie ben", []),
        ("zz", []),
    ],
)
def test_search_forgives_accents_and_case(neighbours: dict[str, Person], small_country: SmallCountry, q: str, found: list[str]) -> None:
    assert names(read(make_granted(Role.ORGANISER, small_country.country), q=q)) == found


def test_a_relay_cannot_probe_family_names(neighbours: dict[str, Person], small_country: SmallCountry) -> None:
    relay = make_granted(Role.RELAY, small_country.area("0101"))
    assert names(read(relay, q="elo")) == ["Élodie"]
    assert names(read(relay, q="dur")) == []


def test_filtered_by_an_area(neighbours: dict[str, Person], small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.country)
    assert names(read(organiser, area=str(small_country.area("02", "department").pk))) == ["Yann"]
    assert names(read(organiser, area=str(uuid4()))) == []


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x"},
        {"q": "!!"},
        {"area": "0101"},
        {"after": "abc"},
        {"after": str(uuid4())},
        {"limit": "0"},
        {"limit": "1e9"},
        {"limit": "x"},
    ],
)
def test_nonsense_is_a_bad_request(small_country: SmallCountry, query: dict[str, str]) -> None:
    answer = read(make_granted(Role.ORGANISER, small_country.country), **query)
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")


def test_pages_follow_one_another_without_gap_or_name(
    small_country: SmallCountry, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(7):
        person = make_person(given_name=f"P{index}", family_name="Secret" if index % 2 else "Mystere", area=small_country.area("0101"))
        agree_to_relay(person)
    relay = make_granted(Role.RELAY, small_country.area("0101"))
    client = Client()
    sign_in(client, relay)
    seen: list[str] = []
    after = ""
    while True:
        with django_assert_max_num_queries(7):  # session, user, and five
            page = client.get(PEOPLE, {"limit": "2", **({"after": after} if after else {})}).json()
        seen += [person["id"] for person in page["items"]]
        if not (after := page["next"] or ""):
            break
        assert not any(name in urlsafe_b64decode(after).lower() for name in (b"secret", b"mystere"))
    assert len(seen) == len(set(seen)) == 7
