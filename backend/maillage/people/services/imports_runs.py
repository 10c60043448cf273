"""The people of a checked file, written some thousands at a time: a few statements for each part, all or nothing."""
# ruff: noqa: S608  the statements are put together from the constants of this file; values are bound

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from maillage import journal
from maillage.kernel.ids import UUID7
from maillage.kernel.text import fold
from maillage.people.domain import Channel
from maillage.people.domain.imports import ImportStatus
from maillage.people.domain.silences import silent_among
from maillage.people.models import Import
from maillage.people.selectors.imports import consent_columns, wording_of
from maillage.people.services.consents import the_controller
from maillage.people.services.imports_checks import CHUNK, RECOGNISE, added, organised_by

_TURN = 0x6D61696C
"""Imports take turns at writing, so that two files cannot create the same person side by side."""


def write_import_lines(*, import_id: UUID, now: datetime) -> bool:
    """Write the next people of a checked file, in one transaction with the place where it stands; say whether more remain.

    Who is new is created; of who is known, only what is empty is filled in. An agreement is kept with its proof, and never where
    the person, or anybody at that address, had taken it back; by e-mail it waits until the address's owner
    confirms it. Does nothing once the run was stopped.
    Facts: people.imported (one for each part: ids of who was created are in `ImportedPerson`), import.finished.
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
        if batch.status != ImportStatus.RUNNING:
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        upto = _end_of_part(batch)
        if upto is not None:
            counts = _write(batch, upto, now)
            journal.record("people.imported", subject=batch, at=now, actor_id=batch.by_id, after=batch.cursor, upto=upto, **counts)
            batch.counts, batch.cursor = added(batch.counts, counts), upto
        else:
            batch.status, batch.ended_at = ImportStatus.DONE, now
            journal.record("import.finished", subject=batch, at=now, actor_id=batch.by_id)
        batch.save(update_fields=["status", "cursor", "counts", "ended_at"])
        if upto is not None:
            journal.jobs.enqueue("people.run_import", import_id=batch.pk)
    return upto is not None


def _end_of_part(batch: Import) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_PART, [batch.pk, batch.cursor, CHUNK])
        upto: int | None = cursor.fetchone()[0]
    return upto


def _write(batch: Import, upto: int, now: datetime) -> dict[str, int]:
    span: dict[str, Any] = {
        "batch": batch.pk,
        "after": batch.cursor,
        "upto": upto,
        "now": now,
        "reach": sorted(organised_by(batch, now)),
        "source": f"import:{batch.pk}",
    }
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # put off, the keys of all these rows wait in memory to be checked
        cursor.execute(_OUTSIDE, span)
        lost = {"refused": cursor.rowcount, "refused.outside": cursor.rowcount} if cursor.rowcount else {}
        _recognise(cursor, span)
        cursor.execute(_MET_BEFORE, span)
        cursor.execute(_CREATE, span)
        cursor.execute(_CREATED, span)
        _fill(cursor, span)
        given = _agree(cursor, batch, span)
        cursor.execute(_CONTACTS, span)
        given |= _wait(cursor, span) if given else {}
        cursor.execute(_ACTS, span)
        counts = dict(cursor.fetchall())
    return {**counts, **given, **lost}


def _recognise(cursor: Any, span: dict[str, Any]) -> None:
    """Find anew who is known, since people come and go between the check and the run, and lock them.

    Who was erased or joined to another record while we waited for the lock is looked for once more: nothing is filled into a
    record that nobody stands behind.
    """
    is_gone = True
    while is_gone:
        cursor.execute(RECOGNISE, span)
        cursor.execute(_LOCK, span)
        is_gone = any(gone for _id, gone in cursor.fetchall())


def _fill(cursor: Any, span: dict[str, Any]) -> None:
    """Fill in what is empty of the people who are known; their searched name follows."""
    cursor.execute(_KNOWN, span)
    cursor.execute(_FILL, span)
    names = [(id, fold(f"{family} {given}")) for id, family, given in cursor.fetchall()]
    if names:
        cursor.execute(_REFOLD, [[id for id, _name in names], [f" {name}" if name else "" for _id, name in names]])
    cursor.execute(_CONTACTS_OF_KNOWN, span)


def _agree(cursor: Any, batch: Import, span: dict[str, Any]) -> dict[str, int]:
    """Write the agreements of these lines that count at once, and the withdrawals that the file knows of."""
    columns = consent_columns(batch)
    if not columns:
        return {}
    plan = [
        {"n": n, "purpose": column.purpose, "channel": column.channel, "wording": wording_of(batch, n, column)}
        for n, column in enumerate(columns)
    ]
    cursor.execute(_AGREEMENTS, {**span, "plan": orjson.dumps(plan).decode()})
    _silence(cursor, plan)
    # Told is only what people whom the organiser reaches had taken back: a file must not tell who stopped elsewhere.
    cursor.execute("SELECT count(*) FROM import_agreement WHERE act = 'given' AND was_given = false")
    withheld = cursor.fetchone()[0]
    cursor.execute("DELETE FROM import_agreement WHERE act = 'given' AND (is_silent OR was_given IS NOT NULL)")
    cursor.execute(_AGREE, {**span, "controller": the_controller().pk})
    written = dict(cursor.fetchall())
    cursor.execute(_VERIFY, span)
    cursor.execute(_TEXTED, span)
    return {"given": written.get("given", 0), "withdrawn": written.get("withdrawn", 0), "withheld": withheld}


def _wait(cursor: Any, span: dict[str, Any]) -> dict[str, int]:
    """Let agreements by e-mail wait for the owners of addresses that nobody proved here: a paper never proves whose mailbox it is."""
    cursor.execute(_WAIT, span)
    waiting, elsewhere = cursor.fetchone()
    cursor.execute("DROP TABLE import_agreement")
    return {"waiting": waiting, "elsewhere": elsewhere}


def _silence(cursor: Any, plan: Sequence[dict[str, Any]]) -> None:
    """Mark agreements of lines of which the address or the number asked higher floors for silence."""
    for column in plan:
        cursor.execute(_ASKED, [column["n"]])
        silent = silent_among([value for (value,) in cursor.fetchall()], purpose=column["purpose"], channel=Channel(column["channel"]))
        if silent:
            cursor.execute(_SILENCE, {"n": column["n"], "silent": sorted(silent)})


_SPAN = "reading.batch_id = %(batch)s AND reading.number > %(after)s AND reading.number <= %(upto)s"

_PART = """
SELECT max(number) FROM (
    SELECT number FROM people_importreading WHERE batch_id = %s AND number > %s ORDER BY number LIMIT %s
) part
"""
# The organiser's role in these places ended after the check.
_OUTSIDE = f"""
UPDATE people_importreading reading SET outcome = 'refused', refused = ARRAY['outside']
WHERE {_SPAN} AND outcome IN ('new', 'known') AND NOT area_id = ANY(%(reach)s)
"""
# Recognised only now as somebody whom an earlier line of this file is.
_MET_BEFORE = f"""
UPDATE people_importreading reading SET outcome = 'repeated'
WHERE {_SPAN} AND outcome = 'known' AND (
    EXISTS (SELECT FROM people_importedperson met WHERE met.person_id = reading.person_id AND met.batch_id = reading.batch_id)
    OR EXISTS (
        SELECT FROM people_importreading earlier WHERE earlier.person_id = reading.person_id AND earlier.batch_id = reading.batch_id
          AND earlier.number + 0 < reading.number AND earlier.number > %(after)s AND earlier.outcome = 'known'))
"""
_LOCK = f"""
SELECT person.id, person.erased_at IS NOT NULL OR person.merged_into_id IS NOT NULL FROM people_person person
WHERE person.id IN (SELECT person_id FROM people_importreading reading WHERE {_SPAN} AND outcome = 'known')
ORDER BY person.id FOR NO KEY UPDATE
"""
_CREATE = f"""
INSERT INTO people_person (id, given_name, family_name, folded_name, language, locality_id, area_id, placed_by, placed_with,
    shows_given_name, created_at, confirmed_at)
SELECT new_id, given_name, family_name, folded_name, language, locality_id, area_id, placed_by, placed_with, false, %(now)s, %(now)s
FROM people_importreading reading WHERE {_SPAN} AND outcome = 'new' ORDER BY number
"""
_CREATED = f"""
INSERT INTO people_importedperson (batch_id, person_id, number, act, filled, proofs)
SELECT batch_id, new_id, number, 'created', '{{}}', consents
FROM people_importreading reading WHERE {_SPAN} AND outcome = 'new' ORDER BY number
"""
_KNOWN = f"""
WITH known AS (
    SELECT reading.number, reading.person_id, reading.consents, jsonb_strip_nulls(jsonb_build_object(
        'given_name', CASE WHEN person.given_name = '' THEN nullif(reading.given_name, '') END,
        'family_name', CASE WHEN person.family_name = '' THEN nullif(reading.family_name, '') END,
        'locality_id', CASE WHEN person.locality_id IS NULL AND person.area_id = reading.area_id THEN reading.locality_id END,
        'email', CASE WHEN reading.email <> '' AND NOT EXISTS (
            SELECT FROM people_contactpoint point WHERE point.person_id = person.id AND point.channel = 'email') THEN reading.email END,
        'phone', CASE WHEN reading.phone <> '' AND NOT EXISTS (
            SELECT FROM people_contactpoint point WHERE point.person_id = person.id AND point.channel = 'phone') THEN reading.phone END
    )) AS filled
    FROM people_importreading reading JOIN people_person person ON person.id = reading.person_id
    WHERE {_SPAN} AND outcome = 'known'
)
INSERT INTO people_importedperson (batch_id, person_id, number, act, filled, proofs)
SELECT %(batch)s, person_id, number, CASE filled WHEN '{{}}' THEN 'met' ELSE 'filled' END, filled, consents FROM known ORDER BY number
"""
_FILL = """
UPDATE people_person person SET
    given_name = coalesce(filled ->> 'given_name', given_name),
    family_name = coalesce(filled ->> 'family_name', family_name),
    locality_id = coalesce((filled ->> 'locality_id')::uuid, locality_id)
FROM people_importedperson met
WHERE met.batch_id = %(batch)s AND met.number > %(after)s AND met.number <= %(upto)s AND met.act = 'filled' AND person.id = met.person_id
  AND filled ?| ARRAY['given_name', 'family_name', 'locality_id']
RETURNING person.id, person.family_name, person.given_name
"""
_REFOLD = """
UPDATE people_person person SET folded_name = asked.name
FROM unnest(%s::uuid[], %s::text[]) AS asked(id, name) WHERE person.id = asked.id
"""
_CONTACTS_OF_KNOWN = f"""
INSERT INTO people_contactpoint (id, person_id, channel, value, is_preferred)
SELECT {UUID7}, met.person_id, point.channel, point.value, true
FROM people_importedperson met,
     LATERAL (VALUES ('email', met.filled ->> 'email'), ('phone', met.filled ->> 'phone')) AS point(channel, value)
WHERE met.batch_id = %(batch)s AND met.number > %(after)s AND met.number <= %(upto)s AND met.act = 'filled' AND point.value IS NOT NULL
"""
# What these lines agree to or take back: not what the person had said already, and silent where anybody had stopped it who is known at
# the address or the number of this line: who stops everything from a mail refuses text messages too, at a number not known here.
_AGREEMENTS = f"""
CREATE TEMPORARY TABLE import_agreement AS
SELECT reading.number, plan.n, plan.purpose, plan.channel, plan.wording, said.act, said.at, person.id AS person_id, contact.value,
       reading.email, reading.phone, reading.outcome = 'known' AS is_known,
       (SELECT is_given FROM people_consentstate state
        WHERE (state.person_id, state.purpose, state.channel) = (person.id, plan.purpose, plan.channel)) AS was_given,
       plan.channel = 'email' AND said.act = 'given' AND (reading.outcome = 'new' OR NOT EXISTS (
           SELECT FROM people_contactpoint proved WHERE proved.person_id = person.id AND proved.channel = 'email'
             AND proved.value = reading.email AND proved.verified_at IS NOT NULL)) AS waits,
       (reading.email <> '' AND EXISTS (
           SELECT FROM people_contactpoint point
           JOIN people_consentstate other ON other.person_id = point.person_id AND other.purpose = plan.purpose
                AND other.channel = plan.channel AND NOT other.is_given
           WHERE point.channel = 'email' AND point.value = reading.email))
       OR (reading.phone <> '' AND EXISTS (
           SELECT FROM people_contactpoint point
           JOIN people_consentstate other ON other.person_id = point.person_id AND other.purpose = plan.purpose
                AND other.channel = plan.channel AND NOT other.is_given
           WHERE point.channel IN ('phone', 'sms') AND point.value = reading.phone)) AS is_silent
FROM people_importreading reading
CROSS JOIN jsonb_to_recordset(reading.consents) AS said(n int, act text, at timestamptz)
JOIN jsonb_to_recordset(%(plan)s::jsonb) AS plan(n int, purpose text, channel text, wording text) ON plan.n = said.n
CROSS JOIN LATERAL (
    SELECT CASE plan.channel WHEN 'email' THEN reading.email WHEN 'post' THEN '' ELSE reading.phone END
) AS contact(value)
CROSS JOIN LATERAL (SELECT CASE reading.outcome WHEN 'new' THEN reading.new_id ELSE reading.person_id END) AS person(id)
WHERE {_SPAN} AND reading.outcome IN ('new', 'known')
"""
_ASKED = """
SELECT DISTINCT asked.value FROM import_agreement said, LATERAL (VALUES (said.email), (said.phone)) AS asked(value)
WHERE said.n = %s AND said.act = 'given' AND asked.value <> ''
"""
_SILENCE = """
UPDATE import_agreement SET is_silent = true WHERE n = %(n)s AND (email = ANY(%(silent)s) OR phone = ANY(%(silent)s))
"""
_AGREE = """
WITH state AS (
    INSERT INTO people_consentstate AS state (person_id, purpose, channel, is_given, changed_at)
    SELECT DISTINCT ON (person_id, purpose, channel) person_id, purpose, channel, act = 'given', at
    FROM import_agreement WHERE NOT waits ORDER BY person_id, purpose, channel, act DESC
    ON CONFLICT (person_id, purpose, channel) DO UPDATE SET is_given = false, changed_at = EXCLUDED.changed_at
        WHERE state.is_given AND NOT EXCLUDED.is_given
    RETURNING person_id, purpose, channel, is_given
), log AS (
    INSERT INTO people_consent (person_id, controller_id, purpose, channel, act, wording, source, at)
    SELECT DISTINCT ON (said.person_id, said.purpose, said.channel)
           said.person_id, %(controller)s, said.purpose, said.channel, said.act,
           CASE said.act WHEN 'given' THEN said.wording ELSE '' END, %(source)s, said.at
    FROM state JOIN import_agreement said ON (said.person_id, said.purpose, said.channel) = (state.person_id, state.purpose, state.channel)
         AND state.is_given = (said.act = 'given') AND NOT said.waits
    ORDER BY said.person_id, said.purpose, said.channel
    RETURNING act
)
SELECT act, count(*) FROM log GROUP BY act
"""
# Whoever is known and had an unproved number to which the paper agrees; those of the new are written as proved below.
_VERIFY = """
UPDATE people_contactpoint point SET verified_at = %(now)s
FROM import_agreement said
WHERE said.act = 'given' AND NOT said.waits AND point.person_id = said.person_id AND point.value = said.value AND point.verified_at IS NULL
"""
# Of who is known and has no number for text messages yet: the line's, once they agreed to be written to there. Asked person by
# person, by its key, as below; kept in `filled`, so that undoing takes it back.
_TEXTED = f"""
WITH agreed AS MATERIALIZED (
    SELECT said.person_id,
           EXISTS (SELECT FROM people_contactpoint point WHERE (point.person_id, point.channel) = (said.person_id, 'sms')) AS has_number,
           (SELECT is_given FROM people_consentstate state
            WHERE (state.person_id, state.purpose, state.channel) = (said.person_id, said.purpose, 'sms')) AS is_given,
           (SELECT met.id FROM people_importedperson met WHERE (met.person_id, met.batch_id) = (said.person_id, %(batch)s)) AS met_id
    FROM import_agreement said WHERE said.is_known AND said.act = 'given' AND said.channel = 'sms' AND said.phone <> ''
), noted AS (
    UPDATE people_importedperson met SET act = 'filled', filled = met.filled || jsonb_build_object('sms', (
        SELECT phone FROM people_importreading reading WHERE (reading.batch_id, reading.number) = (met.batch_id, met.number)))
    WHERE met.id = ANY(ARRAY(SELECT met_id FROM agreed WHERE is_given AND NOT has_number))
    RETURNING met.person_id, met.filled ->> 'sms' AS value
)
INSERT INTO people_contactpoint (id, person_id, channel, value, is_preferred, verified_at)
SELECT {UUID7}, person_id, 'sms', value, true, %(now)s FROM noted
"""
# A number is one for text messages too where they agreed to be written to there: lists and letters ask for a contact of that channel.
_CONTACTS = f"""
INSERT INTO people_contactpoint (id, person_id, channel, value, is_preferred, verified_at)
SELECT {UUID7}, reading.new_id, point.channel, point.value, true, CASE WHEN point.channel <> 'email' AND said.agreed THEN %(now)s END
FROM people_importreading reading
CROSS JOIN LATERAL (
    SELECT count(*) > 0, coalesce(bool_or(state.channel = 'sms'), false) FROM people_consentstate state
    WHERE reading.consents <> '[]' AND state.person_id = reading.new_id AND state.is_given AND state.channel IN ('phone', 'sms')
) AS said(agreed, by_text)
CROSS JOIN LATERAL (
    VALUES ('email', reading.email), ('phone', reading.phone), ('sms', CASE WHEN said.by_text THEN reading.phone ELSE '' END)
) AS point(channel, value)
WHERE {_SPAN} AND reading.outcome = 'new' AND point.value <> ''
ORDER BY reading.number
"""
# Asked point by point, by its key: joined, a table that has just been filled would be compared with all addresses. Whoever is
# known with another address than the line's has no such point: their agreement is not kept.
_WAIT = """
WITH said AS MATERIALIZED (
    SELECT agreed.number, agreed.columns, (
        SELECT point.id FROM people_contactpoint point
        WHERE point.person_id = agreed.person_id AND point.channel = 'email' AND point.value = agreed.value
    ) AS point_id
    FROM (
        SELECT min(number) AS number, person_id, value, array_agg(DISTINCT n) AS columns
        FROM import_agreement WHERE waits GROUP BY person_id, value
    ) agreed
), written AS (
    INSERT INTO people_waitingaddress (point_id, batch_id, columns, state)
    SELECT point_id, %(batch)s, columns, 'waiting' FROM said WHERE point_id IS NOT NULL ORDER BY number
    RETURNING id
)
SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM said WHERE point_id IS NULL)
"""
_ACTS = """
SELECT act, count(*) FROM people_importedperson met
WHERE met.batch_id = %(batch)s AND met.number > %(after)s AND met.number <= %(upto)s GROUP BY act
"""
