"""When people last gave a sign of life, asked of every hall for many at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from maillage.kernel.fates import KeepUntil
from maillage.people.domain.halls import HALLS
from maillage.people.domain.merging import MERGE_SOURCE, UNMERGE_SOURCE
from maillage.people.models import Person


def last_signs(person_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, datetime]:
    """Return each person's last sign of life in any hall, those of records hidden behind theirs included.

    One query a hall, and one for the records behind. Whom a law keeps here (`KeepUntil`) gives a sign as long as it does.
    """
    standing = _records(person_ids)
    found: dict[UUID, datetime] = {}
    asked = list(standing)
    for signs in (*(hall.signs for hall in HALLS.values()), _held_by_law):
        for record_id, at in signs(asked, now).items():
            person_id = standing[record_id]
            found[person_id] = max(at, found.get(person_id, at))
    return found


def read_signs(sql: str, person_ids: Sequence[UUID], now: datetime) -> dict[UUID, datetime]:
    """Run a hall's statement, which selects `person_id, at` of the records in `%(ids)s`; the newest of each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person_id, max(at) FROM ({sql}) sign GROUP BY 1", {"ids": list(person_ids), "now": now})  # noqa: S608
        return dict(cursor.fetchall())


def own_signs(person_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, datetime]:
    """What this floor and accounts know: proofs, sign-ins, consents given and taken back, papers, agreements, comments, a yes to stay."""
    return read_signs(SIGNS, person_ids, now)


SIGNS = f"""
SELECT id AS person_id, confirmed_at AS at FROM people_person WHERE id = ANY(%(ids)s) AND confirmed_at IS NOT NULL
UNION ALL
SELECT person.id, greatest(account.created_at, account.seen_at)
FROM people_person person JOIN accounts_user account ON account.id = person.user_id
WHERE person.id = ANY(%(ids)s)
UNION ALL
SELECT person.id, least(coalesce(held.ends_at, %(now)s), %(now)s)
FROM people_person person JOIN accounts_grant held ON held.user_id = person.user_id
WHERE person.id = ANY(%(ids)s)
UNION ALL
SELECT person_id, verified_at FROM people_contactpoint WHERE person_id = ANY(%(ids)s) AND verified_at IS NOT NULL
UNION ALL
SELECT person_id, at FROM people_consent
WHERE person_id = ANY(%(ids)s) AND act IN ('given', 'withdrawn') AND source NOT IN ('{MERGE_SOURCE}', '{UNMERGE_SOURCE}')
UNION ALL
SELECT person_id, entered_at FROM people_paperform WHERE person_id = ANY(%(ids)s)
UNION ALL
SELECT person_id, at FROM people_agreement WHERE person_id = ANY(%(ids)s)
UNION ALL
SELECT person_id, recorded_at FROM people_qualification WHERE person_id = ANY(%(ids)s)
UNION ALL
SELECT author_id, written_at FROM people_documentcomment WHERE author_id = ANY(%(ids)s)
UNION ALL
SELECT person_id, stayed_at FROM people_stayquestion WHERE person_id = ANY(%(ids)s) AND stayed_at IS NOT NULL
"""  # noqa: S608
"""Lines that joining or taking apart wrote are an organiser's act, and no sign of the person's."""


def _records(person_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Whose record each is: these people's own, and those hidden behind them."""
    standing = {person_id: person_id for person_id in person_ids}
    asked: Iterable[UUID] = person_ids
    while behind := dict(Person.objects.filter(merged_into__in=list(asked)).values_list("pk", "merged_into_id")):
        standing |= {record_id: standing[into] for record_id, into in behind.items() if into and record_id not in standing}
        asked = behind
    return standing


def _held_by_law(person_ids: Sequence[UUID], now: datetime) -> dict[UUID, datetime]:
    """Whom a row names that a law has kept: as long as it stands, so does the person, unless it says by itself who they were (a donor)."""
    held: dict[UUID, datetime] = {}
    for model in apps.get_models():
        if isinstance(vars(model).get("erasure"), KeepUntil):
            for column in model._meta.concrete_fields:
                if column.related_model is Person and getattr(column.remote_field, "on_delete", None) is not models.SET_NULL:
                    rows = model._base_manager.filter(**{f"{column.attname}__in": person_ids})
                    held |= dict.fromkeys(rows.values_list(column.attname, flat=True).distinct(), now)
    return held
