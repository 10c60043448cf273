"""Celery: hands the ids of due jobs to workers, nothing else. `maillage.journal.tasks.run` is its one task."""

import os

from celery import Celery
from celery.signals import worker_process_init

from config.memory import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
app = Celery("maillage")
app.config_from_object("django.conf:settings", namespace="CELERY")
worker_process_init.connect(keep_what_is_loaded)
