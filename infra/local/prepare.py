"""Makes the database ready: tables, static files, places, office holders, the demo campaign, statistics. Safe to run again.

Runs inside the packages of the lock, with the variables of docs/environment.md. One process for all, because
starting Django costs more than most of these do on a second run.
"""

import os
import sys
from typing import Any

from infra.local.layout import BACKEND
from infra.local.progress import NEW_STEP

DEMO = "make_demo"
STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("tables", "migrate", {"interactive": False}),
    ("static files", "collectstatic", {"interactive": False, "verbosity": 0}),
    ("territories", "load_territories", {}),
    ("office holders", "load_office_holders", {}),
    ("demo campaign", DEMO, {}),
)


def main() -> None:
    """Run each command, its name told before; invented people never stand among real ones."""
    sys.path.insert(0, str(BACKEND))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    for title, command, options in STEPS:
        if command != DEMO or settings.DEMO_SIGN_IN:
            print(f"{NEW_STEP}{title}", flush=True)
            call_command(command, **options)
    # By itself the database looks at what was just written a minute later, and at tables of a few rows never: until then it guesses.
    print(f"{NEW_STEP}statistics", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
