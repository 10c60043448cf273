"""A small invented country for everyone's tests: `make_small_country()`.

Petit-Pays (XM), drawn for these tests in `tests/backend/fixtures/small_country/`: three departments and eleven drawn
seats (0101 to 0104, 0201 to 0205, 0301 and 0302), and one seat abroad without shape (9901: Canada, Japan, United
States). 0204 is an enclave in 0203; 0205 is an islet; 0202 has a mainland and an island; 0301 and 0302 lie overseas
(department 03, another time zone). The commune 01001 Valbrune lies in 0101, 0102, 0103 and 0104.
"""

import csv
import pickle
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.kernel.text import fold
from maillage.territories.domain import bare_code, read_profile
from maillage.territories.models import Area, AreaAlias, AreaClosure, AreaKind

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "small_country"
SEAT_KIND = read_profile(FIXTURES / "xm.toml").seat_kind


@dataclass(frozen=True)
class SmallCountry:
    """The invented country and its areas, by code."""

    country: Area
    areas: dict[tuple[str, str], Area]

    def area(self, code: str, kind: str = "constituency") -> Area:
        """Give the area of this code: a seat, else `department`, `region`, `commune`, `country_abroad`, `postal_code`."""
        return self.areas[kind, code]

    @property
    def seats(self) -> list[Area]:
        """The 12 areas that bear a seat, in the order of their codes."""
        return [area for (kind, _), area in sorted(self.areas.items()) if kind == "constituency"]


def make_small_country() -> SmallCountry:
    """Write Petit-Pays into the database: kinds, areas, aliases and what lies in what; no pictures.

    Two thirds of the tests want it: a process draws it up once, and writes the same statements again.
    """
    if AreaKind.objects.filter(country="XM").exists():
        return _write_small_country()
    if _ONCE:
        statements, country = _ONCE[0]
        with connection.cursor() as cursor:
            cursor.execute(statements)
        again: SmallCountry = pickle.loads(country)
        return again
    with CaptureQueriesContext(connection) as done:
        first = _write_small_country()
    written = [query["sql"] for query in done.captured_queries if query["sql"].startswith("INSERT")]
    _ONCE.append(("; ".join(written), pickle.dumps(first)))
    return first


_ONCE: list[tuple[str, bytes]] = []
"""The statements that write the invented country, and what they wrote."""


def _write_small_country() -> SmallCountry:
    new = enumerate(LEVELS.items(), start=FIRST_KIND)
    AreaKind.objects.bulk_create(
        [
            AreaKind(pk=pk, country="XM", code=code, level=level, bears_seats=code == "constituency", name={"fr": code, "en": code})
            for pk, (code, level) in new
        ],
        ignore_conflicts=True,
    )
    kinds = {kind.code: kind for kind in AreaKind.objects.filter(country="XM")}
    areas: dict[tuple[str, str], Area] = {}

    def add(kind: str, code: str, name: str, parent: Area | None, **fields: object) -> Area:
        if (kind, code) not in areas:
            fields.setdefault("time_zone", parent.time_zone if parent else "Europe/Paris")
            areas[kind, code] = Area(kind=kinds[kind], country="XM", code=code, name=name, folded_name=fold(name), parent=parent, **fields)
        return areas[kind, code]

    country = add("country", "XM", "Petit-Pays", None)
    inside: list[tuple[Area, Area, bool]] = []
    for row in _rows("constituencies.csv"):
        zone = {"03": "America/Guadeloupe", "99": "America/Toronto"}.get(row["dept_code"], "Europe/Paris")
        region = add("region", row["region_code"], row["region_name"], country, time_zone=zone) if row["region_code"] else country
        department = add("department", row["dept_code"], row["dept_name"], region, time_zone=zone)
        add(
            "constituency",
            row["code"],
            row["name"],
            department,
            cut="xm-2020",
            number=int(row["number"]),
            names=SEAT_KIND.names_of_number(int(row["number"]), parent_name=department.name, name=row["name"]),
            population=int(row["population"] or 0) or None,
            has_shape=row["dept_code"] != "99",
            time_zones=["America/Toronto", "Asia/Tokyo"] if row["dept_code"] == "99" else [],
        )
    for row in _rows("communes.csv"):
        commune = add("commune", row["code"], row["name"], areas["department", row["department"]], population=int(row["population"]))
        seats = row["constituencies"].split("|")
        inside += [(areas["constituency", seat], commune, len(seats) == 1) for seat in seats]
    for row in _rows("countries_abroad.csv"):
        abroad = add("country_abroad", row["country_code"], row["country_name"], areas["department", "99"])
        inside.append((areas["constituency", row["constituency_code"]], abroad, True))
    Area.objects.bulk_create(areas.values())
    AreaAlias.objects.bulk_create(
        AreaAlias(area=areas["constituency", row["code"]], scheme=scheme, code=row[f"code_{scheme}"], bare=bare_code(row[f"code_{scheme}"]))
        for row in _rows("constituencies.csv")
        for scheme in ("assembly", "ministry")
    )
    closure = {(upper.id, lower.id): whole for upper, lower, whole in inside}
    for area in areas.values():
        above: Area | None = area
        while above:
            closure[above.id, area.id] = True
            above = above.parent
    seats = {area.id for (kind, _code), area in areas.items() if kind == "constituency"}
    AreaClosure.objects.bulk_create(
        AreaClosure(ancestor_id=a, descendant_id=d, whole=whole, to_seat=d in seats) for (a, d), whole in closure.items()
    )
    return SmallCountry(country=country, areas=areas)


FIRST_KIND = 1_000_000
"""Keys of its kinds, of their own: the statements that write areas name them."""

LEVELS = {"country": 0, "region": 1, "department": 2, "constituency": 3, "commune": 4, "country_abroad": 4}


def _rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(newline="") as file:
        return list(csv.DictReader(file))
