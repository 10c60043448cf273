"""`make stop`: end the run of this checkout, started from another terminal."""

import sys

from infra.local.layout import LOCAL
from infra.local.life import stop
from infra.local.reasons import CannotGoOn

if __name__ == "__main__":
    try:
        print(stop(LOCAL))
    except CannotGoOn as reason:
        sys.exit(f"\n{reason}")
