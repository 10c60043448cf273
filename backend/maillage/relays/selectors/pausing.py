"""Who pauses, for what others would ask of them."""

from collections.abc import Collection
from uuid import UUID

from maillage.relays.models import Term


def who_pauses(person_ids: Collection[UUID]) -> set[UUID]:
    """Return who of these pauses in a seat that they hold. One query."""
    running = Term.objects.filter(person_id__in=person_ids, ends_at__isnull=True, paused_at__isnull=False)
    return set(running.values_list("person_id", flat=True))
