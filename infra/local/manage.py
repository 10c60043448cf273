"""`make manage DO="shell"`: a Django command with the packages of the lock, on the database of what runs, if anything does."""

import os
import sys
from contextlib import redirect_stdout

from infra.local import machine, ownership, packages
from infra.local.instance import Instance
from infra.local.layout import BACKEND, LOCAL, LOGS
from infra.local.progress import Steps
from infra.local.reasons import CannotGoOn

# Enough for the commands that read code only.
NO_DATABASE = {"DATABASE_URL": "postgis://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}


def main() -> None:
    """Become the command."""
    steps = Steps(logs=LOGS)
    try:
        ownership.open_folder(LOCAL)
        with redirect_stdout(sys.stderr):
            with steps.step("machine"):
                machine.complete(steps, needs=machine.TO_RUN)
            with steps.step("Python packages"):
                packages.install_python(steps)
    except CannotGoOn as reason:
        sys.exit(f"\n{reason}")
    finally:
        steps.close()
    running = (Instance(LOCAL).running() or {}).get("variables") or NO_DATABASE
    environment = packages.environment_of_venv() | {"DJANGO_SETTINGS_MODULE": "config.settings.local"} | running
    os.chdir(BACKEND)
    os.execvpe("python", ["python", "manage.py", *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()
