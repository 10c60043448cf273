"""Who read something about a person: what the access log says, told to that person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage.accounts.domain import HOLDERS
from maillage.accounts.models import Grant, User
from maillage.kernel.rest.pages import keyset_page
from maillage.people.domain import READINGS
from maillage.people.models import Access, AccessReason, Person
from maillage.people.selectors.family import family_ids, standing_id
from maillage.people.selectors.sides import record_of_user, side_of
from maillage.territories.models import AreaClosure

_FIELDS = ("id", "at", "reader_id", "role", "reading", "reason_id")


@dataclass(frozen=True)
class _Reaching:
    """What a reader holds or held; `reaches`: the person who was read is there now."""

    grant: Grant
    reaches: bool

    def level(self) -> int:
        """How small the place is."""
        return self.grant.area.kind.level


def accesses_page(user: User, *, after: str | None, limit: int) -> dict[str, Any]:
    """Return one page of who read something about the person behind a user, as `accesses_of`; empty when nobody is."""
    record_id = record_of_user(user.pk)
    return _accesses(record_id, own=user.pk, after=after, limit=limit) if record_id else {"items": [], "next": None}


def accesses_of(record_id: UUID, *, after: str | None, limit: int) -> dict[str, Any]:
    """Return one page of who read something about whoever proved a record to be theirs, the latest first: `{items, next}`.

    Readings of a record joined to theirs count; as long as the join is not settled those since alone, without the reasons
    that were typed, since they may speak of somebody else. What they read themselves is left out. An organiser is named in
    full, a relay or stand-in by first name and initial; a reader who is gone, or has not said what they are called yet, has no
    name (`is_gone` tells which). A reason that was typed is told. At most six queries where nothing was joined. Raises: Invalid (after).
    """
    own = Person.objects.filter(pk=record_id).values_list("user_id", flat=True).first()
    return _accesses(record_id, own=own, after=after, limit=limit)


def _accesses(record_id: UUID, *, own: UUID | None, after: str | None, limit: int) -> dict[str, Any]:
    side = side_of(record_id)
    read = Q(person_ids__overlap=list(side.ids))
    since = min((merge.merged_at for merge in side.unsettled), default=None)
    if since:
        read |= Q(person_ids__overlap=family_ids(standing_id(record_id)), at__gte=since)
    lines = Access.objects.filter(read)
    own_ids = {own} if own else set()
    if len(side.ids) > 1:
        own_ids |= {id for id in Person.objects.filter(pk__in=side.ids).values_list("user_id", flat=True) if id}
    if own_ids:
        lines = lines.exclude(reader_id__in=own_ids)
    rows: QuerySet[Access, dict[str, Any]] = lines.values(*_FIELDS)
    page = keyset_page(rows, keys=["-at", "-id"], after=after, limit=limit)
    names = _names(row["reader_id"] for row in page["items"])
    grants = _grants((row["reader_id"] for row in page["items"]), record_id=side.record_id)
    reasons = _reasons(row["reason_id"] for row in page["items"] if since is None or row["at"] < since)
    return {
        **page,
        "items": [
            _told(row, names.get(row["reader_id"]), grants.get(row["reader_id"], [])) | {"reason": reasons.get(row["reason_id"], "")}
            for row in page["items"]
        ],
    }


def _told(row: dict[str, Any], name: tuple[str, str] | None, grants: list[_Reaching]) -> dict[str, Any]:
    given, family = name or ("", "")
    shown = f"{given} {family[:1]}." if family and row["role"] in HOLDERS else f"{given} {family}"
    return {
        "id": row["id"],
        "at": row["at"],
        "reader": shown.strip(),
        "is_gone": name is None,
        "role": row["role"],
        "place": _place(grants, role=row["role"], at=row["at"]),
        "reading": row["reading"],
        "told": str(READINGS.get(row["reading"], "")),
    }


def _place(grants: list[_Reaching], *, role: str, at: datetime) -> str:
    """Where the reader held that role at the time; empty when nobody knows any more.

    The smallest place in which the person is now; they may have moved since, then the widest.
    """
    held = [one for one in grants if one.grant.role == role and one.grant.is_running(at)]
    if not held:
        return ""
    near = [one for one in held if one.reaches]
    one = max(near, key=_Reaching.level) if near else min(held, key=_Reaching.level)
    return one.grant.area.called


def _names(user_ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """The names of those who are still here, empty of who has not said them."""
    rows = User.objects.filter(pk__in=set(user_ids)).values_list("pk", "person__given_name", "person__family_name")
    return {user_id: (given or "", family or "") for user_id, given, family in rows}


def _reasons(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    asked = {id for id in ids if id}
    return dict(AccessReason.objects.filter(pk__in=asked).values_list("pk", "words")) if asked else {}


def _grants(user_ids: Iterable[UUID], *, record_id: UUID) -> dict[UUID, list[_Reaching]]:
    """What readers hold or held, with whether the place of a record lies there."""
    place = Person.objects.filter(pk=record_id).values("area_id")
    above = AreaClosure.objects.filter(ancestor_id=OuterRef("area_id"), descendant_id__in=place, whole=True)
    found: dict[UUID, list[_Reaching]] = {}
    grants = Grant.objects.filter(user_id__in=set(user_ids)).select_related("area__kind")
    for grant in grants.annotate(reaches=Exists(above)):
        found.setdefault(grant.user_id, []).append(_Reaching(grant, reaches=grant.reaches))  # type: ignore[attr-defined]  # annotated just above
    return found
