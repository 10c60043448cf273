"""Saved views that somebody may use."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.people.models import SavedView


def views_of(user: User, *, now: datetime) -> list[dict[str, Any]]:
    """Return one's own views and those shared by organisers of the same areas, by name; one query."""
    mine = accounts.running_grants(user, now=now).filter(role=Role.ORGANISER).values("area_id")
    seen = SavedView.objects.filter(Q(owner=user) | Q(area__in=mine), deleted_at__isnull=True).select_related("area")
    return [
        {
            "id": view.pk,
            "name": view.name,
            "filters": view.filters,
            "shared_with": {"id": view.area.pk, "name": view.area.called} if view.area else None,
            "is_mine": view.owner_id == user.pk,
        }
        for view in seen.order_by("name", "pk")
    ]
