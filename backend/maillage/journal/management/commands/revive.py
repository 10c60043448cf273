"""`manage.py revive`: give jobs that were given up for dead their attempts again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maillage.journal import jobs


class Command(BaseCommand):
    help = "Let dead jobs wait to be run again: those of the ids, or all of a name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", type=int)
        parser.add_argument("--name", default="", help="app.verb")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["ids"]) == bool(options["name"]):
            raise CommandError("Give either ids or --name.")
        self.stdout.write(f"{jobs.revive(ids=options['ids'], name=options['name'])} jobs wait again.")
