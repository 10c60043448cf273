"""A network opened by an administrator, which is how a new installation begins."""

from typing import Any

import pytest
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.people import services as people
from maillage.people.domain import LegalKind
from maillage.people.selectors.organisation import forget_held
from maillage.relays.models import RelayNetwork, Seat
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.territories.factories import SmallCountry

ADDRESS = "/api/v1/relays/networks/"
TEXTS = [{"language": "fr", "name": "Le réseau", "purpose": "Une personne partout."}, {"language": "en", "name": "The net"}]


@pytest.fixture
def administrator(small_country: SmallCountry) -> User:
    people.describe_organisation(name="Collectif", country="XM", legal_kind=LegalKind.UNION, languages=["fr", "en"], now=now())
    forget_held()
    return make_granted(Role.ADMINISTRATOR, small_country.country)


def post(client: Client, body: dict[str, Any]) -> Any:
    return client.post(ADDRESS, body, content_type="application/json")


def test_an_administrator_lays_a_net_over_the_country(client: Client, administrator: User) -> None:
    sign_in(client, administrator)
    answer = post(client, {"slug": "reseau", "texts": TEXTS})
    assert answer.status_code == 201
    assert (answer.json()["name"], answer.json()["country"]) == ("Le réseau", "XM")
    network = RelayNetwork.objects.get(slug="reseau")
    assert Seat.objects.filter(network=network).count() == client.get(f"{ADDRESS}{network.pk}/coverage/").json()["vacant"] > 0
    again = post(client, {"slug": "reseau", "texts": TEXTS})
    assert (again.status_code, again.json()["code"]) == (409, "network_exists")


@pytest.mark.parametrize(
    "body", [{"texts": TEXTS}, {"slug": "a b", "texts": TEXTS}, {"slug": "a", "texts": []}, {"slug": "a", "texts": TEXTS[1:]}]
)
def test_a_net_without_a_name_in_the_usual_language_is_refused(client: Client, administrator: User, body: dict[str, Any]) -> None:
    sign_in(client, administrator)
    answer = post(client, body)
    assert answer.status_code == 400
    assert answer.json()["fields"]
    assert not RelayNetwork.objects.exists()


def test_an_organiser_opens_no_network(client: Client, administrator: User, small_country: SmallCountry) -> None:
    sign_in(client, make_granted(Role.ORGANISER, small_country.country))
    assert post(client, {"slug": "reseau", "texts": TEXTS}).status_code == 403
