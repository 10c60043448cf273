"""What is still known of seats in the past: terms, their pauses, applications, and the calls promised to who was erased since."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Greatest

from maillage.insights.domain.coverage import PastApplication, PastSeat, PastTerm
from maillage.journal.models import Entry
from maillage.people.models import Promise
from maillage.relays.domain import ApplicationStatus, TermKind
from maillage.relays.models import Application, Seat, Term

LEFT_OUT = (ApplicationStatus.UNCONFIRMED, ApplicationStatus.HELD)


def past_seats(network_id: UUID) -> dict[UUID, PastSeat]:
    """Return what is known of each seat of a network, by its area. Four queries."""
    seats = {area_id: PastSeat() for area_id in Seat.objects.filter(network_id=network_id).values_list("area_id", flat=True)}
    pauses = _past_pauses(network_id)
    terms = Term.objects.filter(seat__network_id=network_id).annotate(alive_at=Greatest("seen_at", "person__user__seen_at"))
    fields = ("id", "seat__area_id", "kind", "starts_at", "ends_at", "alive_at", "paused_at")
    for term_id, area_id, kind, starts_at, ends_at, alive_at, paused_at in terms.values_list(*fields):
        over = [*pauses.get(str(term_id), []), *([(paused_at, None)] if paused_at else [])]
        seats[area_id].terms.append(PastTerm(TermKind(kind), starts_at, ends_at, seen_at=alive_at, pauses=tuple(over)))
    asked = Application.objects.filter(seat__network_id=network_id).exclude(status__in=LEFT_OUT)
    for area_id, confirmed_at, decided_at in asked.values_list("seat__area_id", "confirmed_at", "decided_at"):
        if confirmed_at is not None:
            seats[area_id].applications.append(PastApplication(confirmed_at, decided_at))
    return seats


def promises_of_the_erased(network_id: UUID) -> QuerySet[Promise]:
    """Return the promises that outlived their application, since whoever was to be called has had themself erased.

    Where another network has a seat too nothing says to which they belonged: they are left out.
    """
    seats = Seat.objects.filter(network_id=network_id).exclude(area__in=Seat.objects.exclude(network_id=network_id).values("area_id"))
    alone = Promise.objects.filter(application__isnull=True, person__erased_at__isnull=False)
    return alone.filter(area__in=seats.values("area_id"))


def _past_pauses(network_id: UUID) -> dict[str, list[tuple[datetime, datetime | None]]]:
    """Read from the journal the pauses that are over, by term: a term itself says only the one that runs."""
    terms = {str(pk) for pk in Term.objects.filter(seat__network_id=network_id).values_list("pk", flat=True)}
    found: dict[str, list[tuple[datetime, datetime | None]]] = {}
    for term_id, at, data in Entry.objects.filter(name="term.resumed").values_list("subject_id", "at", "data"):
        if term_id in terms and data.get("paused_at"):
            found.setdefault(term_id, []).append((datetime.fromisoformat(data["paused_at"]), at))
    return found
