"""Who works for an office holder: noted for the time of the mandate, and forgotten after it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.advocacy.domain.staff import STAFF_MOST, staff_troubles
from maillage.advocacy.models import Mandate, StaffMember
from maillage.kernel.errors import Conflict, Invalid


def note_staff(*, holder_id: UUID, name: str, role: str, office_email: str, by: User, now: datetime) -> StaffMember:
    """Note somebody who works for an office holder who sits.

    Facts: staff.noted.  Raises: Invalid by field, Conflict (`mandate_ended`, `too_many`).
    """
    if troubles := staff_troubles(name=name, role=role, office_email=office_email):
        raise Invalid(_("Some fields need another look."), fields=troubles)
    with transaction.atomic():
        running = Mandate.objects.select_for_update(no_key=True).filter(holder_id=holder_id, ends_on=None)
        mandate = running.order_by("begins_on").last()
        if mandate is None:
            raise Conflict(_("This mandate has ended: nobody who worked for it is noted any more."), code="mandate_ended")
        if mandate.staff.count() >= STAFF_MOST:
            raise Conflict(_("At most 20 people fit here. Take away who left."), code="too_many")
        member = StaffMember.objects.create(mandate=mandate, name=name.strip(), role=role.strip(), office_email=office_email, noted_at=now)
        journal.record("staff.noted", subject=member, at=now, actor_id=by.pk, holder_id=holder_id)
    return member


def remove_staff(*, member: StaffMember, by: User, now: datetime) -> None:
    """Take somebody away: they left, or asked for it. Facts: staff.removed."""
    with transaction.atomic():
        journal.record("staff.removed", subject=member, at=now, actor_id=by.pk)
        member.delete()


def forget_staff(*, today: date) -> int:
    """Forget whoever worked for a mandate that has ended, and say how many. Safe to run twice."""
    gone, _by_model = StaffMember.objects.filter(mandate__ends_on__lt=today).delete()
    return gone
