"""A real installation has the packages of `requirements.lock` and no others: not those that only the tests need."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BACKEND = ROOT / "backend"

# Loads everything that web, worker, dispatcher and the commands load, where what only the tests need is not there.
LOAD_ALL = """
import importlib, pkgutil, sys
from importlib.abc import MetaPathFinder
from importlib.metadata import packages_distributions

kept = set(sys.argv[1].split())
absent = {
    module
    for module, owners in packages_distributions().items()
    if not kept & {owner.lower().replace("_", "-").replace(".", "-") for owner in owners}
}

class OnlyForTests(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent:
            raise ModuleNotFoundError(f"No module named {name!r} in requirements.lock", name=name)

sys.meta_path.insert(0, OnlyForTests())
import config.wsgi
import maillage
from config.celery import app

for module in pkgutil.walk_packages(maillage.__path__, "maillage."):
    importlib.import_module(module.name)
app.connection_for_write().transport_cls
app.loader.import_default_modules()
import granian.cli, granian.server, celery.bin.celery, psycopg_pool
print(sorted(absent))
"""


def locked(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", (BACKEND / lock).read_text(), re.MULTILINE))


def test_the_product_runs_without_the_packages_of_the_tests() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local", "PUBLIC_URL": "http://127.0.0.1:8000"}
    loaded = subprocess.run(
        [sys.executable, "-c", LOAD_ALL, " ".join(locked("requirements.lock"))],
        cwd=BACKEND,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert loaded.returncode == 0, loaded.stderr
    assert "'pytest'" in loaded.stdout  # what is only for the tests was indeed away


def test_the_tests_run_on_the_versions_that_are_installed() -> None:
    pinned = re.compile(r"^([a-z0-9-]+==\S+)", re.MULTILINE)
    real, for_tests = (set(pinned.findall((BACKEND / lock).read_text())) for lock in ("requirements.lock", "requirements-dev.lock"))
    assert real - for_tests == set()
