"""When one spoke with office holders, narrowed to what the actor may see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from maillage.accounts.selectors.grants import Actor
from maillage.advocacy.models import Contact, ContactStep, Position
from maillage.advocacy.selectors.sights import contacts_seen
from maillage.advocacy.selectors.subjects import titled
from maillage.kernel.errors import NotFound
from maillage.territories.models import called

CONTACT = (
    "id",
    "holder_id",
    "holder__given_name",
    "holder__family_name",
    "area__code",
    "initiative",
    "kind",
    "subject_id",
    "decision",
    "readable_by",
    "author_id",
    "author__given_name",
    "author__family_name",
    "by_id",
    "logged_at",
    "version",
    "corrected_at",
    "counts_on",
    "latest_on",
    "organised",
)


def contact_rows(user: Actor, *, now: datetime) -> QuerySet[Contact, dict[str, Any]]:
    """Rows of the contacts that a user may see; `has_position`: one was heard there."""
    heard = Exists(Position.objects.filter(contact=OuterRef("pk")))
    rows: QuerySet[Contact, dict[str, Any]] = (
        contacts_seen(user, now=now)
        .annotate(has_position=heard)
        .values(*CONTACT, "has_position", title=titled("subject_id"), place=called("area"))
    )
    return rows


def contact_row(user: Actor, contact_id: UUID, *, now: datetime) -> dict[str, Any]:
    """One of them. Raises: NotFound."""
    found = contact_rows(user, now=now).filter(pk=contact_id).first()
    if found is None:
        raise NotFound(code="contact_unknown")
    return found


def steps_of(contact_ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """What happened at each of these contacts, day by day. One query."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    rows = ContactStep.objects.filter(contact_id__in=list(contact_ids)).order_by("on", "id")
    for row in rows.values("id", "contact_id", "kind", "on", "words", "author_id", "by_id"):
        found.setdefault(row["contact_id"], []).append(dict(row))
    return found
