"""The list of an assembly as CSV: one line a sitting member, in the columns of `fr_deputies_17th.csv`.

Columns: an_uid, civility, first_name, last_name, constituency_code, group_code, group_abbr, group_name, group_color,
office_email, mandate_start, mandate_end, profile_url. Others are left unread.
"""

from collections.abc import Iterator
from datetime import date

from maillage.advocacy.domain import Group, Line
from maillage.advocacy.gateways.files import table
from maillage.kernel.errors import Invalid

REQUIRED = {"an_uid", "first_name", "last_name", "constituency_code", "mandate_start"}
LIMIT_BYTES = 20_000_000


def read_assembly_csv(source: str) -> list[Line]:
    """Read a path or an http(s) URL. Raises: Invalid when it is no such list, Unavailable when it cannot be fetched."""
    return list(_lines(source))


def _lines(source: str) -> Iterator[Line]:
    for number, row in table(source, needs=REQUIRED, most_bytes=LIMIT_BYTES):
        try:
            yield _line(row)
        except ValueError as error:
            raise Invalid(f"{source}, line {number}: {error}", code="bad_list") from error


def _line(row: dict[str, str]) -> Line:
    return Line(
        external_id=row["an_uid"],
        civility=row.get("civility", ""),
        given_name=row["first_name"],
        family_name=row["last_name"],
        area_code=row["constituency_code"],
        group=_group(row),
        office_email=row.get("office_email", ""),
        begins_on=date.fromisoformat(row["mandate_start"]),
        ends_on=date.fromisoformat(row["mandate_end"]) if row.get("mandate_end") else None,
        profile_url=row.get("profile_url", ""),
    )


def _group(row: dict[str, str]) -> Group | None:
    code = row.get("group_code", "")
    if not code:
        return None
    return Group(code, row.get("group_abbr") or code, row.get("group_name") or code, row.get("group_color", ""))
