"""A worker killed while a promise climbs: nothing of it happened, and the next one does it, once."""

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from maillage import journal
from maillage.journal.models import Entry
from maillage.messaging import services as messaging
from maillage.messaging.models import Message
from maillage.people.models import Promise, PromiseStep
from maillage.relays import services
from tests.backend.relays.factories import SmallNetwork, make_application, make_network

AT = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
DUE = AT + timedelta(hours=48)


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    net = make_network()
    net.organiser("country", "XM", name="Loin Haut")
    net.organiser("department", "01", name="Nadia Ferhat")
    for number in range(2):
        make_application(net.seat("0101"), at=AT, email=f"{number}@people.example")
    return net


def die_after(module: Any, name: str, *, calls: int) -> None:
    """Let this process be killed as soon as a function has returned so many times."""
    function: Callable[..., Any] = getattr(module, name)
    left = calls

    def deadly(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        result = function(*args, **kwargs)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(module, name, deadly)


def run_and_die(module: Any, name: str, *, calls: int) -> int:
    """Climb in a process of its own that dies there; return the signal that ended it."""
    child = os.fork()
    if not child:
        parents = connection.connection  # kept, so that it is not closed behind the parent's back
        connection.connection = None
        die_after(module, name, calls=calls)
        services.climb_promises(now=DUE)
        os._exit(0 if parents else 1)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


@pytest.mark.parametrize(
    ("module", "name", "calls"),
    [
        (PromiseStep.objects, "create", 1),
        (Promise, "save", 1),
        (journal, "record", 1),
        (PromiseStep.objects, "create", 2),
        (journal, "record", 2),
        (messaging, "queue_message", 1),
        (messaging, "queue_message", 2),
        (messaging, "queue_messages", 1),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_killed_between_any_two_writes_it_climbs_once(net: SmallNetwork, module: Any, name: str, calls: int):
    before = (Message.objects.count(), Entry.objects.count())
    assert run_and_die(module, name, calls=calls) == signal.SIGKILL
    assert not PromiseStep.objects.exists()
    assert (Message.objects.count(), Entry.objects.count()) == before
    assert services.climb_promises(now=DUE) == 2
    assert services.climb_promises(now=DUE + timedelta(minutes=1)) == 0
    assert PromiseStep.objects.count() == 2
    assert sorted(Message.objects.values_list("purpose", flat=True)) == [
        "relays.promise_climbed",
        "relays.promise_missed",
        "relays.promise_missed",
    ]
