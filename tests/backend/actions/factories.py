"""Actions as situations: drafted, launched, answered."""

from datetime import datetime, timedelta
from typing import Any

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.models import Action, Assignment
from maillage.kernel.clock import now
from tests.backend.relays.factories import SmallNetwork

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
