"""The lines of a file, checked some thousands at a time: what each says, whom it is, what will become of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection, transaction
from psycopg.sql import SQL

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.ids import uuid7
from maillage.kernel.tables import array_written
from maillage.people.domain import Channel
from maillage.people.domain.imports import ImportKey, ImportStatus, Outcome, Refused
from maillage.people.domain.imports_lines import LineRead, Plan, line_read, place_words
from maillage.people.models import Import
from maillage.people.selectors.imports import consent_columns
from maillage.people.selectors.imports_places import Placed, places_named
from maillage.people.selectors.organisation import day_of_house, organisation
from maillage.people.selectors.persons import reach_of

CHUNK = 4_000
"""Lines in a transaction: a second's work, and what a kill costs."""
READ_AT_ONCE = 1_000
"""Lines of a transaction that are in memory together: the places of four thousand took nine megabytes, and saved no time."""


def check_import_lines(*, import_id: UUID, now: datetime) -> bool:
    """Check the next lines of a file, in one transaction with the place where it stands; say whether more remain.

    A line of somebody who is known is recognised among the people whom the organiser reaches, and nobody else: a file
    must not tell who is known elsewhere. Does nothing once the check was stopped.  Facts: import.checked (at the end).
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
        if batch.status != ImportStatus.CHECKING:
            return False
        first = max(batch.cursor, int(batch.has_headings))
        reach = organised_by(batch, now)
        read, batch.cursor = 0, first
        while read < CHUNK and (lines := _lines_after(batch, min(READ_AT_ONCE, CHUNK - read))):
            _copy_readings(batch, lines, reach, now)
            read, batch.cursor = read + len(lines), lines[-1][0]
        if read:
            if not batch.counts:
                _analyse()
            span: dict[str, Any] = {"batch": batch.pk, "after": first, "upto": batch.cursor, "reach": sorted(reach)}
            with connection.cursor() as cursor:
                cursor.execute(RECOGNISE, span)
                cursor.execute(_REPEATED, span)
                cursor.execute(_COUNTED, span)
                batch.counts = added(batch.counts, dict(cursor.fetchall()))
                if by_mail := [n for n, column in enumerate(consent_columns(batch)) if column.channel == Channel.EMAIL]:
                    cursor.execute(_TO_ASK, {**span, "by_mail": by_mail})
                    batch.counts = added(batch.counts, dict(cursor.fetchall()))
        is_last = read < CHUNK
        if is_last:
            batch.status, batch.areas = ImportStatus.CHECKED, _areas_of(batch)
            journal.record("import.checked", subject=batch, at=now, actor_id=batch.by_id)
            _analyse()
        batch.save(update_fields=["status", "cursor", "counts", "areas"])
        if not is_last:
            journal.jobs.enqueue("people.check_import", import_id=batch.pk)
    return not is_last


def _areas_of(batch: Import) -> list[UUID]:
    """Where the people of a file live, whoever organises there; no foreign key, since places outlive no import."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT area_id FROM people_importreading WHERE batch_id = %s AND outcome IN ('new', 'known') ORDER BY 1", [batch.pk]
        )
        return [area_id for (area_id,) in cursor.fetchall()]


def _analyse() -> None:
    """Let the planner know the lines of this file."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_importreading")


def added(counts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    """Add counts up, by name."""
    return dict(Counter(counts) + Counter(more))


def _lines_after(batch: Import, most: int) -> list[tuple[int, list[str]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, cells FROM people_importline WHERE batch_id = %s AND number > %s ORDER BY number LIMIT %s",
            [batch.pk, batch.cursor, most],
        )
        return list(cursor.fetchall())


def organised_by(batch: Import, now: datetime) -> frozenset[UUID]:
    """Return the constituencies that the import's organiser organises now; none once they do not."""
    user = User.objects.filter(imports=batch, is_active=True).first()
    return reach_of(user, now=now).organised if user else frozenset()


def _copy_readings(batch: Import, lines: Sequence[tuple[int, list[str]]], reach: frozenset[UUID], now: datetime) -> None:
    plan = Plan(
        fields=batch.fields,
        key=ImportKey(batch.key),
        consents=consent_columns(batch),
        language=batch.language,
        languages=frozenset(code for code, _name in settings.LANGUAGES),
        country=organisation().country,
        now=now,
        today=day_of_house(now),
    )
    words = [place_words(cells, plan) for _number, cells in lines]
    places = places_named(words)
    reached = {str(area) for area in reach}
    with connection.cursor() as cursor, cursor.copy(SQL(_COPY)) as copy:
        for (number, cells), place in zip(lines, words, strict=True):  # one line at a time: all of them read are many megabytes
            copy.write_row(_row(batch, number, line_read(cells, plan), places[place], reached, plan))


def _row(batch: Import, number: int, line: LineRead, placed: Placed, reached: set[str], plan: Plan) -> Iterable[Any]:
    refused = line.refused
    if placed.refused:
        refused = [*refused, placed.refused]
    elif placed.area_id not in reached:
        refused = [*refused, Refused.OUTSIDE]
    known_by = line.known_by(plan.key)
    return (
        batch.pk,
        number,
        Outcome.REFUSED.value if refused else Outcome.NEW.value,
        array_written(refused),
        array_written(line.remarks),
        known_by.value,
        _identity(known_by, line, placed),
        line.given_name,
        line.family_name,
        line.folded_name,
        line.email,
        line.phone,
        line.language,
        placed.locality_id,
        placed.area_id,
        placed.placed_by,
        placed.placed_with,
        orjson.dumps(line.consents).decode() if line.consents else "[]",
        uuid7(),
    )


def _identity(known_by: ImportKey, line: LineRead, placed: Placed) -> str:
    if known_by == ImportKey.EMAIL:
        return line.email
    return f"{line.phone}{line.folded_name}" if known_by == ImportKey.NAME_PHONE else f"{placed.area_id}{line.folded_name}"


_COPY = """
COPY people_importreading (batch_id, number, outcome, refused, remarks, known_by, identity, given_name, family_name, folded_name,
    email, phone, language, locality_id, area_id, placed_by, placed_with, consents, new_id) FROM STDIN
"""

_SEEN = """
    person.area_id = ANY(%(reach)s) AND person.confirmed_at IS NOT NULL AND person.erased_at IS NULL AND person.merged_into_id IS NULL
"""

# Whom a line is, among the people whom the organiser reaches. An address alone does not do where first names differ (couples
# share one), nor a name where communes differ.
_WHOM = f"""CASE line.known_by
    WHEN 'email' THEN (
        SELECT person.id FROM people_contactpoint point JOIN people_person person ON person.id = point.person_id
        WHERE point.channel = 'email' AND point.value = line.email AND {_SEEN} AND (
            line.given_name = '' OR person.given_name = '' OR lower(unaccent(line.given_name)) = lower(unaccent(person.given_name)))
        ORDER BY person.id LIMIT 1)
    WHEN 'name_phone' THEN (
        SELECT person.id FROM people_contactpoint point JOIN people_person person ON person.id = point.person_id
        WHERE point.channel IN ('phone', 'sms') AND point.value = line.phone AND {_SEEN} AND person.folded_name = line.folded_name
        ORDER BY person.id LIMIT 1)
    ELSE (
        SELECT person.id FROM people_person person
        WHERE person.area_id = line.area_id AND person.folded_name = line.folded_name AND {_SEEN} AND (
            person.locality_id = line.locality_id OR person.locality_id IS NULL OR line.locality_id IS NULL)
        ORDER BY person.id LIMIT 1)
    END"""  # noqa: S608  put together from constants; values are bound

# Asked line by line, and nothing is joined: of tables that are being filled the planner knows nothing, and compared each line
# with each, or read the whole file for each part of it.
RECOGNISE = f"""
UPDATE people_importreading line
SET (person_id, outcome) = (SELECT whom.id, CASE WHEN whom.id IS NULL THEN 'new' ELSE 'known' END FROM (SELECT {_WHOM} AS id) whom)
WHERE line.batch_id = %(batch)s AND line.number > %(after)s AND line.number <= %(upto)s AND line.outcome IN ('new', 'known')
  AND line.person_id IS DISTINCT FROM {_WHOM}
"""  # noqa: S608  as above

# A line is repeated when an earlier one that is taken says the same person; `+ 0` keeps the search off the key of lines, which
# would read all the earlier ones.
_REPEATED = """
UPDATE people_importreading reading SET outcome = 'repeated'
WHERE batch_id = %(batch)s AND number > %(after)s AND number <= %(upto)s AND outcome IN ('new', 'known') AND (
    EXISTS (
        SELECT FROM people_importreading earlier
        WHERE earlier.batch_id = reading.batch_id AND earlier.identity = reading.identity AND earlier.outcome <> 'refused'
          AND earlier.number + 0 < reading.number AND earlier.known_by = reading.known_by
          AND CASE reading.known_by
              WHEN 'email' THEN earlier.given_name = '' OR reading.given_name = ''
                  OR lower(unaccent(earlier.given_name)) = lower(unaccent(reading.given_name))
              WHEN 'name_place' THEN earlier.locality_id = reading.locality_id
                  OR earlier.locality_id IS NULL OR reading.locality_id IS NULL
              ELSE true END)
    OR EXISTS (
        SELECT FROM people_importreading earlier
        WHERE earlier.person_id = reading.person_id AND earlier.batch_id = reading.batch_id AND earlier.number + 0 < reading.number)
)
"""
_COUNTED = """
SELECT outcome, count(*) FROM people_importreading
WHERE batch_id = %(batch)s AND number > %(after)s AND number <= %(upto)s GROUP BY outcome
UNION ALL
SELECT 'refused.' || reason, count(*) FROM people_importreading, unnest(refused) AS reason
WHERE batch_id = %(batch)s AND number > %(after)s AND number <= %(upto)s GROUP BY reason
UNION ALL
SELECT 'remark.' || remark, count(*) FROM people_importreading, unnest(remarks) AS remark
WHERE batch_id = %(batch)s AND number > %(after)s AND number <= %(upto)s GROUP BY remark
UNION ALL
SELECT 'agreements', count(*) FROM people_importreading, jsonb_array_elements(consents) AS consent
WHERE batch_id = %(batch)s AND number > %(after)s AND number <= %(upto)s AND outcome IN ('new', 'known') AND consent ->> 'act' = 'given'
"""
# Lines whose agreement by e-mail will wait: the address was not proved here by the person.
_TO_ASK = """
SELECT 'to_ask', count(*) FROM people_importreading reading
WHERE batch_id = %(batch)s AND number > %(after)s AND number <= %(upto)s AND outcome IN ('new', 'known')
  AND EXISTS (SELECT FROM jsonb_array_elements(consents) AS consent
              WHERE consent ->> 'act' = 'given' AND (consent ->> 'n')::int = ANY(%(by_mail)s))
  AND (outcome = 'new' OR NOT EXISTS (
      SELECT FROM people_contactpoint point WHERE point.person_id = reading.person_id AND point.channel = 'email'
        AND point.value = reading.email AND point.verified_at IS NOT NULL))
"""
