"""Keyset pages: `?after=<cursor>&limit=` answers `{items, next}`, at the same cost on any page (decision 17)."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any

import orjson
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid

LIMIT_DEFAULT = 50
LIMIT_MOST = 200


def read_limit(raw: str | None) -> int:
    """Read `limit`, 1 to 200, 50 when absent. Raises: Invalid."""
    if raw is None:
        return LIMIT_DEFAULT
    if not raw.isascii() or not raw.isdecimal() or not 1 <= int(raw[:6]) <= LIMIT_MOST:
        raise Invalid(_("A page holds 1 to 200 lines."), code="bad_limit", fields={"limit": [_("Give a whole number from 1 to 200.")]})
    return int(raw)


def keyset_page(
    rows: QuerySet[Any, dict[str, Any]],
    *,
    keys: Sequence[str],
    after: str | None,
    limit: int,
    shape: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> dict[str, Any]:
    """Cut one page from rows in the ascending order of `keys`, the last of which is unique.

    `rows` yields dicts that hold every key. Returns `{"items": [...], "next": cursor or None}`.
    Raises: Invalid when the cursor was not made here.
    """
    if after:
        rows = rows.filter(_beyond(keys, _read_cursor(after, len(keys))))
    found = list(rows.order_by(*keys)[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return {"items": [shape(row) for row in found[:limit]], "next": _write_cursor([last[key] for key in keys]) if last else None}


def _beyond(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Say (a, b) > (x, y) as a > x or (a = x and b > y), with the leading bound that lets an index serve it."""
    condition = Q()
    for depth in range(len(keys)):
        same = dict(zip(keys[:depth], values, strict=False))
        condition |= Q(**same, **{f"{keys[depth]}__gt": values[depth]})
    return Q(**{f"{keys[0]}__gte": values[0]}) & condition


def _write_cursor(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(list(values), default=str)).decode().rstrip("=")


def _read_cursor(cursor: str, length: int) -> list[Any]:
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != length or not all(isinstance(value, str | int | float) for value in values):
        raise Invalid(_("This page's address is broken. Start again from the first page."), code="bad_cursor")
    return values
