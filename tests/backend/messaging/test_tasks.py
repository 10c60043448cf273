"""The job that delivers, done by the journal's own runner."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from maillage.journal import running
from maillage.journal.models import Job
from maillage.kernel.clock import now
from maillage.messaging import services
from maillage.messaging.models import Attempt, Message
from tests.backend.messaging.factories import BRIEF, make_reader


def run_due() -> None:
    for job in Job.objects.filter(name="messaging.deliver", state="waiting", run_at__lte=timezone.now()):
        running.run(table="job", row_id=str(job.pk))


@pytest.mark.django_db(transaction=True)
def test_the_job_sends_and_is_stamped_with_the_message() -> None:
    services.queue_message(BRIEF.name, now=now(), person=make_reader(), about_id=uuid4())
    run_due()
    assert len(mail.outbox) == 1
    assert Message.objects.get().status == "sent"
    assert Job.objects.get(name="messaging.deliver").state == "done"
    job = Job.objects.get(name="messaging.deliver")
    running.run(table="job", row_id=str(job.pk))
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_message_ends_its_job() -> None:
    services.queue_message(BRIEF.name, now=now(), address="bare@people.example")
    run_due()
    assert Message.objects.get().status == "refused"
    assert Job.objects.get(name="messaging.deliver").state == "done"


@pytest.mark.django_db(transaction=True)
def test_not_now_ends_this_job_and_asks_for_a_later_one() -> None:
    services.queue_message(BRIEF.name, now=now(), person=make_reader(), about_id=uuid4())
    with patch("django.core.mail.EmailMultiAlternatives.send", side_effect=ConnectionRefusedError()):
        run_due()
    done, later = Job.objects.filter(name="messaging.deliver").order_by("pk")
    assert (done.state, later.state) == ("done", "waiting")
    Job.objects.filter(pk=later.pk).update(run_at=now() - timedelta(seconds=1))
    run_due()
    assert Message.objects.get().status == "sent"
    assert [attempt.outcome for attempt in Attempt.objects.order_by("pk")] == ["later", "taken"]


@pytest.mark.django_db(transaction=True)
def test_a_run_that_lost_its_lease_after_the_server_took_the_mail_keeps_nothing() -> None:
    services.queue_message(BRIEF.name, now=now(), person=make_reader(), about_id=uuid4())

    def taken_too_slowly(*_: object, **__: object) -> int:
        Job.objects.filter(name="messaging.deliver").update(lease=uuid4())
        return 1

    with patch("django.core.mail.EmailMultiAlternatives.send", side_effect=taken_too_slowly):
        run_due()
    assert Message.objects.get().status == "queued"
    assert not Attempt.objects.exists()
