"""All that is held on one office holder, as the file that they may ask for: nobody who wrote is named in it."""

from typing import Any
from uuid import UUID

from maillage.advocacy.domain.positions import said_why
from maillage.advocacy.models import Contact, Mandate, Office, OfficeHolder, Position, StaffMember
from maillage.advocacy.selectors.contacts import steps_of
from maillage.advocacy.selectors.positions import disputes_of
from maillage.advocacy.selectors.subjects import titled
from maillage.advocacy.selectors.votes import votes_of
from maillage.territories.models import called

HOLDER = ("source", "external_id", "civility", "given_name", "family_name", "office_email", "profile_url")
DISPUTE = ("position_id", "reason", "opened_at", "outcome", "words", "settled_at")


def held_on(holder_id: UUID) -> dict[str, Any]:
    """Say all of it, to be read: who they are, where they sat and in which offices, who works for them, how they voted, what they said,
    what was disputed and undone. A mandate of which no list says since when it runs has no first day.
    """
    mandates = Mandate.objects.filter(holder_id=holder_id).order_by("begins_on", "pk")
    offices = Office.objects.filter(holder_id=holder_id).order_by("begins_on", "pk")
    staff = StaffMember.objects.filter(mandate__holder_id=holder_id).order_by("noted_at", "pk")
    positions = list(
        Position.objects.filter(holder_id=holder_id)
        .order_by("said_on", "recorded_at", "id")
        .values(
            *("id", "stance", "known_by", "source_url", "said_on", "quote", "contact_id", "recorded_at", "undone_at", "undone_why"),
            about=titled("subject_id"),
            place=called("area"),
        )
    )
    disputes: dict[UUID, list[dict[str, Any]]] = {}
    for dispute in disputes_of([position["id"] for position in positions]).values(*DISPUTE):
        disputes.setdefault(dispute.pop("position_id"), []).append({**dispute, "words": said_why(dispute["words"])})
    contacts = list(
        Contact.objects.filter(holder_id=holder_id)
        .order_by("latest_on", "id")
        .values(
            *("id", "initiative", "kind", "decision", "readable_by", "logged_at", "corrected_at", "counts_on"),
            about=titled("subject_id"),
            place=called("area"),
        )
    )
    steps = steps_of([contact["id"] for contact in contacts])
    return {
        "office_holder": OfficeHolder.objects.values(*HOLDER).get(pk=holder_id),
        "mandates": [
            {
                "body": mandate["body"],
                "begins_on": mandate["begins_on"] if mandate["is_begin_known"] else None,
                "ends_on": mandate["ends_on"],
                "group__name": mandate["group__name"],
                "place": mandate["place"],
            }
            for mandate in mandates.values("body", "begins_on", "is_begin_known", "ends_on", "group__name", place=called("area"))
        ],
        "offices": list(offices.values("body", "title", "organ", "begins_on", "ends_on")),
        "staff": list(staff.values("name", "role", "office_email", "noted_at")),
        "votes": votes_of(holder_id),
        "positions": [
            {**position, "undone_why": said_why(position["undone_why"]), "disputes": disputes.get(position["id"], [])}
            for position in positions
        ],
        "contacts": [
            {**contact, "steps": [{name: step[name] for name in ("kind", "on", "words")} for step in steps.get(contact["id"], [])]}
            for contact in contacts
        ],
    }
