"""Two at once on the charter, and a worker killed while it asks: the database has the last word."""

import os
import signal

import pytest
from django.db import connection

from maillage import journal
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import AgreedBy
from maillage.people.models import Agreement, DocumentVersion
from maillage.relays import services
from maillage.relays.models import CharterRequest
from tests.backend.people.documents import TEXTS, agree, draft_charter, house_day, make_charter, propose_charter
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network
from tests.backend.relays.test_promise_killed import die_after
from tests.backend.relays.test_races import at_once


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    return make_network()


def test_two_adopt_one_version_at_once(net: SmallNetwork):
    version = propose_charter(texts=TEXTS)

    def adopt() -> DocumentVersion:
        return people.adopt_version(version_id=version.pk, agree_by=house_day(30), by=None, now=now(), expected=0)

    outcomes = at_once(adopt, adopt)
    assert [outcome.code for outcome in outcomes if isinstance(outcome, Conflict)] == ["not_proposed"]
    assert DocumentVersion.objects.filter(state="adopted").count() == 1
    assert journal.models.Entry.objects.filter(name="document.adopted").count() == 1


def test_two_begin_the_next_version_at_once(net: SmallNetwork):
    outcomes = at_once(lambda: draft_charter(texts=TEXTS), lambda: draft_charter(texts=TEXTS))
    assert [outcome.code for outcome in outcomes if isinstance(outcome, Conflict)] == ["version_under_way"]


def test_one_person_agrees_twice_at_once(net: SmallNetwork):
    person, version = make_person(), make_charter()
    at_once(lambda: agree(person, version), lambda: agree(person, version))
    assert Agreement.objects.count() == 1


def test_whoever_agrees_while_another_version_comes_into_force_agreed_to_one_of_them(net: SmallNetwork):
    person, first = make_person(), make_charter()
    second = propose_charter()
    at_once(
        lambda: people.agree_to_version(person_id=person.pk, version_id=first.pk, source=AgreedBy.APP, language="fr", now=now()),
        lambda: people.adopt_version(version_id=second.pk, agree_by=house_day(30), by=None, now=now(), expected=0),
    )
    second.refresh_from_db()
    assert second.state == "adopted"
    assert set(Agreement.objects.values_list("version_id", flat=True)) <= {first.pk}


def test_two_organisers_remind_one_holder_once(net: SmallNetwork):
    make_holder(net.seat("0101"))
    make_charter()
    national, here = net.organiser(), net.organiser("department", "01", name="Inès Prat")
    outcomes = at_once(
        lambda: services.remind_holders(by=national, expected=1, now=now()),
        lambda: services.remind_holders(by=here, expected=1, now=now()),
    )
    assert [outcome.code for outcome in outcomes if isinstance(outcome, Conflict)] == ["number_differs"]
    assert Message.objects.filter(purpose="relays.charter_reminder").count() == 1


@pytest.mark.parametrize("name", ["queue_messages", "record"])
def test_killed_while_asking_nobody_was_asked_and_the_next_asks_everybody_once(net: SmallNetwork, name: str):
    for code in ("0101", "0102", "0103"):
        make_holder(net.seat(code))
    version = make_charter()
    child = os.fork()
    if not child:
        parents = connection.connection  # kept, so that it is not closed behind the parent's back
        connection.connection = None
        die_after(services.charter.messaging if name == "queue_messages" else journal, name, calls=1)
        services.ask_to_agree(version_id=version.pk, now=now())
        os._exit(0 if parents else 1)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert (CharterRequest.objects.count(), Message.objects.filter(purpose="relays.charter_adopted").count()) == (0, 0)
    assert services.ask_to_agree(version_id=version.pk, now=now()) == 3
    assert Message.objects.filter(purpose="relays.charter_adopted").count() == 3
