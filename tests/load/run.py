"""`make bench`: measure every figure, one line of JSON each. Starts its own PostgreSQL and Redis.

Environment: ONLY=group or group.figure; LONG=1 for the large sizes.
"""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "backend")]


FIRST = "import"
"""It measures tables that grow from nothing: other groups leave a million people behind."""


def main() -> None:
    """Run the groups asked for, in the order of their names, but for the first."""
    from tests.load import figures
    from tests.load.bench import line
    from tests.load.world import services

    only, _, one = os.environ.get("ONLY", "").partition(".")
    long = os.environ.get("LONG") == "1"
    names = [module.name.replace("_", "-") for module in pkgutil.iter_modules(figures.__path__)]
    if only and only not in names:
        raise SystemExit(f"There is no group {only}. Groups: {', '.join(sorted(names))}")
    with services():
        for name in sorted(names, key=lambda name: (name != FIRST, name)):
            if only and only != name:
                continue
            group = importlib.import_module(f"tests.load.figures.{name.replace('-', '_')}")
            for figure in group.figures():
                if (one and figure.name != one) or (figure.needs_long and not long):
                    continue
                print(line(figure, name), flush=True)


if __name__ == "__main__":
    main()
