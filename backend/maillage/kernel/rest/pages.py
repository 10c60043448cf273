"""Keyset pages: `?after=<cursor>&limit=` answers `{items, next}`, at the same cost on any page (decision 17)."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any

import orjson
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid

LIMIT_DEFAULT = 50
LIMIT_MOST = 200
_SEAL = 9  # bytes: enough that nobody makes a cursor that the database chokes on


def read_limit(raw: str | None) -> int:
    """Read `limit`, 1 to 200, 50 when absent. Raises: Invalid."""
    if raw is None:
        return LIMIT_DEFAULT
    if not raw.isascii() or not raw.isdecimal() or len(raw) > len(str(LIMIT_MOST)) or not 1 <= int(raw) <= LIMIT_MOST:
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
    """Cut one page from rows in the order of `keys`, never null, the last of which is unique; `-key` for the largest first.

    `rows` yields dicts that hold every key. Returns `{"items": [...], "next": cursor or None}`.
    Raises: Invalid when the cursor was not made here, for this list in this order.
    """
    order = f"{rows.model._meta.label}:{','.join(keys)}"
    if after:
        rows = rows.filter(_beyond(keys, _read_cursor(after, order=order)))
    found = list(rows.order_by(*keys)[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    items = [shape(row) for row in found[:limit]]
    return {"items": items, "next": _write_cursor([last[key.removeprefix("-")] for key in keys], order=order) if last else None}


def _beyond(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Say (a, b) > (x, y) as a > x or (a = x and b > y), with the leading bound that lets an index serve it."""
    condition = Q()
    names = [key.removeprefix("-") for key in keys]
    later = ["lt" if key.startswith("-") else "gt" for key in keys]
    for depth, name in enumerate(names):
        same = dict(zip(names[:depth], values, strict=False))
        condition |= Q(**same, **{f"{name}__{later[depth]}": values[depth]})
    return Q(**{f"{names[0]}__{later[0]}e": values[0]}) & condition


def _write_cursor(values: Sequence[Any], *, order: str) -> str:
    payload = orjson.dumps(list(values), default=str)
    return base64.urlsafe_b64encode(_seal(payload, order) + payload).decode().rstrip("=")


def _read_cursor(cursor: str, *, order: str) -> list[Any]:
    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (binascii.Error, ValueError):
        sealed = b""
    payload = sealed[_SEAL:]
    if not constant_time_compare(sealed[:_SEAL], _seal(payload, order)):
        raise Invalid(_("This page's address is broken. Start again from the first page."), code="bad_cursor")
    values: list[Any] = orjson.loads(payload)
    return values


def _seal(payload: bytes, order: str) -> bytes:
    return salted_hmac(f"maillage.kernel.rest.pages:{order}", payload, algorithm="sha256").digest()[:_SEAL]
