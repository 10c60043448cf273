"""Whom one can ask to take an assignment over: the holders of the seats next door."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import LEAVES_AFTER, Owes, StepKind, StepPreview, TakeOverStatus, leaves_at
from maillage.actions.models import Assignment, TakeOver
from maillage.actions.selectors.next_steps import reached
from maillage.relays import selectors as relays
from maillage.relays.selectors.next_door import next_door
from maillage.territories.models import called


@dataclass(frozen=True)
class Neighbour:
    """Somebody who holds a seat next door. `carries` assignments of the same action, of `asked` others they are thinking."""

    person_id: UUID
    name: str
    code: str
    place: str
    carries: int
    asked: int
    is_by_hand: bool


@dataclass(frozen=True)
class Neighbours:
    """Who can be asked of the reader's own places: who carries least first, then the longest border; `elsewhere`: how many more
    hold a seat next door outside them."""

    people: list[Neighbour]
    elsewhere: int


def neighbours_of(user: Actor, assignment: Assignment, *, now: datetime) -> Neighbours:
    """Say whom a user can ask to take an assignment over. Who said no to it, and who cannot be reached, is left out.

    Thirteen queries at most.
    """
    seat = assignment.seat
    beside = {area_id: index for index, area_id in enumerate(next_door([seat.area_id])[seat.area_id])}
    organised = accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now)
    declined = TakeOver.objects.filter(assignment=assignment, status=TakeOverStatus.DECLINED, person__isnull=False)
    running = relays.standings(seat.network_id).filter(area_id__in=beside, holder__isnull=False, is_paused=False)
    rows = list(
        running.exclude(holder_id=assignment.holder_id)
        .exclude(holder_id=assignment.neighbour_id)
        .exclude(holder__in=declined.values("person_id"))
        .annotate(organised=organised)
        .values_list("area_id", "area__code", called("area"), "holder_id", "holder__given_name", "holder__family_name", "organised")
    )
    near = sorted(rows, key=lambda row: beside[row[0]])
    ids = [row[3] for row in near if row[6]]
    carried, asked = load_of(assignment.action_id, ids)
    mailed, by_hand = reached(ids, purpose="actions.take_over")
    found: dict[UUID, Neighbour] = {}
    for _area_id, code, place, person_id, given, family, is_organised in near:
        if is_organised and person_id in mailed | by_hand and person_id not in found:
            found[person_id] = Neighbour(
                person_id=person_id,
                name=f"{given} {family}".strip(),
                code=code,
                place=place,
                carries=carried.get(person_id, 0),
                asked=asked.get(person_id, 0),
                is_by_hand=person_id in by_hand,
            )
    return Neighbours(
        people=sorted(found.values(), key=lambda one: one.carries + one.asked),
        elsewhere=len({row[3] for row in near if not row[6]}),
    )


def hand_over_of(user: Actor, assignment: Assignment, neighbour_id: UUID, *, now: datetime) -> StepPreview:
    """Say what asking one neighbour would do; `number` 0: they cannot be asked."""
    one = next((one for one in neighbours_of(user, assignment, now=now).people if one.person_id == neighbour_id), None)
    if one is None:
        return StepPreview(kind=StepKind.HAND_OVER, number=0, passed_over=1)
    leaves = leaves_at(now=now, zone=assignment.seat.area.time_zone)
    return StepPreview(
        kind=StepKind.HAND_OVER,
        number=1,
        by_mail=int(not one.is_by_hand),
        by_hand=int(one.is_by_hand),
        in_the_morning=int(leaves > now + LEAVES_AFTER),
        leaves_at=leaves,
    )


def load_of(action_id: UUID, person_ids: Collection[UUID]) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Count what each of these people carries of an action, and about how many others of it they are asked. Two queries."""
    carried: dict[UUID, int] = {}
    theirs = Assignment.objects.filter(Q(holder_id__in=person_ids) | Q(neighbour_id__in=person_ids), action_id=action_id)
    for one in theirs:
        if one.acting_id is not None and one.owes != Owes.NOTHING:
            carried[one.acting_id] = carried.get(one.acting_id, 0) + 1
    asked: dict[UUID, int] = {}
    waiting = TakeOver.objects.filter(person_id__in=person_ids, status=TakeOverStatus.ASKED, assignment__action_id=action_id)
    for person_id in waiting.values_list("person_id", flat=True):
        if person_id is not None:
            asked[person_id] = asked.get(person_id, 0) + 1
    return carried, asked
