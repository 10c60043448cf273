"""The live board of an action: counts, the assignments that changed, what just happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import SHOWN_TO_WHO_ORGANISES, Answer, BoardState, Counts, TakeOverStatus
from maillage.actions.models import Action, Assignment, Opening, Reminder
from maillage.actions.selectors.actions import reach_of
from maillage.advocacy.selectors import is_undone_at
from maillage.territories.models import called

OVERLAP = timedelta(seconds=10)
"""How far `since` reaches back: longer than any transaction that writes an answer, so that none falls between two polls."""

NEWS_SHOWN = 20

ROW = (
    "id",
    "seat_id",
    "seat__area__code",
    "state",
    "answer",
    "reason",
    "holder_id",
    "holder__given_name",
    "holder__family_name",
    "neighbour_id",
    "neighbour__given_name",
    "neighbour__family_name",
    "neighbour_since",
    "excused_until",
    "reminded",
    "answered_at",
    "heard_at",
    "changed_at",
    "report__met",
    "report__met_on",
    "report__stance",
    "report__quote",
    "report__failed",
    "report__reported_at",
    "report__version",
    "report__photo__id",
    "is_undone",
    "opened_at",
    "opened_version",
)

_HEARD_AT = Greatest("answered_at", "neighbour_since")
"""When one last heard of a seat: who acts answered or reported, or a neighbour took it over."""


@dataclass(frozen=True)
class BoardVersion:
    """What a board looks like from afar: counts by state, and the last change. Equal versions are equal boards."""

    counts: Counts
    changed_at: datetime | None


def board_assignments(user: Actor, action: Action, *, now: datetime) -> QuerySet[Any]:
    """The assignments of an action that a user watches, each with `state`: all, or those of the seats that they organise."""
    watched = Assignment.objects.filter(action=action)
    if not reach_of(action).organises_all:
        watched = watched.filter(accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now))
    return watched.stated(now)


def board_version(user: Actor, action: Action, *, now: datetime) -> BoardVersion:
    """Count a board by state, and say when it last changed. One query."""
    rows = board_assignments(user, action, now=now).values_list("state").annotate(seats=Count("id"), last=Max("changed_at"))
    counted = {state: (seats, last) for state, seats, last in rows}
    by_state = {state.value: counted.get(state.value, (0, None))[0] for state in BoardState}
    changed = max((last for _seats, last in counted.values() if last), default=None)
    return BoardVersion(counts=Counts(total=sum(by_state.values()), **by_state), changed_at=changed)


def board_rows(user: Actor, action: Action, *, now: datetime, since: datetime | None = None) -> list[dict[str, Any]]:
    """The lines of a board by seat code, or those that may have changed since an instant. One query.

    When the action started or ended since then, every line may have: all are returned.
    """
    rows = board_assignments(user, action, now=now)
    if since is not None and not any(since - OVERLAP < boundary <= now for boundary in (action.starts_at, action.ends_at)):
        rows = rows.filter(Q(changed_at__gte=since - OVERLAP) | Q(excused_until__gt=since - OVERLAP, excused_until__lte=now))
    return _lines(rows.order_by("seat__area__code"))


def board_news(user: Actor, action: Action, *, now: datetime) -> list[dict[str, Any]]:
    """What holders answered last, and what neighbours took over, the newest first. One query."""
    watched = board_assignments(user, action, now=now).exclude(answer=Answer.EXPIRED)
    heard = watched.alias(last=_HEARD_AT).filter(last__isnull=False)
    return _lines(heard.order_by("-last", "-id")[:NEWS_SHOWN])


def counts_of(actions: Iterable[Action], *, now: datetime) -> dict[Any, dict[str, int]]:
    """Count the assignments of several actions by state, wherever they are. One query."""
    stated: QuerySet[Any] = Assignment.objects.filter(action__in=actions).stated(now)
    found: dict[Any, dict[str, int]] = {}
    for action_id, state, seats in stated.values_list("action_id", "state").annotate(seats=Count("id")):
        found.setdefault(action_id, dict.fromkeys(BoardState.values, 0))[state] = seats
    return found


def _lines(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """Read lines of a board, each with its place, how often who acts now was reminded, and which version they opened when."""
    reminded = _to_who_acts().filter(assignment=OuterRef("pk")).order_by().values("assignment").annotate(count=Count("pk"))
    acting = Coalesce(OuterRef("neighbour_id"), OuterRef("holder_id"))
    openings = Opening.objects.filter(action=OuterRef("action_id"), seat=OuterRef("seat_id"), person=acting)
    opened = openings.exclude(way__in=SHOWN_TO_WHO_ORGANISES).order_by("-version", "opened_at")
    rows = rows.annotate(
        reminded=Coalesce(Subquery(reminded.values("count")), 0),
        is_undone=is_undone_at("report__contact_id"),
        heard_at=_HEARD_AT,
        opened_at=Subquery(opened.values("opened_at")[:1]),
        opened_version=Subquery(opened.values("version")[:1]),
    )
    return list(rows.values(*ROW, place=called("seat__area")))


def _to_who_acts() -> QuerySet[Reminder]:
    """The reminders that left to who acts now: to its holder, or to the neighbour who took it over."""
    to_holder = Q(take_over__isnull=True, assignment__neighbour__isnull=True)
    return Reminder.objects.filter(to_holder | Q(take_over__status=TakeOverStatus.ACCEPTED), sent_at__isnull=False)
