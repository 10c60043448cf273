"""What the figures measure on: services of their own, real boundaries where they are, the demo campaign."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.load.bench import MissingData

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def services() -> Iterator[None]:
    """Run a private PostgreSQL and Redis, set up Django on an empty migrated database, and stop both at the end."""
    from infra.local.services import throw_away_services

    with throw_away_services(ROOT / ".local" / "bench") as (postgres, redis):
        os.environ["DATABASE_URL"] = postgres.url
        os.environ["REDIS_URL"] = redis.url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        try:
            yield
        finally:
            connections.close_all()


@cache
def real_boundaries() -> Path:
    """Name the folder of real data. Raises: MissingData where it is not."""
    from django.conf import settings

    folder = Path(settings.BOUNDARIES or settings.BOUNDARIES_BESIDE)
    if not folder.is_dir():
        raise MissingData("the folder of real boundaries is not on this machine (MAILLAGE_BOUNDARIES)")
    return folder


@cache
def territories() -> None:
    """Load the real territories, once a run, quietly."""
    from django.core.management import call_command

    real_boundaries()
    with _silence():
        call_command("load_territories")
        call_command("load_office_holders")


@cache
def campaign() -> None:
    """Make the demo campaign on the real territories, once a run."""
    from django.core.management import call_command

    territories()
    with _silence():
        call_command("make_demo")


@cache
def house() -> None:
    """Say who runs the site and open it: until then each page and the API answer 503."""
    from django.conf import settings

    from maillage.kernel.clock import now
    from maillage.people import services
    from maillage.people.domain import LegalKind

    services.describe_organisation(
        name="Figures",
        country="FR",
        legal_kind=LegalKind.ASSOCIATION,
        languages=[code for code, _name in settings.LANGUAGES],
        address="1 rue des Mesures, 75000 Paris",
        email="figures@figures.example",
        officer="Odette Marchand",
        publisher="Odette Marchand",
        host="Figures, 1 rue des Mesures, 75000 Paris",
        now=now(),
    )
    _name_who_receives_concerns()
    services.open_to_public(now=now())


def _name_who_receives_concerns() -> None:
    """Name an administrator, without whom the public is not let in."""
    from maillage.accounts.domain import Role
    from maillage.accounts.models import Grant, User
    from maillage.kernel.clock import now
    from maillage.relays.selectors.concerns import somebody_is_named
    from maillage.relays.services import name_safety_contacts
    from maillage.territories.models import Area

    if somebody_is_named(now()):
        return
    named = User.objects.create_user("figures.administrator@figures.example")
    country = Area.objects.get(kind__level=0, country="FR", valid_until=None)
    Grant.objects.create(user=named, role=Role.ADMINISTRATOR, area=country, starts_at=now(), origin="appointed:figures")
    name_safety_contacts(emails=[named.email], names=["Odette Marchand"], by=named, now=now())


@contextmanager
def _silence() -> Iterator[None]:
    """Keep standard output for the lines of JSON."""
    import contextlib
    import sys

    with contextlib.redirect_stdout(sys.stderr):
        yield
