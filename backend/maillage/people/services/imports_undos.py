"""An import taken back, some thousands of people at a time."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from maillage import journal
from maillage.kernel.text import fold
from maillage.people.domain.imports import ImportStatus
from maillage.people.models import ConsentState, ContactPoint, Import, ImportedPerson, Likeness, Person, ToldApart
from maillage.people.services.imports_checks import CHUNK, added

_ALONG = (Likeness, ToldApart, ConsentState, ContactPoint, ImportedPerson)
"""What goes with whoever goes: what an import itself writes of a person, and what was found out about pairs of records.

Whatever else names a person is somebody's act, and keeps them.
"""


def columns_naming_people(*, of: Collection[type[Model]] | None = None) -> list[tuple[str, str]]:
    """Return each table and column that points to a person: of these models, or of all but those that go along."""
    found = [
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and (model in of if of is not None else model not in _ALONG)
        for field in model._meta.local_concrete_fields
        if field.related_model is Person and field.column
    ]
    return sorted(found)


def take_back_imported(*, import_id: UUID, now: datetime) -> bool:
    """Take back what an import did to its next people, in one transaction; say whether more remain.

    Whom it created and nobody touched since is deleted; what it filled in is emptied where it still says the same; an
    agreement that it brought is taken out unless the person has spoken since. Who has acted or been changed since stays.
    Facts: people.import_undone (one for each part), import.undone (at the end).
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
        if batch.status != ImportStatus.UNDOING:
            return False
        with connection.cursor() as cursor:
            cursor.execute(_PART, [batch.pk, batch.cursor, CHUNK])
            upto = cursor.fetchone()[0]
            if upto is not None:
                counts = _take_back(cursor, batch, upto, now)
                journal.record("people.import_undone", subject=batch, at=now, actor_id=batch.by_id, **counts)
                batch.counts = added(batch.counts, {f"undo.{name}": count for name, count in counts.items()})
                batch.cursor = upto
                journal.jobs.enqueue("people.undo_import", import_id=batch.pk)
            else:
                batch.status, batch.undone_at = ImportStatus.UNDONE, now
                journal.record("import.undone", subject=batch, at=now, actor_id=batch.by_id)
        batch.save(update_fields=["status", "cursor", "counts", "undone_at"])
    return upto is not None


def _take_back(cursor: Any, batch: Import, upto: int, now: datetime) -> dict[str, int]:
    span = {"batch": batch.pk, "after": batch.cursor, "upto": upto, "now": now, "source": f"import:{batch.pk}"}
    cursor.execute(_LOCK, span)
    cursor.execute(_UNDO.format(acted=_acted()), span)
    cursor.execute("SELECT count(*) FILTER (WHERE goes), count(*) FILTER (WHERE act = 'created' AND NOT goes) FROM import_undo")
    deleted, kept = cursor.fetchone()
    cursor.execute(_UNWAIT, span)
    for table, column in [*columns_naming_people(of=_ALONG), ("people_person", "id")]:
        cursor.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT person_id FROM import_undo WHERE goes)")  # noqa: S608
    cursor.execute(_AGREED, span)
    cursor.execute(_UNSTATE)
    cursor.execute(_UNSAY, span)
    agreements = cursor.rowcount
    cursor.execute(_EMPTY)
    names = [(id, fold(f"{family} {given}")) for id, family, given in cursor.fetchall()]
    if names:
        cursor.execute(_REFOLD, [[id for id, _name in names], [f" {name}" if name else "" for _id, name in names]])
    cursor.execute(_CONTACTS)
    cursor.execute("DELETE FROM people_importedperson met USING import_undo u WHERE met.id = u.id AND u.act <> 'created'")
    cursor.execute("SELECT count(*) FROM import_undo WHERE act = 'filled'")
    restored = cursor.fetchone()[0]
    cursor.execute("DROP TABLE import_undo, import_agreed")
    return {"deleted": deleted, "kept": kept, "restored": restored, "agreements": agreements}


def _acted() -> str:
    """Say, in SQL, that some row of any app names the person: an application, a term, a message, a promise."""
    named = [f"EXISTS (SELECT FROM {table} row WHERE row.{column} = person.id)" for table, column in columns_naming_people()]
    return " OR ".join(["person.user_id IS NOT NULL", "person.erased_at IS NOT NULL", *named])


_PART = """
SELECT max(number) FROM (SELECT number FROM people_importedperson WHERE batch_id = %s AND number > %s ORDER BY number LIMIT %s) part
"""
_LOCK = """
SELECT person.id FROM people_person person
WHERE person.id IN (SELECT person_id FROM people_importedperson WHERE batch_id = %(batch)s AND number > %(after)s AND number <= %(upto)s)
ORDER BY person.id FOR UPDATE
"""
# A person goes whom this import created, whom no row of any app names, and of whom everything still says what the file said.
_UNDO = """
CREATE TEMPORARY TABLE import_undo AS
SELECT met.id, met.person_id, met.act, met.filled, met.act = 'created' AND NOT ({acted}) AND NOT (
    reading.number IS NULL
    OR (person.given_name, person.family_name, person.language) <> (reading.given_name, reading.family_name, reading.language)
    OR person.area_id IS DISTINCT FROM reading.area_id OR person.locality_id IS DISTINCT FROM reading.locality_id
    OR person.shows_given_name
    OR EXISTS (SELECT FROM people_importedperson other WHERE other.person_id = person.id AND other.batch_id <> met.batch_id)
    OR EXISTS (SELECT FROM people_consent said WHERE said.person_id = person.id AND said.source <> %(source)s)
    OR EXISTS (SELECT FROM people_contactpoint point
               WHERE point.person_id = person.id AND point.value NOT IN (reading.email, reading.phone))
    ) AS goes
FROM people_importedperson met
JOIN people_person person ON person.id = met.person_id
LEFT JOIN people_importreading reading ON (reading.batch_id, reading.number) = (met.batch_id, met.number)
WHERE met.batch_id = %(batch)s AND met.number > %(after)s AND met.number <= %(upto)s
"""
# Of who stays: the agreements of which nothing was said since this import.
_AGREED = """
CREATE TEMPORARY TABLE import_agreed AS
SELECT last.* FROM (
    SELECT DISTINCT ON (said.person_id, said.purpose, said.channel)
           said.person_id, said.controller_id, said.purpose, said.channel, said.act, said.wording, said.source
    FROM people_consent said JOIN import_undo u ON u.person_id = said.person_id AND NOT u.goes
    ORDER BY said.person_id, said.purpose, said.channel, said.id DESC
) last
WHERE last.source = %(source)s AND last.act = 'given'
"""
# The question is taken back with the file; of who goes, whatever waits.
_UNWAIT = """
DELETE FROM people_waitingaddress waiting USING people_contactpoint point, import_undo u
WHERE point.id = waiting.point_id AND point.person_id = u.person_id AND (waiting.batch_id = %(batch)s OR u.goes)
"""
_UNSTATE = """
DELETE FROM people_consentstate state USING import_agreed said
WHERE (state.person_id, state.purpose, state.channel) = (said.person_id, said.purpose, said.channel)
"""
_UNSAY = """
INSERT INTO people_consent (person_id, controller_id, purpose, channel, act, wording, source, at)
SELECT person_id, controller_id, purpose, channel, 'undone', wording, source, %(now)s FROM import_agreed
ORDER BY person_id, purpose, channel
"""
_EMPTY = """
UPDATE people_person person SET
    given_name = CASE WHEN given_name = u.filled ->> 'given_name' THEN '' ELSE given_name END,
    family_name = CASE WHEN family_name = u.filled ->> 'family_name' THEN '' ELSE family_name END,
    locality_id = nullif(locality_id, (u.filled ->> 'locality_id')::uuid)
FROM import_undo u
WHERE person.id = u.person_id AND u.act = 'filled' AND u.filled ?| ARRAY['given_name', 'family_name', 'locality_id']
RETURNING person.id, person.family_name, person.given_name
"""
_REFOLD = """
UPDATE people_person person SET folded_name = asked.name
FROM unnest(%s::uuid[], %s::text[]) AS asked(id, name) WHERE person.id = asked.id
"""
# An address that the person has proved since is theirs.
_CONTACTS = """
DELETE FROM people_contactpoint point USING import_undo u
WHERE point.person_id = u.person_id AND u.act = 'filled' AND point.value = u.filled ->> point.channel
  AND NOT EXISTS (SELECT FROM people_waitingaddress other WHERE other.point_id = point.id)
  AND (point.verified_at IS NULL OR EXISTS (
      SELECT FROM import_agreed said WHERE said.person_id = point.person_id
        AND (said.channel = point.channel OR (said.channel = 'sms' AND point.channel = 'phone'))))
"""
