"""A message from outside is taken in by one INSERT, and settled once."""

from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction

from maillage.journal import dispatcher, inbox, jobs, running
from maillage.journal.domain import State
from maillage.journal.models import IdempotencyKey, Inbound
from maillage.kernel.clock import now

pytestmark = pytest.mark.django_db


def effect():
    IdempotencyKey.objects.create(key=str(uuid4()), fingerprint="")


def effects():
    return IdempotencyKey.objects.count()


def run(inbound_id):
    running.run(table="inbound", row_id=str(inbound_id))


def let_time_pass():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_inbound SET run_at = statement_timestamp() - interval '1 second'")


@pytest.fixture
def source(trial):
    """A bank that tells of payments, settled as architecture.md shows."""
    seen = trial.seen = []

    def settle(*, inbound_id, **_):
        with inbox.handling(inbound_id) as message:
            seen.append((message.source, message.external_id, message.body))
            with transaction.atomic():
                effect()
                jobs.settle()
            if message.body == b"breaks afterwards":
                raise ConnectionError

    inbox.accept("bank", job=trial.job("trial.settle_payment", settle, atomic=False, queue="transactional"))
    return seen


def test_intake_is_one_statement_and_a_repetition_is_known(source, django_assert_num_queries):
    with django_assert_num_queries(1):
        inbound_id = inbox.receive("bank", external_id="evt_1", body=b"{}")
    assert inbox.receive("bank", external_id="evt_1", body=b"{}") is None
    message = Inbound.objects.get()
    assert (message.pk, message.queue, message.state, bytes(message.body)) == (inbound_id, "transactional", State.WAITING, b"{}")


def test_a_message_is_its_own_job_and_is_settled_once(source):
    inbound_id = inbox.receive("bank", external_id="evt_1", body=b"paid")
    given = []
    dispatcher.Dispatcher(schedule=[], clock=now, send=lambda *row: given.append(row)).tick()
    assert given == [("inbound", "transactional", [inbound_id])]
    for _ in range(3):
        run(inbound_id)
        let_time_pass()
    assert source == [("bank", "evt_1", b"paid")]
    assert (effects(), Inbound.objects.get().state) == (1, State.DONE)


def test_a_message_settled_by_a_run_that_then_breaks_is_not_handled_again(source):
    inbound_id = inbox.receive("bank", external_id="evt_1", body=b"breaks afterwards")
    run(inbound_id)
    let_time_pass()
    run(inbound_id)
    assert (effects(), len(source), Inbound.objects.get().state) == (1, 1, State.DONE)


def test_by_hand_a_message_takes_a_lease_of_its_own(source):
    inbound_id = inbox.receive("bank", external_id="evt_1", body=b"paid")
    with inbox.handling(inbound_id) as message:
        assert message.body == b"paid"
        run(inbound_id)
        assert source == [], "the worker passes over what is held"
    assert Inbound.objects.get().state == State.DONE
    with pytest.raises(inbox.NotToHandle), inbox.handling(inbound_id):
        pass


def test_by_hand_a_failure_leaves_the_message_to_be_handled(source):
    inbound_id = inbox.receive("bank", external_id="evt_1", body=b"paid")
    with pytest.raises(ConnectionError), inbox.handling(inbound_id):
        raise ConnectionError
    row = Inbound.objects.get()
    assert (row.state, row.failure) == (State.WAITING, "builtins.ConnectionError")
    let_time_pass()
    run(inbound_id)
    assert effects() == 1


def test_an_erased_body_is_nothing_to_handle(source):
    inbound_id = inbox.receive("bank", external_id="evt_1", body=b"paid")
    Inbound.objects.update(body=None)
    run(inbound_id)
    assert (effects(), Inbound.objects.get().state) == (0, State.DONE)


def test_strangers_and_endless_ids_are_refused(source):
    with pytest.raises(LookupError, match="stranger"):
        inbox.receive("stranger", external_id="1", body=b"")
    with pytest.raises(ValueError, match="128"):
        inbox.receive("bank", external_id="1" * 129, body=b"")
    with pytest.raises(ValueError, match="twice"):
        inbox.accept("bank", job="trial.settle_payment")


@pytest.mark.django_db(transaction=True)
def test_two_workers_settle_a_message_once(source):
    inbound_id = inbox.receive("bank", external_id="evt_1", body=b"paid")

    def worker():
        try:
            run(inbound_id)
        finally:
            connection.close()

    threads = [Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (effects(), len(source)) == (1, 1)
