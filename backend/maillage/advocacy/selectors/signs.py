"""When people last said or logged something about an office holder."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from maillage.people.selectors.signs import read_signs


def signs_of_sayings(person_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, datetime]:
    """Return when each of these people last said where an office holder stands, or logged a contact."""
    return read_signs(SIGNS, person_ids, now)


SIGNS = """
SELECT author_id AS person_id, recorded_at AS at FROM advocacy_position WHERE author_id = ANY(%(ids)s)
UNION ALL
SELECT author_id, logged_at FROM advocacy_contact WHERE author_id = ANY(%(ids)s)
"""
