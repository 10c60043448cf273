"""Imports of people, as their organiser sees them, and where a person's data came from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.accounts.selectors.grants import Actor
from maillage.journal import jobs
from maillage.kernel.errors import Forbidden, NotFound
from maillage.kernel.text import fold
from maillage.people.domain.imports import HAS_WRITTEN, PREVIEWED, WORK, ConsentColumn, ImportAct, ImportStatus, Outcome, Refused, Remark
from maillage.people.domain.imports_headings import proposed_fields
from maillage.people.domain.waiting import ASKED_A_MINUTE, ASKED_FROM, WaitingState
from maillage.people.models import Import, ImportedPerson, ImportHeading, ImportLine, ImportReading, WaitingAddress
from maillage.people.selectors.persons import reach_of

LISTED = 100
SAMPLED = 5


def imports_by(user: Actor, *, now: datetime) -> list[Import]:
    """Return the last hundred imports of an organiser, and those of who left that they may take over; the latest first.

    Nobody sees those of somebody who still organises their places; nor their own, once they do not.
    """
    organised = reach_of(user, now=now).organised
    if not organised:
        return []
    mine = Q(by_id=user.pk, areas__contained_by=sorted(organised))
    left = Q(pk__in=imports_left_to(user, now=now).values("pk"))
    return list(Import.objects.filter(mine | left).order_by("-id")[:LISTED])


def imports_left_to(user: Actor, *, now: datetime) -> QuerySet[Import]:
    """Return the imports whose organiser does not organise all of their places any more, and a user does: theirs for the asking.

    An import that wrote nothing is left to nobody: its lines are erased after thirty days.
    """
    organised = reach_of(user, now=now).organised
    if not organised:
        return Import.objects.none()
    terms = Grant.objects.running(now).filter(role=Role.ORGANISER, user=OuterRef("by_id"), user__is_active=True)
    theirs = ArraySubquery(terms.filter(area__below__whole=True, area__below__to_seat=True).values("area__below__descendant_id"))
    written = Import.objects.filter(status__in=HAS_WRITTEN, areas__contained_by=sorted(organised)).exclude(areas=[])
    return written.alias(theirs=theirs).exclude(areas__contained_by=F("theirs"))


def must_still_organise(user: Actor, batch: Import, *, now: datetime) -> None:
    """Let only an organiser through who organises every place of an import's lines that are taken.

    Before they are checked: every place that its organiser had when it was begun, since the file may hold people of all of them.
    Raises: Forbidden.
    """
    organised = reach_of(user, now=now).organised
    if not organised:
        raise Forbidden(_("Only an organiser brings people in."), code="not_an_organiser")
    if not organised.issuperset(batch.areas or reach_of(user, now=batch.created_at).organised):
        raise Forbidden(_("You no longer organise every place of this import: who does may take it over."), code="not_your_places")


def import_by(user: Actor, *, import_id: UUID, now: datetime) -> Import:
    """Return one of somebody's imports, as long as they organise its places. Raises: NotFound, Forbidden."""
    found = Import.objects.filter(pk=import_id, by_id=user.pk).first() if user.pk else None
    if found is None:
        raise NotFound
    must_still_organise(user, found, now=now)
    return found


def sample_of(batch: Import) -> list[list[str]]:
    """Return the first lines of a file, the line of headings left out: enough to tell what each column holds."""
    first = 1 + batch.has_headings
    lines = ImportLine.objects.filter(batch=batch, number__gte=first, number__lt=first + SAMPLED).order_by("number")
    return list(lines.values_list("cells", flat=True))


def proposed_columns(headings: list[str]) -> dict[str, int]:
    """Propose what the columns hold, as this organisation chose before and as their headings say."""
    chosen = ImportHeading.objects.filter(heading__in=[fold(heading)[:100] for heading in headings])
    return proposed_fields(headings, remembered=dict(chosen.values_list("heading", "field")))


def consent_columns(batch: Import) -> list[ConsentColumn]:
    """Return what the columns of agreements of an import say."""
    return [ConsentColumn(**column) for column in batch.consents]


def wording_of(batch: Import, number: int, column: ConsentColumn) -> str:
    """Name the wording that the log of consents keeps: a version of ours, else the text that this import quotes."""
    return column.wording or f"import:{batch.pk}:{number}"


@dataclass(frozen=True)
class Origin:
    """A file from which something of a person came, in the words of who brought it in, and when."""

    told: str
    at: datetime


def origins_to_tell(person_id: UUID, *, told_until: Callable[[], datetime | None]) -> list[Origin]:
    """Return from where a person's data came that they have not heard of: what was brought in since the last thing they were told.

    Left out are files that said nothing new of them, and those of which the question about their address told. One query for who
    came from no file: until when they were told (None: never) is asked of nobody else.
    """
    brought = ImportedPerson.objects.filter(person_id=person_id, act__in=[ImportAct.CREATED, ImportAct.FILLED])
    asked = WaitingAddress.objects.filter(point__person_id=person_id, batch=OuterRef("batch"), state=WaitingState.CONFIRMED)
    found = list(brought.exclude(Exists(asked)).order_by("id").values_list("batch__origin", "batch__created_at"))
    last = told_until() if found else None
    return [Origin(told=told, at=at) for told, at in found if last is None or at > last]


def addresses_of(batch: Import, *, now: datetime) -> dict[str, Any]:
    """Say how far the addresses are that wait for their owners: how many in each state, and when the last is asked. One query."""
    rows = WaitingAddress.objects.filter(batch=batch).order_by().values_list("state").annotate(count=Count("id"))
    counts = dict.fromkeys(WaitingState.values, 0) | dict(rows)
    waits = timedelta(minutes=ceil(counts[WaitingState.WAITING] / ASKED_A_MINUTE))
    asked_from = batch.ended_at + ASKED_FROM if batch.ended_at else None
    last_at = max(now, asked_from) + waits if asked_from and counts[WaitingState.WAITING] else None
    return {
        "waiting": counts[WaitingState.WAITING],
        "asked": counts[WaitingState.ASKED],
        "passed_over": counts[WaitingState.PASSED_OVER],
        "confirmed": counts[WaitingState.CONFIRMED],
        "asked_from": asked_from,
        "last_asked_at": last_at,
    }


def waiting_of(person_id: UUID) -> list[dict[str, Any]]:
    """Say which agreements of files wait until a person says that an address is theirs, and whether they were asked."""
    rows = WaitingAddress.objects.filter(point__person_id=person_id).exclude(state=WaitingState.CONFIRMED).select_related("batch")
    return [{"origin": row.batch.origin, "asked_at": row.asked_at} for row in rows.order_by("id")]


def lines_done(batch: Import) -> int:
    """Say how many lines, or people to take back, are behind the work under way."""
    if batch.status == ImportStatus.UNDOING:
        seen = ImportedPerson.objects.filter(batch=batch, number__lte=batch.cursor).count()
        return seen + int(batch.counts.get("undo.deleted", 0)) + int(batch.counts.get("undo.restored", 0))
    return max(batch.cursor - batch.has_headings, 0)


def has_failed(batch: Import) -> bool:
    """Say whether the work under way was given up after a fault of ours: it can be stopped or begun again, nothing is lost."""
    job = WORK.get(ImportStatus(batch.status))
    return job is not None and jobs.is_given_up(job, import_id=batch.pk)


def reasons_in(batch: Import) -> list[dict[str, str]]:
    """Give the words of each reason and remark that the counts of an import name."""
    codes = [code for name in batch.counts for kind, _dot, code in [name.partition(".")] if kind in ("refused", "remark") and code]
    return [{"code": code, "told": _told(code)} for code in sorted(codes)]


def preview_of(batch: Import) -> list[dict[str, Any]]:
    """Return the first twenty lines as they were read, each with what is to become of it; two queries."""
    readings = ImportReading.objects.filter(batch=batch).select_related("locality", "area").order_by("number")[:PREVIEWED]
    return [
        {
            "number": reading.number,
            "outcome": reading.outcome,
            "refused": [{"code": code, "told": _told(code)} for code in reading.refused],
            "remarks": [{"code": code, "told": _told(code)} for code in reading.remarks],
            "given_name": reading.given_name,
            "family_name": reading.family_name,
            "email": reading.email,
            "phone": reading.phone,
            "locality": reading.locality.called if reading.locality else "",
            "area": reading.area.called if reading.area else "",
            "agreements": len([consent for consent in reading.consents if consent["act"] == "given"]),
            "person_id": reading.person_id,
        }
        for reading in readings
    ]


def _told(code: str) -> str:
    return str(Refused(code).label if code in Refused.values else Remark(code).label)


def refused_lines(batch: Import) -> Iterator[tuple[int, list[str], list[str]]]:
    """Yield the lines that were refused or lost an agreement: number, reasons, cells; a thousand at a time."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_REFUSED, {"batch": batch.pk, "last": last, "refused": Outcome.REFUSED})
            rows = cursor.fetchall()
        if not rows:
            return
        for number, codes, cells in rows:
            yield number, [_told(code) for code in codes], cells
        last = rows[-1][0]


def origins_of(person_id: UUID) -> list[dict[str, Any]]:
    """Say where a person's data came from: of each file, the words of who brought it in, and when (GDPR article 14)."""
    origins = ImportedPerson.objects.filter(person_id=person_id).select_related("batch").order_by("id")
    return [
        {"origin": origin.batch.origin, "at": origin.batch.created_at, "act": origin.act, "proofs": origin.proofs, "filled": origin.filled}
        for origin in origins
    ]


_REFUSED = """
SELECT reading.number, reading.refused || reading.remarks, line.cells
FROM people_importreading reading
JOIN people_importline line ON (line.batch_id, line.number) = (reading.batch_id, reading.number)
WHERE reading.batch_id = %(batch)s AND reading.number > %(last)s
  AND (reading.outcome = %(refused)s OR cardinality(reading.remarks) > 0)
ORDER BY reading.number LIMIT 1000
"""
