"""Whoever reads concerns taken away while the site opens, on two connections: an open site has somebody who reads them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.people import services as people
from maillage.people.domain import LegalKind
from maillage.people.models import Organisation
from maillage.people.selectors.organisation import forget_held
from maillage.relays import services
from maillage.relays.models import SafetyContact
from tests.backend.accounts.factories import make_granted
from tests.backend.relays.factories import SmallNetwork, make_network
from tests.backend.relays.test_races import at_once


@pytest.fixture
def net(transactional_db: None) -> Iterator[SmallNetwork]:
    forget_held()
    yield make_network()
    forget_held()


@pytest.fixture
def administrator(net: SmallNetwork) -> User:
    """Of a site that is described and closed, and named to read concerns."""
    administrator = make_granted(Role.ADMINISTRATOR, net.country.country)
    people.describe_organisation(
        name="Collectif du Val",
        country="XM",
        legal_kind=LegalKind.UNION,
        languages=["en", "fr"],
        address="1 rue du Pont",
        email="donnees@collectif.example",
        officer="Odile Clerc, dpo@collectif.example",
        publisher="Ada Noir",
        host="Hôte SARL",
        now=now(),
    )
    services.name_safety_contacts(emails=[administrator.email], names=["Ada Noir"], by=administrator, now=now())
    return administrator


def hold_at_once() -> bool:
    """Say whether opening could go on now, on a connection of its own."""
    try:
        with transaction.atomic():
            return Organisation.objects.select_for_update(nowait=True).first() is not None
    except OperationalError:
        return False
    finally:
        connection.close()


def test_a_closed_site_is_held_closed_while_nobody_is_named(administrator: User) -> None:
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            assert not people.holds_open()
            assert threads.submit(hold_at_once).result() is False
        assert threads.submit(hold_at_once).result() is True


@pytest.mark.parametrize("turn", range(3))
def test_naming_nobody_and_opening_at_once_leaves_no_open_site_without_a_reader(administrator: User, turn: int) -> None:
    outcomes = at_once(
        lambda: services.name_safety_contacts(emails=[], by=administrator, now=now()),
        lambda: people.open_to_public(now=now()),
    )
    assert [outcome.code for outcome in outcomes if isinstance(outcome, Conflict)] in (["still_open"], ["conditions_unmet"])
    assert Organisation.objects.filter(opened_at__isnull=False).exists() is SafetyContact.objects.exists()
