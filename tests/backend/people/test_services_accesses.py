"""The access log: who read something about whom, written with every reading, told to the person, kept thirteen months."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.models import Access, Person
from tests.backend.accounts.factories import LONG_SINCE, make_granted, make_user, sign_in
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.territories.factories import SmallCountry

PEOPLE = "/api/v1/people/"
MINE = "/api/v1/people/me/accesses/"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def nadia(small_country: SmallCountry) -> Person:
    """Somebody of 0101 who agreed that her relay may contact her, and who signs in."""
    return agree_to_relay(
        make_person(user=make_user("nadia@people.example"), email="nadia@people.example", area=small_country.area("0101"))
    )


@pytest.fixture
def organiser(small_country: SmallCountry) -> User:
    return _named(make_granted(Role.ORGANISER, small_country.area("01", "department")), "Inès", "Prat")


def _named(user: User, given_name: str, family_name: str) -> User:
    make_person(user=user, given_name=given_name, family_name=family_name)
    return user


def read(user: User, path: str, **query: Any) -> Any:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, user)
    answer = client.get(path, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_page_of_people_is_one_line_and_is_told_to_each_of_them(nadia: Person, organiser: User, small_country: SmallCountry) -> None:
    other = make_person(given_name="Karim", user=make_user("karim@people.example"), area=small_country.area("0101"))
    read(organiser, PEOPLE)
    line = Access.objects.get()
    assert (line.reader_id, line.role, line.reading) == (organiser.pk, Role.ORGANISER, "people.list")
    assert set(line.person_ids) == {nadia.pk, other.pk}
    for person in (nadia, other):
        (told,) = read(person.user, MINE)["items"]
        assert (told["reader"], told["role"], told["place"]) == ("Inès Prat", "organiser", small_country.area("01", "department").name)
        assert (told["reading"], told["told"]) == ("people.list", "the list of people")
        assert datetime.fromisoformat(told["at"]) == line.at


def test_a_relay_is_told_by_first_name_and_initial(nadia: Person, small_country: SmallCountry) -> None:
    relay = _named(make_granted(Role.RELAY, small_country.area("0101")), "Yann", "Kerdoncuff")
    read(relay, f"{PEOPLE}{nadia.pk}/")
    (told,) = read(nadia.user, MINE)["items"]
    assert (told["reader"], told["role"], told["reading"]) == ("Yann K.", "relay", "people.card")


def test_who_is_both_is_told_as_what_they_read_each_person(nadia: Person, small_country: SmallCountry) -> None:
    both = make_granted(Role.ORGANISER, small_country.area("02", "department"))
    Grant.objects.create(user=both, role=Role.STAND_IN, area=small_country.area("0101"), starts_at=now(), origin="appointed:tests")
    elsewhere = make_person(given_name="Yann", area=small_country.area("0203"))
    read(both, PEOPLE)
    assert {line.role: line.person_ids for line in Access.objects.all()} == {"organiser": [elsewhere.pk], "stand_in": [nadia.pk]}


def test_the_place_is_that_by_which_the_reader_reads_this_person(nadia: Person, small_country: SmallCountry) -> None:
    everywhere = make_granted(Role.ORGANISER, small_country.country)
    elsewhere = small_country.area("02", "department")
    Grant.objects.create(user=everywhere, role=Role.ORGANISER, area=elsewhere, starts_at=LONG_SINCE, origin="appointed:tests")
    read(everywhere, f"{PEOPLE}{nadia.pk}/")
    (told,) = read(nadia.user, MINE)["items"]
    assert told["place"] == small_country.country.called, "not a department in which she is not"
    Person.objects.filter(pk=nadia.pk).update(area=small_country.area("0201"))
    (told,) = read(nadia.user, MINE)["items"]
    assert told["place"] == elsewhere.called, "the smallest in which she is"


def test_who_moved_since_reads_the_widest_place_of_the_reader(nadia: Person, small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.area("01", "department"))
    near = small_country.area("0101")
    Grant.objects.create(user=organiser, role=Role.ORGANISER, area=near, starts_at=LONG_SINCE, origin="appointed:tests")
    read(organiser, f"{PEOPLE}{nadia.pk}/")
    Person.objects.filter(pk=nadia.pk).update(area=small_country.area("0203"))
    (told,) = read(nadia.user, MINE)["items"]
    assert told["place"] == small_country.area("01", "department").called


def test_nobody_read_nothing_written(nadia: Person, small_country: SmallCountry) -> None:
    read(make_granted(Role.ORGANISER, small_country.area("03", "department")), PEOPLE)
    read(make_user("member@people.example"), PEOPLE)
    assert not Access.objects.exists()


def test_what_i_read_myself_is_not_told_and_others_lines_are_not_mine(nadia: Person, organiser: User) -> None:
    read(organiser, PEOPLE)
    services.note_access(reader=nadia.user, role=Role.RELAY, reading="people.list", person_ids=[nadia.pk], now=now())
    assert len(read(nadia.user, MINE)["items"]) == 1
    assert read(organiser, MINE)["items"] == []
    assert read(make_user("nobody@people.example"), MINE) == {"items": [], "next": None}


def test_a_reader_who_is_gone_has_no_name(nadia: Person, organiser: User) -> None:
    read(organiser, PEOPLE)
    Person.objects.filter(user=organiser).delete()
    organiser.delete()
    (told,) = read(nadia.user, MINE)["items"]
    assert (told["reader"], told["place"], told["role"]) == ("", "", "organiser")


def test_pages_follow_each_other(nadia: Person, organiser: User, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for minutes in range(5):
        services.note_access(
            reader=organiser, role=Role.ORGANISER, reading="people.card", person_ids=[nadia.pk], now=NOW + timedelta(minutes=minutes)
        )
    first = read(nadia.user, MINE, limit=3)
    client = Client()
    sign_in(client, nadia.user)
    with django_assert_max_num_queries(7):  # session, user, and five
        rest = client.get(MINE, {"limit": 3, "after": first["next"]}).json()
    minutes = [datetime.fromisoformat(item["at"]).minute for item in first["items"] + rest["items"]]
    assert minutes == [4, 3, 2, 1, 0]
    assert rest["next"] is None


@pytest.mark.django_db
def test_only_what_is_registered_is_read_and_only_by_who_is_signed_in(nadia: Person) -> None:
    with pytest.raises(LookupError, match=r"people\.moon"):
        services.note_access(reader=nadia.user, role=Role.RELAY, reading="people.moon", person_ids=[nadia.pk], now=NOW)
    with pytest.raises(ValueError, match="signed in"):
        services.note_access(reader=AnonymousUser(), role=Role.RELAY, reading="people.list", person_ids=[nadia.pk], now=NOW)


def test_lines_are_neither_changed_nor_deleted(nadia: Person) -> None:
    note(nadia, NOW)
    for change in (lambda: Access.objects.update(role=Role.ADMINISTRATOR), lambda: Access.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change()
    assert Access.objects.get().role == Role.ORGANISER


def test_a_month_lies_apart_and_goes_whole_after_thirteen(nadia: Person) -> None:
    then = NOW.replace(day=3)
    services.turn_access_log(now=then)
    note(nadia, then)
    note(nadia, then + timedelta(days=20))
    note(nadia, then + timedelta(days=40))
    assert months() >= {"2026_11", "2026_12", "2027_11"}
    assert services.turn_access_log(now=then.replace(year=2027, month=12, day=31)) == []
    assert Access.objects.count() == 3
    assert services.turn_access_log(now=datetime(2028, 1, 2, tzinfo=UTC)) == ["2026_11"]
    assert [line.at.month for line in Access.objects.all()] == [12]
    assert "2029_01" in months()
    assert services.turn_access_log(now=datetime(2028, 1, 2, tzinfo=UTC)) == []


def test_a_line_of_a_month_that_nobody_opened_is_kept_found_and_goes_in_time(nadia: Person, organiser: User) -> None:
    long_ahead = NOW.replace(year=2040)
    services.note_access(reader=organiser, role=Role.ORGANISER, reading="people.card", person_ids=[nadia.pk], now=long_ahead)
    assert len(read(nadia.user, MINE)["items"]) == 1
    services.turn_access_log(now=long_ahead)
    assert Access.objects.count() == 1
    assert "2040_11" not in months()
    services.turn_access_log(now=long_ahead.replace(year=2042))
    assert not Access.objects.exists()


def note(person: Person, at: datetime) -> None:
    services.note_access(
        reader=make_user(f"{at:%Y%m%d}@people.example"), role=Role.ORGANISER, reading="people.list", person_ids=[person.pk], now=at
    )


def months() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT replace(inhrelid::regclass::text, 'people_access_', '') FROM pg_inherits WHERE inhparent = 'people_access'::regclass"
        )
        return {name for (name,) in cursor.fetchall()}
