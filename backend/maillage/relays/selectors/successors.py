"""Who could take a seat over."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from maillage.people.domain import RELAY_CONTACT
from maillage.people.models import Person
from maillage.people.selectors import people_who_agreed
from maillage.relays.domain import OPEN_APPLICATION, TermKind
from maillage.relays.models import Application, Term


@dataclass(frozen=True)
class Successor:
    """The running stand-in of a seat (`term_id`), or somebody whose application waits (`application_id`)."""

    person_id: UUID
    full_name: str
    short_name: str
    """First name and initial: what a relay sees of the people of their place (decision 9)."""
    is_seen_by_relay: bool
    """Who stands in shows a first name, or who asked agreed that the relay may contact them."""
    term_id: UUID | None = None
    application_id: UUID | None = None


def successors(term: Term) -> list[Successor]:
    """Who could take this term's place: its seat's stand-in first, then who asked for the seat, the oldest first. Two queries."""
    return successors_of([term])[term.pk]


def successors_of(terms: Collection[Term]) -> dict[UUID, list[Successor]]:
    """The same of many terms, by the term. Two queries."""
    seats = {term.seat_id for term in terms}
    standing_in = Term.objects.filter(seat_id__in=seats, kind=TermKind.STAND_IN, ends_at__isnull=True).select_related("person")
    agreed = Exists(people_who_agreed(purpose=RELAY_CONTACT.purpose).filter(person=OuterRef("person_id")))
    asked = Application.objects.filter(seat_id__in=seats, status__in=OPEN_APPLICATION).select_related("person")
    found: dict[UUID, list[tuple[UUID, Successor]]] = {seat_id: [] for seat_id in seats}
    for one in standing_in:
        shown = one.person.given_name if one.person.shows_given_name else ""
        found[one.seat_id].append((one.pk, Successor(one.person_id, one.person.full_name, shown, is_seen_by_relay=True, term_id=one.pk)))
    for each in asked.annotate(agreed=agreed).order_by("confirmed_at", "pk"):
        is_seen = bool(each.agreed)
        someone = Successor(each.person_id, each.person.full_name, _short(each.person), is_seen_by_relay=is_seen, application_id=each.pk)
        if each.person_id not in {known.person_id for _id, known in found[each.seat_id]}:
            found[each.seat_id].append((each.pk, someone))
    return {
        term.pk: [
            one
            for id, one in found[term.seat_id]
            if one.person_id != term.person_id and id != term.pk and (term.kind == TermKind.RELAY or one.term_id is None)
        ]
        for term in terms
    }


def _short(person: Person) -> str:
    return f"{person.given_name} {person.family_name[:1]}." if person.family_name else person.given_name
