"""Named points at which a process stops to be killed, set and seen through tables of the test's own.

They are written through a connection of their own, so that they outlive the transaction in which the process dies.
"""

import os
import signal
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection

TABLES = """
CREATE TABLE IF NOT EXISTS trial_stop (point text, row_id text, pid int);
CREATE TABLE IF NOT EXISTS trial_effect (label int);
CREATE TABLE IF NOT EXISTS trial_call (label int);
TRUNCATE trial_stop, trial_effect, trial_call;
"""


_own: "dict[int, psycopg.Connection[Any]]" = {}


def stop_at(point: str, row_id: str) -> None:
    """Stop here for ever, once, if the test asked for it."""
    asked = (
        beside()
        .execute(
            "UPDATE trial_stop SET pid = %s WHERE point = %s AND row_id IN (%s, 'any') AND pid IS NULL RETURNING 1",
            [os.getpid(), point, row_id],
        )
        .fetchone()
    )
    while asked:
        signal.pause()


def call_outside(label: int) -> None:
    """Stand for a network call: it has happened, whatever becomes of the caller."""
    beside().execute("INSERT INTO trial_call VALUES (%s)", [label])


def beside() -> "psycopg.Connection[Any]":
    """Return this process's own connection, opened again when it was closed from the other side."""
    own = _own.get(os.getpid())
    try:
        if own is not None:
            own.execute("SELECT 1")
            return own
    except psycopg.OperationalError:
        own = None
    kept = connection.settings_dict
    _own[os.getpid()] = psycopg.connect(
        host=kept["HOST"], port=kept["PORT"], user=kept["USER"], password=kept["PASSWORD"], dbname=kept["NAME"], autocommit=True
    )
    return _own[os.getpid()]


def around(module: Any, name: str, *, row_of: Callable[..., str]) -> None:
    """Let a function of the product be a pair of points: before it, and after it."""
    function = getattr(module, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        row_id = row_of(*args, **kwargs)
        stop_at(f"before {name}", row_id)
        result = function(*args, **kwargs)
        stop_at(f"after {name}", row_id)
        return result

    setattr(module, name, wrapped)
