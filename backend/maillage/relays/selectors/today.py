"""What waits for one reader today: how much of it, where, and by when. It names nobody, so that looking is no reading of others."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.relays.domain import WAITING_APPLICATION, ConversationStatus
from maillage.relays.domain.filling import AskKind, AskStatus
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.models import Application, SeatAsk
from maillage.relays.selectors.applications import applications_seen, held_for
from maillage.relays.selectors.concerns import concerns_read_by
from maillage.relays.selectors.conversations import conversations_seen
from maillage.relays.selectors.hand_overs import hand_overs_seen
from maillage.relays.selectors.owed import is_owed, is_owed_by, with_owed
from maillage.relays.selectors.waiting import ToDo, while_you_wait
from maillage.territories.models import called

COUNTED = 100
"""Nobody counts further than this before they begin."""

Waiting = dict[str, Any] | None
"""What waits longest or ends first, with the `count` of its like; None where nothing waits."""


def calls_owed_today(user: Actor, *, now: datetime) -> Waiting:
    """The promised calls that a user owes; first the one whose hour comes first: application, place, started_at, due_at. One query."""
    owed = with_owed(applications_seen(user, now=now).filter(is_owed()), now=now).annotate(is_mine=is_owed_by(user, now=now))
    return _first(
        owed.filter(is_mine=True).order_by("promise__due_at", "pk"),
        application=F("pk"),
        place=called("seat__area"),
        started_at=F("promise__made_at"),
        due_at=F("promise__due_at"),
    )


def held_today(user: Actor, *, now: datetime) -> Waiting:
    """The applications that wait for a user to look before a call is promised, the longest first: place, since. One query."""
    return _first(held_for(user, now=now).order_by("confirmed_at", "pk"), place=called("seat__area"), since=F("confirmed_at"))


def concerns_today(user: Actor, *, now: datetime) -> Waiting:
    """What was told to a user in confidence and has no outcome; first what nobody took up: taken_at, due_at. Three queries."""
    told = concerns_read_by(user, now=now).filter(closed_at__isnull=True)
    return _first(told.order_by(F("taken_at").asc(nulls_first=True), "due_at", "pk"), "taken_at", "due_at")


def messages_today(user: Actor, *, now: datetime) -> Waiting:
    """What was written to places and waits for a user's answer, the longest first: conversation, place, since. One query."""
    theirs = Q(is_mine=True) | Q(is_organised=True, is_held=False)
    waiting = conversations_seen(user, now=now).filter(theirs, status=ConversationStatus.WAITING)
    return _first(waiting.order_by("last_at", "pk"), conversation=F("pk"), place=called("seat__area"), since=F("last_at"))


def hand_overs_today(user: Actor, *, now: datetime) -> Waiting:
    """The hand-overs that wait for a user as an organiser, the nearest day first: place, ends_on. One query."""
    waiting = hand_overs_seen(user, now=now).filter(Q(organised=True), status=HandOverStatus.BEGUN)
    return _first(waiting.order_by("ends_on", "pk"), "ends_on", place=called("term__seat__area"))


def stand_ins_today(user: Actor, *, now: datetime) -> Waiting:
    """The neighbours who said yes to standing in and wait for a user as an organiser, the longest first: seat, place, since. One query."""
    if user.pk is None:
        return None
    agreed = SeatAsk.objects.filter(kind=AskKind.STAND_IN, status=AskStatus.AGREED)
    waiting = agreed.filter(accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now))
    return _first(waiting.order_by("answered_at", "pk"), "seat", place=called("seat__area"), since=F("answered_at"))


def meanwhile_for(user: Actor, *, now: datetime) -> list[ToDo]:
    """What a user can do until the call for the seat that they asked for first. At most three queries."""
    if user.pk is None:
        return []
    asked = Application.objects.filter(person__user_id=user.pk, status__in=WAITING_APPLICATION).select_related("seat__area")
    application = asked.order_by("confirmed_at", "pk").first()
    return while_you_wait(application.seat.area, person_id=application.person_id, now=now) if application else []


def _first(rows: Any, *fields: str, **named: Any) -> Waiting:
    found = list(rows.values(*fields, **named)[:COUNTED])
    return {**found[0], "count": len(found)} if found else None
