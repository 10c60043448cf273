"""Celery: hands the ids of due jobs to workers, nothing else. `maillage.journal.tasks.run` is its one task."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
app = Celery("maillage")
app.config_from_object("django.conf:settings", namespace="CELERY")
