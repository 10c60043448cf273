"""A process that brings a file of people in, as the workers do, one part after the other; killed and begun again, it goes on.

`python -m tests.load.importing upload FILE USER` prints the import's id, `… work ID` checks and writes it, `… undo ID` takes it back.
Each prints one line of JSON at its end: `{"id": …, "seconds": …, "mib": …}`, the most resident memory that it ever had.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "backend")]


def main() -> None:
    """Do one step."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    from django.conf import settings

    from config.memory import keep_what_is_loaded

    keep_what_is_loaded()  # as each worker does
    settings.DEBUG = False  # else Django keeps every statement in memory
    step, what, *rest = sys.argv[1:]
    start = time.perf_counter()
    id = upload(Path(what), UUID(rest[0])) if step == "upload" else UUID(what)
    if step == "work":
        work(id)
    elif step == "undo":
        undo(id)
    print(json.dumps({"id": str(id), "seconds": time.perf_counter() - start, "mib": _peak()}), flush=True)


def _peak() -> float:
    """The most memory of this program, in MiB. Not `ru_maxrss`: that one begins with what the process had that started it."""
    held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(held.split()[1]) / 1024


def upload(path: Path, user_id: UUID) -> UUID:
    """Read a file as the web process does, and name its columns."""
    from maillage.accounts.models import User
    from maillage.kernel.clock import now
    from maillage.people import services
    from maillage.people.domain.imports import ImportKey
    from tests.load.people_files import AGREEMENTS

    user = User.objects.get(pk=user_id)
    batch = services.upload_people(pieces=pieces(path), file_name=path.name, by=user, now=now())
    services.describe_import(
        import_id=batch.pk,
        by=user,
        fields=batch.fields,
        consents=AGREEMENTS,
        key=ImportKey.EMAIL,
        origin="Figures",
        has_headings=True,
        now=now(),
    )
    return batch.pk


def work(id: UUID) -> None:
    """Check what is not checked, write what is not written."""
    from maillage.kernel.clock import now
    from maillage.people import services
    from maillage.people.models import Import

    all_of(services.check_import_lines, id)
    batch = Import.objects.select_related("by").get(pk=id)
    if batch.status == "checked" and batch.by:
        services.run_import(import_id=id, by=batch.by, now=now())
    all_of(services.write_import_lines, id)


def undo(id: UUID) -> None:
    """Take it back."""
    from maillage.kernel.clock import now
    from maillage.people import services
    from maillage.people.models import Import

    batch = Import.objects.select_related("by").get(pk=id)
    if batch.status == "done" and batch.by:
        services.undo_import(import_id=id, by=batch.by, now=now())
    all_of(services.take_back_imported, id)


def all_of(part: Callable[..., bool], id: UUID) -> None:
    """Do part after part."""
    from maillage.kernel.clock import now

    while part(import_id=id, now=now()):
        pass


def pieces(path: Path) -> Iterator[bytes]:
    """Send a file as a browser does."""
    with path.open("rb") as file:
        while piece := file.read(256 * 1024):
            yield piece


if __name__ == "__main__":
    main()
