"""Somebody says stop while an address of theirs is being asked, or is confirmed: neither waits for the other without end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection

from maillage.kernel.clock import now
from maillage.messaging.services.imported import ask_imported_addresses
from maillage.messaging.services.preferences import stop_everything
from maillage.messaging.services.questions import confirm_address
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.waiting import ASKED_FROM
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors import may_contact
from maillage.people.services import waiting
from tests.backend.people.import_files import agreement, imported, line, organiser_of
from tests.backend.territories.factories import make_small_country


@pytest.fixture
def listed(transactional_db: None) -> Person:
    """Somebody known, of whom a file says that they agreed; their address waits to be asked."""
    lines = [line(email="n@people.example", agreed="oui", on="01/03/2026", paper="B-1")]
    imported(organiser_of(make_small_country()), lines, consents=[agreement()])
    Person.objects.update(confirmed_at=now())
    return Person.objects.get()


def asks_one_proved_meanwhile(person: Person) -> Callable[[], object]:
    ContactPoint.objects.update(verified_at=now())
    return lambda: ask_imported_addresses(now=now() + ASKED_FROM + timedelta(minutes=1))


def confirms(person: Person) -> Callable[[], object]:
    ask_imported_addresses(now=now() + ASKED_FROM + timedelta(minutes=1))
    point = person.contact_points.get()
    return lambda: confirm_address(contact_point_id=point.pk, now=now())


@pytest.mark.parametrize("prepare", [asks_one_proved_meanwhile, confirms])
def test_who_says_stop_while_their_address_comes_to_count_is_not_agreed(
    listed: Person, monkeypatch: pytest.MonkeyPatch, prepare: Callable[[Person], Callable[[], object]]
) -> None:
    act, has_rows, agree = prepare(listed), Event(), waiting._agree

    def slowly(*args: object, **kwargs: object) -> None:
        has_rows.set()
        said.wait(timeout=1)
        agree(*args, **kwargs)  # type: ignore[arg-type]

    said = Event()
    monkeypatch.setattr(waiting, "_agree", slowly)

    def stop() -> None:
        has_rows.wait(timeout=10)
        stop_everything(record_id=listed.pk, now=now())
        said.set()

    def run(one: Callable[[], object]) -> None:
        try:
            one()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(run, (act, stop)))
    assert not may_contact(person_id=listed.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)
