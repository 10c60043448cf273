"""`make test`: install what is missing, then every check, each with its own output, and a summary at the end.

`python -m infra.local.check style types` does some. All are done even when one fails: one run tells everything.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from infra.local import machine, ownership, packages
from infra.local.layout import BACKEND, FRONTEND, LOCAL, LOGS, ROOT
from infra.local.progress import Steps
from infra.local.reasons import CannotGoOn

# What was said to make is not said to the checks.
OURS_ALONE = ("ONLY", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
SOURCES = ". ../tests ../infra"


@dataclass(frozen=True)
class Check:
    """One check: the commands that must succeed, in one folder."""

    name: str
    folder: Path
    commands: tuple[str, ...]
    needs_browser: bool = False


CHECKS = (
    Check("style", BACKEND, (f"ruff check {SOURCES}", f"ruff format --check {SOURCES}")),
    Check("types", BACKEND, ("mypy", "mypy ../infra/local ../tests/services.py")),
    Check("floors", BACKEND, ("lint-imports",)),
    Check("frontend-style", FRONTEND, ("npm run --silent check",)),
    Check("frontend", FRONTEND, ("npm run --silent test",)),
    Check("backend", ROOT, ("pytest tests/backend -n auto --dist loadfile -q",)),
    Check("journeys", ROOT, ("pytest tests/e2e -q",), needs_browser=True),
)


def main() -> int:
    """Do the checks named (all without a name); 1 when one failed."""
    names = sys.argv[1:] or os.environ.get("ONLY", "").split()
    if unknown := set(names) - {check.name for check in CHECKS}:
        print(f"There is no check {', '.join(sorted(unknown))}. Checks: {', '.join(check.name for check in CHECKS)}", file=sys.stderr)
        return 2
    steps = Steps(logs=LOGS)
    wanted = [check for check in CHECKS if not names or check.name in names]
    try:
        ownership.open_folder(LOCAL)
        with steps.step("machine"):
            machine.complete(steps, needs=machine.TO_TEST if any(check.needs_browser for check in wanted) else machine.TO_RUN)
        packages.install(steps)
    except CannotGoOn as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    finally:
        steps.close()
    results = [(check.name, *_do(check)) for check in wanted]
    print()
    for name, passed, seconds, closing in results:
        print(f" {'✓' if passed else '✗'} {name:<18} {seconds:6.1f} s  {closing}".rstrip())
    return 0 if all(passed for _, passed, _, _ in results) else 1


def _do(check: Check) -> tuple[bool, float, str]:
    start = time.monotonic()
    passed, closing = True, ""
    environment = {name: value for name, value in packages.environment_of_venv().items() if name not in OURS_ALONE}
    environment |= {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    for command in check.commands:
        print(f"\n── {check.name}: {command}", flush=True)
        succeeded, closing = _shown(command.split(), folder=check.folder, environment=environment)
        passed &= succeeded
    return passed, time.monotonic() - start, closing


def _shown(command: list[str], *, folder: Path, environment: dict[str, str]) -> tuple[bool, str]:
    """Run a command with its output passed on as it comes; tell whether it succeeded, and its last line."""
    last = b""
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        while piece := os.read(process.stdout.fileno(), 65536):
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            last = (last + piece)[-2000:]
    lines = last.decode(errors="replace").strip().splitlines()
    return process.returncode == 0, lines[-1].strip(" =")[:100] if lines else ""


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # the check that ran has been told as well, and has said so
        sys.exit(130)
