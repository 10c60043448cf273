from datetime import timedelta

import pytest
from django.db import connection

from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.relays import selectors, services
from maillage.relays.models import RelayNetwork, Seat
from tests.backend.relays.factories import SmallNetwork
from tests.backend.territories.factories import SmallCountry, make_small_country

TEXTS = {"fr": ("Réseau", "Pour tous."), "en": ("Net", "For all.")}


@pytest.fixture
def country(db: None) -> SmallCountry:
    return make_small_country()


def test_one_seat_an_area_in_one_statement(country: SmallCountry, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        network = services.open_network(slug="net", country=country.country, names=TEXTS, now=now())
    seats = Seat.objects.filter(network=network)
    assert sorted(seats.values_list("area__code", flat=True)) == [area.code for area in country.seats]
    assert {seat.pk.version for seat in seats} == {7}
    fact = Entry.objects.get(name="network.opened")
    assert (fact.subject_id, fact.data) == (str(network.pk), {"seats": 12})


def test_the_database_knows_how_few_networks_there_are(country: SmallCountry):
    services.open_network(slug="net", country=country.country, names=TEXTS, now=now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname IN ('relays_relaynetwork', 'relays_seat') ORDER BY relname")
        assert [line for (line,) in cursor.fetchall()] == [1, 12]


def test_a_department_can_have_a_net_of_its_own(country: SmallCountry):
    network = services.open_network(slug="two", country=country.area("02", "department"), names=TEXTS, now=now())
    assert set(Seat.objects.filter(network=network).values_list("area__code", flat=True)) == {"0201", "0202", "0203", "0204", "0205"}


def test_a_slug_is_taken_once(country: SmallCountry):
    services.open_network(slug="net", country=country.country, names=TEXTS, now=now())
    with pytest.raises(Conflict) as refused:
        services.open_network(slug="net", country=country.country, names=TEXTS, now=now())
    assert refused.value.code == "network_exists"
    assert Seat.objects.count() == 12


def test_a_place_without_seats_gets_no_net(country: SmallCountry):
    with pytest.raises(Invalid) as refused:
        services.open_network(slug="net", country=country.area("01001", "commune"), names=TEXTS, now=now())
    assert refused.value.code == "no_seats"
    assert not RelayNetwork.objects.exists()


def test_the_default_language_is_written(country: SmallCountry):
    with pytest.raises(Invalid) as refused:
        services.open_network(slug="net", country=country.country, names={"en": ("Net", "")}, now=now())
    assert refused.value.code == "text_missing"


def test_the_current_network_is_the_newest_open_one(net: SmallNetwork):
    assert selectors.current_network(now=now()) == net.network
    RelayNetwork.objects.update(closes_at=now() - timedelta(minutes=1))
    assert selectors.current_network(now=now()) is None


def test_words_fall_back_and_say_so(net: SmallNetwork):
    network = selectors.network(net.network.pk)
    assert selectors.text_of(network, language="en").name == "Small net"
    spanish = selectors.text_of(network, language="es")
    assert (spanish.name, spanish.language, spanish.is_fallback) == ("Petit réseau", "fr", True)
