"""Gives the tests a PostgreSQL and a Redis of their own, before Django reads its settings.

One pair for the whole run: the process that is started first makes it, xdist's workers inherit its addresses (each has
its own database, and its own number in Redis). MAILLAGE_TEST_SERVICES names running ones instead: the two addresses,
or a file that holds them. Loaded by `-p tests.services` in pytest.ini.
"""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from infra.local.services import throw_away_services

ROOT = Path(__file__).resolve().parents[1]
VARIABLE = "MAILLAGE_TEST_SERVICES"

running = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the servers and name them to the settings."""
    if VARIABLE not in os.environ:
        postgres, redis = running.enter_context(throw_away_services(ROOT / ".local" / "test"))
        early_config.add_cleanup(running.close)
        os.environ[VARIABLE] = f"{postgres.url} {redis.url}"
    database, redis_address = addresses(os.environ[VARIABLE])
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["DATABASE_URL"] = database
    os.environ["REDIS_URL"] = f"{redis_address.rpartition('/')[0]}/{worker}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"


def addresses(named: str) -> tuple[str, str]:
    """Read the address of PostgreSQL and that of Redis from a text, or from the file that it names."""
    text = Path(named).read_text() if Path(named).is_file() else named
    found = {address.partition("://")[0]: address for address in text.split()}
    database = next((address for scheme, address in found.items() if scheme in ("postgis", "postgres", "postgresql")), None)
    redis = found.get("redis")
    if database is None or redis is None:
        raise pytest.UsageError(f"{VARIABLE} must hold a postgis:// and a redis:// address, or name a file that does.")
    return database, redis
