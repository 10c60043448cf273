"""What is known of those who sit for several places: where they stand, and when one last spoke with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from maillage.advocacy.domain import ContactKind, ReadableBy
from maillage.advocacy.models import Contact, PositionState
from maillage.advocacy.selectors.contacts import steps_of
from maillage.advocacy.selectors.positions import StandingOn, standing_in, state_of
from maillage.advocacy.selectors.subjects import titled
from maillage.kernel import dates


@dataclass(frozen=True)
class PastContact:
    """One entry into communication: its day, how one spoke, about what, and the last words that were written of it."""

    on: date
    kind: ContactKind
    about: str
    words: str


def standings_in(area_ids: Collection[UUID], *, now: datetime) -> dict[UUID, list[StandingOn]]:
    """Where those who sit for these places stand on each open subject of which something holds, by place; the newest first. One query."""
    rows = (
        PositionState.objects.filter(
            holder__mandates__area_id__in=area_ids, holder__mandates__ends_on=None, subject__closed_at=None, lines__gt=0
        )
        .order_by("-subject__opened_at", "-subject_id")
        .values(
            "subject_id",
            **state_of(""),
            place_id=F("holder__mandates__area_id"),
            zone=F("holder__mandates__area__time_zone"),
            title=titled("subject_id"),
            decision=titled("subject_id", "decision"),
        )
    )
    found: dict[UUID, list[StandingOn]] = {}
    for row in map(dict[str, Any], rows):
        standing = standing_in(row, today=dates.day_in(now, row["zone"]))
        if standing.stance is not None:
            found.setdefault(row["place_id"], []).append(StandingOn(row["subject_id"], row["title"], row["decision"], standing))
    return found


def contacts_in(area_ids: Collection[UUID], *, most: int) -> dict[UUID, list[PastContact]]:
    """The last entries into communication, those that relays may read, with who sits for these places now, by place. Two queries."""
    latest = Window(RowNumber(), partition_by="area_id", order_by=["-counts_on", "-id"])
    rows = list(
        Contact.objects.filter(
            area_id__in=area_ids,
            readable_by=ReadableBy.RELAYS,
            counts_on__isnull=False,
            holder__mandates__area_id=F("area_id"),
            holder__mandates__ends_on=None,
        )
        .annotate(line=latest)
        .filter(line__lte=most)
        .order_by("area_id", "line")
        .values("id", "area_id", "kind", "counts_on", "decision", about=titled("subject_id"))
    )
    steps = steps_of([row["id"] for row in rows])
    found: dict[UUID, list[PastContact]] = {}
    for row in map(dict[str, Any], rows):
        words = [step["words"] for step in steps.get(row["id"], []) if step["words"]]
        contact = PastContact(row["counts_on"], ContactKind(row["kind"]), row["about"] or row["decision"], words[-1] if words else "")
        found.setdefault(row["area_id"], []).append(contact)
    return found
