"""What somebody may do about people."""

from datetime import datetime
from uuid import UUID

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.selectors.grants import Actor


def can_enter_people(actor: Actor, *, area_id: UUID, now: datetime) -> bool:
    """Say whether they may enter people met in a constituency: who holds it or stands in, and the organisers above."""
    return accounts.is_reached(actor, roles=[Role.ORGANISER, *HOLDERS], area_id=area_id, now=now)
