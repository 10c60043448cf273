from time import perf_counter
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from maillage.journal.models import Job
from maillage.kernel.clock import now
from maillage.messaging import services
from maillage.messaging.domain import Recipient
from maillage.messaging.models import Message
from maillage.people.models import Person
from tests.backend.messaging.factories import BRIEF, SERVICE, make_reader

pytestmark = pytest.mark.django_db


def test_a_message_and_its_job_are_written_together() -> None:
    person = make_reader(language="en")
    message = services.queue_message(SERVICE.name, now=now(), person=person, about_id=uuid4())
    assert message is not None
    assert (message.language, message.recipient_kind, message.address, message.status) == ("en", "person", "", "queued")
    job = Job.objects.get(name="messaging.deliver")
    assert (job.args, job.queue) == ({"message_id": str(message.pk)}, "transactional")


def test_rolled_back_with_what_caused_it() -> None:
    person = make_reader()
    with transaction.atomic():
        services.queue_message(SERVICE.name, now=now(), person=person)
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not Job.objects.filter(name="messaging.deliver").exists()


def test_the_same_thing_is_said_once_to_a_person() -> None:
    person, about = make_reader(), uuid4()
    assert services.queue_message(BRIEF.name, now=now(), person=person, about_id=about) is not None
    assert services.queue_message(BRIEF.name, now=now(), person=person, about_id=about) is None
    assert services.queue_message(BRIEF.name, now=now(), person=person, about_id=uuid4()) is not None
    assert Message.objects.count() == Job.objects.filter(name="messaging.deliver").count() == 2


def test_an_unknown_purpose_is_a_defect() -> None:
    with pytest.raises(LookupError, match="nobody registered"):
        services.queue_message("tests.unheard", now=now(), address="a@people.example")


@pytest.mark.parametrize(("wanted", "spoken"), [("en", "en"), ("fr-CA", "fr"), ("br", "fr"), ("", "fr")])
def test_a_language_that_the_texts_do_not_speak_falls_back(wanted: str, spoken: str) -> None:
    message = services.queue_message(SERVICE.name, now=now(), address="a@people.example", language=wanted)
    assert message is not None
    assert message.language == spoken


def test_many_messages_cost_a_handful_of_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = Person.objects.bulk_create(Person(given_name="A", language="en" if index % 2 else "fr") for index in range(577))
    recipients = [Recipient(person_id=person.pk, about_id=uuid4()) for person in people]
    with django_assert_num_queries(5):  # languages, savepoint, messages, jobs, release
        assert services.queue_messages(BRIEF.name, recipients, now=now()) == 577
    assert Job.objects.filter(name="messaging.deliver", queue="mail").count() == 577
    assert Message.objects.filter(language="en").count() == 288


def test_a_launch_is_quick() -> None:
    people = Person.objects.bulk_create(Person(given_name="A") for _ in range(577))
    recipients = [Recipient(person_id=person.pk, about_id=uuid4(), language="fr") for person in people]
    durations = []
    for _ in range(3):
        Message.objects.all().delete()
        begun = perf_counter()
        with transaction.atomic():
            services.queue_messages(BRIEF.name, recipients, now=now())
        durations.append(perf_counter() - begun)
    assert min(durations) < 0.3, durations


def test_asked_again_only_the_new_ones_are_written() -> None:
    people = Person.objects.bulk_create(Person(given_name="A") for _ in range(3))
    recipients = [Recipient(person_id=person.pk, about_id=person.pk) for person in people]
    assert services.queue_messages(BRIEF.name, recipients[:2], now=now()) == 2
    assert services.queue_messages(BRIEF.name, recipients, now=now()) == 1


def test_nobody_to_write_to_costs_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert services.queue_messages(BRIEF.name, [], now=now()) == 0
