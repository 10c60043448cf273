"""`manage.py make_demo`: a believable campaign of invented people, on an empty installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maillage.demo import services
from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal
from maillage.relays.models import RelayNetwork


class Command(BaseCommand):
    help = "Make the demo campaign once; does nothing where a network is open already."

    def handle(self, *args: Any, **options: Any) -> None:
        if RelayNetwork.objects.exists():
            self.stdout.write("The demo campaign, or a real one, is there already: nothing to do.")
            return
        try:
            services.make_campaign(now=now(), say=self.stdout.write)
        except Refusal as refusal:
            raise CommandError(refusal.detail) from refusal
