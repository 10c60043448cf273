"""One row, one run, one effect: stamps, failures, leases that pass."""

import logging
from datetime import timedelta
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from maillage.journal import jobs, leases, running
from maillage.journal.domain import State
from maillage.journal.models import IdempotencyKey, Job


def run(job_id):
    running.run(table="job", row_id=str(job_id))


def let_time_pass():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_job SET run_at = statement_timestamp() - interval '1 second' WHERE state <> 'done'")


def effect(**_):
    """Anything in the database that can be counted: here a row of a table that is at hand."""
    IdempotencyKey.objects.create(key=str(IdempotencyKey.objects.count()), fingerprint="")


def effects():
    return IdempotencyKey.objects.count()


class Broken(Exception):
    pass


def breaks_after_its_effect(**_):
    effect()
    raise Broken("Zélie Marquevrai")


@pytest.mark.django_db
def test_a_failure_takes_no_effect_and_is_tried_again(trial, settings):
    trial.job(does=breaks_after_its_effect)
    job_id = jobs.enqueue("trial.walk")
    run(job_id)
    job = Job.objects.get()
    assert (effects(), job.state, job.attempts) == (0, State.WAITING, 1)
    assert job.failure.endswith("test_running.Broken")
    assert "Marquevrai" not in job.failure
    run(job_id)
    assert Job.objects.get().attempts == 1, "it waits for its back-off"
    let_time_pass()
    run(job_id)
    assert Job.objects.get().attempts == 2


@pytest.mark.django_db
def test_after_its_last_attempt_a_job_is_dead_with_its_reason(trial, caplog):
    trial.job(does=breaks_after_its_effect, attempts=2)
    job_id = jobs.enqueue("trial.walk")
    with caplog.at_level(logging.CRITICAL):
        for _ in range(4):
            run(job_id)
            let_time_pass()
    job = Job.objects.get()
    assert (job.state, job.attempts, len(trial.calls)) == (State.DEAD, 2, 2)
    assert job.failure.endswith("Broken")


@pytest.mark.django_db
def test_a_dead_job_can_be_revived_by_hand(trial):
    trial.job(does=breaks_after_its_effect, attempts=1)
    dead, other = jobs.enqueue("trial.walk"), jobs.enqueue("trial.walk")
    run(dead)
    run(other)
    out = StringIO()
    call_command("revive", str(dead), stdout=out)
    assert out.getvalue() == "1 jobs wait again.\n"
    assert dict(Job.objects.values_list("pk", "state")) == {dead: State.WAITING, other: State.DEAD}
    run(dead)
    assert len(trial.calls) == 3
    call_command("revive", name="trial.walk", stdout=out)
    assert set(Job.objects.values_list("state", flat=True)) == {State.WAITING}
    with pytest.raises(CommandError):
        call_command("revive")


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_each_time_is_given_up(trial):
    trial.job(attempts=2)
    job_id = jobs.enqueue("trial.walk")
    for _ in range(2):  # two runs that began and were never heard of again
        assert leases.take(table="job", row_id=str(job_id), lease=timedelta(seconds=60))
        let_time_pass()
    run(job_id)
    job = Job.objects.get()
    assert (job.state, job.failure, trial.calls) == (State.DEAD, "worker_lost", [])


@pytest.mark.django_db
def test_an_id_that_comes_twice_runs_once(trial):
    trial.job(does=effect)
    job_id = jobs.enqueue("trial.walk")
    for _ in range(3):
        run(job_id)
    assert (effects(), len(trial.calls)) == (1, 1)


@pytest.mark.django_db
def test_a_silent_run_is_begun_again_and_the_old_one_takes_no_effect(trial):
    """The first run of a job that left the building outlives its lease; a second run settles; the first comes back."""

    def settles(**_):
        with transaction.atomic():
            effect()
            jobs.settle()

    def sleeps_too_long(**_):
        if len(trial.calls) == 1:
            let_time_pass()
            run(job_id)
        settles()

    trial.job(does=sleeps_too_long, atomic=False)
    job_id = jobs.enqueue("trial.walk")
    run(job_id)
    assert (effects(), len(trial.calls), Job.objects.get().state) == (1, 2, State.DONE)


@pytest.mark.django_db
def test_a_run_that_fails_after_it_has_settled_is_not_begun_again(trial):
    def settles_then_breaks(**_):
        with transaction.atomic():
            effect()
            jobs.settle()
            jobs.settle()
        raise Broken

    trial.job(does=settles_then_breaks, atomic=False)
    job_id = jobs.enqueue("trial.walk")
    run(job_id)
    let_time_pass()
    run(job_id)
    assert (effects(), len(trial.calls), Job.objects.get().state) == (1, 1, State.DONE)


@pytest.mark.django_db
def test_a_job_with_nothing_to_settle_is_stamped_when_it_returns(trial):
    trial.job(atomic=False)
    run(jobs.enqueue("trial.walk"))
    assert Job.objects.get().state == State.DONE


@pytest.mark.django_db(transaction=True)
def test_settling_belongs_in_a_transaction(trial):
    jobs.settle()
    trial.job(does=lambda **_: jobs.settle(), atomic=False, attempts=1)
    run(jobs.enqueue("trial.walk"))
    assert (Job.objects.get().state, Job.objects.get().failure) == (State.DEAD, "builtins.RuntimeError")


@pytest.mark.django_db
def test_a_job_that_another_version_enqueued_waits_for_it(trial):
    trial.job()
    job_id = jobs.enqueue("trial.walk")
    Job.objects.update(name="trial.unheard_of")
    run(job_id)
    job = Job.objects.get()
    assert (job.state, job.failure) == (State.WAITING, "maillage.journal.running.UnknownJob")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("atomic", [True, False])
def test_two_workers_with_the_same_id_take_effect_once(trial, atomic):
    def both_inside(**_):
        with transaction.atomic():
            effect()
            jobs.settle()

    trial.job(does=both_inside, atomic=atomic)
    job_id = jobs.enqueue("trial.walk")
    start = Barrier(4)

    def worker():
        start.wait()
        try:
            run(job_id)
        finally:
            connection.close()

    workers = [Thread(target=worker) for _ in range(4)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert (effects(), len(trial.calls), Job.objects.get().state) == (1, 1, State.DONE)


@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_is_not_begun_again_after_its_lease(trial):
    """While the row is locked by the run, no lease that passes makes anybody else begin."""
    from_beside = []

    def runs_long(**_):
        def beside():
            try:
                run(job_id)
                from_beside.append(True)
            finally:
                connection.close()

        effect()
        thread = Thread(target=beside)
        thread.start()
        thread.join()

    trial.job(does=runs_long, lease=timedelta(0))
    job_id = jobs.enqueue("trial.walk")
    run(job_id)
    assert (from_beside, effects(), len(trial.calls)) == ([True], 1, 1)
