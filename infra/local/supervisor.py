"""Keeps the processes of one run together: when one ends, or somebody asks, all end."""

import os
import signal
import threading
import time
from pathlib import Path
from types import FrameType

from infra.local import owned
from infra.local.server import Server, spawn, tail

GRACE = 8.0
SECONDS_OF_ONE_CTRL_C = 1.0
GRACE_OF_FOUNDATIONS = 15.0


class StopAsked(BaseException):
    """Somebody pressed Ctrl-C, or sent a signal to end; not an error, hence no Exception."""


class Supervisor:
    """Starts, watches and ends what runs. `foundations` (the database, Redis) end after the `programs` that use them."""

    def __init__(self, *, folder: Path) -> None:
        self.folder = folder
        self.programs: list[Server] = []
        self.foundations: list[Server] = []
        self._asked_at: float | None = None
        self._hurry = False

    def listen(self) -> None:
        """Turn the signals that ask to end into StopAsked; once we are ending, a further one means now."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup means it
                signal.signal(number, self._asked)
        threading.Thread(target=_watch_make, daemon=True).start()

    def start(self, name: str, command: list[str], *, folder: Path, environment: dict[str, str], url: str = "") -> Server:
        """Start one program; its output goes to `log/<name>.log`."""
        log = self.folder / "log" / f"{name.replace(' ', '-')}.log"
        environment = environment | {owned.MARK: str(self.folder)}
        server = Server(name, url, log, spawn(command, log=log, folder=folder, death="TERM", environment=environment))
        self.programs.append(server)
        return server

    def dead(self) -> Server | None:
        """Name the first process that has ended, if any has."""
        return next((server for server in (*self.foundations, *self.programs) if not server.is_running), None)

    def obituary(self, dead: Server) -> str:
        """Tell which process ended, how, and the end of what it said."""
        code = dead.process.returncode
        how = f"was killed by signal {-code}" if code < 0 else f"ended with {code}"
        return f"{dead.name} {how}, so everything stops. The end of {dead.log}:\n{tail(dead.log, 15)}"

    def stop(self) -> None:
        """End everything, by force after a grace, and whatever of ours is then still there."""
        self._asked_at = self._asked_at or time.monotonic()
        for servers, grace in ((self.programs, GRACE), (self.foundations, GRACE_OF_FOUNDATIONS)):
            for server in servers:
                server.ask_to_stop()
            deadline = time.monotonic() + grace
            while any(server.is_running for server in servers) and time.monotonic() < deadline and not self._hurry:
                time.sleep(0.05)
            for server in servers:
                server.kill()
        end_leftovers(self.folder, grace=0.0 if self._hurry else 2.0)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._asked_at is None:
            self._asked_at = now
            raise StopAsked
        # One Ctrl-C may arrive twice, from the terminal and from make; impatience takes longer.
        self._hurry |= now - self._asked_at > SECONDS_OF_ONE_CTRL_C


def end_leftovers(folder: Path, *, grace: float) -> int:
    """End what still runs of one run's folder, whoever started it, and tell how many there were."""
    left = [*owned.marked(folder), *owned.working_in(folder / "pg"), *owned.working_in(folder / "redis")]
    owned.end(left, grace=grace)
    return len(left)


def _watch_make() -> None:
    """Notice that the `make` above us was told to end: it waits for us without passing a SIGINT on.

    GNU make sets a fatal signal back to its default before it waits for its children, so the signal leaves the mask
    of those it catches. In a terminal Ctrl-C reaches us as well; `kill -INT` of make alone, or its death, only so.
    """
    parent = os.getppid()
    if _name_of(parent) not in ("make", "gmake"):
        return
    while os.getppid() == parent and _catches(parent, signal.SIGINT):
        time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGTERM)


def _name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _catches(pid: int, number: signal.Signals) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught, ignored = (int(status.partition(f"{name}:")[2].split()[0], 16) for name in ("SigCgt", "SigIgn"))
    return bool((caught | ignored) >> (number - 1) & 1)
