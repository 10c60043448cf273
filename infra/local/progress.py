"""Says what is being done: a line a step with its seconds, and a sign of life while a step is long."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local.reasons import CannotGoOn

SILENCE = 4.0
NEW_STEP = "== "  # a followed command opens a step of its own with such a line
IDLE_TALK = "npm warn"


class StepFailed(CannotGoOn):
    """A command of a step failed; the message holds the end of its output."""


class Steps:
    """The steps of one run, written to the terminal as they end."""

    def __init__(self, *, logs: Path) -> None:
        self.logs = logs
        self.began = time.monotonic()
        self._name = ""
        self._doing = ""
        self._since = self._spoke = self.began
        self._ended = threading.Event()
        threading.Thread(target=self._give_signs_of_life, daemon=True).start()

    @contextmanager
    def step(self, name: str) -> Iterator["Steps"]:
        """Do one step; `say` inside it replaces what its closing line tells."""
        self._open(name)
        yield self
        self._close()

    def say(self, doing: str) -> None:
        """Tell what the step is doing now: shown when it is long, and when it ends."""
        self._doing = doing

    @contextmanager
    def hushed(self) -> Iterator[None]:
        """Give no sign of life while somebody types."""
        name, self._name = self._name, ""
        try:
            yield
        finally:
            self._name, self._spoke = name, time.monotonic()

    def run(self, command: list[str], *, folder: Path, environment: dict[str, str] | None = None, log: str) -> None:
        """Run a command in the open step, its output kept in a log; lines that begin with `== ` open steps of their own.

        Raises: StepFailed with the last lines of the log.
        """
        path = self.logs / f"{log}.log"
        with path.open("w") as kept:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig=KILL", *command],
                cwd=folder,
                env={**(os.environ if environment is None else environment), "NO_COLOR": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
            try:
                for line in map(_plain, process.stdout or ()):
                    kept.write(line)
                    kept.flush()
                    self._read(line.strip())
            finally:
                if process.poll() is None and sys.exc_info()[0]:
                    process.terminate()
                process.wait()
        if process.returncode:
            raise StepFailed(f"{' '.join(command)}\nended with {process.returncode}. From {path}:\n{_reason(path)}")

    def close(self) -> None:
        """Say nothing more."""
        self._ended.set()

    def _read(self, line: str) -> None:
        if line.startswith(NEW_STEP):
            self._close()
            self._open(line.removeprefix(NEW_STEP))
        elif line and not line.startswith(IDLE_TALK):
            self.say(line)

    def _open(self, name: str) -> None:
        self._name, self._doing, self._since = name, "", time.monotonic()

    def _close(self) -> None:
        if self._name:
            self._write("✓", self._doing)
        self._name = ""

    def _write(self, sign: str, text: str) -> None:
        seconds = time.monotonic() - self._since
        print(f" {sign} {self._name:<18} {seconds:6.1f} s  {text[:140]}".rstrip(), flush=True)
        self._spoke = time.monotonic()

    def _give_signs_of_life(self) -> None:
        while not self._ended.wait(0.25):
            if self._name and time.monotonic() - max(self._spoke, self._since) > SILENCE:
                self._write("…", self._doing or "working")


def _plain(line: str) -> str:
    """Take the colours out: some write them whatever they are told."""
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


def _reason(log: Path, lines: int = 25) -> str:
    """Read what a failed command said: from the first line that begins with its error on, else the end."""
    said = log.read_text(errors="replace").splitlines()
    first = next((number for number, line in enumerate(said) if re.match(r"(npm )?error\b", line)), len(said))
    return "\n".join(said[max(0, min(first, len(said) - lines)) :][:lines])
