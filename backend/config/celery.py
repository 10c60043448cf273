"""Celery: hands the ids of due jobs to workers, nothing else. `maillage.journal.tasks.run` is its one task."""

import gc
import os

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
app = Celery("maillage")
app.config_from_object("django.conf:settings", namespace="CELERY")


@worker_process_init.connect
def keep_what_is_loaded(**_: object) -> None:
    """Leave what a worker has loaded out of garbage collection: a hundred thousand objects that never go, walked anew each second."""
    gc.collect()
    gc.freeze()
