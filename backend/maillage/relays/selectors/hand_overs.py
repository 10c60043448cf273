"""Hand-overs, narrowed to what the actor may see."""

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.models import HandOver, SeatNote


def hand_overs_seen(user: Actor, *, now: datetime) -> QuerySet[HandOver]:
    """The hand-overs that a user may see, with `organised`, `own` and `notes`: of the seats that they organise, and of their own terms.

    `notes` counts what the holder wrote about the seat.
    """
    if not user.pk:
        return HandOver.objects.none()
    organised = accounts.reaches(user, roles=[Role.ORGANISER], area="term__seat__area_id", now=now)
    own = Case(When(term__person__user_id=user.pk, then=Value(True)), default=Value(False), output_field=BooleanField())
    return (
        HandOver.objects.annotate(organised=organised, own=own, notes=_notes())
        .filter(Q(organised=True) | Q(own=True))
        .select_related("term__seat__area", "term__person", "successor", "settled_by__person")
    )


def hand_over_seen(user: Actor, hand_over_id: UUID, *, now: datetime) -> HandOver:
    """One hand-over that a user may see. Raises: NotFound."""
    found = hand_overs_seen(user, now=now).filter(pk=hand_over_id).first()
    if found is None:
        raise NotFound(code="hand_over_unknown")
    return found


def under_way_for(user: Actor, *, now: datetime) -> list[HandOver]:
    """The hand-overs under way that wait for a user as an organiser, the nearest day first. One query."""
    seen = hand_overs_seen(user, now=now).filter(Q(organised=True), status=HandOverStatus.BEGUN)
    return list(seen.order_by("ends_on", "pk"))


def under_way_of(term_id: UUID) -> HandOver | None:
    """The hand-over of a term that is under way, if it has one."""
    return HandOver.objects.filter(term_id=term_id, status=HandOverStatus.BEGUN).first()


def notes_of(*, seat_id: UUID, person_id: UUID) -> int:
    """How many notes somebody keeps of a seat that they hold."""
    return SeatNote.objects.filter(seat_id=seat_id, author_id=person_id, handed_at__isnull=True).count()


def _notes() -> Coalesce:
    written = SeatNote.objects.filter(seat_id=OuterRef("term__seat_id"), author_id=OuterRef("term__person_id"))
    counted = written.order_by().values("seat_id").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)
