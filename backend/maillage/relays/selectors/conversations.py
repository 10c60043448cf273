"""Conversations, narrowed to who answers them and to the organisers above."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.pages import keyset_page
from maillage.messaging.selectors.suppressions import noted_among
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors import ladder
from maillage.relays.domain import BLOCKED, CONFIRM_CONVERSATION, COVERED, SIGN_OF_LIFE, ConversationStatus, SeatState, TermKind
from maillage.relays.models import Conversation, Seat, SeatStanding, Term, Turn
from maillage.relays.selectors.quiet import with_seen
from maillage.territories.models import called


@dataclass(frozen=True)
class Answerer:
    """Who answers for a place: its relay, else its stand-in, else the organisers above; `person` is None for the last."""

    person: Person | None
    kind: TermKind | None


def answerer_of(seat: Seat, *, now: datetime) -> Answerer | None:
    """Say who answers whoever writes to a seat; None where nobody does, and nothing is taken. At most three queries.

    It is the relay of a filled seat, the stand-in of one where somebody stands in. Who pauses or was silent for 60 days is passed
    over, a stand-in too, and so is who does not sign in and could not answer.
    """
    standing = SeatStanding.objects.select_related("holder__user").get(seat=seat)
    is_there = standing.state in COVERED and standing.seen_at is not None and standing.seen_at >= now - SIGN_OF_LIFE
    holder = standing.holder if is_there else None
    if holder is not None and holder.user is not None and holder.user.is_active:
        return Answerer(person=holder, kind=TermKind.RELAY if standing.state == SeatState.FILLED else TermKind.STAND_IN)
    return Answerer(person=None, kind=None) if ladder(seat.area_id, now=now) else None


def conversations_seen(user: Actor, *, now: datetime) -> QuerySet[Conversation]:
    """Conversations that a user answers (`is_mine`) or organises above (`is_organised`).

    `is_held`: its relay or stand-in answers it now. Who pauses, was silent for 60 days or does not sign in leaves it to the
    organisers too, and may still answer what was given to them.
    """
    if user.pk is None:
        return Conversation.objects.none()
    running = Term.objects.filter(seat=OuterRef("seat"), person=OuterRef("answerer"), ends_at__isnull=True)
    alive = with_seen(running).filter(Q(("seen__gte", now - SIGN_OF_LIFE)), paused_at__isnull=True, person__user__is_active=True)
    seen = Conversation.objects.exclude(status=ConversationStatus.UNCONFIRMED).annotate(
        is_held=Exists(alive),
        is_organised=accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now),
    )
    mine = Case(When(Exists(running), answerer__user_id=user.pk, then=Value(True)), default=Value(False), output_field=BooleanField())
    return seen.annotate(is_mine=mine).filter(Q(is_mine=True) | Q(is_organised=True))


def conversation_seen(user: Actor, conversation_id: UUID, *, now: datetime) -> Any:
    """One of `conversations_seen`, with its place and who answers. Raises: NotFound."""
    found = conversations_seen(user, now=now).select_related("seat__area", "answerer").filter(pk=conversation_id).first()
    if found is None:
        raise NotFound(code="conversation_unknown")
    return found


_FIELDS = ("id", "status", "writer_name", "writer_email", "last_at", "confirmed_at", "ended_at", "is_mine", "is_held", "is_organised")


def conversations_page(
    user: Actor, *, now: datetime, after: str | None, limit: int, only: ConversationStatus | None = None
) -> dict[str, Any]:
    """One page of conversations, the latest first, each with its turns and whether its writer is blocked: four queries."""
    rows = conversations_seen(user, now=now)
    if only is not None:
        rows = rows.filter(status=only)
    named = rows.values(
        *_FIELDS,
        "answerer_id",
        code=F("seat__area__code"),
        place=called("seat__area"),
        answerer_given_name=F("answerer__given_name"),
        answerer_family_name=F("answerer__family_name"),
    )
    page = keyset_page(named, keys=["-last_at", "-id"], after=after, limit=limit)
    said = turns_of([row["id"] for row in page["items"]])
    blocked = blocked_among([row["writer_email"] for row in page["items"]])
    for row in page["items"]:
        row["turns"] = said.get(row["id"], [])
        row["is_blocked"] = row.pop("writer_email") in blocked
    return page


def blocked_among(addresses: Collection[str]) -> set[str]:
    """Which of these writers are blocked, everywhere here. One query."""
    return noted_among(addresses, purpose=CONFIRM_CONVERSATION, reason=BLOCKED)


def turns_of(conversation_ids: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """What was said in these conversations, in order: {id: [{number, side, words, at}]}. One query."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    turns = Turn.objects.filter(conversation_id__in=conversation_ids).order_by("conversation_id", "number")
    for conversation_id, number, side, words, at in turns.values_list("conversation_id", "number", "side", "words", "at"):
        found.setdefault(conversation_id, []).append({"number": number, "side": side, "words": words, "at": at})
    return found


def own_conversation(conversation_id: UUID) -> Conversation:
    """The conversation behind a link in the mails of whoever wrote. Raises: NotFound."""
    found = Conversation.objects.select_related("seat__area", "answerer").filter(pk=conversation_id).first()
    if found is None:
        raise NotFound(code="conversation_unknown")
    return found


def shown_answerer(conversation: Conversation) -> str:
    """The first name of the relay or stand-in who answers, where they chose to show it and hold the seat now; else nothing.

    It stands over their own words alone, never over what organisers answered for them.
    """
    person = conversation.answerer
    if person is None or not person.shows_given_name:
        return ""
    holds = Term.objects.filter(seat_id=conversation.seat_id, person=person, ends_at__isnull=True).exists()
    return person.given_name if holds else ""


def conversations_of_person(person_id: UUID) -> list[dict[str, Any]]:
    """What a person wrote to seats from an address that is proved theirs, and what they answered as a relay, for their file."""
    addresses = ContactPoint.objects.filter(person_id=person_id, channel=Channel.EMAIL, verified_at__isnull=False).values("value")
    wrote = Conversation.objects.filter(writer_email__in=addresses)
    answered = Conversation.objects.filter(pk__in=Turn.objects.filter(author_id=person_id).values("conversation_id"))
    found = []
    for conversation in (wrote | answered).select_related("seat__area").distinct().order_by("created_at"):
        turns = Turn.objects.filter(conversation=conversation).order_by("number")
        found.append(
            {
                "place": conversation.seat.area.called,
                "status": conversation.status,
                "created_at": conversation.created_at,
                "turns": list(turns.values("side", "words", "at")),
            }
        )
    return found
