"""Actions as situations: drafted, launched, answered, late, taken over next door."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.models import Action, Assignment, TakeOver
from maillage.kernel.clock import now
from maillage.people.models import Person
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, make_holder, make_neighbours

TEXTS = {
    "fr": {"title": "Petites lignes", "summary": "Un rendez-vous partout.", "brief": "## Vos questions\n\nVoterez-vous le **fonds** ?"},
    "en": {"title": "Small lines", "summary": "One appointment everywhere.", "brief": "## Your questions\n\nWill you vote the **fund**?"},
}


def make_action(
    net: SmallNetwork, *, starts_in: timedelta = timedelta(days=5), lasts: timedelta = timedelta(hours=9), **fields: Any
) -> Action:
    """A draft for the whole network."""
    starts_at = now() + starts_in
    return services.draft_action(
        **{"network": net.network, "texts": TEXTS, "starts_at": starts_at, "ends_at": starts_at + lasts, "by": None, "now": now(), **fields}
    )


def make_launched(net: SmallNetwork, *, by: User | None = None, **fields: Any) -> Action:
    """An action that was launched just now."""
    return services.launch_action(action_id=make_action(net, **fields).pk, by=by, now=now())


def assignment_of(action: Action, code: str) -> Assignment:
    return Assignment.objects.select_related("action", "seat__area", "holder").get(action=action, seat__area__code=code)


def move_window(action: Action, *, starts_at: datetime, ends_at: datetime) -> None:
    Action.objects.filter(pk=action.pk).update(starts_at=starts_at, ends_at=ends_at)
    action.refresh_from_db()


def tomorrow(hour: int, minute: int = 0) -> datetime:
    """An hour of tomorrow in Petit-Pays: what waits until the morning does not hang on when a test runs."""
    day = in_days(1)
    return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo("Europe/Paris")).astimezone(UTC)


def make_late(net: SmallNetwork, *codes: str, **fields: Any) -> Action:
    """An action that began this morning (`tomorrow`), unanswered in these places, each with a holder."""
    for code in codes:
        make_holder(net.seat(code), language="en")
    action = make_launched(net, **fields)
    move_window(action, starts_at=tomorrow(9), ends_at=tomorrow(19))
    return action


def make_next_door(net: SmallNetwork, code: str, other: str, *, name: str = "Théo") -> Person:
    """Somebody who holds the seat next to another one."""
    make_neighbours(net, code, {other: 900})
    return make_holder(net.seat(other), email=f"{other}@people.example", given_name=name, language="en")[1]


def make_asked(assignment: Assignment, neighbour: Person, *, at: datetime | None = None) -> TakeOver:
    """A question to a neighbour that left."""
    instant = at or now()
    return TakeOver.objects.create(assignment=assignment, person=neighbour, asked_at=instant, leaves_at=instant, sent_at=instant)
