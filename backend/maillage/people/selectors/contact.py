"""Where people are reached."""

from collections.abc import Collection
from uuid import UUID

from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Person


def email_addresses(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return each person's proved e-mail address, the preferred one first, else the one that they sign in with.

    People without one, erased people, and records merged into another are left out. Two queries.
    """
    proved = ContactPoint.objects.filter(
        person_id__in=person_ids,
        channel=Channel.EMAIL,
        verified_at__isnull=False,
        person__erased_at__isnull=True,
        person__merged_into__isnull=True,
    )
    found = dict(proved.order_by("is_preferred", "-verified_at").values_list("person_id", "value"))
    missing = [id for id in person_ids if id not in found]
    if missing:
        users = Person.objects.filter(pk__in=missing, erased_at__isnull=True, merged_into__isnull=True, user__is_active=True)
        found.update(users.values_list("pk", "user__email"))
    return found
