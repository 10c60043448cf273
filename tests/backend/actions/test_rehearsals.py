"""Rehearsing: the brief of one seat goes to who organises, marked, and takes no answer."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from maillage.accounts.models import Grant, User
from maillage.actions import services
from maillage.actions.domain import REHEARSALS_AN_HOUR
from maillage.actions.models import Action, Assignment, Rehearsal, Report
from maillage.actions.services.rehearsals import TooManyRehearsals
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.ids import uuid7
from maillage.messaging.domain import RENDERERS, Button
from maillage.messaging.models import Message
from maillage.people import services as people
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.actions.factories import make_action
from tests.backend.relays.factories import SmallNetwork, make_holder


@pytest.fixture
def national(net: SmallNetwork) -> User:
    return net.organiser()


@pytest.fixture
def local(net: SmallNetwork) -> User:
    return net.organiser("department", "01", name="Paul Autre")


def rehearse(net: SmallNetwork, action: Action, by: User, *colleagues: User, **asked: object) -> Rehearsal:
    asked = {"seat_id": net.seat("0101").pk, "version": 1, "now": now(), **asked}
    return services.rehearse_action(action_id=action.pk, by=by, colleague_ids=[user.pk for user in colleagues], **asked)


def letter_of(message: Message):
    with translation.override(message.language):
        return RENDERERS[message.purpose](message)


def test_it_is_the_mail_of_the_holder_marked_as_a_rehearsal(net: SmallNetwork, client: Client, national: User, local: User):
    make_holder(net.seat("0101"), language="en", given_name="Zoltan")
    rehearsal = rehearse(net, make_action(net), national, local)
    assert rehearsal.language == "en"
    messages = Message.objects.filter(purpose="actions.rehearsal")
    assert {message.person.user for message in messages} == {national, local}
    letter = letter_of(messages.get(person__user=local))
    assert letter.subject == "Rehearsal: Small lines: Hautes-Brumes, constituency 1"
    assert letter.plain().startswith("This is a rehearsal")
    assert "Paul, here is what we ask of you." in letter.plain()
    assert "Zoltan" not in letter.plain()
    yes, no = (block.url for block in letter.blocks if isinstance(block, Button))
    path = re.search(r"/en/rehearsal/.*/$", yes)[0]
    assert no == f"{yes}?answer=declined"
    page = client.get(path)
    assert "It takes no answer." in page.text
    assert 'value="accept"' in page.text
    for posted in ({"do": "accept"}, {"do": "report", "met": "staff"}):
        assert client.post(path, posted).status_code == 409
    assert (Assignment.objects.count(), Report.objects.count()) == (0, 0)


def test_a_link_that_was_changed_opens_nothing(net: SmallNetwork, client: Client):
    assert client.get("/en/rehearsal/nonsense/").status_code == 404


def test_only_organisers_of_the_network_are_asked(net: SmallNetwork, national: User, local: User):
    _, relay = make_holder(net.seat("0102"))
    gone = net.organiser("department", "02", name="Ada Partie")
    Grant.objects.filter(user=gone).update(ends_at=now())
    action = make_action(net)
    for stranger in (relay.user, gone, make_user(), national):
        with pytest.raises(Invalid) as refused:
            rehearse(net, action, national, local, stranger)
        assert list(refused.value.fields) == ["colleagues"]
    with pytest.raises(NotFound):
        rehearse(net, action, national, seat_id=uuid7())
    assert not Message.objects.filter(purpose="actions.rehearsal").exists()


def test_it_is_of_the_version_that_was_read_and_before_the_launch(net: SmallNetwork, national: User):
    action = make_action(net)
    with pytest.raises(Conflict) as refused:
        rehearse(net, action, national, version=2)
    assert refused.value.code == "version_conflict"
    rehearse(net, action, national)
    services.launch_action(action_id=action.pk, by=national, now=now())
    with pytest.raises(LookupError):
        letter_of(Message.objects.get(purpose="actions.rehearsal"))
    with pytest.raises(Conflict) as refused:
        rehearse(net, action, national)
    assert refused.value.code == "already_launched"


def test_so_many_an_hour(net: SmallNetwork, national: User):
    action, earlier = make_action(net), now() - timedelta(minutes=50)
    for _time in range(REHEARSALS_AN_HOUR):
        rehearse(net, action, national, now=earlier)
    with pytest.raises(TooManyRehearsals):
        rehearse(net, action, national)
    rehearse(net, action, national, now=earlier + timedelta(hours=1, seconds=1))


def test_who_leads_reads_when_it_was_rehearsed_and_by_whom(net: SmallNetwork, client: Client, national: User, local: User):
    action = make_action(net)
    address = f"/api/v1/actions/{action.pk}/rehearsals/"
    body = {"version": 1, "seat": str(net.seat("0101").pk), "colleagues": [str(local.pk)]}
    for user, status in ((local, 404), (national, 201)):
        sign_in(client, user)
        assert client.post(address, body, content_type="application/json").status_code == status
    read = client.get(address).json()
    assert read["colleagues"] == [{"id": str(local.pk), "name": "Paul Autre"}]
    assert [(one["version"], one["seat"]["code"], one["by"], one["readers"]) for one in read["items"]] == [
        (1, "0101", "Nadia Ferhat", ["Nadia Ferhat", "Paul Autre"])
    ]


def test_reading_them_does_not_grow(net: SmallNetwork, client: Client, national: User, local: User, django_assert_max_num_queries):
    action = make_action(net)
    for _time in range(3):
        rehearse(net, action, national, local)
    sign_in(client, national)
    with django_assert_max_num_queries(2 + 7):
        assert len(client.get(f"/api/v1/actions/{action.pk}/rehearsals/").json()["items"]) == 3


def test_who_was_erased_is_named_no_more(net: SmallNetwork, national: User, local: User):
    rehearsal = rehearse(net, make_action(net), national, local)
    people.erase_person(person_id=local.person.pk, now=now())
    rehearsal.refresh_from_db()
    assert [reader.user for reader in rehearsal.readers.all()] == [national]
