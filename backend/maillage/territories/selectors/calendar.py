"""Which days of a place are taken: recess, holidays, silence before a vote."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from maillage.kernel import dates
from maillage.territories.domain import CalendarKind, WindowKind
from maillage.territories.models import AreaClosure, CalendarWindow, Election, ElectionWindow

Days = tuple[date, date]
"""The first and the last of some local days."""

_NEAR = timedelta(days=7)
"""How far the days of one vote differ from place to place at most."""


@dataclass(frozen=True)
class Dated:
    """Days that are taken, and by what. `is_expected`: no decree has fixed them yet; `source`: who says so, or the article."""

    kind: CalendarKind
    called: str
    starts_on: date
    ends_on: date
    source: str
    is_expected: bool = False


def calendar_met(days: Mapping[UUID, Sequence[Days]]) -> dict[UUID, list[Dated]]:
    """Return, for each place, what some of its local days meet: what was written for it or wholly above it, and silence before votes.

    Four queries.
    """
    if not days:
        return {}
    spans = [span for theirs in days.values() for span in theirs]
    first, last = min(starts for starts, _ends in spans), max(ends for _starts, ends in spans)
    met: dict[UUID, list[Dated]] = {id: [] for id in days}
    for area_id, dated in (*_written(set(days), first, last), *_silences(set(days), first, last)):
        if any(dated.starts_on <= ends and starts <= dated.ends_on for starts, ends in days[area_id]):
            met[area_id].append(dated)
    return met


def _written(area_ids: set[UUID], first: date, last: date) -> Iterator[tuple[UUID, Dated]]:
    windows: dict[UUID, list[Dated]] = {}
    for one in CalendarWindow.objects.filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on", "pk"):
        dated = Dated(CalendarKind(one.kind), one.called, one.starts_on, one.ends_on, one.source)
        windows.setdefault(one.area_id, []).append(dated)
    for area_id, above_id, _level in _above(area_ids, set(windows)):
        for dated in windows[above_id]:
            yield area_id, dated


def _silences(area_ids: set[UUID], first: date, last: date) -> Iterator[tuple[UUID, Dated]]:
    """Of each vote, the silence of the nearest place at or above that has one."""
    near = ElectionWindow.objects.filter(
        kind=WindowKind.SILENCE, starts_on__lte=dates.shifted(last, _NEAR), ends_on__gte=dates.shifted(first, -_NEAR)
    )
    windows: dict[UUID, dict[Election, list[ElectionWindow]]] = {}
    for one in near.select_related("election").order_by("starts_on", "pk"):
        windows.setdefault(one.area_id, {}).setdefault(one.election, []).append(one)
    nearest: dict[tuple[UUID, Election], list[ElectionWindow]] = {}
    for area_id, above_id, _level in sorted(_above(area_ids, set(windows)), key=lambda line: line[2]):
        nearest |= {(area_id, election): theirs for election, theirs in windows[above_id].items()}
    for (area_id, election), theirs in nearest.items():
        for one in theirs:
            yield area_id, _silence(one, election)


def _silence(window: ElectionWindow, election: Election) -> Dated:
    return Dated(CalendarKind.SILENCE, election.called, window.starts_on, window.ends_on, window.law, not election.is_confirmed)


def _above(area_ids: set[UUID], wanted: set[UUID]) -> list[tuple[UUID, UUID, int]]:
    """Each of these places with those of the wanted ones that hold it wholly, and their level."""
    if not wanted:
        return []
    lines = AreaClosure.objects.filter(descendant_id__in=area_ids, ancestor_id__in=wanted, whole=True)
    return list(lines.values_list("descendant_id", "ancestor_id", "ancestor__kind__level"))
