"""Settings of the processes that are killed: the product's, with short leases and the trial's jobs."""

from datetime import timedelta

from config.settings.test import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.backend.journal.crashes"]  # noqa: F405

JOBS_SCHEDULE = "tests.backend.journal.crashes.settings.SCHEDULE"
SCHEDULE: list[object] = []
JOBS_POLL = timedelta(milliseconds=100)
JOBS_HAND_LEASE = timedelta(seconds=1)
JOBS_HAND_LEASE_MOST = timedelta(seconds=2)
JOBS_BACKOFF = timedelta(milliseconds=100)

ROOT_URLCONF = "tests.backend.journal.crashes.urls"  # nobody asks these processes for a page
