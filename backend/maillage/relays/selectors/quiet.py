"""Who was quiet for a while, what was tried, and whom somebody owes a friendly call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.people.models import ContactPoint
from maillage.relays.domain import CALL_AFTER, SIGN_OF_LIFE, CompanionStatus, StillHere, TermKind
from maillage.relays.models import Companion, FriendlyCall, QuietAnswer, QuietStep, Term
from maillage.relays.selectors.owed import may_call, nearest_organised, organising
from maillage.relays.selectors.welcomes import SEEN
from maillage.territories.models import called

QUIET = (
    "id",
    "kind",
    "seen",
    "wishes_hand_over",
    "seat_id",
    "seat__area__code",
    "seat__area__time_zone",
    "person_id",
    "person__given_name",
    "person__family_name",
    "person__user_id",
)
"""What a row of `quiet_rows` says, beside `place`."""

OPEN_CALL = Q(done_at=None, closed_at=None)


def with_seen(terms: QuerySet[Term]) -> QuerySet[Term]:
    """Add `seen`, the last sign of life as the state of the seat says it."""
    return terms.annotate(seen=SEEN)


def terms_counted(*, now: datetime) -> QuerySet[Term]:
    """The running, unpaused terms with `seen` whose days of silence are counted.

    Of relays, and of those who stand in where the place rests on them: beside a relay who is there they leave nothing uncovered.
    """
    return _running().exclude(_beside_a_relay(now))


def _running() -> QuerySet[Term]:
    return with_seen(Term.objects.filter(ends_at=None, paused_at=None))


def _beside_a_relay(now: datetime) -> Q:
    """Keep those who stand in where the seat is filled: its relay neither pauses nor was silent for 60 days, as its state says it."""
    relays = with_seen(Term.objects.filter(seat=OuterRef("seat"), kind=TermKind.RELAY, ends_at=None, paused_at=None))
    return Q(Exists(relays.filter(Q(("seen__gte", now - SIGN_OF_LIFE)))), kind=TermKind.STAND_IN)


def own_seat_asks() -> Exists:
    """Of a term: its holder holds a seat as its relay too, and is called and written to about that one."""
    return Exists(Term.objects.filter(person=OuterRef("person"), kind=TermKind.RELAY, ends_at=None, paused_at=None))


@dataclass(frozen=True)
class CallSeen:
    """A friendly call that a reader owes, or sees as an organiser. `contacts` are what they may see of the relay's."""

    call: FriendlyCall
    seen_at: datetime
    is_mine: bool
    organised: bool
    contacts: list[dict[str, str]]


def calls_owed(user: Actor, *, now: datetime) -> list[CallSeen]:
    """The friendly calls that a user owes: as buddy or facilitator, or as one of the organisers to whom it falls. Three queries.

    Whoever gave a sign of life meanwhile is owed none, before the next run has closed it, nor is who stands in where the relay is
    back; nobody owes one to themself.
    """
    return _seen(user, Q(is_mine=True), now=now)


def call_seen(user: Actor, call_id: UUID, *, now: datetime) -> CallSeen:
    """One friendly call, open or not, for who owes it or organises the seat. Raises: NotFound, for everybody else too."""
    found = _seen(user, Q(is_mine=True) | Q(organised=True), now=now, call_id=call_id)
    if not found:
        raise NotFound(code="call_unknown")
    return found[0]


def _seen(user: Actor, whose: Q, *, now: datetime, call_id: UUID | None = None) -> list[CallSeen]:
    if not user.pk:
        return []
    held = accounts.running_grants(user, now=now).filter(role=Role.ORGANISER).values("area_id")
    mine = Q(caller__user_id=user.pk) | Q(caller=None, owed_area_id__in=held)
    others = may_call(organising(now), OuterRef("term__person__user_id"))
    # Looked up anew: whoever was told may organise nothing by now, and the call is then owed by the next place up.
    owed = FriendlyCall.objects.alias(owed_area_id=nearest_organised("term__seat__area_id", others))
    calls = owed.annotate(
        is_mine=Case(When(mine, then=Value(True)), default=Value(False), output_field=BooleanField()),
        organised=accounts.reaches(user, roles=[Role.ORGANISER], area="term__seat__area_id", now=now),
        seen=Greatest("term__seen_at", "term__person__user__seen_at"),
    ).filter(whose, ~Q(term__person__user=user.pk))
    calls = (
        calls.filter(pk=call_id)
        if call_id
        else calls.filter(OPEN_CALL, term__in=terms_counted(now=now).values("pk"), seen__lte=F("step__since"))
    )
    found = list(calls.select_related("step", "term__seat__area", "term__person", "caller").order_by("opened_at", "pk"))
    contacts = _contacts(user, found)
    return [
        CallSeen(each, getattr(each, "seen"), bool(getattr(each, "is_mine")), bool(getattr(each, "organised")), contacts[each.pk])  # noqa: B009
        for each in found
    ]


def _contacts(user: Actor, calls: Sequence[FriendlyCall]) -> dict[UUID, list[dict[str, str]]]:
    """What the reader may see of each relay's contacts: the one that they chose for this companion, all of them to an organiser."""
    found: dict[UUID, list[dict[str, str]]] = {each.pk: [] for each in calls}
    organised: dict[UUID, list[UUID]] = {}
    for each in calls:
        if getattr(each, "organised", False):
            organised.setdefault(each.term.person_id, []).append(each.pk)
    if organised:
        for point in ContactPoint.objects.filter(person_id__in=list(organised)).order_by("-is_preferred", "id"):
            for call_id in organised[point.person_id]:
                found[call_id].append({"channel": point.channel, "value": point.value})
    chosen = {each.term_id: each.pk for each in calls if not getattr(each, "organised", False)}
    if chosen:
        running = Companion.objects.filter(Q(person__user_id=user.pk), term_id__in=list(chosen), status=CompanionStatus.RUNNING)
        for companion in running.filter(newcomer_contact__isnull=False).select_related("newcomer_contact"):
            if contact := companion.newcomer_contact:
                found[chosen[companion.term_id]].append({"channel": contact.channel, "value": contact.value})
    return found


@dataclass(frozen=True)
class Tried:
    """What was tried since a relay's last sign of life, and what they wish, where they said it."""

    steps: list[QuietStep] = field(default_factory=list)
    call: FriendlyCall | None = None


def quiet_rows(user: Actor, *, now: datetime, is_dormant: bool = False) -> QuerySet[Term, dict[str, Any]]:
    """The holders whom a user organises that were quiet for 21 days, or that wish to hand over, as rows; `seen` is their last
    sign of life, `wishes_hand_over` what they answered last. With `is_dormant` the relays whose seat is dormant by it.

    Who stands in beside a relay who is there is listed for a wish alone.
    """
    organised = accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now)
    later = QuietAnswer.objects.filter(term=OuterRef("term"), at__gt=OuterRef("at"))
    wish = QuietAnswer.objects.filter(term=OuterRef("pk"), answer=StillHere.HAND_OVER).exclude(Exists(later))
    terms = _running().filter(Q(organised)).annotate(wishes_hand_over=Exists(wish))
    if is_dormant:
        terms = terms.filter(Q(seen__lt=now - SIGN_OF_LIFE), kind=TermKind.RELAY)
    else:
        terms = terms.filter(Q(seen__lte=now - CALL_AFTER) & ~_beside_a_relay(now) | Q(wishes_hand_over=True))
    rows: QuerySet[Term, dict[str, Any]] = terms.values(*QUIET, place=called("seat__area"))
    return rows


def tried_for(seen: Mapping[UUID, datetime]) -> dict[UUID, Tried]:
    """What was tried for each of these terms since its sign of life, and the last call about it. Two queries."""
    found: dict[UUID, Tried] = {term_id: Tried() for term_id in seen}
    steps = QuietStep.objects.filter(term_id__in=list(seen)).order_by("at", "pk")
    for step in steps:
        if step.since >= seen[step.term_id]:
            found[step.term_id].steps.append(step)
    calls = FriendlyCall.objects.filter(term_id__in=list(seen)).select_related("step", "caller", "done_by__person").order_by("opened_at")
    for call in calls:
        if call.step.since >= seen[call.term_id]:
            found[call.term_id] = Tried(found[call.term_id].steps, call)
    return found


def own_calls(user: Actor) -> list[FriendlyCall]:
    """The friendly calls about a user's own running terms that somebody made, the latest first: they read what was written."""
    if not user.pk:
        return []
    done = FriendlyCall.objects.filter(term__person__user_id=user.pk, term__ends_at=None, done_at__isnull=False)
    return list(done.select_related("term__seat__area", "done_by__person").order_by("-done_at")[:5])
