"""A pause ends by day while somebody prolongs it or ends the term: what they did holds."""

from collections.abc import Callable
from datetime import date, datetime
from threading import Event
from time import sleep

import pytest
from django.db import transaction

from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.relays import services
from maillage.relays.models import Term
from tests.backend.days import ZONE, in_days
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network
from tests.backend.relays.test_races import at_once

BACK, LATER = 2, 60
"""In how many days."""


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    return make_network()


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=ZONE).replace(hour=12)


def paused(net: SmallNetwork, code: str) -> Term:
    term, holder = make_holder(net.seat(code), email=f"{code}@people.example")
    return services.pause_term(term_id=term.pk, until=in_days(BACK), by=holder.user, now=now())


def while_it_ends(act: Callable[[], object]) -> int:
    """Do something that is not committed yet when the pauses of today are looked for; return how many terms resumed."""
    done = Event()

    def slowly() -> None:
        with transaction.atomic():
            act()
            done.set()
            sleep(0.5)

    def by_day() -> int:
        done.wait(timeout=10)
        return services.resume_terms(now=noon(in_days(BACK)))

    _nothing, resumed = at_once(slowly, by_day)
    assert isinstance(resumed, int)
    return resumed


def test_who_prolongs_the_pause_in_the_same_moment_stays_away(net: SmallNetwork):
    term, other = paused(net, "0101"), paused(net, "0102")
    holder = term.person.user
    assert while_it_ends(lambda: services.pause_term(term_id=term.pk, until=in_days(LATER), by=holder, now=noon(in_days(BACK)))) == 1
    term.refresh_from_db()
    assert term.paused_until == in_days(LATER)
    assert list(Entry.objects.filter(name="term.resumed").values_list("subject_id", flat=True)) == [str(other.pk)]
    assert not Message.objects.filter(purpose="relays.term_resumed", person=term.person).exists()


def test_a_term_that_ends_in_the_same_moment_keeps_nobody_else_away(net: SmallNetwork):
    term, other = paused(net, "0101"), paused(net, "0102")
    holder = term.person.user
    assert while_it_ends(lambda: services.end_term(term_id=term.pk, by=holder, now=noon(in_days(BACK)))) == 1
    other.refresh_from_db()
    assert other.paused_at is None


def test_two_runs_resume_a_term_once(net: SmallNetwork):
    paused(net, "0101")
    assert sorted(at_once(*[lambda: services.resume_terms(now=noon(in_days(BACK)))] * 2)) == [0, 1]  # type: ignore[type-var]
    assert Entry.objects.filter(name="term.resumed").count() == 1
