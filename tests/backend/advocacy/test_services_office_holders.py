from datetime import date
from typing import Any

import pytest

from maillage.advocacy import selectors, services
from maillage.advocacy.domain import Group, Line, Loaded
from maillage.advocacy.gateways import read_senators
from maillage.advocacy.models import Mandate, OfficeHolder, PoliticalGroup
from maillage.kernel.errors import Invalid, NotFound
from tests.backend.advocacy.factories import GREENS, line
from tests.backend.territories.factories import SmallCountry, make_small_country

TODAY = date(2026, 11, 22)


@pytest.fixture
def country(db: None) -> SmallCountry:
    return make_small_country()


def load(*lines: Line, **changes: Any) -> Loaded:
    return services.load_office_holders(lines=lines, today=TODAY, body="xm", country="XM", **changes)


def test_loading_twice_changes_nothing(country: SmallCountry, django_assert_max_num_queries):
    lines = [line(1, "0101"), line(2, "0102", group=None, office_email="")]
    assert load(*lines) == Loaded(holders=2, mandates_opened=2, mandates_closed=0, unknown_codes=(), empty_seats=10)
    before = list(Mandate.objects.values_list("pk", "ends_on"))
    with django_assert_max_num_queries(16):
        again = load(*lines)
    assert (again.mandates_opened, again.mandates_closed) == (0, 0)
    assert list(Mandate.objects.values_list("pk", "ends_on")) == before
    card = selectors.sitting_for(country.area("0101").pk)
    assert card is not None
    assert (card.full_name, card.group_colour, card.office_email) == ("Odile Pradelle 1", "#118833", "odile1@chambre.example")
    other = selectors.sitting_for(country.area("0102").pk)
    assert other is not None
    assert (other.group_name, other.office_email) == ("", "")


def test_any_spelling_of_a_seat_is_read(country: SmallCountry):
    alias = country.area("0203").aliases.get(scheme="assembly").code
    assert alias != "0203"
    assert load(line(1, alias)).mandates_opened == 1
    assert selectors.sitting_for(country.area("0203").pk) is not None


def test_a_successor_closes_the_mandate_before_theirs(country: SmallCountry):
    load(line(1, "0101"))
    loaded = load(line(2, "0101", begins_on=date(2026, 3, 1)))
    assert (loaded.mandates_opened, loaded.mandates_closed) == (1, 1)
    assert Mandate.objects.get(holder__external_id="XM1").ends_on == date(2026, 2, 28)
    assert selectors.sitting_for(country.area("0101").pk).family_name == "Pradelle 2"


@pytest.mark.parametrize(("begins_on", "is_same"), [(date(2024, 7, 1), True), (date(2024, 7, 18), True), (date(2025, 1, 19), False)])
def test_a_list_that_dates_a_mandate_otherwise_moves_it(country: SmallCountry, begins_on: date, is_same: bool):
    load(line(1, "0101"))
    (kept,) = Mandate.objects.values_list("pk", flat=True)
    loaded = load(line(1, "0101", begins_on=begins_on))
    assert (loaded.mandates_opened, loaded.mandates_closed) == ((0, 0) if is_same else (1, 1)), "half a year later there was an election"
    runs = Mandate.objects.get(ends_on=None)
    assert (runs.pk == kept, runs.begins_on) == (is_same, begins_on)


def test_two_mandates_of_one_list_stay_two(country: SmallCountry):
    load(line(1, "0101"))
    lines = [line(1, "0101", ends_on=date(2024, 7, 9)), line(1, "0101", begins_on=date(2024, 7, 20))]
    assert load(*lines).mandates_opened == 1
    assert load(*lines).mandates_opened == 0
    assert [*Mandate.objects.order_by("begins_on").values_list("begins_on", "ends_on")] == [
        (date(2024, 7, 7), date(2024, 7, 9)),
        (date(2024, 7, 20), None),
    ]


def test_a_seat_that_the_list_holds_no_more_is_empty_from_today(country: SmallCountry):
    load(line(1, "0101"), line(2, "0102"))
    assert load(line(2, "0102")).mandates_closed == 1
    assert Mandate.objects.get(holder__external_id="XM1").ends_on == TODAY
    assert selectors.sitting_for(country.area("0101").pk) is None
    with pytest.raises(NotFound):
        selectors.card(OfficeHolder.objects.get(external_id="XM1").pk)


def test_a_line_with_an_end_is_history(country: SmallCountry):
    load(line(1, "0101", ends_on=date(2025, 1, 1)), line(2, "0101", begins_on=date(2025, 1, 19)))
    assert Mandate.objects.count() == 2
    assert selectors.sitting_for(country.area("0101").pk).family_name == "Pradelle 2"


def test_a_poorer_list_keeps_what_a_richer_one_said(country: SmallCountry):
    load(line(1, "0101"))
    bare = Group(code=GREENS.code, abbreviation=GREENS.abbreviation, name=GREENS.name)
    load(line(1, "0101", group=bare, office_email="", profile_url=""))
    holder = OfficeHolder.objects.get()
    assert (holder.office_email, holder.profile_url) == ("odile1@chambre.example", "https://chambre.example/1")
    assert PoliticalGroup.objects.get().colour == "#118833"


def test_unknown_seats_are_said(country: SmallCountry):
    assert load(line(1, "0101"), line(2, "7777")).unknown_codes == ("7777",)
    with pytest.raises(Invalid) as refused:
        load(line(1, "7777"))
    assert refused.value.code == "no_seat_known"


def test_two_in_one_seat_is_no_list(country: SmallCountry):
    with pytest.raises(Invalid) as refused:
        load(line(1, "0101"), line(2, "0101"))
    assert refused.value.code == "bad_list"
    assert not OfficeHolder.objects.exists()


def test_several_sit_for_one_department_since_a_day_that_no_list_says(country: SmallCountry):
    senators = [line(number, "01", seat=f"XM{number}", begins_on=None) for number in (1, 2)]
    loaded = load(*senators, kind="department")
    assert (loaded.mandates_opened, loaded.unknown_codes) == (2, ())
    assert (
        services.load_office_holders(lines=senators, today=date(2026, 12, 1), body="xm", country="XM", kind="department").mandates_opened
        == 0
    )
    assert set(Mandate.objects.values_list("begins_on", "is_begin_known", "ends_on")) == {(TODAY, False, None)}
    department = country.area("01", "department").pk
    assert selectors.sitting_for(department) is None, "none of them sits there alone"
    assert load(senators[0], kind="department").mandates_closed == 1
    known = load(line(1, "01", seat="XM1"), kind="department")
    assert (known.mandates_opened, known.mandates_closed) == (0, 0)
    assert Mandate.objects.filter(ends_on=None).values_list("begins_on", "is_begin_known").get() == (date(2024, 7, 7), True)


def test_senators_of_the_package_sit_for_departments():
    senators = read_senators()
    assert len(senators) == len({one.seat for one in senators}) == 348
    first = senators[0]
    assert (first.family_name, first.area_code, first.begins_on, first.office_email) == (
        "Aeschlimann",
        "92",
        None,
        "md.aeschlimann@senat.fr",
    )
    assert first.group == Group("LES RÉPUBLICAINS", "Les Républicains", "Les Républicains")
    assert {one.group.abbreviation for one in senators if one.group} >= {"SER", "RDSE", "UC"}
