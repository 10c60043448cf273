"""`make bench`: install what is missing, then hand over to tests/load/run.py, whose standard output is lines of JSON."""

import os
import sys
from contextlib import redirect_stdout

from infra.local import machine, ownership, packages
from infra.local.layout import LOCAL, LOGS, ROOT
from infra.local.progress import Steps
from infra.local.reasons import CannotGoOn


def main() -> None:
    """Become the process that measures."""
    steps = Steps(logs=LOGS)
    try:
        ownership.open_folder(LOCAL)
        with redirect_stdout(sys.stderr):
            with steps.step("machine"):
                machine.complete(steps, needs=machine.TO_TEST)
            packages.install(steps)
    except CannotGoOn as reason:
        sys.exit(f"\n{reason}")
    finally:
        steps.close()
    python = str(packages.VENV / "bin" / "python")
    os.execve(python, [python, str(ROOT / "tests" / "load" / "run.py")], packages.environment_of_venv())


if __name__ == "__main__":
    main()
