"""What `/readyz` asks. A floor above adds its own check in its `apps.py`."""

from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Check = Callable[[], str]
"""Returns why not, empty when ready. What it raises is a reason too."""


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} migrations are not applied" if plan else ""


CHECKS: dict[str, list[Check]] = {"database": [_database], "migrations": [_migrations]}
"""By the name that the answer bears; the first check that has a reason speaks for its name."""


def reasons() -> dict[str, str]:
    """Return by name why this installation is not ready, empty when it is; never raises."""
    found = {name: next(filter(None, map(_ask, checks)), "") for name, checks in CHECKS.items()}
    return {name: reason for name, reason in found.items() if reason}


def _ask(check: Check) -> str:
    try:
        return check()
    except Exception as error:
        return f"does not answer ({type(error).__name__})"
