"""Facts are written in the caller's transaction, never changed, and told once to each subscriber."""

import pytest
from django.db import DatabaseError, connection, transaction

from maillage import journal
from maillage.accounts.models import User
from maillage.journal import facts, running
from maillage.journal.domain import NotPlain
from maillage.journal.models import Delivery, Entry, Job
from maillage.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    return User(email="someone@example.org")


def test_a_fact_is_one_statement_where_nobody_listens(subject, django_assert_num_queries):
    with django_assert_num_queries(1):
        entry = journal.record("seat.painted", subject=subject, at=now(), actor_id=subject.pk, seat_id=subject.pk, count=2)
    entry.refresh_from_db()
    assert (entry.subject_kind, entry.subject_id, entry.actor_id) == ("accounts.user", str(subject.pk), subject.pk)
    assert entry.data == {"seat_id": str(subject.pk), "count": 2}


def test_a_fact_goes_with_the_transaction_that_made_it(subject):
    class Regret(Exception):
        pass

    def paint_and_regret():
        journal.record("seat.painted", subject=subject, at=now())
        raise Regret

    with pytest.raises(Regret), transaction.atomic():
        paint_and_regret()
    assert not Entry.objects.exists()


def test_a_fact_holds_no_name(subject):
    with pytest.raises(NotPlain):
        journal.record("seat.painted", subject=subject, at=now(), holder="Zélie Marquevrai")
    with pytest.raises(ValueError, match="past_participle"):
        journal.record("seatPainted", subject=subject, at=now())


@pytest.mark.parametrize("change", ["UPDATE journal_entry SET name = 'seat.unpainted'", "DELETE FROM journal_entry"])
def test_the_database_refuses_to_change_the_past(subject, change):
    journal.record("seat.painted", subject=subject, at=now())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Entry.objects.get().name == "seat.painted"


def test_each_subscriber_is_told_once(subject, trial):
    for name in ("trial.one", "trial.two"):
        journal.subscribe("seat.painted", subscriber=name, job=trial.job(name))
    entry = journal.record("seat.painted", subject=subject, at=now())
    fan_out = Job.objects.get(name="journal.fan_out")
    running.run(table="job", row_id=str(fan_out.pk))
    facts.fan_out(entry_id=entry.pk)
    told = list(Delivery.objects.order_by("subscriber").values_list("subscriber", "job__name"))
    assert told == [("trial.one", "trial.one"), ("trial.two", "trial.two")]
    for job in Job.objects.filter(name__startswith="trial."):
        running.run(table="job", row_id=str(job.pk))
        running.run(table="job", row_id=str(job.pk))
    assert trial.calls == [{"entry_id": entry.pk, "subject_id": subject.pk}] * 2


def test_a_subscriber_has_one_name(trial):
    journal.subscribe("seat.painted", subscriber="trial.one", job="trial.one")
    with pytest.raises(ValueError, match="twice"):
        journal.subscribe("seat.painted", subscriber="trial.one", job="trial.one")
    with pytest.raises(ValueError, match="form"):
        journal.subscribe("painted", subscriber="trial.one", job="trial.one")
