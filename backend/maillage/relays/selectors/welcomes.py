"""Who agreed to welcome newcomers, and whom a newcomer may be offered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.people.models import ContactPoint
from maillage.relays.domain import OPEN_COMPANION, SIGN_OF_LIFE, STANDING, TAKEN_COMPANION, CompanionKind, TermKind
from maillage.relays.models import Companion, Term, Welcome
from maillage.territories.models import Area, AreaClosure, AreaNeighbour

SEEN = Greatest("seen_at", "person__user__seen_at")
"""A term's last sign of life, as the state of its seat says it: of the term itself, or of its holder's account."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who agreed beforehand, has a place left, and may be offered to a newcomer: from where, and how many they accompany."""

    person_id: UUID
    given_name: str
    place: Area
    accompanies: int


def those_who_welcome(person_ids: Iterable[UUID]) -> set[UUID]:
    """Of these people, those who agreed to welcome newcomers. One query, none for nobody."""
    asked = list(person_ids)
    return set(Welcome.objects.filter(person_id__in=asked, ended_at=None).values_list("person_id", flat=True)) if asked else set()


def terms_with_standing(*, now: datetime) -> QuerySet[Term]:
    """The running terms whose relays may welcome newcomers: `relays.domain.has_standing`, in SQL."""
    running = Term.objects.filter(kind=TermKind.RELAY, ends_at=None, paused_at=None, starts_at__lte=now - STANDING)
    return running.alias(seen=SEEN).filter(Q(seen__gte=now - SIGN_OF_LIFE))


def is_away(person: str, *, now: datetime) -> Q:
    """Keep the rows whose `person` holds a seat as its relay, and is away from each: paused, or dormant by their silence."""
    held = Term.objects.filter(kind=TermKind.RELAY, ends_at=None, person=OuterRef(person))
    awake = held.filter(paused_at=None).alias(seen=SEEN).filter(Q(seen__gte=now - SIGN_OF_LIFE))
    return Q(Exists(held)) & ~Q(Exists(awake))


def may_welcome_as(person_id: UUID, *, now: datetime) -> list[CompanionKind]:
    """As what a person may welcome newcomers: a relay with standing as both, an organiser as facilitator. Two queries at most."""
    if terms_with_standing(now=now).filter(person_id=person_id).exists():
        return [CompanionKind.FACILITATOR, CompanionKind.BUDDY]
    organises = Grant.objects.running(now).filter(role=Role.ORGANISER, user__person=person_id, user__is_active=True)
    return [CompanionKind.FACILITATOR] if organises.exists() else []


def own_welcome(person_id: UUID) -> Welcome | None:
    """What a person chose who welcomes newcomers now."""
    return Welcome.objects.select_related("contact").filter(person_id=person_id, ended_at=None).first()


def is_welcome_kept(person_id: UUID, channel: str) -> bool:
    """Say whether what a person chose who welcomed newcomers by a contact of this kind is still known; it goes with the contact."""
    return Welcome.objects.filter(person_id=person_id, contact__channel=channel).exists()


def own_contacts(person_id: UUID) -> list[dict[str, Any]]:
    """The proved contacts of a person among which they choose what others see: id, channel, value; the preferred first."""
    proved = ContactPoint.objects.filter(person_id=person_id, verified_at__isnull=False).order_by("-is_preferred", "id")
    return [{"id": point.pk, "channel": point.channel, "value": point.value} for point in proved]


def candidates(term: Term, kind: CompanionKind, *, now: datetime) -> list[Candidate]:
    """Whom the newcomer of a term may be offered, the best first; nobody twice, nobody without a place left, nobody who is away.

    A buddy is the relay of a seat next door: the longest shared border first. A facilitator is a relay with standing or an
    organiser: of the same department or region before one of elsewhere, and of those whoever accompanies fewest.
    """
    if kind == CompanionKind.BUDDY:
        return _buddies(term, now=now)
    return _facilitators(term, now=now)


def _willing(term: Term, kind: CompanionKind, *, now: datetime) -> QuerySet[Welcome]:
    taken = Count("person__accompanies", filter=Q(person__accompanies__status__in=TAKEN_COMPANION))
    tried = Companion.objects.filter(Q(kind=kind) | Q(status__in=OPEN_COMPANION), term=term, person=OuterRef("person"))
    agreed = Welcome.objects.filter(ended_at=None, person__erased_at=None, **{f"as_{kind}": True}).exclude(person=term.person_id)
    willing = agreed.exclude(is_away("person_id", now=now))
    return willing.exclude(Exists(tried)).annotate(taken=taken).filter(Q(taken__lt=F("places"))).select_related("person")


def _buddies(term: Term, *, now: datetime) -> list[Candidate]:
    beside = {
        other_id: (shared is None, -(shared or 0))
        for other_id, shared in AreaNeighbour.objects.filter(area=term.seat.area_id).values_list("other_id", "shared_metres")
    }
    near = terms_with_standing(now=now).filter(seat__network=term.seat.network_id, seat__area__in=list(beside))
    places = {each.person_id: each.seat.area for each in near.select_related("seat__area")}
    found = _willing(term, CompanionKind.BUDDY, now=now).filter(person__in=list(places))
    ranked = sorted(found, key=lambda one: (*beside[places[one.person_id].pk], places[one.person_id].code))
    return [Candidate(one.person_id, one.person.given_name, places[one.person_id], _taken(one)) for one in ranked]


def _facilitators(term: Term, *, now: datetime) -> list[Candidate]:
    found = list(_willing(term, CompanionKind.FACILITATOR, now=now))
    places = _places_of([one.person_id for one in found], now=now)
    nearness = _nearness(term.seat.area_id, {area.pk for area in places.values()})
    ranked = sorted(
        (one for one in found if one.person_id in places),
        key=lambda one: (-nearness.get(places[one.person_id].pk, -1), _taken(one), one.since, str(one.pk)),
    )
    return [Candidate(one.person_id, one.person.given_name, places[one.person_id], _taken(one)) for one in ranked]


def _places_of(person_ids: Collection[UUID], *, now: datetime) -> dict[UUID, Area]:
    """Where each of these people speaks from: the seat of a relay with standing, else the place that an organiser organises."""
    grants = Grant.objects.running(now).filter(role=Role.ORGANISER, user__person__in=person_ids, user__is_active=True)
    organised = grants.select_related("area", "user__person").order_by("area__kind__level")
    held = terms_with_standing(now=now).filter(person__in=person_ids).select_related("seat__area").order_by("-starts_at")
    return {grant.user.person.pk: grant.area for grant in organised} | {each.person_id: each.seat.area for each in held}


def _nearness(area_id: UUID, others: Collection[UUID]) -> dict[UUID, int]:
    """The level of the smallest place that holds an area and each of the others wholly: the higher, the nearer. One query."""
    above = AreaClosure.objects.filter(descendant=area_id, whole=True).values("ancestor_id")
    shared = AreaClosure.objects.filter(descendant__in=list(others), whole=True, ancestor__in=above).order_by("ancestor__kind__level")
    return dict(shared.values_list("descendant_id", "ancestor__kind__level"))


def _taken(welcome: Welcome) -> int:
    return int(getattr(welcome, "taken", 0))
