"""Seats on which nobody acts, and whom next door the rule of an action asks for each."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import (
    OPEN_TAKE_OVER,
    TURNED_DOWN,
    ActionStatus,
    Answer,
    Relief,
    TakeOverStatus,
    VacantRule,
    shared_out,
)
from maillage.actions.models import Action, Assignment, BoardStep, TakeOver
from maillage.actions.selectors.board import board_assignments
from maillage.actions.selectors.neighbours import load_of
from maillage.actions.selectors.next_steps import reached
from maillage.relays import selectors as relays
from maillage.relays.selectors.next_door import next_door


def relief_before_launch(action: Action) -> Relief:
    """Say what asking neighbours would come to, were an action launched now with that rule. Nine queries at most."""
    standings = relays.standings(action.network_id).order_by("area__code")
    rows = list(standings.values_list("area_id", "holder_id", "is_paused"))
    vacant = [area_id for area_id, holder_id, is_paused in rows if holder_id is None or is_paused]
    beside = _able(action.network_id, {area_id: area_id for area_id in vacant}, but={})
    carries = Counter(holder_id for _area_id, holder_id, is_paused in rows if holder_id and not is_paused)
    return _counted(beside, shared_out(beside, carries=carries, busy=()))


def vacant_assignments(action_id: UUID) -> QuerySet[Assignment]:
    """Those on which nobody acts and for which nobody is asked, unless an organiser took back what the rule had done there."""
    open_ones = TakeOver.objects.filter(assignment=OuterRef("pk"), status__in=OPEN_TAKE_OVER)
    undone = BoardStep.objects.filter(assignments=OuterRef("pk"), is_by_rule=True, undone_at__isnull=False)
    return _without_anybody().filter(action_id=action_id).exclude(Exists(open_ones)).exclude(Exists(undone))


def whom_to_ask(action: Action, assignments: Sequence[Assignment]) -> dict[UUID, UUID]:
    """Choose for each of these assignments somebody next door: who carries least and is asked about no other one. Ten queries at most.

    Left out: who said no to it or did not answer the rule, and who does not go in their own place.
    """
    if not assignments:
        return {}
    tried: dict[UUID, set[UUID]] = {}
    for assignment_id, person_id in TakeOver.objects.filter(
        Q(status=TakeOverStatus.DECLINED) | Q(status=TakeOverStatus.WITHDRAWN, step__is_by_rule=True),
        assignment__in=assignments,
        person__isnull=False,
    ).values_list("assignment_id", "person_id"):
        tried.setdefault(assignment_id, set()).add(person_id)
    beside = _able(action.network_id, {one.pk: one.seat.area_id for one in assignments}, but=tried)
    people = {person for able in beside.values() for person in able}
    elsewhere = Assignment.objects.filter(action=action, holder_id__in=people, answer__in=TURNED_DOWN)
    stay = set(elsewhere.values_list("holder_id", flat=True))
    carried, asked = load_of(action.pk, people)
    return shared_out(beside, carries=carried, busy=asked.keys() | stay)


def asked_by_rule(user: Actor, action: Action, *, now: datetime) -> dict[str, int]:
    """Count the questions of the rule about lines that a user watches: those that wait, and those answered with a yes. One query."""
    watched = board_assignments(user, action, now=now).values("pk")
    questions = TakeOver.objects.filter(assignment__in=watched, step__is_by_rule=True, status__in=OPEN_TAKE_OVER)
    return dict(questions.values_list("status").annotate(Count("pk")))


def empty_told(user: Actor, actions: Iterable[Action], *, now: datetime) -> dict[UUID, int]:
    """Of running actions whose rule tells the organisers: how many seats that a user organises nobody acts on. One query."""
    running = [one for one in actions if one.status == ActionStatus.LAUNCHED and now < one.ends_at]
    told = [one.pk for one in running if one.vacant_rule == VacantRule.ORGANISER]
    if not told:
        return {}
    organised = accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now)
    empty = _without_anybody().filter(organised, action_id__in=told)
    return dict(empty.values_list("action_id").annotate(Count("pk")))


def _without_anybody() -> QuerySet[Assignment]:
    """Assignments on which nobody acts, and which are not over."""
    idle = Q(holder__isnull=True) | Q(answer__in=TURNED_DOWN)
    return Assignment.objects.filter(idle, neighbour__isnull=True).exclude(answer__in=[Answer.REPORTED, Answer.EXPIRED])


def _able(network_id: UUID, areas: Mapping[UUID, UUID], *, but: Mapping[UUID, Collection[UUID]]) -> dict[UUID, list[UUID]]:
    """For each place, those who hold a seat next to its area and can be asked, the longest border first; some left out."""
    near = next_door(list(set(areas.values())))
    others = {id for ids in near.values() for id in ids}
    running = relays.standings(network_id).filter(area_id__in=others, holder__isnull=False, is_paused=False)
    holders = dict(running.values_list("area_id", "holder_id"))
    mailed, by_hand = reached(list(set(holders.values())), purpose="actions.take_over")
    able = {area_id: holder for area_id, holder in holders.items() if holder in mailed | by_hand}
    return {
        place: list(dict.fromkeys(able[id] for id in near[area_id] if id in able and able[id] not in but.get(place, ())))
        for place, area_id in areas.items()
    }


def _counted(beside: Mapping[UUID, Sequence[UUID]], chosen: Mapping[UUID, UUID]) -> Relief:
    none = sum(1 for people in beside.values() if not people)
    return Relief(asked=len(chosen), later=len(beside) - len(chosen) - none, none=none)
