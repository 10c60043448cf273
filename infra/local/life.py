"""One run of a checkout, from its claim to its end: whatever happens, nothing is left running."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from infra.local import owned, ownership
from infra.local.instance import Instance
from infra.local.reasons import CannotGoOn
from infra.local.supervisor import StopAsked, Supervisor, end_leftovers

PATIENCE = 40.0


def live(folder: Path, *, address: str, start: Callable[[Supervisor, Instance], None]) -> int:
    """Start, then stay until somebody asks to end (0), or until something fails or ends by itself (1)."""
    supervisor, instance = Supervisor(folder=folder), Instance(folder)
    code = 0
    try:
        supervisor.listen()
        ownership.open_folder(folder)
        instance.claim(address=address)
        start(supervisor, instance)
        while (dead := supervisor.dead()) is None:
            time.sleep(0.2)
        raise CannotGoOn(supervisor.obituary(dead))
    except StopAsked:
        print()
    except CannotGoOn as reason:
        print(f"\n{reason}", file=sys.stderr, flush=True)
        code = 1
    finally:
        if instance.is_claimed:
            _end(supervisor, instance)
    return code


def stop(folder: Path) -> str:
    """End the run of a checkout from outside, and whatever a crash left of one; tell what was done.

    Raises: MadeByAnother, whose runs are not ours to end.
    """
    ownership.refuse_what_is_anothers(folder)
    run = Instance(folder).running()
    if run:
        print(f"Stopping Maillage (process {run['pid']}, {run['address']}) …", flush=True)
        os.kill(run["pid"], signal.SIGTERM)
        owned.wait_until_gone([run["pid"]], seconds=PATIENCE)
    left = end_leftovers(folder, grace=5.0)
    return "Stopped." if run or left else "Maillage does not run from this folder."


def _end(supervisor: Supervisor, instance: Instance) -> None:
    started = bool(supervisor.foundations or supervisor.programs)
    if started:
        print("Stopping …", flush=True)
    supervisor.stop()
    instance.release()
    if started:
        print("Stopped: nothing is left running, the data are kept.", flush=True)
