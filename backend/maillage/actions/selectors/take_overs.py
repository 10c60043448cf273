"""What neighbours are asked, told to them."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import TAKE_OVER_LINK, ActionStatus, TakeOverStatus
from maillage.actions.models import TakeOver
from maillage.kernel.errors import NotFound
from maillage.kernel.links import read_link, sign_link


def take_over_token(question: TakeOver) -> str:
    """The token of the link by which a mail's reader answers a question without a login; it ends with the action."""
    return sign_link(TAKE_OVER_LINK, ids=[question.pk], ends_at=question.assignment.action.ends_at)


def linked_take_over(token: str, *, now: datetime) -> TakeOver:
    """The question behind a link of a mail, with the person to whom it was put.

    Raises: NotFound (`link_broken`, `take_over_unknown`), LinkEnded.
    """
    ids = read_link(TAKE_OVER_LINK, token, now=now)
    found = _whole().filter(pk=ids[0], person__isnull=False).first() if ids else None
    if found is None:
        raise NotFound(code="take_over_unknown")
    return found


def questions_waiting_for(user: Actor, *, now: datetime) -> QuerySet[TakeOver]:
    """The questions that wait for a signed-in neighbour's own answer, the soonest action first."""
    if user.pk is None:
        return TakeOver.objects.none()
    asked = _whole().filter(person__user_id=user.pk, status=TakeOverStatus.ASKED)
    return asked.filter(assignment__action__status=ActionStatus.LAUNCHED, assignment__action__ends_at__gt=now).order_by(
        "assignment__action__starts_at", "pk"
    )


def own_question(user: Actor, take_over_id: UUID) -> TakeOver:
    """One question that was put to a signed-in neighbour, answered or not. Raises: NotFound."""
    found = _whole().filter(pk=take_over_id, person__user_id=user.pk).first() if user.pk else None
    if found is None:
        raise NotFound(code="take_over_unknown")
    return found


def _whole() -> QuerySet[TakeOver]:
    """Questions that have left, with what their page shows. Two queries."""
    return (
        TakeOver.objects.filter(sent_at__isnull=False)
        .select_related("person", "assignment__action", "assignment__seat__area__kind")
        .prefetch_related("assignment__action__texts")
    )
