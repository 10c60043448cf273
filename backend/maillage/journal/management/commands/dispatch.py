"""`manage.py dispatch`: run a dispatcher until SIGTERM."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from maillage.journal.dispatcher import Dispatcher
from maillage.kernel.clock import now


class Command(BaseCommand):
    help = "Hand due jobs to the workers and insert due runs of the schedule, until stopped. Several may run."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        dispatcher = Dispatcher(schedule=import_string(settings.JOBS_SCHEDULE), clock=now)
        dispatcher.stop.listen_to_signals()
        dispatcher.run()
