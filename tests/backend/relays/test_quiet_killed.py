"""A worker killed while the friendly ladder is climbed: nothing of it happened, and the next one does it, once."""

import os
import signal
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from maillage import journal
from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.messaging import services as messaging
from maillage.messaging.models import Message
from maillage.relays import services
from maillage.relays.models import FriendlyCall, QuietStep, Term
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network
from tests.backend.relays.test_promise_killed import die_after

DAY = datetime.combine(in_days(1), time(10), tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    net = make_network()
    net.organiser("department", "01", name="Nadia Ferhat")
    make_holder(net.seat("0101"))
    make_holder(net.seat("0102"), email="other@people.example")
    Term.objects.update(seen_at=DAY - timedelta(days=22), starts_at=DAY - timedelta(days=90))
    Term.objects.filter(seat=net.seat("0102")).update(seen_at=DAY - timedelta(days=46))
    User.objects.update(seen_at=None)
    return net


def run_and_die(module: Any, name: str, *, calls: int) -> int:
    child = os.fork()
    if not child:
        parents = connection.connection  # kept, so that it is not closed behind the parent's back
        connection.connection = None
        die_after(module, name, calls=calls)
        services.climb_quiet_terms(now=DAY)
        os._exit(0 if parents else 1)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


@pytest.mark.parametrize(
    ("module", "name", "calls"),
    [
        (QuietStep.objects, "create", 1),
        (FriendlyCall.objects, "create", 1),
        (QuietStep.objects, "create", 2),
        (journal, "record", 2),
        (messaging, "queue_message", 1),
        (messaging, "queue_messages", 1),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_killed_between_any_two_writes_it_climbs_once(net: SmallNetwork, module: Any, name: str, calls: int):
    before = (Message.objects.count(), Entry.objects.count())
    assert run_and_die(module, name, calls=calls) == signal.SIGKILL
    assert not QuietStep.objects.exists()
    assert not FriendlyCall.objects.exists()
    assert (Message.objects.count(), Entry.objects.count()) == before
    assert services.climb_quiet_terms(now=DAY) == 2
    assert services.climb_quiet_terms(now=DAY + timedelta(minutes=10)) == 0
    assert sorted(Message.objects.values_list("purpose", flat=True)) == ["relays.friendly_call", "relays.still_here"]
