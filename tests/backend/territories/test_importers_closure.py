"""Who lies in whom, derived from tables alone."""

import pytest

from maillage.territories.domain import profile_of
from maillage.territories.services.importers.harvest import Harvest, Key
from maillage.territories.services.importers.writing import closure_of

SEATS = [
    {"dept_code": "69", "dept_name": "Rhône", "region_code": "84", "region_name": "Auvergne-Rhône-Alpes", "number": number}
    | {"code": f"690{number}", "name": f"Rhône - {number}", "has_polygon": "1"}
    for number in "1234"
]


def commune(code: str, seats: str, *, kind: str = "commune") -> dict[str, str]:
    return {"insee_code": code, "kind": kind, "name": code, "dept_code": "69", "constituencies": seats}


def closure(*rows: dict[str, str]) -> dict[tuple[Key, Key], bool]:
    """Derive the closure from tables of these communes and of the Rhône's seats, read by the rules of France."""
    profile = profile_of("FR")
    assert profile
    tables = {table.name: table.origins[0].areas for table in profile.tables}
    harvest = Harvest(profile=profile)
    harvest.add_rows(SEATS, tables["seats"])
    harvest.add_rows(list(rows), tables["communes"])
    harvest.settle()
    return closure_of(harvest)


def seats_of(*rows: dict[str, str], place: Key) -> dict[str, bool]:
    """Give the seats that a place lies in, and whether wholly."""
    links = closure(*rows).items()
    return {ancestor[1]: whole for (ancestor, lower), whole in links if lower == place and ancestor[0] == "constituency"}


LYON = commune("69123", "6901|6902|6903|6904")


@pytest.mark.parametrize(
    ("named", "seats"),
    [("6901|6902", {"6901": False, "6902": False}), ("6904", {"6904": True})],
)
def test_an_arrondissement_lies_in_the_seats_that_it_touches_not_in_all_of_its_commune(named: str, seats: dict[str, bool]) -> None:
    district = commune("69381", named, kind="arrondissement_municipal")
    assert seats_of(LYON, district, place=("arrondissement", "69381")) == seats
    assert sorted(seats_of(LYON, district, place=("commune", "69123"))) == ["6901", "6902", "6903", "6904"]


def test_an_arrondissement_that_no_table_places_may_lie_in_any_seat_of_its_commune() -> None:
    district = commune("69381", "", kind="arrondissement_municipal")
    assert seats_of(LYON, district, place=("arrondissement", "69381")) == dict.fromkeys(("6901", "6902", "6903", "6904"), False)


def test_the_places_above_are_the_same() -> None:
    links = closure(LYON, commune("69381", "6901|6902", kind="arrondissement_municipal")).items()
    above = {ancestor: whole for (ancestor, lower), whole in links if lower == ("arrondissement", "69381")}
    for place in (("commune", "69123"), ("department", "69"), ("region", "84"), ("country", "FR")):
        assert above[place], f"it lies wholly in {place}"
