"""When people last asked, held, answered, wrote or told something about seats."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from maillage.people.selectors.signs import read_signs


def signs_of_seats(person_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, datetime]:
    """Return the last sign of life of each of these people in this hall; a term that runs is one of `now`, an ended one of its end.

    Written to a place from a proved address counts too, though whoever writes needs not be known as a person.
    """
    return read_signs(SIGNS, person_ids, now)


SIGNS = """
SELECT person_id, confirmed_at AS at FROM relays_application WHERE person_id = ANY(%(ids)s) AND confirmed_at IS NOT NULL
UNION ALL
SELECT person_id, confirmed_at FROM relays_joining WHERE person_id = ANY(%(ids)s) AND confirmed_at IS NOT NULL
UNION ALL
SELECT person_id, coalesce(ends_at, %(now)s) FROM relays_term WHERE person_id = ANY(%(ids)s)
UNION ALL
SELECT person_id, answered_at FROM relays_seatask
WHERE person_id = ANY(%(ids)s) AND status IN ('agreed', 'declined', 'passed_on', 'confirmed') AND answered_at IS NOT NULL
UNION ALL
SELECT person_id, since FROM relays_welcome WHERE person_id = ANY(%(ids)s)
UNION ALL
SELECT person_id, agreed_at FROM relays_companion WHERE person_id = ANY(%(ids)s) AND agreed_at IS NOT NULL
UNION ALL
SELECT person_id, shown_since FROM relays_relayphoto WHERE person_id = ANY(%(ids)s)
UNION ALL
SELECT author_id, written_at FROM relays_seatnote WHERE author_id = ANY(%(ids)s)
UNION ALL
SELECT author_id, at FROM relays_turn WHERE author_id = ANY(%(ids)s)
UNION ALL
SELECT point.person_id, turn.at
FROM people_contactpoint point
JOIN relays_conversation conversation ON conversation.writer_email = point.value AND conversation.confirmed_at IS NOT NULL
JOIN relays_turn turn ON turn.conversation_id = conversation.id AND turn.side = 'writer'
WHERE point.person_id = ANY(%(ids)s) AND point.channel = 'email' AND point.verified_at IS NOT NULL
UNION ALL
SELECT reporter_id, made_at FROM relays_concern WHERE reporter_id = ANY(%(ids)s)
"""
