"""`manage.py rebuild_rollups`: work the sums of dashboards out anew from the books."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maillage.fundraising.models import Fund
from maillage.fundraising.services import rollups


class Command(BaseCommand):
    help = (
        "Work the sums of dashboards out anew from the books, for all recipients or those named. It may run while donations come in: "
        "each recipient's wait until its own sums are written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", help="of recipients; none: all")
        parser.add_argument("--check", action="store_true", help="only say which sums differ from the books")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Fund.objects.filter(parent__isnull=True).order_by("code")
        if codes := options["codes"]:
            found = found.filter(code__in=codes)
            if unknown := set(codes) - set(found.values_list("code", flat=True)):
                raise CommandError(f"No recipient is called {', '.join(sorted(unknown))}.")
        for recipient in found:
            differing = rollups.differences(recipient)
            self.stdout.write(f"{recipient.code}: {', '.join(differing) or 'as the books say'}")
            if not options["check"]:
                rollups.rebuild(recipient)
