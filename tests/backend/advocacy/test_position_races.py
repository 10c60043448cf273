"""What two people write of one office holder at once: the state says both, whoever commits first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from maillage.advocacy import services
from maillage.advocacy.models import Position, PositionDispute, PositionState
from maillage.advocacy.selectors.positions import state_mismatches
from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal
from tests.backend.advocacy.factories import make_deputy, make_subject, say
from tests.backend.relays.factories import make_holder, make_network


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act on a connection of its own, all starting together; give what each returned, or why it was refused."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_who_hear_it_convince_and_a_dispute_beside_an_undoing_is_settled_with_it() -> None:
    net = make_network()
    deputy, subject, organiser = make_deputy(net.seat("0101").area), make_subject(), net.organiser()
    relay, other = (make_holder(net.seat(code))[1] for code in ("0101", "0102"))
    at_once(lambda: say(deputy, subject, author=relay), lambda: say(deputy, subject, author=other))
    state = PositionState.objects.get()
    assert (state.lines, state.convinced_until is not None) == (2, True)

    line = Position.objects.get(author=relay)
    at_once(
        lambda: services.dispute_position(position_id=line.pk, reason="Non.", by=other.user, now=now()),
        lambda: services.undo_position(position_id=line.pk, why="Erreur.", by=organiser, now=now()),
    )
    line.refresh_from_db()
    assert line.undone_at is not None
    assert not PositionDispute.objects.filter(settled_at=None).exists()
    assert PositionState.objects.get().lines == 1
    assert state_mismatches() == []


@pytest.mark.django_db(transaction=True)
def test_lines_of_one_office_holder_are_undone_at_once() -> None:
    net = make_network()
    deputy, subject, organiser = make_deputy(net.seat("0101").area), make_subject(), net.organiser()
    lines = [say(deputy, subject, by=organiser, days_ago=days) for days in (9, 7, 5, 3, 1)]
    found = at_once(*(partial(services.undo_position, position_id=line.pk, why="Erreur.", by=organiser, now=now()) for line in lines[1:]))
    assert not [why for why in found if isinstance(why, Refusal)]
    state = PositionState.objects.get()
    assert (state.latest, state.lines) == (lines[0], 1)
