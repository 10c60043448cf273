"""The log is append-only, the state is what its last line says, and the two are compared every night."""

import logging
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, InternalError, close_old_connections, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.people import selectors, services
from maillage.people.domain import Channel
from maillage.people.models import Consent, ConsentState, Controller, Person
from tests.backend.people.factories import make_person

NEWS = "tests.news"


def give(person: Person, *, purpose: str = NEWS, channel: Channel = Channel.EMAIL) -> None:
    services.record_consent(person_id=person.pk, purpose=purpose, channel=channel, wording="news.1", source="tests", now=now())


def take_back(person: Person, *, purpose: str = NEWS, channel: Channel = Channel.EMAIL) -> None:
    services.withdraw_consent(person_id=person.pk, purpose=purpose, channel=channel, source="tests", now=now())


def allowed(person: Person, *, purpose: str = NEWS, channel: Channel = Channel.EMAIL) -> bool:
    return selectors.may_contact(person_id=person.pk, purpose=purpose, channel=channel)


@pytest.mark.django_db
def test_nothing_is_allowed_until_asked() -> None:
    person = make_person()
    assert not allowed(person)
    give(person)
    assert allowed(person)
    assert not allowed(person, channel=Channel.SMS)
    assert not allowed(person, purpose="tests.other")
    take_back(person)
    assert not allowed(person)
    assert [line.act for line in Consent.objects.order_by("id")] == ["given", "withdrawn"]
    assert Entry.objects.filter(name__startswith="consent.").count() == 2


@pytest.mark.django_db
def test_each_line_names_who_answers_in_law(settings: object) -> None:
    give(make_person())
    assert Consent.objects.get().controller == Controller.objects.get(name="Maillage")


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE people_consent SET act = 'given'", "DELETE FROM people_consent"])
def test_the_database_refuses_to_change_the_log(change: str) -> None:
    take_back(make_person())
    with (
        pytest.raises((InternalError, DatabaseError), match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Consent.objects.get().act == "withdrawn"


@pytest.mark.django_db
def test_the_log_outlives_the_person() -> None:
    person = make_person()
    give(person)
    id = person.pk
    person.delete()
    assert Consent.objects.get().person_id == id
    assert not ConsentState.objects.exists()
    assert selectors.consent_mismatches(limit=10) == []


acts = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["tests.a", "tests.b"]), st.sampled_from([Channel.EMAIL, Channel.SMS])), max_size=12
)


@pytest.mark.django_db
@given(acts)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_state_is_what_the_last_line_says(history: list[tuple[bool, str, Channel]]) -> None:
    person = make_person()
    said: dict[tuple[str, Channel], bool] = {}
    for is_given, purpose, channel in history:
        (give if is_given else take_back)(person, purpose=purpose, channel=channel)
        said[purpose, channel] = is_given
    for purpose in ("tests.a", "tests.b"):
        for channel in (Channel.EMAIL, Channel.SMS):
            assert allowed(person, purpose=purpose, channel=channel) is said.get((purpose, channel), False)
    assert selectors.consent_mismatches(limit=10) == []


@pytest.mark.django_db
def test_the_nightly_check_tells_a_difference(caplog: pytest.LogCaptureFixture) -> None:
    wrong, missing, invented = make_person(), make_person(), make_person()
    for person in (wrong, missing):
        give(person)
    assert services.check_consents(now=now()) == 0
    ConsentState.objects.filter(person=wrong).update(is_given=False)
    ConsentState.objects.filter(person=missing).delete()
    ConsentState.objects.create(person=invented, purpose=NEWS, channel=Channel.EMAIL, is_given=True, changed_at=now())
    with caplog.at_level(logging.ERROR):
        assert services.check_consents(now=now()) == 3
    assert "differ from the log: 3" in caplog.text
    assert {mismatch.person_id for mismatch in selectors.consent_mismatches(limit=10)} == {wrong.pk, missing.pk, invented.pk}
    assert [entry.data["differing"] for entry in Entry.objects.filter(name="consents.checked").order_by("id")] == [0, 3]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_a_state_that_the_log_explains() -> None:
    person = make_person()
    start = Barrier(8)

    def act(index: int) -> None:
        close_old_connections()
        start.wait()
        (give if index % 2 else take_back)(person)
        connections.close_all()

    threads = [Thread(target=act, args=(index,)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Consent.objects.count() == 8
    assert ConsentState.objects.get().is_given is (Consent.objects.latest("id").act == "given")
    assert selectors.consent_mismatches(limit=10) == []
