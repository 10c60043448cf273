"""Celery: hands the ids of due jobs to workers, nothing else. `maillage.journal.tasks.run` is its one task."""

import os

from celery import Celery
from kombu.transport import redis

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
app = Celery("maillage")
app.config_from_object("django.conf:settings", namespace="CELERY")

# A busy worker that loses Redis tries to put its messages back through the connection that it lost, and dies of it
# (kombu 5.7). Nothing needs putting back: a row that is not stamped within its lease is handed out again.
redis.Channel.do_restore = False
