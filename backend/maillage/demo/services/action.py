"""One brief to every seat, launched two days ago for a day that comes, and a draft beside it."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from maillage.accounts.models import User
from maillage.actions import services as actions
from maillage.actions.models import Action, Assignment
from maillage.demo.domain.spread import part
from maillage.demo.domain.texts import ACTION_BRIEF, ACTION_SUMMARY, ACTION_TITLE, DRAFT_BRIEF, DRAFT_SUMMARY, DRAFT_TITLE
from maillage.relays.models import RelayNetwork

LAUNCHED_BEFORE = timedelta(days=2)
AHEAD = timedelta(days=7)
WEDNESDAY = 2
OPENS, CLOSES = time(8), time(20)

ACCEPTED, DECLINED = 46, 53
"""Out of 100 holders: those below the first have accepted, those below the second declined, the others not answered."""


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


def _day_ahead(now: datetime, *, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Choose the first Wednesday that is a week ahead or more, from 8:00 to 20:00 of the country."""
    day = now.astimezone(zone).date() + AHEAD
    day += timedelta(days=(WEDNESDAY - day.weekday()) % 7)
    return datetime.combine(day, OPENS, zone), datetime.combine(day, CLOSES, zone)


def _words(title: dict[str, str], summary: dict[str, str], brief: dict[str, str], language: str) -> dict[str, str]:
    return {"title": title[language], "summary": summary[language], "brief": brief[language]}
