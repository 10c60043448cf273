"""What the stand-in keeps, on disk: one SQLite file that outlives a SIGKILL."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, ahead REAL NOT NULL, switches TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS objects (
    place INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_of_kind ON objects (account, kind, place);
CREATE TABLE IF NOT EXISTS due (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, at REAL NOT NULL, what TEXT NOT NULL, object TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS due_when ON due (account, at, id);
CREATE TABLE IF NOT EXISTS answers (
    account TEXT NOT NULL, key TEXT NOT NULL, asked TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL, request TEXT NOT NULL,
    at REAL NOT NULL, PRIMARY KEY (account, key)
);
CREATE INDEX IF NOT EXISTS answers_when ON answers (account, at);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, event TEXT NOT NULL, type TEXT NOT NULL, endpoint TEXT NOT NULL,
    due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting'
);
CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (account, due, id) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS deliveries_of_event ON deliveries (event);
CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, delivery INTEGER NOT NULL, account TEXT NOT NULL, at REAL NOT NULL, fault TEXT NOT NULL,
    status INTEGER, answer TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS attempts_of_account ON attempts (account, id);
"""


class Store:
    """The file. One connection, one user at a time: `transaction` holds it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._connection = sqlite3.connect(folder / "stripe.sqlite3", check_same_thread=False, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + TABLES)
        self._lock = RLock()
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the file; all that is written inside is written together, or not at all."""
        with self._lock:
            self._depth += 1
            name = f"depth{self._depth}"
            self._connection.execute("BEGIN IMMEDIATE" if self._depth == 1 else f"SAVEPOINT {name}")
            try:
                yield
            except BaseException as error:
                if not getattr(error, "kept", False):
                    self._connection.execute("ROLLBACK" if self._depth == 1 else f"ROLLBACK TO {name}")
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT" if self._depth == 1 else f"RELEASE {name}")
                raise
            else:
                self._connection.execute("COMMIT" if self._depth == 1 else f"RELEASE {name}")
            finally:
                self._depth -= 1

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """Read."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def change(self, statement: str, *values: Any) -> int:
        """Write, and say how many rows changed."""
        with self._lock:
            return self._connection.execute(statement, values).rowcount

    def put(self, account: str, body: dict[str, Any]) -> None:
        """Keep an object as it is now."""
        self.change(
            "INSERT INTO objects (account, kind, id, created, body) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            account,
            body["object"],
            body["id"],
            body.get("created", 0),
            json.dumps(body, separators=(",", ":")),
        )

    def get(self, id: str, *, account: str | None = None) -> dict[str, Any] | None:
        """Read one object, of one account or of any."""
        rows = self.rows("SELECT body, account FROM objects WHERE id = ?", id)
        return json.loads(rows[0][0]) if rows and account in (None, rows[0][1]) else None

    def owner(self, id: str) -> str | None:
        """Name the account of an object."""
        rows = self.rows("SELECT account FROM objects WHERE id = ?", id)
        return rows[0][0] if rows else None

    def remove(self, id: str) -> None:
        """Forget an object."""
        self.change("DELETE FROM objects WHERE id = ?", id)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()
