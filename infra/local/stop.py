"""`make stop`: end the run of this checkout, started from another terminal."""

import os
import signal

from infra.local import owned
from infra.local.instance import Instance
from infra.local.layout import LOCAL
from infra.local.supervisor import end_leftovers

PATIENCE = 40.0


def main() -> None:
    """Ask the run to end and wait for it; then end whatever a crash may have left."""
    run = Instance(LOCAL).running()
    if run:
        print(f"Stopping Maillage (process {run['pid']}, {run['address']}) …", flush=True)
        os.kill(run["pid"], signal.SIGTERM)
        owned.wait_until_gone([run["pid"]], seconds=PATIENCE)
    left = end_leftovers(LOCAL, grace=5.0)
    print("Stopped." if run or left else "Maillage does not run from this folder.")


if __name__ == "__main__":
    main()
