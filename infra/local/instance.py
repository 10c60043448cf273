"""The one run of a checkout: a lock while it lasts, and who it is for `make stop`."""

import fcntl
import json
import os
from pathlib import Path
from typing import IO, Any

from infra.local import owned
from infra.local.reasons import CannotGoOn


class AlreadyRunning(CannotGoOn):
    """Another run holds this checkout; the message names it."""


class Instance:
    """The run of one `.local` folder."""

    def __init__(self, folder: Path) -> None:
        self._lock_path = folder / "run.lock"
        self._path = folder / "run.json"
        self._lock: IO[str] | None = None
        self._facts: dict[str, Any] = {}

    def claim(self, **facts: Any) -> None:
        """Hold the checkout until this process ends, however it ends.

        Raises: AlreadyRunning.
        """
        lock = self._lock_path.open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            other = self.running() or {}
            raise AlreadyRunning(
                f"Maillage runs already from this folder, at {other.get('address', 'an address not known yet')} "
                f"(process {other.get('pid', '?')}). `make stop` ends it."
            ) from None
        self._lock = lock
        self.tell(pid=os.getpid(), started_at=owned.started_at(os.getpid()), **facts)

    def tell(self, **facts: Any) -> None:
        """Add to what others may know of this run; only this user can read it."""
        self._facts |= facts
        self._path.touch(mode=0o600)
        self._path.write_text(json.dumps(self._facts, indent=2))

    @property
    def is_claimed(self) -> bool:
        """Whether this process holds the checkout."""
        return self._lock is not None

    def release(self) -> None:
        """Let the checkout go."""
        self._path.unlink(missing_ok=True)
        if self._lock:
            self._lock.close()
            self._lock = None

    def running(self) -> dict[str, Any] | None:
        """Tell who runs now; None when nobody does, or when the number is another program's by now."""
        try:
            facts: dict[str, Any] = json.loads(self._path.read_text())
        except (OSError, ValueError):
            return None
        return facts if facts.get("started_at") and owned.started_at(facts["pid"]) == facts["started_at"] else None
