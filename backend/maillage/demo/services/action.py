"""One brief to every seat, launched two days ago for a day that comes, what was done about it since, and a draft beside it."""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from maillage.accounts.models import User
from maillage.actions import services as actions
from maillage.actions.domain import Answer
from maillage.actions.models import Action, Assignment
from maillage.actions.selectors import neighbours_of, relaunch_of, with_places
from maillage.demo.domain.spread import part
from maillage.demo.domain.texts import ACTION_BRIEF, ACTION_SUMMARY, ACTION_TITLE, DRAFT_BRIEF, DRAFT_SUMMARY, DRAFT_TITLE, PREVENTED
from maillage.people.models import Person
from maillage.relays.models import RelayNetwork

LAUNCHED_BEFORE = timedelta(days=2)
AHEAD = timedelta(days=7)
WEDNESDAY = 2
OPENS, CLOSES = time(8), time(20)

ACCEPTED, DECLINED = 46, 53
"""Out of 100 holders: those below the first have accepted, those below the second declined, the others not answered."""

REMINDED, REMINDED_TWICE = 9, 2


def ask_every_seat(network: RelayNetwork, *, subject_id: UUID, by: User, now: datetime, say: Callable[[str], None]) -> Action:
    """Launch the demo's action, let about half of its holders answer, and leave a second one as a draft."""
    launched_at = now - LAUNCHED_BEFORE
    starts_at, ends_at = _day_ahead(now, zone=ZoneInfo(network.country.time_zone))
    texts = {language: _words(ACTION_TITLE, ACTION_SUMMARY, ACTION_BRIEF, language) for language in ACTION_TITLE}
    action = actions.draft_action(
        network=network, texts=texts, subject_id=subject_id, starts_at=starts_at, ends_at=ends_at, by=by, now=launched_at
    )
    actions.launch_action(action_id=action.pk, by=by, now=launched_at)
    answered = _answer(action, now=now)
    _go_on(action, by=by, now=now)
    say(f"an action for {starts_at:%d %B %Y}, answered by {answered}")
    drafts = {language: _words(DRAFT_TITLE, DRAFT_SUMMARY, DRAFT_BRIEF, language) for language in DRAFT_TITLE}
    actions.draft_action(network=network, texts=drafts, starts_at=starts_at + AHEAD * 2, ends_at=ends_at + AHEAD * 2, by=by, now=now)
    return action


def _answer(action: Action, *, now: datetime) -> int:
    """Let holders answer, each at an hour of their own. The demo relay is left with a question to answer."""
    asked = Assignment.objects.filter(action=action, holder__isnull=False).exclude(holder__user__email=settings.DEMO_ACCOUNTS["relay"])
    answered = 0
    for assignment in asked.select_related("seat__area").order_by("seat__area__code"):
        code = assignment.seat.area.code
        drawn = part(f"answer {code}", of=100)
        at = now - timedelta(minutes=5 + part(f"answers at {code}", of=2700))
        holder_id = assignment.holder_id
        if holder_id is None or drawn >= DECLINED:
            continue
        if drawn < ACCEPTED:
            actions.accept_assignment(assignment_id=assignment.pk, author_id=holder_id, now=at)
        else:
            actions.decline_assignment(assignment_id=assignment.pk, author_id=holder_id, now=at)
        answered += 1
    return answered


def _go_on(action: Action, *, by: User, now: datetime) -> None:
    """Let the day before bring what an organiser does from the board: some reminded, two of them twice; one prevented, one taken over."""
    zone = ZoneInfo(action.network.country.time_zone)
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    shown = set(Person.objects.filter(user__email=settings.DEMO_ACCOUNTS["relay"]).values_list("pk", flat=True))
    held = Assignment.objects.filter(action=action, holder__isnull=False).exclude(holder__in=shown)
    in_order = held.order_by("seat__area__code")
    for prevented in in_order.filter(answer=Answer.WAITING)[:1]:
        if prevented.holder_id is not None:
            at = datetime.combine(yesterday, OPENS, zone)
            actions.block_assignment(assignment_id=prevented.pk, author_id=prevented.holder_id, reason=PREVENTED, now=at)
    for hour, most in ((time(10), REMINDED), (time(17), REMINDED_TWICE)):
        _relaunch(action, in_order.filter(answer=Answer.WAITING)[:most], by=by, now=datetime.combine(yesterday, hour, zone))
    for declined in in_order.filter(answer=Answer.DECLINED).select_related("seat__area", "action"):
        at = datetime.combine(yesterday, time(11), zone)
        near = [one.person_id for one in neighbours_of(by, declined, now=at).people if one.person_id not in shown]
        if near:
            _take_over(declined, near[0], by=by, now=at)
            return


def _relaunch(action: Action, assignments: Iterable[Assignment], *, by: User, now: datetime) -> None:
    """Remind some, and let the mails leave."""
    ids = [one.pk for one in assignments]
    number = relaunch_of(list(with_places(Assignment.objects.filter(pk__in=ids))), now=now).preview.number
    if number:
        step = actions.relaunch(action_id=action.pk, assignment_ids=ids, by=by, now=now, expected=number)
        for leaves_at in sorted(set(step.reminders.values_list("leaves_at", flat=True))):
            actions.send_step(step_id=step.pk, now=leaves_at)


def _take_over(assignment: Assignment, neighbour_id: UUID, *, by: User, now: datetime) -> None:
    """Ask a neighbour, who says yes an hour later."""
    step = actions.hand_over(action_id=assignment.action_id, assignment_id=assignment.pk, neighbour_id=neighbour_id, by=by, now=now)
    question = step.take_overs.get()
    actions.send_step(step_id=step.pk, now=question.leaves_at)
    actions.accept_take_over(take_over_id=question.pk, person_id=neighbour_id, now=question.leaves_at + timedelta(hours=1))


def _day_ahead(now: datetime, *, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Choose the first Wednesday that is a week ahead or more, from 8:00 to 20:00 of the country."""
    day = now.astimezone(zone).date() + AHEAD
    day += timedelta(days=(WEDNESDAY - day.weekday()) % 7)
    return datetime.combine(day, OPENS, zone), datetime.combine(day, CLOSES, zone)


def _words(title: dict[str, str], summary: dict[str, str], brief: dict[str, str], language: str) -> dict[str, str]:
    return {"title": title[language], "summary": summary[language], "brief": brief[language]}
