"""Lists as Stripe pages them: newest first, from one object on, with `has_more`."""

import json
from typing import Any

from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

MOST, USUAL = 100, 10
COMPARED = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def page(
    desk: Desk,
    kind: str,
    asked: dict[str, Any],
    *,
    url: str,
    equal: dict[str, Any] | None = None,
    times: tuple[str, ...] = ("created",),
    types: list[str] | None = None,
    hidden: str = "",
) -> dict[str, Any]:
    """Read one page. `equal` holds fields and what they must be; None is not asked for. `times` may be compared.
    `hidden` names the field that takes an object off the list.

    Raises: Refused.
    """
    limit = asked.get("limit", USUAL)
    if not 1 <= limit <= MOST:
        said = f"This value must be {'greater than or equal to 1' if limit < 1 else f'less than or equal to {MOST}'}."
        raise Refused(said, code="parameter_invalid_integer", param="limit")
    wanted = "account = ? AND kind = ?"
    values: list[str | int] = [desk.account, kind]
    for name, value in (equal or {}).items():
        if value is not None:
            wanted += f" AND json_extract(body, '$.{name}') = ?"
            values.append(value)
    if hidden:
        wanted += f" AND json_extract(body, '$.{hidden}') IS NULL"
    for name in times:
        for comparison, value in _compared(asked.get(name)):
            wanted += f" AND json_extract(body, '$.{name}') {comparison} ?" if name != "created" else f" AND created {comparison} ?"
            values.append(value)
    if types:
        wanted += f" AND ({' OR '.join(['json_extract(body, ?) GLOB ?'] * len(types))})"
        values += [value for kind in types for value in ("$.type", kind)]
    backwards = "ending_before" in asked
    for name, comparison in (("starting_after", "<"), ("ending_before", ">")):
        if name in asked:
            wanted += f" AND place {comparison} ?"
            values.append(_place(desk, kind, asked[name], name))
    rows = desk.store.rows(
        f"SELECT body FROM objects WHERE {wanted} ORDER BY place {'ASC' if backwards else 'DESC'} LIMIT ?",
        *values,
        limit + 1,
    )
    data = [json.loads(row[0]) for row in rows[:limit]]
    return {"object": "list", "url": url, "has_more": len(rows) > limit, "data": data[::-1] if backwards else data}


def _compared(value: Any) -> list[tuple[str, int]]:
    if value is None:
        return []
    return [(COMPARED[name], limit) for name, limit in value.items()] if isinstance(value, dict) else [("=", value)]


def _place(desk: Desk, kind: str, id: str, param: str) -> int:
    desk.get(kind, id, param=param)
    place: int = desk.store.rows("SELECT place FROM objects WHERE id = ?", id)[0][0]
    return place
