"""Roles given and ended."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.accounts.services.sessions import end_sessions
from maillage.territories.models import Area


def grant_role(*, user: User, role: Role, area: Area, origin: str, now: datetime, ends_at: datetime | None = None) -> Grant:
    """Let a user hold a role in an area and wholly below it from now on; the same origin twice is one grant, opened again.

    `origin` says why: `term:<id>`, `appointed:<user id>`, `installation`, `demo`.
    Facts: role.granted.
    """
    with transaction.atomic():
        grant, is_new = Grant.objects.select_for_update().get_or_create(
            user=user, role=role, area=area, origin=origin, defaults={"starts_at": now, "ends_at": ends_at}
        )
        if not is_new and grant.is_running(now) and grant.ends_at == ends_at:
            return grant
        if not is_new:
            grant.starts_at = grant.starts_at if grant.is_running(now) else now
            grant.ends_at = ends_at
            grant.save(update_fields=["starts_at", "ends_at"])
        journal.record("role.granted", subject=grant, at=now, role=str(role), area_id=area.pk, user_id=user.pk)
    return grant


def end_grant(*, grant_id: UUID, now: datetime) -> None:
    """End a role now; one that has ended stays as it is. Facts: role.ended."""
    with transaction.atomic():
        _end(list(Grant.objects.select_for_update().filter(pk=grant_id).running(now)), now=now)


def end_grants(*, origin: str, now: datetime) -> int:
    """End every running role that has this origin, and say how many (a term that ends: `term:<id>`). Facts: role.ended."""
    with transaction.atomic():
        running = list(Grant.objects.select_for_update().filter(origin=origin).running(now).order_by("pk"))
        _end(running, now=now)
    return len(running)


def _end(grants: list[Grant], *, now: datetime) -> None:
    for user_id in {grant.user_id for grant in grants}:
        end_sessions(user_id=user_id)  # what a screen or a telephone still shows of the role is not asked for again
    for grant in grants:
        grant.ends_at = now
        grant.save(update_fields=["ends_at"])
        journal.record("role.ended", subject=grant, at=now, role=grant.role, area_id=grant.area_id, user_id=grant.user_id)
