"""Which running processes are ours, read from /proc: so that nothing else is ever stopped, and nothing of ours stays.

A process is ours when it carries our mark in its environment, or when it works in a folder of ours (PostgreSQL and
Redis write their title over their environment, but stay in their data folder).
"""

import os
import signal
import time
from pathlib import Path

MARK = "MAILLAGE_RUN"
KILLED_WITHIN = 5.0
"""Seconds that the kernel may take to bury a killed process."""

SERVERS = ("postgres", "redis-server", "redis-check-rdb")  # the last is what Debian's redis-server links to


def started_at(pid: int) -> str | None:
    """Tell the instant a process started, in ticks since the machine did; None when there is no such process.

    A pid alone may be somebody else's by now; a pid with this instant is one process for ever.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def marked(folder: Path) -> list[int]:
    """List the running processes that carry the mark of one `.local` folder, this one excepted."""
    return [pid for pid in _others() if f"{MARK}={folder}".encode() in _environment(pid)]


def working_in(folder: Path) -> list[int]:
    """List the running servers whose data stand in a folder."""
    return [pid for pid in _others() if _program(pid) in SERVERS and _place(pid).is_relative_to(folder)]


def end(pids: list[int], *, grace: float, first: signal.Signals = signal.SIGTERM) -> None:
    """Ask processes to end, kill those that have not after `grace` seconds, and come back when all are gone."""
    _send(pids, first)
    left = wait_until_gone(pids, seconds=grace)
    _send(left, signal.SIGKILL)
    wait_until_gone(left, seconds=KILLED_WITHIN)


def wait_until_gone(pids: list[int], *, seconds: float) -> list[int]:
    """Wait for processes to end, and name those that have not."""
    deadline = time.monotonic() + seconds
    while (left := [pid for pid in pids if started_at(pid)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def _others() -> list[int]:
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if pid != os.getpid() and started_at(pid)]


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:  # it has just ended, or is another user's
        return []


def _program(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/exe").readlink().name
    except OSError:
        return ""


def _place(pid: int) -> Path:
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return Path("/")


def _send(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue
