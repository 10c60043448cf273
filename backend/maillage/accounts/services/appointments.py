"""People appointed to a role by an administrator."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.models import Grant, User
from maillage.accounts.services.grants import end_grant, grant_role
from maillage.accounts.services.users import invite_user
from maillage.kernel.errors import Conflict, Invalid
from maillage.territories.models import Area

INSTALLATION = "installation"
"""Origin of the first administrator, appointed by who installs."""


def appoint(*, email: str, role: Role, area: Area, by: User | None, language: str, now: datetime) -> Grant:
    """Give a role in an area to whoever reads this address, known or new, and have them told by mail.

    Without `by` it is the installation that appoints. Appointed already, nothing changes.
    Facts: user.invited (of a new one), role.granted, role.appointed.  Raises: Invalid (a role that comes with a seat).
    """
    if role in HOLDERS:
        raise Invalid(code="role_of_a_seat", fields={"role": [_("A relay is approved for a seat, from the applications.")]})
    with transaction.atomic():
        user = invite_user(email=email, language=language, now=now)
        held = Grant.objects.filter(user=user, role=role, area=area).running(now).first()
        if held is not None:
            return held
        origin = f"appointed:{by.pk}" if by else INSTALLATION
        grant = grant_role(user=user, role=role, area=area, origin=origin, now=now)
        journal.record("role.appointed", subject=grant, at=now, actor_id=by.pk if by else None)
    return grant


def keep_an_administrator(*, but_user_id: UUID, now: datetime) -> None:
    """Hold the administrators until the transaction ends, and see that one is left once this user is gone.

    Raises: Conflict (`last_administrator`).
    """
    users = {grant.user_id for grant in _administrators(now)}
    if users == {but_user_id}:
        raise Conflict(_("You are the last administrator. Appoint another one first."), code="last_administrator")


def end_appointment(*, grant_id: UUID, by: User, now: datetime) -> None:
    """End a role that somebody was appointed to; ended already, nothing changes.

    Facts: role.ended.  Raises: Grant.DoesNotExist, Conflict (`last_administrator`: somebody must remain).
    """
    with transaction.atomic():
        administrators = _administrators(now)
        grant = Grant.objects.exclude(role__in=HOLDERS).get(pk=grant_id)
        others = [held for held in administrators if held.pk != grant.pk]
        if grant.role == Role.ADMINISTRATOR and grant.is_running(now) and not others:
            raise Conflict(_("You are the last administrator. Appoint another one first."), code="last_administrator")
        end_grant(grant_id=grant.pk, now=now)


def _administrators(now: datetime) -> list[Grant]:
    # All of them, in order: two administrators who end each other at the same instant leave one.
    return list(Grant.objects.select_for_update().filter(role=Role.ADMINISTRATOR).running(now).order_by("pk"))
