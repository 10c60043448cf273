"""`manage.py invite_administrator ADDRESS`: the first person who may describe the organisation and appoint others."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from maillage.accounts import services
from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.territories.models import Area


class Command(BaseCommand):
    help = "Let this address administer the installation, and write to it. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address, and the country where several are loaded."""
        parser.add_argument("address")
        parser.add_argument("--country", help="ISO code, where the territories of several countries are loaded")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=sorted(dict(settings.LANGUAGES)), help="of the mail")

    def handle(self, *args: Any, address: str, country: str | None, language: str, **options: Any) -> None:
        """Appoint, and say where to sign in."""
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address} is no e-mail address.") from error
        countries = Area.objects.filter(kind__level=0).order_by("country")
        found = list(countries.filter(country=country.upper()) if country else countries)
        if not found:
            raise CommandError("No such country is loaded. Load territories first: manage.py load_territories")
        if len(found) > 1:
            raise CommandError(f"Several countries are loaded: say which with --country ({', '.join(area.country for area in found)}).")
        services.appoint(email=address, role=Role.ADMINISTRATOR, area=found[0], by=None, language=language, now=now())
        self.stdout.write(f"{address} administers this installation. Sign in with a code sent by mail: {settings.PUBLIC_URL}/app/")
