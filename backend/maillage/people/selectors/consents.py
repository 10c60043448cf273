"""What people agreed to, now."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from maillage.people.domain import Channel
from maillage.people.models import ConsentState


def may_contact(*, person_id: UUID, purpose: str, channel: Channel) -> bool:
    """Say whether a person agreed to be reached on this channel for this purpose, and did not take it back; asked at send time."""
    return ConsentState.objects.filter(person_id=person_id, purpose=purpose, channel=channel, is_given=True).exists()


def ways_agreed(person_ids: Collection[UUID], *, purpose: str) -> dict[UUID, set[str]]:
    """Return on which channels each of these people agreed to a purpose; who did on none is left out. One query."""
    ways: dict[UUID, set[str]] = {}
    agreed = ConsentState.objects.filter(person_id__in=person_ids, purpose=purpose, is_given=True)
    for person_id, channel in agreed.values_list("person_id", "channel"):
        ways.setdefault(person_id, set()).add(channel)
    return ways


def people_who_agreed(*, purpose: str, channel: Channel | None = None) -> QuerySet[ConsentState]:
    """Return the running agreements to a purpose (on one channel, or any), for use as a subquery on `person`."""
    agreed = ConsentState.objects.filter(purpose=purpose, is_given=True)
    return agreed.filter(channel=channel) if channel else agreed


@dataclass(frozen=True)
class Mismatch:
    """A person, purpose and channel whose state is not what the log's last line says."""

    person_id: UUID
    purpose: str
    channel: str


def consent_mismatches(*, limit: int) -> list[Mismatch]:
    """Compare the states with the last line of the log for each person, purpose and channel; empty when all agree.

    A line whose person is gone has no state to differ from, and one that was undone leaves none.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MISMATCHES, [limit])
        return [Mismatch(*row) for row in cursor.fetchall()]


_MISMATCHES = """
WITH latest AS (
    SELECT DISTINCT ON (person_id, purpose, channel) person_id, purpose, channel,
           CASE act WHEN 'given' THEN true WHEN 'withdrawn' THEN false END AS is_given
    FROM people_consent ORDER BY person_id, purpose, channel, id DESC
)
SELECT coalesce(l.person_id, s.person_id), coalesce(l.purpose, s.purpose), coalesce(l.channel, s.channel)
FROM latest l
FULL JOIN people_consentstate s ON (s.person_id, s.purpose, s.channel) = (l.person_id, l.purpose, l.channel)
WHERE l.is_given IS DISTINCT FROM s.is_given
  AND EXISTS (SELECT 1 FROM people_person p WHERE p.id = coalesce(l.person_id, s.person_id))
ORDER BY 1, 2, 3 LIMIT %s
"""
