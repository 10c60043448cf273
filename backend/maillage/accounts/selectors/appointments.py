"""Who was appointed to what."""

from datetime import datetime

from django.db.models import QuerySet

from maillage.accounts.domain import HOLDERS
from maillage.accounts.models import Grant


def appointments(*, now: datetime) -> QuerySet[Grant]:
    """Return the running roles that come with no seat, the widest place first, with user and area."""
    running = Grant.objects.exclude(role__in=HOLDERS).running(now)
    return running.select_related("user", "area__kind").order_by("area__kind__level", "area__name", "role", "starts_at", "pk")


def masked(address: str) -> str:
    """Show of an address what tells its owner's colleagues apart and no more: `c…e@example.org`."""
    local, at, host = address.partition("@")
    return f"{local[:1]}…{local[-1:] if len(local) > 2 else ''}{at}{host}"
