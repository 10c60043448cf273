"""`make stop`: end the run of this checkout, started from another terminal."""

from infra.local.layout import LOCAL
from infra.local.life import stop

if __name__ == "__main__":
    print(stop(LOCAL))
