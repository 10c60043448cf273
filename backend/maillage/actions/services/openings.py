"""It is written down who opens a brief."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from maillage.accounts.models import User
from maillage.actions.domain import OPENED_AGAIN_AFTER, OPENINGS_KEPT, SHOWN_TO_WHO_ORGANISES, Way
from maillage.actions.models import Action, Assignment, Opening
from maillage.people.models import Person


def note_opening(*, action: Action, seat_id: UUID, reader: Person | User, way: Way, now: datetime) -> None:
    """Write down that somebody opens the brief of a seat, in its present version; the same again within an hour is not.

    Called by the view that shows it, before it answers. It is no sign of life, and changes nothing of what is asked: the first time
    that who acts opens a version, boards fetch that line again. A query, and two more the first time.
    """
    whose: dict[str, Any] = {"person": reader}
    if isinstance(reader, User):
        whose = {"person": reader.person} if hasattr(reader, "person") else {"user": reader}
    opened = Opening.objects.filter(action=action, seat_id=seat_id, version=action.version, **whose)
    earlier = dict(opened.values_list("way").annotate(last=Max("opened_at")))
    if way in earlier and earlier[way] > now - OPENED_AGAIN_AFTER:
        return
    with transaction.atomic():
        Opening.objects.create(action=action, seat_id=seat_id, version=action.version, way=way, opened_at=now, **whose)
        if "person" in whose and way not in SHOWN_TO_WHO_ORGANISES and not earlier.keys() - SHOWN_TO_WHO_ORGANISES:
            acts = Q(neighbour=whose["person"]) | Q(neighbour=None, holder=whose["person"])
            Assignment.objects.filter(acts, action=action, seat_id=seat_id).update(changed_at=now)


def forget_openings(*, now: datetime) -> int:
    """Delete what was opened more than thirteen months ago; say how many."""
    return Opening.objects.filter(opened_at__lt=now - OPENINGS_KEPT).delete()[0]
