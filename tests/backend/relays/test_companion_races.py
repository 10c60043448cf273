"""Two newcomers want the last place of one facilitator at once: one has it, the other is offered somebody else."""

import pytest

from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.relays import services
from maillage.relays.domain import TAKEN_COMPANION, CompanionKind, CompanionStatus
from maillage.relays.models import Companion
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network, make_welcome
from tests.backend.relays.test_races import at_once


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    return make_network()


@pytest.mark.parametrize("turn", range(3))
def test_the_last_place_is_taken_once(net: SmallNetwork, turn: int):
    make_welcome(net, "0103", name="Fa", as_buddy=False, weeks=30)
    offers = []
    for code in ("0101", "0102"):
        term, person = make_holder(net.seat(code), at=now(), email=f"{code}@people.example")
        (offer,) = services.offer_companions(term_id=term.pk, now=now())
        offers.append((offer, person.contact_points.get()))
    make_welcome(net, "0104", name="Zo", as_buddy=False)
    acts = [
        lambda id=offer.pk, contact=point.pk: services.say_yes(companion_id=id, contact_id=contact, now=now()) for offer, point in offers
    ]
    outcomes = at_once(*acts)
    (conflict,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert conflict.code == "place_taken"
    assert Companion.objects.filter(status__in=TAKEN_COMPANION).count() == 1
    other = Companion.objects.get(status=CompanionStatus.OFFERED)
    assert (other.kind, other.place.code) == (CompanionKind.FACILITATOR, "0104")


def test_a_companion_who_stops_while_a_newcomer_says_yes_accompanies_nobody(net: SmallNetwork):
    _, relay = make_welcome(net, "0103", name="Fa", as_buddy=False)
    term, person = make_holder(net.seat("0101"), at=now())
    (offer,) = services.offer_companions(term_id=term.pk, now=now())
    at_once(
        lambda: services.say_yes(companion_id=offer.pk, contact_id=person.contact_points.get().pk, now=now()),
        lambda: services.stop_welcoming(person_id=relay.pk, now=now()),
    )
    assert not Companion.objects.filter(status__in=[*TAKEN_COMPANION, CompanionStatus.OFFERED]).exists()


def test_two_yeses_of_one_newcomer_ask_once(net: SmallNetwork):
    make_welcome(net, "0103", name="Fa", as_buddy=False)
    term, person = make_holder(net.seat("0101"), at=now())
    (offer,) = services.offer_companions(term_id=term.pk, now=now())
    at_once(*[lambda: services.say_yes(companion_id=offer.pk, contact_id=person.contact_points.get().pk, now=now())] * 2)
    assert Companion.objects.get().status == CompanionStatus.ASKED
