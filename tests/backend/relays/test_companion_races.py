"""Two newcomers want the last place of one facilitator at once: one has it, the other is offered somebody else."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.relays import services
from maillage.relays.domain import TAKEN_COMPANION, CompanionKind, CompanionStatus
from maillage.relays.models import Companion, Term, Welcome
from tests.backend.days import ZONE
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network, make_pair, make_welcome
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


@pytest.mark.parametrize("turn", range(3))
def test_a_late_yes_and_the_end_of_the_week_agree(net: SmallNetwork, turn: int):
    make_welcome(net, "0103", name="Fa", as_buddy=False, weeks=30)
    term, person = make_holder(net.seat("0101"), at=now(), email="new@people.example")
    (offer,) = services.offer_companions(term_id=term.pk, now=now())
    make_welcome(net, "0104", name="Zo", as_buddy=False)
    services.say_yes(companion_id=offer.pk, contact_id=person.contact_points.get().pk, now=now())
    late = now().astimezone(ZONE).replace(hour=12) + timedelta(days=8)
    outcomes = at_once(
        lambda: services.accept_newcomer(companion_id=offer.pk, now=late),
        lambda: services.lapse_unanswered(now=late),
        lambda: services.lapse_unanswered(now=late),
    )
    offer.refresh_from_db()
    others = Companion.objects.exclude(pk=offer.pk)
    if offer.status == CompanionStatus.RUNNING:
        assert not others.exists()
    else:
        assert offer.status == CompanionStatus.UNANSWERED
        assert [each.code for each in outcomes if isinstance(each, Conflict)] == ["companion_closed"]
        assert others.get().status == CompanionStatus.OFFERED


def test_a_newcomer_who_leaves_as_the_week_ends_is_offered_nobody(net: SmallNetwork):
    make_welcome(net, "0103", name="Fa", as_buddy=False, weeks=30)
    term, person = make_holder(net.seat("0101"), at=now(), email="new@people.example")
    (offer,) = services.offer_companions(term_id=term.pk, now=now())
    make_welcome(net, "0104", name="Zo", as_buddy=False)
    services.say_yes(companion_id=offer.pk, contact_id=person.contact_points.get().pk, now=now())
    late = now().astimezone(ZONE).replace(hour=12) + timedelta(days=8)
    outcomes = at_once(
        lambda: services.lapse_unanswered(now=late),
        lambda: services.end_term(term_id=term.pk, by=None, now=late),
    )
    assert not any(isinstance(each, Exception) for each in outcomes)
    assert not Companion.objects.filter(status__in=[*TAKEN_COMPANION, CompanionStatus.OFFERED]).exists()


@pytest.mark.parametrize("deed", ["stop", "refuse", "pass on", "last place"])
def test_what_is_done_between_the_two_waits_for_the_term_and_holds_nothing_that_its_end_wants(net: SmallNetwork, deed: str):
    _, relay = make_welcome(net, "0103", name="Fa", as_buddy=False, weeks=30)
    term, person = make_holder(net.seat("0101"), at=now(), email="new@people.example")
    contact_id = person.contact_points.get().pk
    (offer,) = services.offer_companions(term_id=term.pk, now=now())
    make_welcome(net, "0104", name="Zo", as_buddy=False)
    if deed == "last place":
        other, _ = make_holder(net.seat("0102"), at=now(), email="other@people.example")
        make_pair(other, relay, kind=CompanionKind.FACILITATOR)
    else:
        services.say_yes(companion_id=offer.pk, contact_id=contact_id, now=now())
    deeds = {
        "stop": lambda: services.stop_welcoming(person_id=relay.pk, now=now()),
        "refuse": lambda: services.refuse_newcomer(companion_id=offer.pk, now=now()),
        "pass on": lambda: services.pass_on(companion_id=offer.pk, wants_another=True, now=now()),
        "last place": lambda: services.say_yes(companion_id=offer.pk, contact_id=contact_id, now=now()),
    }
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            Term.objects.select_for_update().get(pk=term.pk)
            doing = thread.submit(at_once, deeds[deed])
            wait_until_one_waits()
            Companion.objects.select_for_update(nowait=True).get(pk=offer.pk)
            Welcome.objects.select_for_update(nowait=True).get(person=relay)
            services.end_term(term_id=term.pk, by=None, now=now())
        (outcome,) = doing.result(timeout=10)
    assert outcome is None or isinstance(outcome, Conflict)
    assert not Companion.objects.filter(term=term, status__in=[*TAKEN_COMPANION, CompanionStatus.OFFERED]).exists()


def wait_until_one_waits() -> None:
    """Wait until another connection waits for a lock of this one."""
    ends_at = time.monotonic() + 10
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            assert time.monotonic() < ends_at, "nobody waits"
            time.sleep(0.02)
