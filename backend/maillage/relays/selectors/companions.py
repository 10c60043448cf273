"""Facilitators and buddies, narrowed to the two people whom each concerns, and newcomers who have nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.people.models import ContactPoint, Person
from maillage.relays.domain import NEWCOMER, OPEN_COMPANION, STANDING, CompanionKind, CompanionStatus
from maillage.relays.models import Companion, Term, Welcome
from maillage.territories.models import called

NEWCOMER_ROW = (
    "id",
    "kind",
    "starts_at",
    "seat_id",
    "seat__area__code",
    "person_id",
    "person__given_name",
    "person__family_name",
    "person__user_id",
    "facilitator",
    "buddy",
)
"""What a row of `newcomers_alone` says, beside `place`."""


@dataclass(frozen=True)
class CompanionSeen:
    """A facilitator or buddy as one of the two sees it. `other` and `contact` are None until both said yes."""

    companion: Companion
    is_newcomer: bool

    @property
    def other(self) -> Person | None:
        """Who is on the other side, once both said yes."""
        if self.companion.status != CompanionStatus.RUNNING:
            return None
        return self.companion.person if self.is_newcomer else self.companion.term.person

    @property
    def contact(self) -> ContactPoint | None:
        """Where the other side is reached, as they chose, once both said yes."""
        if self.companion.status != CompanionStatus.RUNNING:
            return None
        if not self.is_newcomer:
            return self.companion.newcomer_contact
        welcome: Welcome | None = getattr(self.companion.person, "welcome", None)
        return welcome.contact if welcome and welcome.ended_at is None else None


def companions_of(user: Actor) -> list[CompanionSeen]:
    """What is open between a user and their companions, or their newcomers, in the order of the offers. One query.

    Whoever is offered as a companion learns of it when the newcomer said yes.
    """
    if not user.pk:
        return []
    mine = Q(term__person__user_id=user.pk)
    asked_of_me = Q(person__user_id=user.pk) & ~Q(status=CompanionStatus.OFFERED)
    open_ones = _whole().filter(mine | asked_of_me, term__ends_at=None, status__in=OPEN_COMPANION).order_by("offered_at", "pk")
    return [CompanionSeen(each, is_newcomer=each.term.person.user_id == user.pk) for each in open_ones]


def companion_seen(user: Actor, companion_id: UUID) -> CompanionSeen:
    """One of them, open or not. Raises: NotFound, for everybody else too."""
    found = _whole().filter(pk=companion_id, term__ends_at=None).first() if user.pk else None
    if found is not None and found.term.person.user_id == user.pk:
        return CompanionSeen(found, is_newcomer=True)
    if found is None or found.person.user_id != user.pk or found.asked_at is None:
        raise NotFound(code="companion_unknown")
    return CompanionSeen(found, is_newcomer=False)


def newcomers_alone(user: Actor, *, now: datetime) -> QuerySet[Term, dict[str, Any]]:
    """The newcomers of the places that a user organises who have no companion that both said yes to, as rows.

    A newcomer began within 90 days, and held no seat for six weeks before. `facilitator` and `buddy` say how far each is.
    """
    earlier = Term.objects.filter(person=OuterRef("person"), starts_at__lte=OuterRef("starts_at") - STANDING)
    running = Companion.objects.filter(term=OuterRef("pk"), status=CompanionStatus.RUNNING)
    last = Companion.objects.filter(term=OuterRef("pk")).order_by("-offered_at", "-pk").values("status")
    organised = accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now)
    alone = (
        Term.objects.filter(Q(organised), ends_at=None, starts_at__gt=now - NEWCOMER)
        .exclude(Exists(earlier))
        .exclude(Exists(running))
        .annotate(
            facilitator=Subquery(last.filter(kind=CompanionKind.FACILITATOR)[:1]), buddy=Subquery(last.filter(kind=CompanionKind.BUDDY)[:1])
        )
    )
    rows: QuerySet[Term, dict[str, Any]] = alone.values(*NEWCOMER_ROW, place=called("seat__area"))
    return rows


def term_organised(user: Actor, term_id: UUID, *, now: datetime) -> Term:
    """A running term of a seat that a user organises. Raises: NotFound."""
    term = Term.objects.select_related("seat__area", "person").filter(pk=term_id, ends_at=None).first() if user.pk else None
    if term is None or not accounts.is_reached(user, roles=[Role.ORGANISER], area_id=term.seat.area_id, now=now):
        raise NotFound(code="term_unknown")
    return term


def tried_with(term: Term) -> Mapping[str, CompanionStatus]:
    """How far a newcomer's last companion of each kind is."""
    rows = Companion.objects.filter(term=term).order_by("offered_at", "pk").values_list("kind", "status")
    return {kind: CompanionStatus(status) for kind, status in rows}


def _whole() -> QuerySet[Companion]:
    return Companion.objects.select_related("term__seat__area", "term__person", "person__welcome__contact", "place", "newcomer_contact")
