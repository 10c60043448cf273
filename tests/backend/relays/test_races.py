"""Two at once, on two connections: the database has the last word."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from maillage.accounts.models import Grant
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.relays import services
from maillage.relays.domain import ApplicationStatus
from maillage.relays.models import Application, Term
from tests.backend.relays.factories import SmallNetwork, make_application, make_network


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    return make_network()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act on a connection of its own, all starting together; give what each returned or raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return act()
        except Conflict as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.parametrize("turn", range(3))
def test_two_organisers_appoint_two_people_to_one_seat(net: SmallNetwork, turn: int):
    nadia, paul = net.organiser(name="Nadia Ferhat"), net.organiser("department", "01", name="Paul Autre")
    first, second = make_application(net.seat("0101")), make_application(net.seat("0101"), email="other@people.example")
    outcomes = at_once(
        lambda: services.approve_application(application_id=first.pk, by=nadia, now=now()),
        lambda: services.approve_application(application_id=second.pk, by=paul, now=now()),
    )
    (term,) = [outcome for outcome in outcomes if isinstance(outcome, Term)]
    (conflict,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert conflict.code == "seat_taken"
    assert conflict.extra["decided_by"] == term.application.decided_by.person.full_name
    assert Term.objects.filter(ends_at__isnull=True).count() == 1
    assert Grant.objects.filter(origin__startswith="term:").count() == 1
    assert sorted(Application.objects.values_list("status", flat=True)) == ["approved", "submitted"]


def test_two_organisers_decide_about_one_application(net: SmallNetwork):
    nadia, paul = net.organiser(name="Nadia Ferhat"), net.organiser("department", "01", name="Paul Autre")
    application = make_application(net.seat("0101"))
    outcomes = at_once(
        lambda: services.approve_application(application_id=application.pk, by=nadia, now=now()),
        lambda: services.decline_application(application_id=application.pk, words="Non.", by=paul, now=now()),
    )
    (conflict,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    application.refresh_from_db()
    assert conflict.code == "application_decided"
    assert conflict.extra["decided_by"] == application.decided_by.person.full_name
    assert Term.objects.count() == (application.status == ApplicationStatus.APPROVED)


def test_a_confirming_link_posted_twice_at_once_starts_one_clock(net: SmallNetwork):
    services.apply_for_seat(
        seat_id=net.seat("0101").pk,
        given_name="Samir",
        family_name="",
        email="samir@people.example",
        language="fr",
        agrees_to_contact=True,
        is_of_age=True,
        now=now(),
    )
    application = Application.objects.get()
    point = application.person.contact_points.get()
    confirmed = at_once(*[lambda: services.confirm_application(application_id=application.pk, contact_point_id=point.pk, now=now())] * 2)
    assert len({outcome.promise_id for outcome in confirmed}) == 1
    assert application.person.promises.count() == 1
