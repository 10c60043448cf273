"""Who is asked for a launch, and what came of it."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from maillage.accounts import selectors as accounts
from maillage.accounts.models import User
from maillage.actions.models import Action, LaunchRequest
from maillage.kernel.errors import NotFound


def launch_requests_of(action: Action) -> QuerySet[LaunchRequest]:
    """What second persons were asked about an action, the latest first. One query."""
    found = LaunchRequest.objects.filter(action=action).select_related("by__person", "settled_by__person")
    return found.order_by("-asked_at", "-pk")


def launch_request(action: Action, request_id: UUID) -> LaunchRequest:
    """One of them. Raises: NotFound (`launch_request_unknown`)."""
    found = LaunchRequest.objects.filter(action=action, pk=request_id).first()
    if found is None:
        raise NotFound(code="launch_request_unknown")
    return found


def second_persons(action: Action, *, but: User, now: datetime) -> list[User]:
    """The active organisers of an action's whole territory, `but` one of them: any of them can be the second person. One query."""
    found = accounts.organisers_above(action.network.country, now=now).exclude(pk=but.pk)
    return list(found.select_related("person"))
