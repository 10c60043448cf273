"""`/readyz` knows whether jobs are handed out."""

import psycopg
import pytest
from django.db import connection

from maillage.journal import jobs, readiness
from maillage.journal.dispatcher import APPLICATION_NAME

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def connected_dispatcher():
    kept = connection.settings_dict
    with psycopg.connect(
        host=kept["HOST"],
        port=kept["PORT"],
        user=kept["USER"],
        password=kept["PASSWORD"],
        dbname=kept["NAME"],
        application_name=APPLICATION_NAME,
    ):
        yield


def test_without_a_dispatcher_the_queue_is_not_ready(client):
    assert "no dispatcher" in readiness.dispatcher()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not_ready", "reasons": {"queue": "no dispatcher is connected to the database"}}


def test_with_a_dispatcher_everything_is_ready(client, connected_dispatcher):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "reasons": {}})


def test_work_that_nobody_hands_out_is_a_reason(trial, connected_dispatcher):
    trial.job()
    jobs.enqueue("trial.walk")
    assert readiness.dispatcher() == ""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_job SET run_at = statement_timestamp() - interval '61 seconds'")
    assert "waited" in readiness.dispatcher()
