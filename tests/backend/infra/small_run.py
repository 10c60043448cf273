"""A run with small programs in the place of Maillage's: `python small_run.py <folder>` (tests start it as a process)."""

import sys
from pathlib import Path

from infra.local import supervisor as supervision
from infra.local.instance import Instance
from infra.local.life import live
from infra.local.packages import environment_of_venv
from infra.local.supervisor import Supervisor

QUIET = "import time; print('a last word', flush=True); time.sleep(600)"
# Does not listen, and has a child that does not either, in a session of its own.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"],
                 start_new_session=True)
print("started", flush=True)
time.sleep(600)
"""


def start(supervisor: Supervisor, instance: Instance) -> None:
    """Start two programs, and tell their numbers."""
    folder = supervisor.folder
    for name, program in (("quiet", QUIET), ("stubborn one", STUBBORN)):
        supervisor.start(name, [sys.executable, "-c", program], folder=folder, environment=environment_of_venv())
    log = folder / "log" / "stubborn-one.log"
    while "started" not in log.read_text() and supervisor.dead() is None:
        pass
    print("pids", *(server.process.pid for server in supervisor.programs), flush=True)


if __name__ == "__main__":
    supervision.GRACE = 0.5
    sys.exit(live(Path(sys.argv[1]), address="http://127.0.0.1:1", start=start))
