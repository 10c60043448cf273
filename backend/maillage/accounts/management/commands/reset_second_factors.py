"""For the last administrator who lost their second factors: whoever has a shell on the machine lets them begin anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillage.accounts import services
from maillage.kernel.clock import now


class Command(BaseCommand):
    help = "Take the second factors and the password of an address away and sign it out everywhere; a mail says so."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Reset them."""
        if not services.reset_factors(email=email, by_id=None, now=now()):
            raise CommandError("Nobody signs in with this address.")
        self.stdout.write("Done: they sign in by code and set up a new second factor.")
