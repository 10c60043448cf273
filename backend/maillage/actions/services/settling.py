"""What became of asking a second person for a launch."""

from datetime import datetime

from maillage import journal
from maillage.accounts.models import User
from maillage.actions.domain import RequestStatus
from maillage.actions.models import Action, LaunchRequest
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of


def settle_request(
    request: LaunchRequest, status: RequestStatus, *, by: User | None, now: datetime, reason: str = "", is_told: bool = True
) -> None:
    """End an open request of a locked action, and tell who asked, unless they ended it or hear of it otherwise (`is_told` False).

    Facts: launch.agreed, launch.refused, launch.withdrawn or launch.overtaken.
    """
    request.status, request.settled_by, request.settled_at, request.reason = status, by, now, reason
    request.save(update_fields=["status", "settled_by", "settled_at", "reason"])
    if is_told and request.by is not None and request.by != by:
        messaging.queue_messages("actions.launch_settled", [recipient_of(request.by, about_id=request.pk)], now=now)
    fact = {
        RequestStatus.AGREED: "launch.agreed",
        RequestStatus.REFUSED: "launch.refused",
        RequestStatus.WITHDRAWN: "launch.withdrawn",
    }.get(status, "launch.overtaken")
    journal.record(fact, subject=request, at=now, actor_id=by.pk if by else None, action_id=request.action_id, version=request.version)


def overtake_request(action: Action, *, by: User | None, now: datetime, is_told: bool = True) -> None:
    """End what a second person is asked about a locked action: it was changed, has left, or its hour was taken back or did not hold.

    Facts: launch.overtaken.
    """
    request = LaunchRequest.objects.select_related("by__person").filter(action=action, status=RequestStatus.ASKED).first()
    if request is not None:
        settle_request(request, RequestStatus.OVERTAKEN, by=by, now=now, is_told=is_told)
