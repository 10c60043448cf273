"""What the resources of a treasurer share: who reads, whose donation it is, which page is asked for."""

from collections.abc import Collection
from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.fundraising.selectors.bank import people_in
from maillage.kernel.clock import now
from maillage.kernel.rest.pages import read_limit
from maillage.people import services as people

PAGED = [OpenApiParameter("after"), OpenApiParameter("limit", int)]


class WhoseOut(serializers.Serializer[Any]):
    """Whose donation it is about; empty where it is about none."""

    donation = serializers.UUIDField(allow_null=True)
    donor = serializers.CharField()


class WordsIn(serializers.Serializer[Any]):
    """A sentence of the treasurer's."""

    words = serializers.CharField(max_length=1000)


def whose(row: dict[str, Any]) -> dict[str, Any]:
    """Write a row that speaks of a donation with the names that were declared, as `WhoseOut` has them."""
    names = f"{row['donation__donor__given_name'] or ''} {row['donation__donor__family_name'] or ''}".strip()
    shown = {name.removeprefix("donation__"): value for name, value in row.items() if not name.startswith("donation__donor__")}
    return shown | {"donation": row["donation_id"], "donor": names}


def note_read(request: Request, rows: list[dict[str, Any]], reading: str) -> None:
    """Write down whom a treasurer has read of; who gave and is nobody known here has no line."""
    named = {row["donation__donor__person_id"] for row in rows} - {None}
    people.note_access(reader=request.user, role=Role.TREASURER, reading=reading, person_ids=named, now=now())


def note_entries_read(request: Request, entry_ids: Collection[int], reading: str) -> None:
    """Write down whose donations a treasurer has read of in entries of the books."""
    people.note_access(reader=request.user, role=Role.TREASURER, reading=reading, person_ids=people_in(entry_ids), now=now())


def reader(request: Request) -> User:
    """Return who asks; the permission of the view has them signed in."""
    return cast("User", request.user)


def page_asked(request: Request) -> dict[str, Any]:
    """Return which page of a list is asked for, as `keyset_page` takes it."""
    return {"after": request.query_params.get("after"), "limit": read_limit(request.query_params.get("limit"))}


def is_asked(request: Request, name: str) -> bool:
    """Say whether something is asked for in the address, by `true`."""
    return request.query_params.get(name) == "true"
