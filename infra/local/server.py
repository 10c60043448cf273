"""What a private PostgreSQL and a private Redis have in common: a free port, a password, a log, an end."""

import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.reasons import CannotGoOn

ATTEMPTS_AT_A_PORT = 5
SECONDS_TO_START = 30


class ServiceFailed(CannotGoOn):
    """A server could not be started; the message says why and what to do."""


@dataclass
class Server:
    """A program that this process keeps running: where it answers, where it writes its log."""

    name: str
    url: str
    log: Path
    process: "subprocess.Popen[bytes]" = field(repr=False)
    stop_signal: signal.Signals = signal.SIGTERM

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Tell it to end, without waiting."""
        if self.is_running:
            self.process.send_signal(self.stop_signal)

    def kill(self) -> None:
        """End it and all it started, by force."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, *, grace: float = 10.0) -> None:
        """Ask it to end, and end it by force when it has not after `grace` seconds."""
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=grace)
        self.kill()


def free_port() -> int:
    """Name a port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kept_password(folder: Path) -> str:
    """Read the password of the server in `folder`, made when the folder is."""
    path = folder / "password"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(18))
    try:
        return path.read_text()
    except PermissionError:
        raise ServiceFailed(f"{folder} was made by another user; start Maillage as that user, or remove the folder.") from None


def spawn(
    command: list[str],
    *,
    log: Path,
    folder: Path,
    death: str,
    before: list[str] | None = None,
    text: str = "",
    environment: dict[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a program that is sent the signal `death` when this process ends, however it ends.

    `before` is what setpriv is asked besides, `text` the program's standard input. Call it from the main thread: the
    kernel watches the thread.
    """
    with log.open("wb") as output, tempfile.TemporaryFile() as source:
        source.write(text.encode())
        source.seek(0)
        return subprocess.Popen(
            ["setpriv", f"--pdeathsig={death}", *(before or []), *command],
            stdin=source,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            start_new_session=True,  # a Ctrl-C in the terminal is for us, not for them
        )


def comes_up(process: "subprocess.Popen[bytes]", ready: Callable[[], bool]) -> bool:
    """Wait until a program answers; False when it ended, or never does."""
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(0.02)
    return False


def tail(log: Path, lines: int = 12) -> str:
    """Read the last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
