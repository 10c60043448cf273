"""Which running processes are ours, read from /proc: so that nothing else is ever stopped, and nothing of ours stays.

A process is ours when it carries our mark in its environment, or when it works in a folder of ours (PostgreSQL and
Redis write their title over their environment, but stay in their data folder).
"""

import os
import signal
import time
from pathlib import Path

MARK = "MAILLAGE_RUN"


def started_at(pid: int) -> str | None:
    """Tell the instant a process started, in ticks since the machine did; None when there is no such process.

    A pid alone may be somebody else's by now; a pid with this instant is one process for ever.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def processes_of(folder: Path) -> list[int]:
    """List the running processes of one installation's `.local` folder, this one excepted."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _belongs(entry, folder)]


def end(pids: list[int], *, grace: float, first: signal.Signals = signal.SIGTERM) -> None:
    """Ask processes to end, and kill those that have not after `grace` seconds."""
    _send(pids, first)
    _send(wait_until_gone(pids, seconds=grace), signal.SIGKILL)


def wait_until_gone(pids: list[int], *, seconds: float) -> list[int]:
    """Wait for processes to end, and name those that have not."""
    deadline = time.monotonic() + seconds
    while (left := [pid for pid in pids if started_at(pid)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def _belongs(entry: Path, folder: Path) -> bool:
    pid = int(entry.name)
    if pid == os.getpid() or started_at(pid) is None:
        return False
    try:
        if f"{MARK}={folder}".encode() in (entry / "environ").read_bytes().split(b"\0"):
            return True
        return (entry / "cwd").readlink().is_relative_to(folder) and (entry / "exe").readlink().name in (
            "postgres",
            "redis-check-rdb",
            "redis-server",
        )
    except OSError:  # it has just ended, or is another user's
        return False


def _send(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue
