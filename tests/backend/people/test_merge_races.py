"""Merges side by side with other acts, and a process killed in the middle: one of both happens, or nothing."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from maillage import journal
from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal
from maillage.people import services
from maillage.people.models import ContactPoint, Merge, MergeStep, Person
from maillage.people.services import imports_runs, merges
from maillage.relays import services as relays
from maillage.relays.domain import TermKind
from maillage.relays.models import Application, Term
from maillage.relays.selectors import grants_without_term, terms_without_grant
from tests.backend.people.factories import make_person
from tests.backend.people.import_files import checked, line
from tests.backend.people.merged_lives import TwoRecords, dump, two_full_records
from tests.backend.relays.factories import SmallNetwork, make_application, make_network


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    return make_network()


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


def records(net: SmallNetwork, count: int) -> list[Person]:
    return [make_person(email=f"{number}@people.example", area=net.country.area("0101")) for number in range(count)]


@pytest.mark.parametrize("turn", range(3))
def test_two_organisers_join_overlapping_pairs(net: SmallNetwork, turn: int):
    one, other, third = records(net, 3)
    nadia, ines = net.organiser(), net.organiser("department", "01", name="Inès Prat")
    outcomes = at_once(
        lambda: services.merge_people(kept_id=one.pk, absorbed_id=other.pk, values={}, by=nadia, now=now()),
        lambda: services.merge_people(kept_id=other.pk, absorbed_id=third.pk, values={}, by=ines, now=now()),
        lambda: services.merge_people(kept_id=other.pk, absorbed_id=one.pk, values={}, by=ines, now=now()),
    )
    done = [outcome for outcome in outcomes if isinstance(outcome, Merge)]
    assert {outcome.code for outcome in outcomes if isinstance(outcome, Refusal)} <= {"merged_already", "people_busy"}
    assert done
    assert Person.objects.filter(merged_into__isnull=False).count() == len(done)
    assert Person.objects.filter(merged_into__isnull=True, pk__in=[one.pk, other.pk, third.pk]).count() == 3 - len(done)


@pytest.mark.parametrize("turn", range(3))
def test_joined_while_the_other_is_erased(net: SmallNetwork, turn: int):
    one, other = records(net, 2)
    by = net.organiser()
    at_once(
        lambda: services.merge_people(kept_id=one.pk, absorbed_id=other.pk, values={}, by=by, now=now()),
        lambda: services.erase_person(person_id=other.pk, now=now()),
    )
    one.refresh_from_db(), other.refresh_from_db()
    assert other.erased_at is not None
    assert (one.erased_at is not None) == (other.merged_into_id is not None), "joined first: both are the same person, and go"
    assert not Merge.objects.exists()
    assert not ContactPoint.objects.filter(person=other).exists()


@pytest.mark.parametrize("turn", range(3))
def test_joined_while_the_other_takes_a_seat(net: SmallNetwork, turn: int):
    one, other = records(net, 2)
    by = net.organiser()
    application = make_application(net.seat("0101"), person=other)
    at_once(
        lambda: services.merge_people(kept_id=one.pk, absorbed_id=other.pk, values={}, by=by, now=now()),
        lambda: relays.approve_application(application_id=application.pk, by=by, now=now()),
        lambda: relays.open_term(seat=net.seat("0102"), person=other, kind=TermKind.RELAY, now=now(), by=by),
    )
    other.refresh_from_db()
    stands = other.merged_into_id or other.pk
    assert set(Term.objects.values_list("person_id", flat=True)) <= {stands}
    assert Term.objects.exists()
    assert set(Application.objects.values_list("person_id", flat=True)) == {stands}
    assert list(terms_without_grant(now=now())) == list(grants_without_term(now=now())) == []


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


def run_and_die(act: Callable[[], object], module: Any, name: str, *, calls: int) -> int:
    """Act in a process of its own that dies there; return the signal that ended it."""
    child = os.fork()
    if not child:
        parents = connection.connection  # kept, so that it is not closed behind the parent's back
        connection.connection = None
        die_after(module, name, calls=calls)
        act()
        os._exit(0 if parents else 1)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


@pytest.mark.parametrize(
    ("module", "name", "calls"),
    [
        (Merge.objects, "create", 1),
        (merges, "join_consents", 1),
        (merges.Steps, "change", 1),
        (merges.Steps, "change", 7),
        (merges.Steps, "move", 1),
        (merges.Steps, "move", 9),
        (merges, "_join_users", 1),
        (merges, "_take_values", 1),
        (merges.Steps, "keep", 1),
        (journal, "record", 3),
        (journal.jobs, "enqueue", 1),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_killed_between_any_two_writes_nothing_was_joined(net: SmallNetwork, module: Any, name: str, calls: int):
    two = two_full_records(net)
    before = dump()

    def act() -> object:
        return services.merge_people(kept_id=two.kept.pk, absorbed_id=two.absorbed.pk, values={}, by=two.by, now=now())

    assert run_and_die(act, module, name, calls=calls) == signal.SIGKILL
    assert dump() == before
    assert not Merge.objects.exists()
    assert act(), "and the next try joins them"


@pytest.mark.parametrize(
    ("module", "name"), [(merges, "undo_steps"), (merges, "part_consents"), (merges, "_fold_names"), (journal, "record")]
)
def test_killed_while_taken_apart_they_are_still_joined(net: SmallNetwork, module: Any, name: str):
    two: TwoRecords = two_full_records(net)
    merge = services.merge_people(kept_id=two.kept.pk, absorbed_id=two.absorbed.pk, values={}, by=two.by, now=now())
    before, steps = dump(), MergeStep.objects.count()
    assert run_and_die(lambda: services.take_apart(merge_id=merge.pk, by=two.by, now=now()), module, name, calls=1) == signal.SIGKILL
    assert (dump(), MergeStep.objects.count()) == (before, steps)


@pytest.mark.parametrize("act", ["joined", "erased"])
def test_an_import_fills_nobody_who_went_while_it_waited_for_them(net: SmallNetwork, act: str):
    kept, going = records(net, 2)
    by = net.organiser("department", "01", name="Inès Prat")
    batch = checked(by, [line(going.given_name, going.family_name, email="1@people.example", phone="06 12 34 56 78")])
    services.run_import(import_id=batch.pk, by=by, now=now())
    waiting = [True]

    def go() -> None:
        try:
            if act == "joined":
                services.merge_people(kept_id=kept.pk, absorbed_id=going.pk, values={}, by=by, now=now())
            else:
                services.erase_person(person_id=going.pk, now=now())
        finally:
            connection.close()

    def between(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql == imports_runs._LOCK and waiting:
            waiting.clear()
            with ThreadPoolExecutor(1) as threads:
                threads.submit(go).result()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(between):
        assert services.write_import_lines(import_id=batch.pk, now=now())
    assert not waiting, "somebody went between the look and the lock"
    assert not ContactPoint.objects.filter(person=going, channel="phone").exists()
    assert not going.origins.exists()
    assert kept.origins.count() == (1 if act == "joined" else 0)
