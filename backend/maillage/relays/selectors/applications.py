"""Applications, narrowed to what the actor may see."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Value, When

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.kernel.ids import read_uuid
from maillage.people.models import ConsentState, ContactPoint
from maillage.relays import policies
from maillage.relays.domain import APPLICANT_CONTACT, OPEN_APPLICATION, ApplicationStatus
from maillage.relays.models import Application
from maillage.relays.selectors.finding_applications import applications_found
from maillage.relays.selectors.owed import OWED, climbed_to_reader, is_owed_by, with_owed
from maillage.territories.models import called

FIELDS = (
    "id",
    "status",
    "motivation",
    "created_at",
    "confirmed_at",
    "decided_at",
    "decision_words",
    "withdrawal_words",
    "seat_id",
    "seat__area_id",
    "seat__area__code",
    "person_id",
    "person__folded_name",
    "person__given_name",
    "person__family_name",
    "paper_id",
    "paper__number",
    "paper__entered_by_id",
    "promise_id",
    "promise__made_at",
    "promise__due_at",
    "promise__kept_at",
    "organised",
    "own",
    "is_mine",
    *OWED,
)


def applications_seen(user: Actor, *, now: datetime) -> QuerySet[Application]:
    """The applications that a user may see, with `organised` and `own`: those for seats that they organise, and their own.

    One that nobody confirmed is seen by nobody, taken back or not: whoever it names may not know of it.
    """
    if not user.pk:
        return Application.objects.none()
    organised = accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now)
    own = Q(person__user_id=user.pk)
    return (
        Application.objects.exclude(status=ApplicationStatus.UNCONFIRMED)
        .filter(confirmed_at__isnull=False)
        .annotate(organised=organised, own=_is(own))
        .filter(Q(organised=True) | Q(own=True))
    )


SORTS = {"due": ["confirmed_at", "id"], "name": ["person__folded_name", "id"], "seat": ["seat__area__code", "id"]}
"""By what a list runs: whoever waits longest, a name, a seat; the keys of a page of each."""


def application_rows(
    user: Actor,
    *,
    now: datetime,
    status: ApplicationStatus | None = None,
    is_open: bool = False,
    is_own: bool = False,
    is_climbed: bool = False,
    area: str = "",
    typed: str = "",
) -> QuerySet[Application, dict[str, Any]]:
    """The same as rows for a list, narrowed further. `area` is the code of a seat, or the id of an area that holds seats;

    `typed` is what is searched in names, seats and communes.
    """
    seen: QuerySet[Any] = with_owed(applications_seen(user, now=now), now=now).annotate(is_mine=is_owed_by(user, now=now))
    if status is not None:
        seen = seen.filter(status=status)
    if is_open:
        seen = seen.filter(status__in=OPEN_APPLICATION)
    if is_climbed:
        seen = seen.filter(climbed_to_reader())
    if is_own:
        seen = seen.filter(Q(own=True))
    if area_id := read_uuid(area):
        seen = seen.filter(seat__area__above__ancestor_id=area_id, seat__area__above__whole=True)
    elif area:
        seen = seen.filter(seat__area__code=area.upper())
    if typed:
        seen = applications_found(seen, typed)
    rows: QuerySet[Application, dict[str, Any]] = seen.values(*FIELDS, place=called("seat__area"), commune=called("person__locality"))
    return rows


def held_for(user: Actor, *, now: datetime) -> QuerySet[Application]:
    """The applications that wait for a user to look first: not those that they entered or asked for themself."""
    held = applications_seen(user, now=now).filter(Q(organised=True), status=ApplicationStatus.HELD)
    return held.exclude(paper__entered_by=user.pk).exclude(person__user=user.pk)


def organised_among(user: Actor, application_ids: Sequence[UUID], *, now: datetime) -> QuerySet[Application, UUID]:
    """The ids, among these, of applications for seats that a user organises."""
    return applications_seen(user, now=now).filter(Q(organised=True), pk__in=application_ids).values_list("pk", flat=True)


def open_applications(seat_id: UUID) -> list[dict[str, Any]]:
    """The applications for a seat that wait for an answer, the oldest first, for its organisers.

    Each: id, person_id, name, status, confirmed_at.
    """
    waiting = (
        Application.objects.filter(seat_id=seat_id, status__in=OPEN_APPLICATION).select_related("person").order_by("confirmed_at", "id")
    )
    return [
        {
            "id": one.pk,
            "person_id": one.person_id,
            "name": one.person.full_name,
            "status": one.status,
            "confirmed_at": one.confirmed_at,
        }
        for one in waiting
    ]


def application_seen(user: Actor, application_id: UUID, *, now: datetime) -> dict[str, Any]:
    """One application that a user may see, as a row. Raises: NotFound."""
    row = application_rows(user, now=now).filter(pk=application_id).first()
    if row is None:
        raise NotFound(code="application_unknown")
    return row


def abilities_of(row: Mapping[str, Any], user: Actor, *, status: str | None = None) -> dict[str, bool]:
    """What a user may do with a row of `application_rows`, or could if it had another status."""
    return policies.application_abilities(
        status=row["status"] if status is None else status,
        organises_here=row["organised"],
        is_applicant=row["own"],
        is_on_paper=row["paper_id"] is not None,
        is_entered_by_me=row["paper__entered_by_id"] is not None and row["paper__entered_by_id"] == user.pk,
    )


def open_elsewhere(application_id: UUID) -> int:
    """How many other applications for the same seat wait for an answer."""
    own = Application.objects.filter(pk=application_id)
    return Application.objects.filter(seat__in=own.values("seat_id"), status__in=OPEN_APPLICATION).exclude(pk=application_id).count()


def applicant_contacts(rows: Sequence[Mapping[str, Any]]) -> dict[UUID, list[dict[str, Any]]]:
    """Where the applicant of each row of `application_rows` is reached, by application, as `contact_points_of`. One query.

    Not on a way that they took back since they asked: nobody contacts them on it. They read all of it themselves.
    """
    refused = ConsentState.objects.filter(
        person_id=OuterRef("person_id"), channel=OuterRef("channel"), purpose=APPLICANT_CONTACT.purpose, is_given=False
    )
    points = ContactPoint.objects.filter(person_id__in=[row["person_id"] for row in rows]).order_by("-is_preferred", "id")
    by_person: dict[UUID, list[dict[str, Any]]] = {}
    for point in points.annotate(refused_at=Subquery(refused.values("changed_at"))).values(*_REACHED, "person_id", "refused_at"):
        by_person.setdefault(point["person_id"], []).append(point)
    return {
        row["id"]: [
            _reached(point)
            for point in by_person.get(row["person_id"], [])
            if row["own"] or point["refused_at"] is None or point["refused_at"] < row["created_at"]
        ]
        for row in rows
    }


def contact_points_of(person_ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Where each of these people is reached, the preferred first: channel, value, whether proved. One query."""
    found: dict[UUID, list[dict[str, Any]]] = {id: [] for id in person_ids}
    rows = ContactPoint.objects.filter(person_id__in=person_ids).order_by("-is_preferred", "id")
    for point in rows.values(*_REACHED, "person_id"):
        found[point["person_id"]].append(_reached(point))
    return found


_REACHED = ("channel", "value", "verified_at")


def _reached(point: Mapping[str, Any]) -> dict[str, Any]:
    return {"channel": point["channel"], "value": point["value"], "is_verified": point["verified_at"] is not None}


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
