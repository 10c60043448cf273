"""Asking for a job: one statement, in the caller's transaction, of ids only."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from maillage.journal import jobs, running
from maillage.journal.domain import NotPlain, State
from maillage.journal.models import Job
from maillage.kernel.clock import now

pytestmark = pytest.mark.django_db

AN_ID = UUID("01930000-0000-7000-8000-000000000001")


def run(job_id):
    running.run(table="job", row_id=str(job_id))


def test_a_job_waits_on_its_own_queue_and_receives_its_ids(trial, django_assert_num_queries):
    trial.job(queue="mail")
    with django_assert_num_queries(1):
        job_id = jobs.enqueue("trial.walk", person_id=AN_ID, ids=[AN_ID, 4], code="2603", count=2)
    job = Job.objects.get(pk=job_id)
    assert (job.queue, job.state, job.args["person_id"]) == ("mail", State.WAITING, str(AN_ID))
    run(job_id)
    assert trial.calls == [{"person_id": AN_ID, "ids": [AN_ID, 4], "code": "2603", "count": 2}]
    job.refresh_from_db()
    assert job.state == State.DONE
    assert job.done_at is not None


def test_many_jobs_are_one_statement(trial, django_assert_num_queries):
    trial.job()
    with django_assert_num_queries(1):
        assert jobs.enqueue_many("trial.walk", [{"count": count} for count in range(577)], queue="transactional") == 577
    assert [job.args["count"] for job in Job.objects.order_by("id")] == list(range(577))
    assert set(Job.objects.values_list("queue", flat=True)) == {"transactional"}
    with django_assert_num_queries(0):
        assert jobs.enqueue_many("trial.walk", []) == 0


def test_a_key_is_asked_for_once(trial):
    trial.job()
    assert jobs.enqueue("trial.walk", unique_key="monday", n=1) is not None
    assert jobs.enqueue("trial.walk", unique_key="monday", n=2) is None
    assert jobs.enqueue_many("trial.walk", [{"n": 3}, {"n": 4}, {"n": 3}], unique_by="n") == 2
    assert jobs.enqueue_many("trial.walk", [{"n": 4}, {"n": 5}], unique_by="n") == 1
    assert Job.objects.count() == 4


def test_a_job_goes_with_the_transaction_that_asked_for_it(trial):
    trial.job()

    class Regret(Exception):
        pass

    def ask_and_regret():
        jobs.enqueue("trial.walk")
        raise Regret

    with pytest.raises(Regret), transaction.atomic():
        ask_and_regret()
    assert not Job.objects.exists()


def test_what_cannot_be_done_is_refused_where_it_is_asked(trial):
    trial.job()
    with pytest.raises(LookupError, match=r"trial\.fly"):
        jobs.enqueue("trial.fly")
    with pytest.raises(LookupError, match="no queue"):
        jobs.enqueue("trial.walk", queue="coins")
    with pytest.raises(NotPlain):
        jobs.enqueue("trial.walk", to="zelie@example.org")
    with pytest.raises(ValueError, match="twice"):
        trial.job()
    with pytest.raises(ValueError, match="no queue"):
        trial.job("trial.run", queue="coins")


def test_a_job_that_is_not_due_does_not_run(trial):
    trial.job()
    job_id = jobs.enqueue("trial.walk", run_at=now() + timedelta(hours=1))
    run(job_id)
    assert not trial.calls


def test_a_row_that_is_gone_is_no_error(trial):
    run(987654321)
