"""What several resources of advocacy share."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.errors import Invalid
from maillage.kernel.ids import read_uuid
from maillage.people import services as people


class SubjectNamedOut(serializers.Serializer[Any]):
    """Which subject."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class SpokenOfPlaceOut(serializers.Serializer[Any]):
    """The place for which they sat then."""

    code = serializers.CharField()
    name = serializers.CharField()


class SpokenOfOut(serializers.Serializer[Any]):
    """Which office holder."""

    id = serializers.UUIDField()
    full_name = serializers.CharField()
    area = SpokenOfPlaceOut()


def actor(request: Request) -> User:
    """Return who is signed in."""
    if not isinstance(request.user, User):
        raise TypeError("SignedIn lets nobody else through")
    return request.user


def asked_id(asked: Mapping[str, str], name: str) -> UUID | None:
    """Read an id of the query; None when it is not asked for. Raises: Invalid."""
    if not asked.get(name):
        return None
    found = read_uuid(asked[name])
    if found is None:
        raise Invalid(code="bad_id", fields={name: [_("This is not an id.")]})
    return found


def spoken_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Say of whom a row speaks in the shape of SpokenOfOut."""
    return {
        "id": row["holder_id"],
        "full_name": f"{row['holder__given_name']} {row['holder__family_name']}",
        "area": {"code": row["area__code"], "name": row["place"]},
    }


def named_author(row: Mapping[str, Any]) -> str:
    """Who wrote a row, to an organiser above; empty where they were forgotten, or are known by no name."""
    return f"{row['author__given_name'] or ''} {row['author__family_name'] or ''}".strip()


def note_authors(request: Request, reading: str, rows: Sequence[Mapping[str, Any]], *, own: Collection[UUID], at: datetime) -> None:
    """Write down that an organiser reads who wrote these rows; others are told of nobody."""
    named = {row["author_id"] for row in rows if row["organised"] and row["author_id"]} - set(own)
    people.note_access(reader=request.user, role=Role.ORGANISER, reading=reading, person_ids=named, now=at)
