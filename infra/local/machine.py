"""What the machine must have, and how it gets it: Node from its owner, the rest from apt where we may."""

import ctypes.util
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from infra.local.postgres import postgres_programs
from infra.local.progress import Steps
from infra.local.reasons import CannotGoOn
from infra.local.server import ServiceFailed

OLDEST_NODE = 20
# Debian starts what it installs; ours are private, so the machine's own stay off.
SERVICES = ("postgresql", "redis-server")


class MachineLacks(CannotGoOn):
    """Something must be installed that we may not install; the message holds the exact line."""


@dataclass(frozen=True)
class Need:
    """One thing the machine must have: how it is found, and the apt packages that bring it."""

    what: str
    packages: tuple[str, ...]
    is_met: Callable[[], bool]


def _has_postgis() -> bool:
    try:
        return bool(postgres_programs())
    except ServiceFailed:
        return False


def chromium() -> str | None:
    """Find the browser of the journeys."""
    return next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


TO_RUN = (
    Need("a Python that can make environments", ("python3-venv",), lambda: importlib.util.find_spec("ensurepip") is not None),
    Need("PostgreSQL 15 or newer with PostGIS", ("postgresql", "postgresql-postgis"), _has_postgis),
    Need("Redis", ("redis-server",), lambda: shutil.which("redis-server") is not None),
    Need("GDAL", ("gdal-bin",), lambda: ctypes.util.find_library("gdal") is not None),
    Need("gettext", ("gettext",), lambda: shutil.which("msgfmt") is not None),
)
TO_TEST = (*TO_RUN, Need("Chromium", ("chromium",), lambda: chromium() is not None))


def complete(steps: Steps, *, needs: tuple[Need, ...]) -> None:
    """See to it that the machine has what is needed.

    Raises: MachineLacks with the line to type, where we may not install; StepFailed where apt failed.
    """
    node = _node()
    missing = [need for need in needs if not need.is_met()]
    if missing:
        _install(steps, missing)
    if still := [need.what for need in missing if not need.is_met()]:
        raise MachineLacks(f"{', '.join(still)}: not found even after installing. For an older system see apt.postgresql.org.")
    steps.say(f"Python {sys.version.split()[0]}, Node {node}, PostgreSQL {postgres_programs().parent.name} with PostGIS, Redis")


def _node() -> str:
    found = (
        subprocess.run(["node", "--version"], check=False, capture_output=True, text=True).stdout.strip() if shutil.which("node") else ""
    )
    version = re.match(r"v(\d+)\.", found)
    if not version or int(version[1]) < OLDEST_NODE or not shutil.which("npm"):
        raise MachineLacks(f"Node {OLDEST_NODE} or newer with npm is needed (found: {found or 'none'}). See https://nodejs.org/en/download")
    return found.removeprefix("v")


def _install(steps: Steps, missing: list[Need]) -> None:
    packages = sorted({package for need in missing for package in need.packages})
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise MachineLacks(
            f"Missing: {', '.join(need.what for need in missing)}. They are installed by themselves on Debian and Ubuntu only."
        )
    sudo = _sudo()
    if sudo is None:
        raise MachineLacks(
            f"Missing: {', '.join(need.what for need in missing)}. Type this, then again what you typed:\n\n    sudo {line}\n"
        )
    steps.say(f"installing {' '.join(packages)}")
    ran_before = [name for name in SERVICES if _runs(name)]
    steps.run([*sudo, "sh", "-c", f"apt-get update -q; DEBIAN_FRONTEND=noninteractive {line} -q"], folder=Path("/"), log="apt")
    if Path("/run/systemd/system").is_dir():
        for name in (name for name in SERVICES if name not in ran_before and _runs(name)):
            steps.run([*sudo, "systemctl", "disable", "--now", name], folder=Path("/"), log="systemctl")


def _sudo() -> list[str] | None:
    """What to write before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    without_password = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    return ["sudo"] if without_password or sys.stdin.isatty() else None


def _runs(service: str) -> bool:
    if not shutil.which("systemctl"):
        return False
    return subprocess.run(["systemctl", "is-active", "-q", service], check=False, capture_output=True).returncode == 0
