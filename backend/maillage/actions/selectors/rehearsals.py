"""Rehearsals of an action, who may be asked to one, and the brief that one shows."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.actions.domain import BEFORE_LAUNCH, REHEARSAL_LINK, REHEARSAL_OPENS
from maillage.actions.models import Action, Assignment, Rehearsal, RehearsalReader
from maillage.actions.selectors.assignments import account_named
from maillage.kernel.errors import NotFound
from maillage.kernel.links import LinkEnded, read_link, sign_link
from maillage.relays import selectors as relays
from maillage.relays.models import Seat
from maillage.territories.models import AreaClosure


def rehearsals_of(action: Action) -> QuerySet[Rehearsal]:
    """The rehearsals of an action with whom they were sent to, the latest first. Two queries."""
    readers = Prefetch("readers", RehearsalReader.objects.select_related("user__person").order_by("pk"))
    found = Rehearsal.objects.filter(action=action).select_related("seat__area", "by__person").prefetch_related(readers)
    return found.order_by("-rehearsed_at", "-id")


def colleagues_of(action: Action, *, but: User, now: datetime) -> QuerySet[User]:
    """The active organisers of an action's territory, of a part of it or of more, `but` one of them, by name. One query."""
    country_id = action.network.country_id
    below = AreaClosure.objects.filter(ancestor_id=country_id, descendant_id=OuterRef("area_id"), whole=True)
    above = AreaClosure.objects.filter(ancestor_id=OuterRef("area_id"), descendant_id=country_id, whole=True)
    grants = Grant.objects.running(now).filter(Q(Exists(below)) | Q(Exists(above)), role=Role.ORGANISER, user_id=OuterRef("pk"))
    found = User.objects.filter(Exists(grants), is_active=True).exclude(pk=but.pk).select_related("person")
    return found.order_by("person__family_name", "person__given_name", "email")


def seat_language(action: Action, seat: Seat) -> str:
    """The language in which whoever holds a seat now would get a brief, else the action's default one."""
    holder = relays.seat(seat.pk).holder
    return holder.language if holder else action.default_language


def rehearsal_token(rehearsal: Rehearsal, *, user_id: UUID | None) -> str:
    """The token of the page that a rehearsal's mail leads to, which bears the name of who got that mail."""
    return sign_link(REHEARSAL_LINK, ids=[rehearsal.pk, *([user_id] if user_id else [])], ends_at=rehearsal.rehearsed_at + REHEARSAL_OPENS)


def rehearsed(rehearsal: Rehearsal) -> Assignment:
    """What the seat's holder would be asked: an assignment that is no row."""
    return Assignment(pk=rehearsal.pk, action=rehearsal.action, seat=rehearsal.seat)


def rehearsed_by_link(token: str, *, now: datetime) -> tuple[Assignment, User | None]:
    """What the link of a rehearsal opens, until the launch, and who got it.

    Raises: NotFound (`link_broken`, `rehearsal_unknown`), LinkEnded.
    """
    ids = read_link(REHEARSAL_LINK, token, now=now)
    found = with_brief().filter(pk=ids[0]).first() if ids else None
    if found is None:
        raise NotFound(code="rehearsal_unknown")
    if found.action.status not in BEFORE_LAUNCH:  # what seats report from now on is for who serves them
        raise LinkEnded
    return rehearsed(found), account_named(ids[1]) if len(ids) > 1 else None


def with_brief() -> QuerySet[Rehearsal]:
    """Rehearsals with what their brief is drawn from. Two queries."""
    return Rehearsal.objects.select_related("action", "seat__area__kind").prefetch_related("action__texts")
