"""Bringing people in from a file, against COPY of the same people into the same indexed table. LONG=1 for a million.

Ours is all of it: the upload, the check of each line, and the writing of persons, contact points, agreements and their proof, and
which addresses wait for their owner, as long as the processes that do it work. The reference copies the same rows of
`people_person`, alone, into a table with the same columns, indexes and foreign keys. Both grow from nothing; the file is made
beforehand. Then more people are brought in by processes that are killed while they check, write and take back, and begun again: all
must be there, once, and then nobody.
"""
# ruff: noqa: N999  a group is named by its module, and this one is `import`

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from tests.load.bench import Figure, Result, seconds
from tests.load.world import ROOT, territories

FEW, MANY, KILLED = 100_000, 1_000_000, 30_000
MOST_MB = 150
A_MIB = 1.048576


@dataclass(frozen=True)
class Brought:
    """What bringing so many people in took, and whether all is right."""

    seconds: float
    reference: float
    mb: float
    is_right: bool
    note: str


def figures() -> list[Figure]:
    """The time and the memory of both sizes."""
    return [
        figure
        for name, count, is_long in (("hundred-thousand", FEW, False), ("million", MANY, True))
        for figure in (
            Figure(
                name, target=8, unit="times COPY into the same table", better="below", measure=lambda n=count: _time(n), needs_long=is_long
            ),
            Figure(
                f"{name}-memory",
                target=MOST_MB,
                unit="MB of a process",
                better="below",
                measure=lambda n=count: _memory(n),
                needs_long=is_long,
            ),
        )
    ]


def _time(count: int) -> Result:
    done = _brought(count)
    return Result(ours=done.seconds, reference=done.reference, ratio=done.seconds / done.reference, correct=done.is_right, note=done.note)


def _memory(count: int) -> Result:
    done = _brought(count)
    return Result(ours=done.mb, correct=done.is_right)


@cache
def _brought(count: int) -> Brought:
    from maillage.accounts import services as accounts
    from maillage.accounts.domain import Role
    from maillage.kernel.clock import now
    from maillage.territories.models import Area
    from tests.load.people_files import write_people

    territories()
    user = accounts.invite_user(email=f"organiser.{count}@figures.example", language="fr", now=now())
    accounts.grant_role(
        user=user, role=Role.ORGANISER, area=Area.objects.get(kind__code="country", code="FR"), origin="installation", now=now()
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        write_people(path, count=count, places=_places())
        uploaded = _process("upload", str(path), str(user.pk))
        id = UUID(str(uploaded["id"]))
        worked = _process("work", str(id))
        wrong = _wrong(id, count)
        reference = seconds(_copy_of(id))
        _process("undo", str(id))
        left = _count("SELECT count(*) FROM people_importedperson WHERE batch_id = %s", id)
        wrong = wrong or _wrong_when_killed(Path(folder) / "few.csv", user.pk)
    return Brought(
        seconds=uploaded["seconds"] + worked["seconds"],
        reference=reference,
        mb=max(uploaded["mib"], worked["mib"]) * A_MIB,
        is_right=not wrong and left == 0,
        note=wrong,
    )


def _wrong_when_killed(path: Path, user_id: UUID) -> str:
    """Bring some more in, and take them back, by processes that are killed in each phase; empty when all were there, once, and went."""
    from tests.load.people_files import write_people

    write_people(path, count=KILLED, places=_places())
    id = UUID(str(_process("upload", str(path), str(user_id))["id"]))
    if not (_killed_at("checking", "work", str(id)) and _killed_at("running", "work", str(id))):
        return "the processes ended before they could be killed"
    _process("work", str(id))
    if wrong := _wrong(id, KILLED):
        return wrong
    if not _killed_at("undoing", "undo", str(id)):
        return "the process that took back ended before it could be killed"
    _process("undo", str(id))
    left = _count("SELECT count(*) FROM people_importedperson WHERE batch_id = %s", id)
    return f"{left} people were not taken back" if left else ""


def _places() -> list[tuple[str, str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_CERTAIN)
        return list(cursor.fetchall())


def _process(*step: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.load.importing", *step]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _killed_at(phase: str, step: str, id: str) -> bool:
    """Begin a step and kill it within its second part of this phase; say whether it died by that, the phase not over."""
    from maillage.people.models import Import

    process = subprocess.Popen([sys.executable, "-m", "tests.load.importing", step, id], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            status, cursor = Import.objects.values_list("status", "cursor").get(pk=id)
            if status == phase and cursor:
                break
            time.sleep(0.02)
        time.sleep(0.1)
    finally:
        process.kill()
    return process.wait() == -signal.SIGKILL and Import.objects.values_list("status", flat=True).get(pk=id) == phase


def _wrong(id: UUID, count: int) -> str:
    """Compare what was written with the file; empty when all of it is there, once."""
    written = {
        "persons": _count("SELECT count(DISTINCT person_id) FROM people_importedperson WHERE batch_id = %s AND act = 'created'", id),
        "addresses": _count(
            "SELECT count(DISTINCT value) FROM people_contactpoint point JOIN people_importedperson met USING (person_id)"
            " WHERE met.batch_id = %s AND channel = 'email'",
            id,
        ),
        "telephones": _count(
            "SELECT count(*) FROM people_contactpoint point JOIN people_importedperson met USING (person_id)"
            " WHERE met.batch_id = %s AND channel = 'phone'",
            id,
        ),
        "for texts": _count(
            "SELECT count(*) FROM people_contactpoint point JOIN people_importedperson met USING (person_id)"
            " WHERE met.batch_id = %s AND channel = 'sms'",
            id,
        ),
        "agreements": _count("SELECT count(*) FROM people_consent WHERE source = 'import:' || %s", id),
        "waiting": _count("SELECT count(*) FROM people_waitingaddress WHERE batch_id = %s", id),
        "states": _count(
            "SELECT count(*) FROM people_consentstate state JOIN people_importedperson met USING (person_id) WHERE met.batch_id = %s", id
        ),
    }
    agreed = [number for number in range(count) if number % 3]
    by_telephone = sum(number % 2 for number in agreed)
    expected = {
        "persons": count,
        "addresses": count,
        "telephones": count // 2,
        "for texts": by_telephone,
        "agreements": by_telephone,
        "waiting": len(agreed),
        "states": by_telephone,
    }
    return "" if written == expected else f"written {written}, the file holds {expected}"


def _count(sql: str, id: UUID) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, [str(id)])
        return int(cursor.fetchone()[0])


def _copy_of(id: UUID):  # type: ignore[no-untyped-def]
    """Prepare the same people as a file of COPY, and a table like theirs; return what copies them."""
    from django.db import connection
    from psycopg.sql import SQL

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_person")
        cursor.execute("CREATE TABLE bench_person (LIKE people_person INCLUDING ALL)")
        for column, table in (("area_id", "territories_area"), ("locality_id", "territories_area"), ("user_id", "accounts_user")):
            cursor.execute(f"ALTER TABLE bench_person ADD FOREIGN KEY ({column}) REFERENCES {table} DEFERRABLE INITIALLY DEFERRED")
        with tempfile.NamedTemporaryFile(delete=False) as file, cursor.copy(SQL(_OUT), [id]) as rows:
            for piece in rows:
                file.write(piece)

    def copy() -> None:
        with Path(file.name).open("rb") as rows, connection.cursor() as cursor, cursor.copy(SQL("COPY bench_person FROM STDIN")) as into:
            while piece := rows.read(1 << 20):
                into.write(piece)
        Path(file.name).unlink()

    return copy


_OUT = """
COPY (SELECT person.* FROM people_person person JOIN people_importedperson met ON met.person_id = person.id
      WHERE met.batch_id = %s ORDER BY met.number) TO STDOUT
"""
_CERTAIN = """
SELECT postal.code, commune.name
FROM territories_area commune
JOIN territories_areakind kind ON kind.id = commune.kind_id AND kind.code = 'commune' AND kind.country = 'FR'
JOIN territories_areaalias postal ON postal.area_id = commune.id AND postal.scheme = 'postal'
JOIN territories_areaclosure closure ON closure.descendant_id = commune.id
JOIN territories_areakind seat ON seat.bears_seats AND seat.country = 'FR'
JOIN territories_area area ON area.id = closure.ancestor_id AND area.kind_id = seat.id
WHERE closure.whole
ORDER BY postal.code, commune.name
"""
