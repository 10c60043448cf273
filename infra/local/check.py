"""`make test`: install what is missing, then every check, each with its own output, and a summary at the end.

`python -m infra.local.check style types` does some. All are done even when one fails: one run tells everything.
The journeys wait for pages a good part of their time: the small checks are done beside them, two at once, and take what the journeys
leave of the machine; each of these says what it has to say when it ends. The backend's tests, which fill the machine, come after.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from infra.local import machine, ownership, packages
from infra.local.layout import BACKEND, FRONTEND, LOCAL, LOGS, ROOT
from infra.local.progress import Steps
from infra.local.reasons import CannotGoOn

# What was said to make is not said to the checks.
OURS_ALONE = ("ONLY", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
SOURCES = ". ../tests ../infra"
BEHIND = 10
"""How much the small checks give way to the journeys (`nice`): a tenth of a core stays for them where the journeys want all of it."""


@dataclass(frozen=True)
class Check:
    """One check: the commands that must succeed, in one folder."""

    name: str
    folder: Path
    commands: tuple[str, ...]
    is_small: bool = True
    needs_browser: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a check; `closing` is its last line."""

    name: str
    passed: bool
    seconds: float
    closing: str


CHECKS = (
    Check("style", BACKEND, (f"ruff check {SOURCES}", f"ruff format --check {SOURCES}")),
    Check("types", BACKEND, ("mypy", "mypy ../infra/local ../tests/services.py")),
    Check("floors", BACKEND, ("lint-imports",)),
    Check("frontend-types", FRONTEND, ("npm run --silent check-types",)),
    Check("frontend-style", FRONTEND, ("npm run --silent check-style",)),
    Check("frontend", FRONTEND, ("npm run --silent test",)),
    Check("journeys", ROOT, ("pytest tests/e2e -q --durations=15",), is_small=False, needs_browser=True),
    # In the order of the folders: by number of tests, as xdist would, the longest files come last and one core waits for them.
    Check("backend", ROOT, ("pytest tests/backend -n auto --dist loadfile --no-loadscope-reorder -q --durations=25",), is_small=False),
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
    outcomes = _do_all(wanted)
    print()
    for outcome in outcomes:
        print(f" {'✓' if outcome.passed else '✗'} {outcome.name:<18} {outcome.seconds:6.1f} s  {outcome.closing}".rstrip())
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _do_all(wanted: list[Check]) -> list[Outcome]:
    small, journeys = [check for check in wanted if check.is_small], [check for check in wanted if check.needs_browser]
    # A journey gives a page some seconds to show something: what is done beside it must not take these from it.
    beside = partial(_do_quietly, nice=BEHIND if journeys else 0)
    with ThreadPoolExecutor(max_workers=1) as in_front, ThreadPoolExecutor(max_workers=2) as side_by_side:
        walked, outcomes = in_front.map(_do_quietly, journeys), side_by_side.map(beside, small)
    large = [check for check in wanted if check not in small and check not in journeys]
    return [*outcomes, *walked, *(_do(check, show=_as_it_comes) for check in large)]


def _do_quietly(check: Check, *, nice: int = 0) -> Outcome:
    """Do a check beside others, and show all of it at once when it has ended."""
    shown: list[bytes] = []
    outcome = _do(check, show=shown.append, nice=nice)
    _as_it_comes(b"".join(shown))
    return outcome


def _do(check: Check, *, show: Callable[[bytes], object], nice: int = 0) -> Outcome:
    start = time.monotonic()
    passed, closing = True, ""
    environment = {name: value for name, value in packages.environment_of_venv().items() if name not in OURS_ALONE}
    environment |= {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    for command in check.commands:
        show(f"\n── {check.name}: {command}\n".encode())
        succeeded, closing = _run(["nice", f"-n{nice}", *command.split()], folder=check.folder, environment=environment, show=show)
        passed &= succeeded
    return Outcome(check.name, passed, time.monotonic() - start, closing)


def _run(command: list[str], *, folder: Path, environment: dict[str, str], show: Callable[[bytes], object]) -> tuple[bool, str]:
    """Run a command with its output shown as it comes; tell whether it succeeded, and its last line."""
    last = b""
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        while piece := os.read(process.stdout.fileno(), 65536):
            show(piece)
            last = (last + piece)[-2000:]
    lines = last.decode(errors="replace").strip().splitlines()
    return process.returncode == 0, lines[-1].strip(" =")[:100] if lines else ""


def _as_it_comes(piece: bytes) -> None:
    sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # the check that ran has been told as well, and has said so
        sys.exit(130)
