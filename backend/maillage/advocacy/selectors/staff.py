"""Who works for an office holder, for who sees what was said of them."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from maillage.accounts.selectors.grants import Actor
from maillage.advocacy.models import StaffMember
from maillage.advocacy.selectors.sights import holder_seen
from maillage.kernel.errors import NotFound


def staff_of(holder_id: UUID) -> QuerySet[StaffMember]:
    """Who works for somebody in the mandate that runs, by name."""
    return StaffMember.objects.filter(mandate__holder_id=holder_id, mandate__ends_on=None).order_by("name", "pk")


def staff_seen(user: Actor, member_id: UUID, *, now: datetime) -> StaffMember:
    """One of them, for who serves the place of the office holder. Raises: NotFound."""
    found = StaffMember.objects.select_related("mandate").filter(pk=member_id).first()
    if found is None:
        raise NotFound(code="staff_unknown")
    holder_seen(user, found.mandate.holder_id, now=now)
    return found
