"""What a launch would meet: taken days, office holders who are asked that week already, mails that the gate would refuse."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import ActionStatus
from maillage.actions.domain.clashes import Days, days_of, touch, weeks_of
from maillage.actions.models import Action, Assignment
from maillage.actions.selectors.actions import actions_seen, text_of
from maillage.kernel import dates
from maillage.messaging.domain import Reason
from maillage.messaging.selectors.circumstances import refusals
from maillage.relays import selectors as relays
from maillage.territories.domain import CalendarKind
from maillage.territories.selectors.calendar import Dated, calendar_met

_WEEK = timedelta(days=8)
"""How far a week reaches beyond an action at most, wherever on Earth."""


@dataclass(frozen=True)
class MetDays:
    """Days that the action meets in these seats, by code."""

    dated: Dated
    codes: list[str]


@dataclass(frozen=True)
class AskedAlready:
    """Seats, by code, for whose office holder another action runs that week; None: it is one that the reader may not see."""

    action: Action | None
    title: str
    codes: list[str]


@dataclass(frozen=True)
class Refused:
    """Seats, by code, whose holder would not get the brief, and why."""

    reason: Reason
    codes: list[str]


@dataclass(frozen=True)
class Clashes:
    """What a launch would meet now. `silent`: seats for which the law forbids it, since a vote is near."""

    days: list[MetDays]
    actions: list[AskedAlready]
    refused: list[Refused]
    silent: list[str]


@dataclass(frozen=True)
class _Place:
    area_id: UUID
    code: str
    holder_id: UUID | None
    days: Days
    today: Days


def clashes_of(user: Actor, action: Action, *, language: str, now: datetime) -> Clashes:
    """Say what launching an action would meet, with the seats of each by code. Sixteen queries at most."""
    places = _places(action, now=now)
    met = calendar_met({place.area_id: [place.days] for place in places})
    by_dated: dict[Dated, list[str]] = {}
    for place in places:
        for dated in dict.fromkeys(met[place.area_id]):
            by_dated.setdefault(dated, []).append(place.code)
    why = refusals({place.holder_id for place in places if place.holder_id}, purpose="actions.brief")
    by_reason: dict[Reason, list[str]] = {}
    for place in places:
        if place.holder_id in why:
            by_reason.setdefault(why[place.holder_id], []).append(place.code)
    return Clashes(
        days=[MetDays(dated, codes) for dated, codes in sorted(by_dated.items(), key=_in_order)],
        actions=_asked_already(user, action, places, language=language, now=now),
        refused=[Refused(reason, codes) for reason, codes in sorted(by_reason.items())],
        silent=_silent(places),
    )


def silent_seats(action: Action, *, now: datetime) -> list[str]:
    """Return the seats, by code, for which the law forbids the launch: silence there now, or while it runs. Five queries at most."""
    return _silent(_places(action, now=now))


def _places(action: Action, *, now: datetime) -> list[_Place]:
    rows = relays.standings(action.network_id).order_by("area__code")
    return [
        _Place(
            area_id=area_id,
            code=code,
            holder_id=None if is_paused else holder_id,
            days=days_of(starts_at=action.starts_at, ends_at=action.ends_at, zone=zone),
            today=(dates.day_in(now, zone),) * 2,
        )
        for area_id, code, zone, holder_id, is_paused in rows.values_list(
            "area_id", "area__code", "area__time_zone", "holder_id", "is_paused"
        )
    ]


def _silent(places: list[_Place]) -> list[str]:
    met = calendar_met({place.area_id: [place.days, place.today] for place in places})
    return [place.code for place in places if any(dated.kind == CalendarKind.SILENCE for dated in met[place.area_id])]


def _asked_already(user: Actor, action: Action, places: list[_Place], *, language: str, now: datetime) -> list[AskedAlready]:
    """Of the places where another running action asks somebody to go in a week of this one. Four queries at most."""
    by_area = {place.area_id: place for place in places}
    others = Assignment.objects.filter(
        action__status=ActionStatus.LAUNCHED,
        action__starts_at__lt=dates.shifted(action.ends_at, _WEEK),
        action__ends_at__gt=dates.shifted(action.starts_at, -_WEEK),
        seat__area_id__in=by_area,
    )
    asking = others.exclude(action_id=action.pk).exclude(holder__isnull=True, neighbour__isnull=True)
    codes: dict[UUID, set[str]] = {}
    for action_id, starts_at, ends_at, area_id, zone in asking.values_list(
        "action_id", "action__starts_at", "action__ends_at", "seat__area_id", "seat__area__time_zone"
    ):
        place = by_area[area_id]
        if touch(weeks_of(place.days), days_of(starts_at=starts_at, ends_at=ends_at, zone=zone)):
            codes.setdefault(action_id, set()).add(place.code)
    seen = {one.pk: one for one in actions_seen(user, now=now).filter(pk__in=codes)}
    told = [
        AskedAlready(seen[id], text_of(seen[id], language=language)[0].title, sorted(theirs)) for id, theirs in codes.items() if id in seen
    ]
    hidden = sorted(set().union(*(theirs for id, theirs in codes.items() if id not in seen)))
    return sorted(told, key=lambda one: one.title) + ([AskedAlready(None, "", hidden)] if hidden else [])


def _in_order(line: tuple[Dated, list[str]]) -> tuple[bool, str]:
    dated, _codes = line
    return dated.kind != CalendarKind.SILENCE, dated.starts_on.isoformat()
