"""What is due is handed out once, in its window, and taken back when the broker is away; the schedule becomes rows."""

from datetime import UTC, datetime, time, timedelta
from threading import Thread

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from maillage.journal import handing, jobs, leases
from maillage.journal.dispatcher import BrokerAway, Dispatcher
from maillage.journal.domain import CHANNEL, Periodic, State
from maillage.journal.models import Job

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Broker:
    """Stands where Celery's producer does, and remembers; `is_away` makes it refuse."""

    def __init__(self):
        self.taken = []
        self.is_away = False

    def send(self, table, queue, ids):
        if self.is_away:
            raise ConnectionError("zelie@example.org")
        self.taken += [(table, queue, row_id) for row_id in ids]


@pytest.fixture
def broker():
    return Broker()


def dispatcher(broker, *, schedule=(), clock=lambda: NOON):
    return Dispatcher(schedule=schedule, clock=clock, send=broker.send)


def let_leases_pass():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_job SET run_at = statement_timestamp() - interval '1 second'")


@pytest.mark.django_db
def test_due_rows_are_handed_once_each_on_its_queue(trial, broker):
    trial.job(queue="mail")
    first = jobs.enqueue("trial.walk")
    second = jobs.enqueue("trial.walk", queue="transactional")
    jobs.enqueue("trial.walk", run_at=datetime(2999, 1, 1, tzinfo=UTC))
    beat = dispatcher(broker)
    beat.tick()
    beat.tick()
    assert broker.taken == [("job", "transactional", second), ("job", "mail", first)], "what is urgent goes first"


@pytest.mark.django_db
def test_an_id_that_nobody_takes_up_is_handed_again_ever_more_patiently(trial, broker, settings):
    settings.JOBS_HAND_LEASE = timedelta(seconds=30)
    settings.JOBS_HAND_LEASE_MOST = timedelta(seconds=100)
    trial.job()
    jobs.enqueue("trial.walk")
    waits = []
    for _ in range(4):
        dispatcher(broker).tick()
        with connection.cursor() as cursor:
            cursor.execute("SELECT round(extract(epoch FROM run_at - statement_timestamp())) FROM journal_job")
            waits.append(int(cursor.fetchone()[0]))
        let_leases_pass()
    assert waits == [30, 60, 100, 100]
    assert len(broker.taken) == 4


@pytest.mark.django_db
def test_a_run_whose_lease_passed_is_handed_again_and_one_that_is_alive_is_not(trial, broker):
    trial.job()
    job_id = jobs.enqueue("trial.walk")
    assert leases.take(table="job", row_id=str(job_id), lease=timedelta(minutes=2))
    dispatcher(broker).tick()
    assert broker.taken == []
    let_leases_pass()
    dispatcher(broker).tick()
    assert broker.taken == [("job", "default", job_id)]


@pytest.mark.django_db
def test_a_window_bounds_what_lies_in_the_broker(trial, broker, settings):
    settings.JOBS_WINDOW = 7
    trial.job()
    jobs.enqueue_many("trial.walk", [{"n": n} for n in range(20)])
    beat = dispatcher(broker)
    beat.tick()
    beat.tick()
    assert len(broker.taken) == 7
    let_leases_pass()
    beat.tick()
    assert len(broker.taken) == 14, "ids that were lost make room for themselves"


@pytest.mark.django_db
def test_a_full_batch_is_followed_at_once(trial, broker, settings):
    trial.job()
    jobs.enqueue_many("trial.walk", [{"n": n} for n in range(handing.BATCH + 1)])
    beat = dispatcher(broker)
    assert beat.tick()
    assert not beat.tick()
    assert len(broker.taken) == handing.BATCH + 1


@pytest.mark.django_db
def test_with_the_broker_away_rows_wait_again(trial, broker):
    trial.job()
    jobs.enqueue("trial.walk")
    broker.is_away = True
    beat = dispatcher(broker)
    with pytest.raises(BrokerAway, match="ConnectionError") as away:
        beat.tick()
    assert "zelie" not in str(away.value)
    assert (Job.objects.get().state, Job.objects.get().hands) == (State.WAITING, 0)
    broker.is_away = False
    beat.tick()
    assert len(broker.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_hand_out_different_rows(trial, broker):
    trial.job()
    jobs.enqueue_many("trial.walk", [{"n": n} for n in range(50)])

    def beside():
        try:
            dispatcher(broker).tick()
        finally:
            connection.close()

    threads = [Thread(target=beside) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(broker.taken) == len(set(broker.taken)) == 50


@pytest.mark.django_db
def test_each_due_run_is_one_row_however_many_dispatchers(trial, broker):
    trial.job()
    schedule = [Periodic("trial.walk", every=timedelta(minutes=5)), Periodic("trial.walk", daily_at=time(3))]
    clock = [NOON]
    beats = [dispatcher(broker, schedule=schedule, clock=lambda: clock[0]) for _ in range(2)]
    for clock[0] in (NOON, NOON + timedelta(minutes=4), NOON + timedelta(minutes=5), NOON + timedelta(minutes=20)):
        for beat in beats:
            beat.tick()
    keys = sorted(Job.objects.values_list("unique_key", flat=True))
    assert keys == [f"due:2026-11-22T{at}:00+00:00" for at in ("03:00", "12:00", "12:05", "12:20")], "missed runs are not made up for"


def test_a_schedule_of_unknown_jobs_does_not_start(broker):
    with pytest.raises(LookupError, match=r"trial\.fly"):
        dispatcher(broker, schedule=[Periodic("trial.fly", every=timedelta(hours=1))])


@pytest.mark.django_db(transaction=True)
def test_work_that_is_due_is_told_at_commit_and_not_before(trial):
    trial.job()
    kept = connection.settings_dict
    with psycopg.connect(
        host=kept["HOST"], port=kept["PORT"], user=kept["USER"], password=kept["PASSWORD"], dbname=kept["NAME"], autocommit=True
    ) as ear:
        ear.execute(f"LISTEN {CHANNEL}")
        jobs.enqueue("trial.walk", run_at=datetime(2999, 1, 1, tzinfo=UTC))
        with transaction.atomic():
            jobs.enqueue_many("trial.walk", [{"n": n} for n in range(3)])
            assert list(ear.notifies(timeout=0)) == []
        assert len(list(ear.notifies(timeout=5, stop_after=1))) == 1
        assert list(ear.notifies(timeout=0)) == []


@pytest.mark.django_db(transaction=True)
def test_news_wakes_the_dispatcher_long_before_the_poll(trial, broker, settings):
    settings.JOBS_POLL = timedelta(seconds=60)
    trial.job()
    beat = dispatcher(broker)
    send = beat._send

    def send_and_end(table, queue, ids):
        send(table, queue, ids)
        beat.stop.want()

    beat._send = send_and_end
    threads = []

    def run():
        try:
            beat.run()
        finally:
            connection.close()

    threads.append(Thread(target=run))
    threads[0].start()
    with connection.cursor() as cursor:
        while True:  # until it listens
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE application_name = 'maillage dispatcher' AND query LIKE '%%journal_inbound%%'"
            )
            if cursor.fetchone():
                break
    jobs.enqueue("trial.walk")
    threads[0].join(timeout=20)
    assert not threads[0].is_alive()
    assert len(broker.taken) == 1


@pytest.mark.django_db
def test_the_schedule_of_the_settings_names_jobs_that_exist(monkeypatch):
    monkeypatch.setattr(Dispatcher, "run", lambda self: None)
    monkeypatch.setattr("maillage.journal.dispatcher.Stop.listen_to_signals", lambda self: None)
    call_command("dispatch")
