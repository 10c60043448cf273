"""Nothing is lost and nothing takes effect twice in the database, whatever is killed (decision 7).

The worker, the dispatcher and Redis are real processes on the test's database; see `crashes/`.
"""

import random
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from maillage.journal import jobs
from maillage.journal.domain import JOBS, State
from maillage.journal.models import IdempotencyKey, Job
from tests.backend.journal.crashes.points import TABLES
from tests.backend.journal.crashes.processes import House, kill, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

WITHIN = ["before run", "before take", "after take", "before stamp", "after stamp", "begun", "effect", "after run"]
OUTSIDE = [
    "before run",
    "before take",
    "after take",
    "prepared",
    "called",
    "effect",
    "before stamp",
    "after stamp",
    "settled",
    "committed",
    "after run",
]


@pytest.fixture(scope="module")
def house(django_db_setup, tmp_path_factory) -> Iterator[House]:
    from tests.backend.journal.crashes import tasks  # registers the trial's jobs for as long as the processes live

    house = House(tmp_path_factory.mktemp("house"))
    try:
        wait_until(house.is_up, says="the start")
        yield house
    finally:
        house.end()
        for job in (tasks.within, tasks.outside):
            JOBS.pop(f"trial.{job.__name__}")


@pytest.fixture(autouse=True)
def clean_tables(transactional_db):
    query(TABLES)


def query(sql, *args):
    with connection.cursor() as cursor:
        cursor.execute(sql, args)
        return cursor.fetchall() if cursor.description else []


def stop(point, row_id="any"):
    query("INSERT INTO trial_stop (point, row_id) VALUES (%s, %s)", point, str(row_id))


def enqueue_stopping_at(name, label, point):
    """Ask for a job in whose first run the worker stops at a point."""
    with transaction.atomic():
        stop(point, jobs.enqueue(name, label=label))


def stopped():
    return [pid for (pid,) in query("SELECT pid FROM trial_stop WHERE pid IS NOT NULL")]


def all_done():
    return not Job.objects.exclude(state=State.DONE).exists()


def effects():
    return sorted(label for (label,) in query("SELECT label FROM trial_effect"))


def killing_those_who_stop(done):
    """Kill each process that has reached the point at which it was to stop; a condition to wait for."""
    killed = set()

    def look():
        for pid in set(stopped()) - killed:
            killed.add(pid)
            kill(pid)
        return done()

    return look


def test_a_worker_killed_at_any_point(house):
    labels = range(len(WITHIN) + len(OUTSIDE))
    with transaction.atomic():
        for label, (name, point) in zip(
            labels, [("trial.within", p) for p in WITHIN] + [("trial.outside", p) for p in OUTSIDE], strict=True
        ):
            enqueue_stopping_at(name, label, point)
    wait_until(killing_those_who_stop(all_done), says="every job")
    assert len(stopped()) == len(labels), "every point was reached and its process killed"
    assert effects() == list(labels)
    calls = {label for (label,) in query("SELECT label FROM trial_call")}
    assert calls == set(labels[len(WITHIN) :]), "what left the building left at least once"


def test_a_web_process_killed_with_a_request_in_hand(house):
    """Twice killed, sent a third time under the same key: one effect, and one job of it."""
    for point in ("in the view", "after _store"):
        stop(point, "web")
    web = house.web()
    wait_until(killing_those_who_stop(lambda: not web.is_running), says="the third request")
    assert len(stopped()) == 2
    wait_until(lambda: Job.objects.exists() and all_done(), says="its job")
    assert effects() == [1, 2]
    assert IdempotencyKey.objects.get().status == 200


@pytest.mark.parametrize("point", ["before _give", "after _give"])
def test_a_dispatcher_killed_with_ids_in_hand(house, point):
    stop(point, "dispatcher")
    jobs.enqueue_many("trial.within", [{"label": label} for label in range(20)])
    wait_until(stopped, says="the dispatcher at its point")
    house.dispatcher.kill()
    house.dispatcher.start()
    wait_until(all_done, says="every job")
    assert effects() == list(range(20))


def test_redis_is_emptied_with_ids_in_it(house):
    for label in (100, 101):
        enqueue_stopping_at("trial.within", label, "begun")
    wait_until(lambda: len(stopped()) == 2, says="two busy workers")
    jobs.enqueue_many("trial.within", [{"label": label} for label in range(20)])
    wait_until(lambda: Job.objects.filter(state=State.HANDED).count() == 20, says="ids in the broker")
    house.redis.client().flushall()
    wait_until(killing_those_who_stop(all_done), says="every job")
    assert effects() == [*range(20), 100, 101]


def test_redis_goes_away_under_a_busy_worker_and_comes_back(house):
    for label in (100, 101):
        enqueue_stopping_at("trial.within", label, "effect")
    wait_until(lambda: len(stopped()) == 2, says="two busy workers")
    jobs.enqueue_many("trial.within", [{"label": label} for label in range(10)])
    house.redis.kill()
    jobs.enqueue_many("trial.within", [{"label": label} for label in range(10, 20)])
    wait_until(lambda: house.dispatcher.said("the broker is away"), says="the dispatcher's word")
    for pid in stopped():
        kill(pid)
    house.redis.start()
    wait_until(all_done, says="every job")
    assert effects() == [*range(20), 100, 101]
    assert house.dispatcher.is_running
    assert house.worker.is_running


def test_the_database_closes_every_connection(house):
    jobs.enqueue_many("trial.within", [{"label": label} for label in range(30)])
    wait_until(effects, says="the first effect")
    query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    wait_until(all_done, says="every job")
    assert effects() == list(range(30))
    assert house.dispatcher.is_running


def test_anything_is_killed_at_any_time(house):
    """Children, dispatcher, whole worker and the broker's content go at random instants while 120 jobs run."""
    dice = random.Random(7)
    victims = [*["child"] * 4, *["dispatcher"] * 2, "worker", *["redis"] * 2]
    dice.shuffle(victims)
    jobs.enqueue_many("trial.within", [{"label": label} for label in range(60)])
    jobs.enqueue_many("trial.outside", [{"label": label} for label in range(60, 120)])
    for round_, victim in enumerate(victims, start=1):
        goal = 120 * round_ // (len(victims) + 2)
        wait_until(lambda goal=goal: len(effects()) >= goal, says=f"{goal} effects, before the {victim} goes")
        if victim == "child":
            for child in house.worker.children()[:1]:
                kill(child)
        elif victim == "redis":
            house.redis.client().flushall()
        else:
            process = house.worker if victim == "worker" else house.dispatcher
            process.kill()
            process.start()
    wait_until(all_done, says="every job")
    assert effects() == list(range(120))


def test_a_dispatcher_that_is_asked_to_end_ends_cleanly(house):
    wait_until(lambda: house.dispatcher.said("dispatcher started"), says="the dispatcher")
    assert house.dispatcher.end() == 0
    assert house.dispatcher.said("dispatcher stopped")
    house.dispatcher.start()
