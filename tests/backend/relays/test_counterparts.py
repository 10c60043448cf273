"""The relays of the places most like mine: named only where they chose it, in every network alike."""

import pytest

from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, NotFound
from maillage.relays.domain import COUNTERPARTS
from maillage.relays.selectors import seats
from maillage.relays.selectors.counterparts import counterparts, counterparts_of
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network, make_welcome
from tests.backend.territories.test_likeness import load

VALUES = {"0101": 10, "0102": 11, "0103": 12, "0104": 30, "0201": 13, "0202": 14, "0203": 15, "0204": 16, "0205": 50}


@pytest.fixture
def figured(net: SmallNetwork) -> SmallNetwork:
    load(net.country, "students", VALUES)
    load(net.country, "retired", {code: value / 2 for code, value in VALUES.items()}, name="Part des retraités")
    return net


def of(net: SmallNetwork, code: str = "0101"):
    return counterparts(seats.seat(net.seat(code).pk), language="fr")


def test_five_the_nearest_first_with_the_reason(figured: SmallNetwork, django_assert_num_queries):
    make_holder(figured.seat("0103"))
    standing = seats.seat(figured.seat("0101").pk)
    with django_assert_num_queries(3):  # the figures, the seats like it, who welcomes
        found = counterparts(standing, language="fr")
    assert [each.standing.area.code for each in found.items] == ["0102", "0103", "0201", "0202", "0203"]
    assert len(found.items) == COUNTERPARTS
    assert found.items[0].place.alike == ("Part des retraités", "Part des étudiants")
    assert [each.standing.state for each in found.items[:2]] == ["vacant", "filled"]
    assert found.why_none == ""


def test_a_relay_is_named_where_they_show_it_or_welcome(figured: SmallNetwork):
    make_holder(figured.seat("0102"), given_name="Cachée")
    make_holder(figured.seat("0103"), given_name="Montrée", shows_given_name=True, email="shown@people.example")
    make_welcome(figured, "0201", name="Accueillante")
    assert [each.relay.given_name if each.relay else "" for each in of(figured).items[:3]] == ["", "Montrée", "Accueillante"]


def test_why_there_is_none(net: SmallNetwork):
    assert of(net).why_none == "no_figures"
    load(net.country, "students", VALUES)
    assert of(net, "9901").why_none == "unknown"


def test_another_network_has_its_own_relays(figured: SmallNetwork):
    second = make_network(figured.country, slug="second")
    make_holder(second.seat("0102"), given_name="Autre", shows_given_name=True)
    assert [each.standing.state for each in of(figured).items[:1]] == ["vacant"]
    assert [(each.standing.state, each.relay.given_name) for each in of(second).items[:1]] == [("filled", "Autre")]


def test_for_who_holds_the_seat_or_organises_it(figured: SmallNetwork):
    _, holder = make_holder(figured.seat("0101"))
    _, stranger = make_holder(figured.seat("0102"))
    seat = figured.seat("0101")
    assert counterparts_of(holder.user, seat.pk, language="fr", now=now())[1] == "relay"
    assert counterparts_of(figured.organiser("department", "01"), seat.pk, language="fr", now=now())[1] == "organiser"
    with pytest.raises(Forbidden):
        counterparts_of(stranger.user, seat.pk, language="fr", now=now())
    with pytest.raises(NotFound):
        counterparts_of(holder.user, holder.pk, language="fr", now=now())
