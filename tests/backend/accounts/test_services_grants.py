from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from maillage.accounts import selectors, services
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.journal.models import Entry
from maillage.territories.models import Area
from tests.backend.accounts.factories import make_granted, make_user
from tests.backend.territories.factories import SmallCountry

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_a_role_begins_now_and_reaches_its_area(small_country: SmallCountry) -> None:
    user, seat = make_user(), small_country.area("0101")
    grant = services.grant_role(user=user, role=Role.RELAY, area=seat, origin="term:1", now=NOW)
    assert grant.starts_at == NOW
    assert grant.ends_at is None
    assert selectors.is_reached(user, roles=[Role.RELAY], area_id=seat.pk, now=NOW)
    assert not selectors.is_reached(user, roles=[Role.RELAY], area_id=seat.pk, now=NOW - timedelta(seconds=1))
    assert not selectors.is_reached(user, roles=[Role.ORGANISER], area_id=seat.pk, now=NOW)
    assert Entry.objects.get(name="role.granted").data["role"] == "relay"


def test_the_same_origin_twice_is_one_grant_and_one_fact(small_country: SmallCountry) -> None:
    user, seat = make_user(), small_country.area("0101")
    for _ in range(2):
        services.grant_role(user=user, role=Role.RELAY, area=seat, origin="term:1", now=NOW)
    assert Grant.objects.count() == 1
    assert Entry.objects.filter(name="role.granted").count() == 1


def test_a_term_that_ends_ends_its_roles_alone(small_country: SmallCountry) -> None:
    user, seat = make_user(), small_country.area("0101")
    services.grant_role(user=user, role=Role.RELAY, area=seat, origin="term:1", now=NOW)
    services.grant_role(user=user, role=Role.STAND_IN, area=small_country.area("0102"), origin="term:2", now=NOW)
    later = NOW + timedelta(days=1)
    assert services.end_grants(origin="term:1", now=later) == 1
    assert services.end_grants(origin="term:1", now=later) == 0
    assert [grant.role for grant in selectors.running_grants(user, now=later)] == ["stand_in"]
    assert Entry.objects.filter(name="role.ended").count() == 1


def test_a_role_that_ended_is_opened_again(small_country: SmallCountry) -> None:
    user, seat = make_user(), small_country.area("0101")
    grant = services.grant_role(user=user, role=Role.RELAY, area=seat, origin="term:1", now=NOW)
    services.end_grant(grant_id=grant.pk, now=NOW + timedelta(days=1))
    again = services.grant_role(user=user, role=Role.RELAY, area=seat, origin="term:1", now=NOW + timedelta(days=2))
    assert again.pk == grant.pk
    assert again.is_running(NOW + timedelta(days=3))


def test_a_department_reaches_its_seats_and_nothing_beside(small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.area("01", "department"), since=NOW)
    reached = selectors.areas_reached(organiser, roles=[Role.ORGANISER], now=NOW)
    assert {area.code for area in reached.filter(kind__bears_seats=True)} == {"0101", "0102", "0103", "0104"}
    assert reached.filter(kind__code="department").get().code == "01"


def test_each_row_is_looked_up_by_itself_and_no_country_is_read(small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.area("01", "department"), since=NOW)
    reached = selectors.reaches(organiser, roles=[Role.ORGANISER], area="pk", now=NOW)
    seats = Area.objects.filter(kind__bears_seats=True)
    expected = {"0101", "0102", "0103", "0104"}
    assert set(seats.filter(reached).values_list("code", flat=True)) == expected
    assert set(seats.exclude(reached).values_list("code", flat=True)).isdisjoint(expected)
    assert {code for code, is_reached in seats.annotate(is_reached=reached).values_list("code", "is_reached") if is_reached} == expected
    assert not seats.filter(selectors.reaches(AnonymousUser(), roles=[Role.ORGANISER], area="pk", now=NOW)).exists()
    assert "hashed" not in seats.annotate(is_reached=reached).filter(Q(is_reached=True) | Q(code="0201")).explain()


def test_a_split_commune_is_below_none_of_its_seats(small_country: SmallCountry) -> None:
    relay = make_granted(Role.RELAY, small_country.area("0101"), since=NOW)
    valbrune = small_country.area("01001", "commune")
    assert not selectors.is_reached(relay, roles=[Role.RELAY], area_id=valbrune.pk, now=NOW)


def test_organisers_above_come_nearest_first_each_once(small_country: SmallCountry) -> None:
    national = make_granted(Role.ORGANISER, small_country.country, email="nation@people.example", since=NOW)
    local = make_granted(Role.ORGANISER, small_country.area("0101"), email="seat@people.example", since=NOW)
    department = make_granted(Role.ORGANISER, small_country.area("01", "department"), email="department@people.example", since=NOW)
    make_granted(Role.ORGANISER, small_country.area("02", "department"), email="elsewhere@people.example", since=NOW)
    make_granted(Role.RELAY, small_country.area("0101"), email="relay@people.example", since=NOW)
    services.grant_role(user=local, role=Role.ORGANISER, area=small_country.country, origin="appointed:again", now=NOW)
    assert list(selectors.organisers_above(small_country.area("0101"), now=NOW)) == [local, department, national]
