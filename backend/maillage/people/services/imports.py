"""An import of people, step by step: read the file, name its columns, check, run, stop, undo, forget the file."""

import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg.sql import SQL

from maillage import journal
from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.kernel.tables import array_written
from maillage.kernel.text import fold, typed
from maillage.people.domain import Channel
from maillage.people.domain.imports import AT_WORK, IMPORT_LINES_KEPT, MOST_BYTES, ConsentColumn, ImportField, ImportKey, ImportStatus
from maillage.people.domain.imports_files import Writing, lines_of, looks_like_headings, writing_of
from maillage.people.domain.telephones import spellings
from maillage.people.models import ContactPoint, Import, ImportedPerson, ImportHeading
from maillage.people.selectors.imports import has_failed, imports_left_to, must_still_organise, proposed_columns
from maillage.people.selectors.wordings import standing_wordings

_OPEN = (ImportStatus.UPLOADED, ImportStatus.CHECKED)


def upload_people(
    *,
    pieces: Iterable[bytes],
    file_name: str,
    by: User,
    now: datetime,
    encoding: str = "",
    separator: str = "",
) -> Import:
    """Read a file of people into rows, as it is, and propose what its columns hold; nobody is created by that.

    Encoding and separator are found unless they are said. The file lies on the disk only while it is read.
    Facts: import.uploaded.  Raises: Forbidden (no organiser), Invalid (empty_file, not_csv, unreadable_file, too_large,
    too_many_lines, too_many_columns).
    """
    must_organise(by, now=now)
    with closing(TemporaryFile()) as file:
        _spool(pieces, file)
        writing = writing_of(file, encoding=encoding, separator=separator)
        with transaction.atomic():
            batch = Import.objects.create(
                by=by,
                file_name=typed(file_name)[-200:],
                encoding=writing.encoding,
                separator=writing.separator,
                has_headings=False,
                headings=[],
                lines=0,
                language=by.language or settings.LANGUAGE_CODE,
                created_at=now,
            )
            first, count = _copy_lines(batch, file, writing)
            batch.has_headings = looks_like_headings(first)
            batch.headings = first
            batch.lines = count - batch.has_headings
            if batch.lines < 1:
                raise Invalid(_("This file is empty."), code="empty_file")
            batch.fields = proposed_columns(first) if batch.has_headings else {}
            batch.save()
            journal.record("import.uploaded", subject=batch, at=now, actor_id=by.pk, lines=batch.lines)
    return batch


def describe_import(
    *,
    import_id: UUID,
    by: User,
    fields: Mapping[str, int],
    consents: Sequence[ConsentColumn],
    key: ImportKey,
    origin: str,
    has_headings: bool,
    now: datetime,
) -> Import:
    """Say what the columns of a file hold, how its people are recognised, and where they come from; then check every line.

    What each heading was chosen to hold is remembered for the next file. Nothing is written of anybody yet.
    Facts: import.described.  Raises: Conflict (import_at_work, import_over), Invalid.
    """
    with transaction.atomic():
        batch = _locked(import_id, by, now)
        _may_change(batch, _OPEN, now)
        _check_columns(batch, fields, consents)
        if not origin.strip():
            raise Invalid(fields={"origin": [_("Say where these people's data come from: they are told so.")]})
        if "constituency" not in fields and not {"commune", "commune_code", "postal_code"} & set(fields):
            raise Invalid(
                code="no_place", fields={"fields": [_("No column says where people live: a postcode, a commune or a constituency.")]}
            )
        batch.lines += batch.has_headings - has_headings
        batch.has_headings = has_headings
        batch.fields = {str(field): column for field, column in fields.items()}
        batch.consents = [asdict(column) for column in consents]
        batch.key, batch.origin = key, typed(origin).strip()[:200]
        batch.status, batch.cursor, batch.counts = ImportStatus.CHECKING, 0, {}
        batch.save()
        if has_headings:
            _remember(batch.headings, fields)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_importreading WHERE batch_id = %s", [batch.pk])
        journal.record("import.described", subject=batch, at=now, actor_id=by.pk)
        journal.jobs.enqueue("people.check_import", import_id=batch.pk)
    return batch


def run_import(*, import_id: UUID, by: User, now: datetime) -> Import:
    """Begin to write the people of a checked file, or go on where it was stopped. Facts: import.started.  Raises: Conflict."""
    with transaction.atomic():
        batch = _locked(import_id, by, now)
        _may_change(batch, (ImportStatus.CHECKED, ImportStatus.STOPPED), now)
        if batch.status == ImportStatus.CHECKED:
            batch.cursor = 0
        batch.status = ImportStatus.RUNNING
        batch.save(update_fields=["status", "cursor"])
        journal.record("import.started", subject=batch, at=now, actor_id=by.pk)
        journal.jobs.enqueue("people.run_import", import_id=batch.pk)
    return batch


def stop_import(*, import_id: UUID, by: User, now: datetime) -> Import:
    """Stop a check or a run after the lines under way; what is written stays, and can be gone on with or undone. Safe to repeat.

    Facts: import.stopped.
    """
    with transaction.atomic():
        batch = _locked(import_id, by, now)
        if batch.status in (ImportStatus.CHECKING, ImportStatus.RUNNING):
            batch.status = ImportStatus.STOPPED if batch.status == ImportStatus.RUNNING else ImportStatus.UPLOADED
            batch.save(update_fields=["status"])
            journal.record("import.stopped", subject=batch, at=now, actor_id=by.pk)
    return batch


def undo_import(*, import_id: UUID, by: User, now: datetime) -> Import:
    """Begin to take back what an import wrote, while the file's lines are kept, or go on where that work was given up.

    Facts: import.undo_begun.  Raises: Conflict.
    """
    with transaction.atomic():
        batch = _locked(import_id, by, now)
        if not (batch.status == ImportStatus.UNDOING and has_failed(batch)):
            _may_change(batch, (ImportStatus.STOPPED, ImportStatus.DONE), now)
            batch.status, batch.cursor = ImportStatus.UNDOING, 0
        batch.save(update_fields=["status", "cursor"])
        journal.record("import.undo_begun", subject=batch, at=now, actor_id=by.pk)
        journal.jobs.enqueue("people.undo_import", import_id=batch.pk)
    return batch


def take_over_import(*, import_id: UUID, by: User, now: datetime) -> Import:
    """Become the organiser of an import whose own does not organise all of its places any more; of two who ask at once the first has it.

    Facts: import.taken_over.  Raises: NotFound (not left, or not to them), Forbidden (it is theirs, its places are not). Safe to repeat.
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update(of=("self",)).filter(pk=import_id).first()
        if batch is None:
            raise NotFound
        if batch.by_id == by.pk:
            must_still_organise(by, batch, now=now)
            return batch
        if not imports_left_to(by, now=now).filter(pk=import_id).exists():
            raise NotFound
        before, batch.by = batch.by_id, by
        batch.save(update_fields=["by"])
        journal.record("import.taken_over", subject=batch, at=now, actor_id=by.pk, before_id=before)
    return batch


def discard_import(*, import_id: UUID, by: User, now: datetime) -> None:
    """Throw a file away from which nobody was written. Facts: import.discarded.  Raises: Conflict."""
    with transaction.atomic():
        batch = _locked(import_id, by, now)
        if batch.status not in _OPEN:
            raise Conflict(_("This import has begun: stop it, or undo it."), code="import_begun")
        _erase_lines([batch.pk])
        journal.record("import.discarded", subject=batch, at=now, actor_id=by.pk)
        batch.delete()


def forget_import_lines(*, now: datetime) -> int:
    """Erase the lines of files read 30 days ago, and the names of the files; say of how many. Facts: import.forgotten."""
    with transaction.atomic():
        old = Import.objects.filter(created_at__lt=now - IMPORT_LINES_KEPT, forgotten_at__isnull=True)
        batches = list(old.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:100])
        _erase_lines([batch.pk for batch in batches])
        for batch in batches:
            batch.file_name, batch.headings, batch.forgotten_at = "", [], now
            if batch.status in AT_WORK:  # its jobs died long ago
                batch.status = ImportStatus.UPLOADED if batch.status == ImportStatus.CHECKING else ImportStatus.STOPPED
            batch.save(update_fields=["file_name", "headings", "forgotten_at", "status"])
            journal.record("import.forgotten", subject=batch, at=now)
    return len(batches)


def erase_imported(*, person_id: UUID) -> None:
    """Forget where a person's data came from, and each line of a file that is theirs: recognised as them, or at their address."""
    points = ContactPoint.objects.filter(person_id=person_id).exclude(channel=Channel.POST).values_list("channel", "value")
    spelt = {spelling for channel, value in points for spelling in ({value} if channel == Channel.EMAIL else spellings(value))}
    with connection.cursor() as cursor:
        cursor.execute(_LINES_OF, {"person": person_id, "values": [value for _channel, value in points], "spelt": sorted(spelt)})
        lines = cursor.fetchall()
        for batch_id, number in lines:
            for table in ("people_importreading", "people_importline"):
                cursor.execute(f"DELETE FROM {table} WHERE batch_id = %s AND number = %s", [batch_id, number])  # noqa: S608
    first = [batch_id for batch_id, number in lines if number == 1]
    for batch in Import.objects.filter(pk__in=first, has_headings=False):
        batch.headings = ["" for _cell in batch.headings]  # the first line, kept as if it named the columns
        batch.save(update_fields=["headings"])
    ImportedPerson.objects.filter(person_id=person_id).delete()


_LINES_OF = """
WITH kept AS (SELECT id FROM people_import WHERE forgotten_at IS NULL)
SELECT batch_id, number FROM people_importedperson WHERE person_id = %(person)s
UNION
SELECT batch_id, number FROM people_importreading WHERE person_id = %(person)s
UNION
SELECT batch_id, number FROM people_importreading
WHERE batch_id IN (SELECT id FROM kept) AND (email = ANY(%(values)s) OR phone = ANY(%(values)s))
UNION
SELECT batch_id, number FROM people_importline
WHERE batch_id IN (SELECT id FROM kept) AND cells && %(spelt)s
"""


def _spool(pieces: Iterable[bytes], file: IO[bytes]) -> None:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_BYTES:
            raise Invalid(_("This file is larger than 400 MB. Cut it in two."), code="too_large")
        file.write(piece)


def _copy_lines(batch: Import, file: IO[bytes], writing: Writing) -> tuple[list[str], int]:
    """Copy a file's lines into their table; return the first one, and how many there are."""
    first: list[str] = []
    number = 0
    text = io.TextIOWrapper(file, encoding=writing.encoding, errors="replace", newline="")
    with connection.cursor() as cursor:
        with cursor.copy(SQL("COPY people_importline (batch_id, number, cells) FROM STDIN")) as copy:
            for number, cells in enumerate(lines_of(text, separator=writing.separator), start=1):
                first = first or cells
                copy.write_row((batch.pk, number, array_written(cells)))
        cursor.execute("ANALYZE people_importline")
    text.detach()
    return first, number


def _locked(import_id: UUID, by: User, now: datetime) -> Import:
    batch = Import.objects.select_for_update(of=("self",)).filter(pk=import_id, by=by).first()
    if batch is None:
        raise NotFound
    must_still_organise(by, batch, now=now)
    return batch


def must_organise(by: User, *, now: datetime) -> None:
    """Let only an organiser through. Raises: Forbidden."""
    if not accounts.holds_role(by, roles=[Role.ORGANISER], now=now):
        raise Forbidden(_("Only an organiser brings people in."), code="not_an_organiser")


def _may_change(batch: Import, allowed: Sequence[str], now: datetime) -> None:
    if batch.status in AT_WORK:
        raise Conflict(_("This import is at work: stop it first."), code="import_at_work")
    if batch.status not in allowed:
        raise Conflict(_("This import is over."), code="import_over")
    if batch.forgotten_at is not None or now >= batch.kept_until:
        raise Conflict(_("The lines of this file are erased: there is no way back any more."), code="import_forgotten")


def _check_columns(batch: Import, fields: Mapping[str, int], consents: Sequence[ConsentColumn]) -> None:
    width = len(batch.headings)
    named = [column for consent in consents for column in (consent.column, consent.date_column, consent.paper_column) if column is not None]
    if not fields or not all(0 <= column < width for column in [*fields.values(), *named]) or not set(fields) <= set(ImportField.values):
        raise Invalid(code="bad_columns", fields={"fields": [_("Choose columns of this file.")]})
    if len(set(fields.values())) != len(fields):
        raise Invalid(code="column_twice", fields={"fields": [_("A column holds one thing: choose another column.")]})
    standing = [(wording.purpose, wording.version) for wording in standing_wordings()]
    agreed_to = {*standing, *((purpose, "") for purpose, _version in standing)}
    for consent in consents:
        if consent.channel not in Channel.values or (consent.purpose, consent.wording) not in agreed_to:
            raise Invalid(code="unknown_consent", fields={"consents": [_("This is not something that one agrees to here.")]})
        if not consent.wording and not consent.text.strip():
            raise Invalid(code="no_wording", fields={"consents": [_("Quote what people agreed to: without its words there is no proof.")]})


def _remember(headings: Sequence[str], fields: Mapping[str, int]) -> None:
    chosen = {column: field for field, column in fields.items()}
    rows = {fold(heading)[:100]: chosen.get(column, "") for column, heading in enumerate(headings) if fold(heading)}
    ImportHeading.objects.bulk_create(
        [ImportHeading(heading=heading, field=field) for heading, field in sorted(rows.items())],
        update_conflicts=True,
        unique_fields=["heading"],
        update_fields=["field"],
    )


def _erase_lines(batches: Sequence[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_importreading WHERE batch_id = ANY(%s)", [list(batches)])
        cursor.execute("DELETE FROM people_importline WHERE batch_id = ANY(%s)", [list(batches)])
