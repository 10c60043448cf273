"""Lists of office holders as situations."""

from datetime import date
from typing import Any

from maillage.advocacy.domain import Group, Line

GREENS = Group(code="VER", abbreviation="Ver", name="Les Verts du pays", colour="#118833")
HEADER = (
    "an_uid,civility,first_name,last_name,constituency_code,group_code,group_abbr,group_name,group_color,"
    "office_email,mandate_start,mandate_end,profile_url"
)


def line(number: int, area_code: str, **changes: Any) -> Line:
    """The sitting member of a seat, since July 2024."""
    said: dict[str, Any] = {
        "external_id": f"XM{number}",
        "civility": "Mme",
        "given_name": "Odile",
        "family_name": f"Pradelle {number}",
        "area_code": area_code,
        "group": GREENS,
        "office_email": f"odile{number}@chambre.example",
        "begins_on": date(2024, 7, 7),
        "ends_on": None,
        "profile_url": f"https://chambre.example/{number}",
    }
    return Line(**{**said, **changes})
