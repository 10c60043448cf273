"""Concerns, narrowed to the one person who may read each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Trim

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.pages import keyset_page
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors import family_ids, standing_id
from maillage.people.selectors.organisation import organisation
from maillage.relays.models import Concern, SafetyContact, Term
from maillage.territories.models import Area, called

MAY_BE_NAMED = (Role.ORGANISER, Role.MODERATOR, Role.ADMINISTRATOR)
"""Whom the organisation may name: somebody who answers for others already, with a second factor."""

ADMINISTRATORS = 3
"""The last rung, and the first where nobody is named."""


@dataclass(frozen=True)
class Standing:
    """With whom a concern stands: the rung, and the users there; `name` is the named person's, empty for the administrators."""

    rung: int
    users: tuple[User, ...]
    name: str

    @property
    def reader(self) -> str:
        """What a form posts back to say whose name was read above it: the named person's user id, empty for the administrators."""
        return str(self.users[0].pk) if self.rung < ADMINISTRATORS else ""


def safety_contacts(*, now: datetime) -> list[SafetyContact]:
    """Whom the organisation named, in order, of those who still hold a role with which one may be named. One query."""
    holding = Grant.objects.filter(role__in=MAY_BE_NAMED, user__is_active=True).running(now).values("user_id")
    return list(SafetyContact.objects.filter(user_id__in=holding).select_related("user__person").order_by("position"))


def standing_from(rung: int, *, now: datetime, past: Collection[UUID] = ()) -> Standing:
    """The first at or above a rung who can take a concern up; nobody of `past`, whom it is said to concern."""
    for contact in safety_contacts(now=now):
        if contact.position >= rung and contact.user_id not in past:
            return Standing(rung=contact.position, users=(contact.user,), name=name_of(contact.user))
    running = Grant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).running(now)
    administrators = User.objects.filter(grants__in=running).exclude(pk__in=past).distinct().order_by("pk")
    return Standing(rung=ADMINISTRATORS, users=tuple(administrators), name="")


def readers_of(concern: Concern, *, now: datetime) -> tuple[User, ...]:
    """Everybody who may take up what waits with the administrators: they, and the named to whom it came before; nobody whom it concerns."""
    named = tuple(contact.user for contact in safety_contacts(now=now) if contact.position >= concern.first_rung)
    last = standing_from(ADMINISTRATORS, now=now, past=concern.passed_over).users
    return tuple({user.pk: user for user in (*named, *last) if user.pk not in concern.passed_over}.values())


def is_read_by_nobody(concern: Concern, *, now: datetime) -> bool:
    """Say whether nobody may read what nobody took up: all to whom it comes or came have left, told it, or are whom it concerns."""
    own = Person.objects.filter(pk__in=family_ids(concern.reporter_id)) if concern.reporter_id else Person.objects.none()
    past = {*concern.passed_over, *own.values_list("user_id", flat=True)}
    return not standing_from(concern.first_rung, now=now, past=past).users


def somebody_is_named(now: datetime) -> bool:
    """Say whether what people tell reaches a named person: without one the public is not let in. One query."""
    return bool(safety_contacts(now=now))


def answering_at(area: Area, *, now: datetime) -> list[UUID]:
    """The users who hold the seat of a place or stand in for it, at work or pausing: whom a visitor tells about."""
    running = Term.objects.filter(seat__area=area, ends_at__isnull=True, person__user__isnull=False)
    return sorted({user_id for user_id in running.values_list("person__user_id", flat=True) if user_id})


@dataclass(frozen=True)
class VisitorReaders:
    """Who reads what somebody from outside tells of a place, and whom it never reaches: `past`, users who answer for it.

    `is_alone`: nobody else is there than who answers for it. `other`: who reads it where it may be about `first`; None where
    nobody else is there. `past_first`: whom it passes then.
    """

    first: Standing
    is_alone: bool
    past: list[UUID]
    other: Standing | None
    past_first: list[UUID]

    @property
    def seen(self) -> str:
        """What a form that names the reader posts back, as `Standing.reader`; another one where they answer for the place."""
        return f"alone:{self.first.reader}" if self.is_alone else self.first.reader


def readers_for_visitor(area: Area, *, now: datetime) -> VisitorReaders:
    """Who reads what somebody from outside tells of a place.

    Where nobody else is there at all it reaches whoever answers for the place, which is read before writing. Where the named
    person answers for it and is passed over already, `other` is who reads it anyway.
    """
    here = answering_at(area, now=now)
    past = here if standing_from(1, now=now, past=here).users else []
    first = standing_from(1, now=now, past=past)
    past_first = [*past, *(user.pk for user in first.users)] if first.reader else past
    other = standing_from(1, now=now, past=past_first)
    has_other = bool(other.users) and somebody_is_named(now)
    is_alone = bool(here and first.users) and not past
    return VisitorReaders(first=first, is_alone=is_alone, past=past, other=other if has_other else None, past_first=past_first)


def name_of(user: User) -> str:
    """The full name of a user who is known as a person, else the name under which they were named; else empty."""
    return recorded_name(user) or SafetyContact.objects.filter(user=user).values_list("name", flat=True).first() or ""


def recorded_name(user: User) -> str:
    """The full name of the person behind a user; empty where nobody is, or where it is not known."""
    person = getattr(user, "person", None)
    return person.full_name if person else ""


def place_of(person: Person | None) -> Area | None:
    """Whose clock counts for a person: their constituency's, else their commune's, else the country's."""
    if person is not None and (near := person.area or person.locality):
        return near
    return Area.objects.filter(kind__level=0, country=organisation().country, valid_until=None).first()


def zone_of(area: Area | None) -> str:
    """The time zone of a place; the installation's where it has none."""
    return area.time_zone if area and area.time_zone else settings.TIME_ZONE


def concerns_read_by(user: Actor, *, now: datetime) -> QuerySet[Concern]:
    """Concerns that a user may read: those they took up, and those that came to them and that nobody took up yet.

    Never what they told themself, nor what is said to concern them. Without a role with which one may be named, nothing: what they
    took up goes on to the next (`services.follow_ended_role`).
    """
    roles = set(accounts.running_grants(user, now=now).filter(role__in=MAY_BE_NAMED).values_list("role", flat=True))
    if user.pk is None or not roles:
        return Concern.objects.none()
    reached = Q(taken_by_id=user.pk)
    position = next((contact.position for contact in safety_contacts(now=now) if contact.user_id == user.pk), None)
    if position is not None:
        reached |= Q(taken_at__isnull=True, first_rung__lte=position, rung__gte=position)
    if Role.ADMINISTRATOR in roles:
        reached |= Q(taken_at__isnull=True, rung=ADMINISTRATORS)
    found = Concern.objects.filter(reached).exclude(passed_over__contains=[user.pk])
    own = Person.objects.filter(user_id=user.pk).values_list("pk", flat=True).first()
    return found.exclude(reporter__in=family_ids(own)) if own else found


def concern_read_by(user: Actor, concern_id: UUID, *, now: datetime) -> Concern:
    """One concern that a user may read. Raises: NotFound, for everybody else too."""
    found = concerns_read_by(user, now=now).filter(pk=concern_id).first()
    if found is None:
        raise NotFound(code="concern_unknown")
    return found


def taking_of(concern: Concern) -> UUID:
    """Say what a mail speaks of that names who took a concern up: what was given back is taken up anew. Raises: LookupError."""
    if concern.taken_at is None:
        raise LookupError("nobody took it up")
    return uuid5(concern.pk, concern.taken_at.astimezone(UTC).isoformat())


def concern_of_taking(taking: UUID, *, person_id: UUID | None, address: str) -> Concern:
    """Find, among what a person told, or somebody at an address, the concern that a mail speaks of as `taking_of` it.

    Raises: LookupError, where it was given back since.
    """
    told = Q(reporter__in=family_ids(standing_id(person_id))) if person_id else Q(conversation__writer_email=address) | Q(answer_to=address)
    concerns = Concern.objects.filter(told, taken_at__isnull=False).select_related("taken_by__person")
    found = next((concern for concern in concerns if taking_of(concern) == taking), None)
    if found is None:
        raise LookupError("it was given back")
    return found


_FIELDS = (
    "id",
    "what",
    "who",
    "happened",
    "quoted",
    "made_at",
    "due_at",
    "rung",
    "taken_at",
    "outcome",
    "closed_at",
    "from_writer",
    "from_visitor",
)


def concerns_page(user: Actor, *, now: datetime, after: str | None, limit: int) -> dict[str, Any]:
    """One page of what a user may read, the latest first, with who told it. One query beside those that say who they are."""
    reporter = Trim(Concat("reporter__given_name", Value(" "), "reporter__family_name"))
    rows = concerns_read_by(user, now=now).values(
        *_FIELDS,
        "reporter_id",
        place=called("area"),
        is_answered=Q(from_visitor=False) | Q(answer_confirmed_at__isnull=False),
        name=Case(When(from_writer=True, then=F("conversation__writer_name")), default=reporter, output_field=CharField()),
    )
    return keyset_page(rows, keys=["-made_at", "-id"], after=after, limit=limit)


def own_concerns(record_ids: Collection[UUID]) -> list[dict[str, Any]]:
    """What somebody told, the latest first, and what became of it; `record_ids` are theirs for sure. One query."""
    return _told(Concern.objects.filter(reporter__in=record_ids))


def concerns_from(person_id: UUID) -> list[dict[str, Any]]:
    """What somebody told as a visitor, from an address that they proved there and here. One query."""
    proved = ContactPoint.objects.filter(person_id=person_id, channel=Channel.EMAIL, verified_at__isnull=False)
    return _told(Concern.objects.filter(from_visitor=True, answer_confirmed_at__isnull=False, answer_to__in=proved.values("value")))


def visitor_concern(concern_id: UUID) -> Concern:
    """One that a visitor told, with its place. Raises: NotFound."""
    found = Concern.objects.select_related("area", "taken_by__person").filter(pk=concern_id, from_visitor=True).first()
    if found is None:
        raise NotFound(code="concern_unknown")
    return found


def _told(concerns: QuerySet[Concern]) -> list[dict[str, Any]]:
    told = concerns.select_related("taken_by__person").order_by("-made_at", "-id")
    return [
        {
            "id": concern.pk,
            "what": concern.what,
            "who": concern.who,
            "happened": concern.happened,
            "made_at": concern.made_at,
            "due_at": concern.due_at,
            "rung": concern.rung,
            "taken_at": concern.taken_at,
            "taken_by": name_of(concern.taken_by) if concern.taken_by else "",
            "outcome": concern.outcome,
            "closed_at": concern.closed_at,
        }
        for concern in told
    ]
