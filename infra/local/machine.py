"""What the machine must have, and how it gets it: Node from its owner, the rest from apt where we may."""

import ctypes.util
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.local.postgres import postgres_programs
from infra.local.progress import Steps
from infra.local.reasons import CannotGoOn
from infra.local.server import ServiceFailed

# What the build's packages ask for: the oldest minor version of a major one; any major one after these will do.
OLDEST_NODES = {20: 19, 22: 13}
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
    """Find the browser of the journeys: rather one without windows, which draws the same pages with a third less work."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


CHROMIUM = Need("Chromium", ("chromium-headless-shell",), lambda: chromium() is not None)


TO_RUN = (
    Need("a Python that can make environments", ("python3-venv",), lambda: importlib.util.find_spec("ensurepip") is not None),
    Need("PostgreSQL 15 or newer with PostGIS", ("postgresql", "postgresql-postgis"), _has_postgis),
    Need("Redis", ("redis-server",), lambda: shutil.which("redis-server") is not None),
    Need("GDAL", ("gdal-bin",), lambda: ctypes.util.find_library("gdal") is not None),
    Need("gettext", ("gettext",), lambda: shutil.which("msgfmt") is not None),
)
SNAP_ONLY = (
    "Missing: Chromium, which Ubuntu has as a snap only. Type this, then again what you typed:\n\n"
    "    sudo snap install chromium\n\nGoogle Chrome will do as well: https://www.google.com/chrome/"
)
TO_TEST = (*TO_RUN, CHROMIUM)


def suits(version: str) -> bool:
    """Tell whether a Node, as it names itself (`v20.19.0`), is one that our packages run on."""
    found = re.match(r"v(\d+)\.(\d+)\.", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return major > max(OLDEST_NODES) + 1 or minor >= OLDEST_NODES.get(major, minor + 1)


def line_to_type(packages: Sequence[str]) -> str:
    """Write the line that installs apt packages, for whoever is asked to type it."""
    become = "sudo " if shutil.which("sudo") else ""
    return f"{become}apt-get update && {become}{_apt_install(packages)}"


def complete(steps: Steps, *, needs: tuple[Need, ...]) -> None:
    """See to it that the machine has what is needed.

    Raises: MachineLacks with the line to type, where we may not install; StepFailed where apt failed.
    """
    node = _node()
    missing = [need for need in needs if not need.is_met()]
    by_hand = [need for need in missing if need is CHROMIUM and _is_ubuntu()]
    if by_apt := [need for need in missing if need not in by_hand]:
        _install(steps, by_apt)
    if by_hand:
        raise MachineLacks(SNAP_ONLY)
    if still := [need.what for need in missing if not need.is_met()]:
        raise MachineLacks(f"{', '.join(still)}: not found even after installing. For an older system see apt.postgresql.org.")
    steps.say(f"Python {sys.version.split()[0]}, Node {node}, PostgreSQL {postgres_programs().parent.name} with PostGIS, Redis")


def _node() -> str:
    found = (
        subprocess.run(["node", "--version"], check=False, capture_output=True, text=True).stdout.strip() if shutil.which("node") else ""
    )
    if not suits(found) or not shutil.which("npm"):
        oldest = ", ".join(f"{major}.{minor}" for major, minor in OLDEST_NODES.items())
        raise MachineLacks(f"Node {oldest} or newer with npm is needed (found: {found or 'none'}). See https://nodejs.org/en/download")
    return found.removeprefix("v")


def _install(steps: Steps, missing: list[Need]) -> None:
    named = ", ".join(need.what for need in missing)
    if not shutil.which("apt-get"):
        raise MachineLacks(f"Missing: {named}. They are installed by themselves on Debian and Ubuntu only.")
    packages = sorted({package for need in missing for package in need.packages})
    sudo = _sudo(steps)
    if sudo is None:
        who = "Type this" if shutil.which("sudo") else "Type this as root"
        raise MachineLacks(f"Missing: {named}. {who}, then again what you typed:\n\n    {line_to_type(packages)}\n")
    steps.say(f"installing {' '.join(packages)}")
    ran_before = [name for name in SERVICES if _runs(name)]
    # A machine that has just started may be updating itself: wait for that to end.
    install = f"DEBIAN_FRONTEND=noninteractive {_apt_install(packages)} -q -o DPkg::Lock::Timeout=120"
    steps.run([*sudo, "sh", "-c", f"apt-get update -q; {install}"], folder=Path("/"), log="apt")
    if Path("/run/systemd/system").is_dir():
        for name in (name for name in SERVICES if name not in ran_before and _runs(name)):
            steps.run([*sudo, "systemctl", "disable", "--now", name], folder=Path("/"), log="systemctl")


def _apt_install(packages: Sequence[str]) -> str:
    return f"apt-get install -y --no-install-recommends {' '.join(packages)}"


def _is_ubuntu() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] == "ubuntu"
    except OSError:
        return False


def _sudo(steps: Steps) -> list[str] | None:
    """What to write before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0:
        return ["sudo"]
    if not sys.stdin.isatty():
        return None
    with steps.hushed():  # nothing of ours is written into the line where the password is typed
        print("   apt is about to install what is missing, and sudo asks for your password.", flush=True)
        return ["sudo"] if subprocess.run(["sudo", "-v"], check=False).returncode == 0 else None


def _runs(service: str) -> bool:
    if not shutil.which("systemctl"):
        return False
    return subprocess.run(["systemctl", "is-active", "-q", service], check=False, capture_output=True).returncode == 0
