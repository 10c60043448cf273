"""`manage.py check_stripe [CODE]`: whether the accounts at Stripe are ready to take donations, and what to do where one is not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maillage.fundraising.gateways.accounts import BadKeys, every_account
from maillage.fundraising.services.account_checks import check_account
from maillage.kernel.clock import now


class Command(BaseCommand):
    help = (
        "Look at the keys, webhook and capabilities of each account at Stripe. Changes nothing without --register-domain, moves no money."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the code of one account, all of them where none is named."""
        parser.add_argument("code", nargs="?")
        parser.add_argument("--register-domain", action="store_true", help="make the host of PUBLIC_URL known, so that wallets are offered")

    def handle(self, *args: Any, code: str | None = None, register_domain: bool = False, **options: Any) -> None:
        """Say what is well and what is not; fails where something is not."""
        try:
            accounts = [keys for keys in every_account() if code in (None, keys.code)]
        except BadKeys as wrong:
            raise CommandError(str(wrong)) from wrong
        if not accounts:
            raise CommandError(f"STRIPE_ACCOUNTS names no account {code}." if code else "STRIPE_ACCOUNTS names no account.")
        wrong_things = 0
        for keys in accounts:
            for said in check_account(keys, now=now(), registers=register_domain):
                self.stdout.write(f"  {'ok ' if said.is_well else 'NO '} {said.words}")
                wrong_things += not said.is_well
        if wrong_things:
            raise CommandError(f"{wrong_things} things to do." if wrong_things > 1 else "1 thing to do.")
        self.stdout.write("Ready.")
