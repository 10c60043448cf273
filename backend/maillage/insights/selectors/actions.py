"""The action that the public pages speak of, and how far it is everywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from maillage.actions.domain import BEFORE_LAUNCH, ActionStatus, Answer
from maillage.actions.models import Action, Assignment
from maillage.actions.selectors import brief_for_all, text_of
from maillage.insights.domain import Remaining, remaining, share

SHOWN_AFTER = timedelta(days=14)
"""For how long a finished action stays on the home page."""


@dataclass(frozen=True)
class PublicAction:
    """An action as anyone may read it: of `asked` seats `answered` said yes, reported, or were taken over; `empty` have nobody to go.

    `zone`: the time zone of its country.
    """

    id: UUID
    title: str
    summary: str
    brief: str
    language: str
    is_fallback: bool
    starts_at: datetime
    ends_at: datetime
    zone: str
    asked: int
    answered: int
    reported: int
    declined: int
    empty: int
    is_running: bool
    is_over: bool
    is_stopped: bool
    left: Remaining | None

    @property
    def until(self) -> datetime:
        """The instant that the countdown goes to: the start, then the end."""
        return self.ends_at if self.is_running else self.starts_at

    @property
    def done(self) -> int:
        """What the page counts: who said yes before the end, who reported after it."""
        return self.reported if self.is_over else self.answered

    @property
    def share(self) -> str:
        return share(self.done, self.asked)


def current_action_id(*, now: datetime) -> UUID | None:
    """Return the action that the header of every page leads to: launched and not over. One query."""
    ahead = Action.objects.filter(status=ActionStatus.LAUNCHED, ends_at__gt=now, network__opens_at__lte=now)
    return ahead.order_by("starts_at").values_list("pk", flat=True).first()


def public_action(*, network_id: UUID, now: datetime, language: str) -> PublicAction | None:
    """Return the launched action of a network that runs or comes next, else the last one for two weeks, else None. Three queries."""
    launched = Action.objects.select_related("network__country").filter(
        network_id=network_id, status__in=[ActionStatus.LAUNCHED, ActionStatus.CLOSED]
    )
    ahead = launched.filter(ends_at__gt=now).order_by("starts_at").prefetch_related("texts")
    behind = launched.filter(ends_at__gt=now - SHOWN_AFTER).order_by("-ends_at").prefetch_related("texts")
    action = ahead.first() or behind.first()
    return shown(action, now=now, language=language) if action else None


def action_shown(action_id: UUID, *, now: datetime, language: str) -> PublicAction | None:
    """Return one action that the public may see: launched, ended or stopped, never a draft. Three queries."""
    action = (
        Action.objects.exclude(status__in=BEFORE_LAUNCH)
        .select_related("network__country")
        .prefetch_related("texts")
        .filter(pk=action_id)
        .first()
    )
    return shown(action, now=now, language=language) if action else None


def shown(action: Action, *, now: datetime, language: str) -> PublicAction:
    """Give the public face of an action in a language, else in its default one, said. One query."""
    text, is_fallback = text_of(action, language=language)
    is_over = now >= action.ends_at or action.status == ActionStatus.STOPPED
    is_running = action.starts_at <= now and not is_over
    counts = Assignment.objects.filter(action=action).aggregate(
        asked=Count("id"),
        answered=Count("id", filter=Q(answer__in=[Answer.ACCEPTED, Answer.REPORTED]) | Q(neighbour__isnull=False)),
        reported=Count("id", filter=Q(answer=Answer.REPORTED)),
        declined=Count("id", filter=Q(answer=Answer.DECLINED)),
        empty=Count("id", filter=Q(holder__isnull=True, neighbour__isnull=True)),
    )
    return PublicAction(
        id=action.pk,
        title=text.title,
        summary=text.summary,
        brief=brief_for_all(text),
        language=text.language,
        is_fallback=is_fallback,
        starts_at=action.starts_at,
        ends_at=action.ends_at,
        zone=action.network.country.time_zone,
        is_running=is_running,
        is_over=is_over,
        is_stopped=action.status == ActionStatus.STOPPED,
        left=None if is_over else remaining(until=action.ends_at if is_running else action.starts_at, now=now),
        **counts,
    )
