"""Letters to print and calls to make: what was to be said to members whom no mail reaches, for who may reach them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.pages import keyset_page
from maillage.messaging.domain import BY_HAND, PURPOSES, MessageStatus
from maillage.messaging.domain.staying import STAY_PURPOSE
from maillage.messaging.models import Message
from maillage.messaging.selectors.circumstances import why_not_passed_on
from maillage.people.domain import RELAY_CONTACT
from maillage.people.domain.staying import ASKED_BEFORE
from maillage.people.models import ConsentState, ContactPoint
from maillage.people.selectors.persons import people_reached, reach_of
from maillage.territories.models import called

UNDO_WITHIN = timedelta(days=7)
"""How long what was done by hand stands in the list, to be undone."""


@dataclass(frozen=True)
class ByHand:
    """One message to print or to say, and as what its reader may reach the person."""

    message: Message
    role: Role
    contact: str


def letters_seen(user: Actor, *, now: datetime) -> QuerySet[Message]:
    """Messages to be passed on by hand, to people whom a user reaches, and those that were in the last week.

    A relay passes on to who agreed that their relay may contact them on that very channel; nobody their own. What its person
    stopped since it began to wait, or does not agree to any more, waits no more: as the gate says of one (`letter_seen`).
    """
    reach = reach_of(user, now=now)
    agreed = ConsentState.objects.filter(
        person=OuterRef("person"), purpose=RELAY_CONTACT.purpose, channel=OuterRef("channel"), is_given=True
    )
    by_relay = Q(person__area_id__in=list(reach.held), agreed_here=True)
    contact = ContactPoint.objects.filter(person=OuterRef("person"), channel=OuterRef("channel"), verified_at__isnull=False)
    said = ConsentState.objects.filter(person=OuterRef("person"), purpose=OuterRef("purpose"), channel=OuterRef("channel"))
    stoppable = [purpose.name for purpose in PURPOSES.values() if purpose.can_be_stopped]
    on_consent = [purpose.name for purpose in PURPOSES.values() if purpose.needs_consent]
    wanted = ~Q(Exists(said.filter(is_given=False)), purpose__in=stoppable)
    wanted &= ~Q(purpose__in=on_consent) | Q(Exists(said.filter(is_given=True)))
    waiting = Q(wanted, status=MessageStatus.BY_HAND) | Q(status=MessageStatus.SENT, sent_at__gt=now - UNDO_WITHIN)
    waiting |= Q(status=MessageStatus.SENT, purpose=STAY_PURPOSE, sent_at__gt=now - ASKED_BEFORE)  # an answer by post takes its time
    found: Any = Message.objects.filter(waiting, channel__in=BY_HAND, person__in=people_reached(user, now=now)).annotate(
        agreed_here=Subquery(agreed.values("is_given")[:1]), contact=Subquery(contact.order_by("-is_preferred").values("value")[:1])
    )
    found = found.filter(Q(person__area_id__in=list(reach.organised)) | by_relay, contact__isnull=False)
    seen: QuerySet[Message] = found.exclude(person__user_id=user.pk) if user.pk else Message.objects.none()
    return seen


def letters_page(user: Actor, *, now: datetime, after: str | None, limit: int) -> dict[str, Any]:
    """One page of them, those that waited longest first, what was done last. Four queries."""
    reach = reach_of(user, now=now)
    seen: Any = letters_seen(user, now=now)
    rows = seen.values(
        "id",
        "purpose",
        "channel",
        "status",
        "queued_at",
        "sent_at",
        "contact",
        "person_id",
        area_id=F("person__area_id"),
        place=called("person__area"),
        given_name=F("person__given_name"),
        family_name=F("person__family_name"),
    )

    def shape(row: dict[str, Any]) -> dict[str, Any]:
        purpose = PURPOSES.get(row["purpose"])
        role = reach.role_in(row["area_id"])
        return {
            **row,
            "role": role,
            "name": name_seen(row["given_name"], row["family_name"], role=role),
            "about": str(purpose.title) if purpose else "",
        }

    return keyset_page(rows, keys=["status", "queued_at", "id"], after=after, limit=limit, shape=shape)


def letter_seen(user: Actor, message_id: UUID, *, now: datetime) -> ByHand:
    """One of `letters_seen` that the gate still lets be passed on, or that was. Raises: NotFound."""
    found: Any = letters_seen(user, now=now).select_related("person__area").filter(pk=message_id).first()
    if found is None or (found.status == MessageStatus.BY_HAND and why_not_passed_on(found) is not None):
        raise NotFound(code="letter_unknown")
    return ByHand(message=found, role=reach_of(user, now=now).role_in(found.person.area_id), contact=found.contact)


def name_seen(given_name: str, family_name: str, *, role: Role) -> str:
    """As much of a name as a role sees (decision 9): an organiser all of it, a relay the first name and an initial."""
    if role == Role.ORGANISER:
        return f"{given_name} {family_name}".strip()
    return f"{given_name} {family_name[:1]}.".strip() if family_name else given_name
