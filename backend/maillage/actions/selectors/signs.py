"""When people last answered or reported."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from maillage.people.selectors.signs import read_signs


def signs_of_answers(person_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, datetime]:
    """Return when each of these people last answered an action, or reported what came of it.

    What the neighbour who took it over reported is no sign of its holder.
    """
    return read_signs(SIGNS, person_ids, now)


SIGNS = """
SELECT holder_id AS person_id, answered_at AS at FROM actions_assignment
WHERE holder_id = ANY(%(ids)s) AND answered_at IS NOT NULL AND NOT (answer = 'reported' AND neighbour_id IS NOT NULL)
UNION ALL
SELECT author_id, reported_at FROM actions_report WHERE author_id = ANY(%(ids)s)
UNION ALL
SELECT person_id, answered_at FROM actions_takeover
WHERE person_id = ANY(%(ids)s) AND answered_at IS NOT NULL AND status IN ('accepted', 'declined')
"""
