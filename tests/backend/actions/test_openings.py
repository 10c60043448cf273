"""Who opened which version of a brief, and whose copy it says it is."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.domain import OPENINGS_KEPT, Way
from maillage.actions.models import Action, Assignment, Opening
from maillage.actions.selectors import answer_token, paper_token, rehearsal_token
from maillage.actions.selectors.own import answers_of
from maillage.kernel.clock import now
from maillage.people import services as people
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.actions.factories import assignment_of, make_action, make_launched
from tests.backend.relays.factories import SmallNetwork, make_holder

API = "/api/v1/actions"


@pytest.fixture
def asked(net: SmallNetwork) -> Assignment:
    make_holder(net.seat("0101"))
    return assignment_of(make_launched(net), "0101")


@pytest.fixture
def national(net: SmallNetwork) -> User:
    return net.organiser()


def opened() -> list[tuple[str, str, int]]:
    """By whom, how, which version, in the order in which it was written down."""
    found = Opening.objects.select_related("person", "user").order_by("pk")
    return [(one.person.given_name if one.person else one.user.email if one.user else "", one.way, one.version) for one in found]


def test_each_way_is_written_down_once_an_hour_and_bears_the_reader_s_name(client: Client, asked: Assignment, national: User):
    assert asked.holder is not None
    assert asked.holder_id is not None
    page = f"/en/a/{answer_token(asked, author_id=asked.holder_id)}/"
    paper = f"/en/brief/{paper_token(asked, author_id=asked.holder_id)}/paper/"
    client.head(page)
    assert Opening.objects.count() == 0
    for path in (page, page, paper):
        assert "Copy of Camille Vernoux, version 1." in client.get(path).text
    sign_in(client, asked.holder.user)
    mine = client.get(f"{API}/assignments/{asked.pk}/").json()
    client.get(f"{API}/assignments/")
    assert (mine["copy_of"], mine["version"]) == ("Camille Vernoux", 1)
    sign_in(client, national)
    theirs = client.get(f"{API}/assignments/{asked.pk}/").json()
    assert theirs["copy_of"] == "Nadia Ferhat"
    assert "Copy of Nadia Ferhat, version 1." in client.get(theirs["paper"].replace("/fr/", "/en/")).text
    assert opened() == [
        ("Camille", Way.PAGE, 1),
        ("Camille", Way.PAPER, 1),
        ("Camille", Way.APP, 1),
        ("Nadia", Way.APP, 1),
        ("Nadia", Way.PAPER, 1),
    ]
    later = now() + timedelta(hours=2)
    services.note_opening(action=asked.action, seat_id=asked.seat_id, reader=asked.holder, way=Way.PAGE, now=later)
    assert Opening.objects.count() == 6


def test_a_preview_and_a_rehearsal_are_openings_of_who_organises(client: Client, net: SmallNetwork, national: User):
    action = make_action(net)
    sign_in(client, national)
    seen = client.post(f"{API}/{action.pk}/preview/", {"brief": "ici"}, content_type="application/json").json()
    assert (seen["copy_of"], seen["version"]) == ("Nadia Ferhat", 1)
    rehearsal = services.rehearse_action(
        action_id=action.pk, seat_id=net.seat("0101").pk, version=1, colleague_ids=[], by=national, now=now()
    )
    link = f"/en/rehearsal/{rehearsal_token(rehearsal, user_id=national.pk)}/"
    assert "Copy of Nadia Ferhat, version 1." in client.get(link).text
    assert opened() == [("Nadia", Way.PREVIEW, 1), ("Nadia", Way.REHEARSAL, 1)]


def test_the_board_says_who_opened_it_and_who_did_not(client: Client, net: SmallNetwork, asked: Assignment, national: User):
    assert asked.holder is not None
    sign_in(client, national)
    board = f"{API}/{asked.action_id}/board/"
    before = client.get(board)
    line = next(one for one in before.json()["assignments"] if one["seat"]["code"] == "0101")
    assert (line["opened_at"], line["opened_version"]) == (None, None)
    for reader, way in ((asked.holder, Way.PREVIEW), (national, Way.PAPER)):
        services.note_opening(action=asked.action, seat_id=asked.seat_id, reader=reader, way=way, now=now())
    assert client.get(board, headers={"if-none-match": before["ETag"]}).status_code == 304, "they did not read it as who acts there"
    services.note_opening(action=asked.action, seat_id=asked.seat_id, reader=asked.holder, way=Way.PAGE, now=now())
    after = client.get(board, headers={"if-none-match": before["ETag"]})
    line = next(one for one in after.json()["assignments"] if one["seat"]["code"] == "0101")
    assert (bool(line["opened_at"]), line["opened_version"]) == (True, 1)
    history = client.get(f"{board}{asked.pk}/").json()["history"]
    assert [(one["what"], one["number"], one["who"]) for one in history] == [
        ("asked", None, ""),
        ("opened", 1, "Nadia Ferhat"),
        ("opened", 1, "Camille Vernoux"),
    ]


def test_it_is_kept_as_it_was_for_thirteen_months_and_goes_with_its_reader(net: SmallNetwork, asked: Assignment):
    assert asked.holder is not None
    action: Action = asked.action
    appointed = make_user("appointed@desk.example")
    for reader, age in ((asked.holder, timedelta(0)), (appointed, OPENINGS_KEPT + timedelta(days=1))):
        services.note_opening(action=action, seat_id=asked.seat_id, reader=reader, way=Way.APP, now=now() - age)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opening.objects.update(version=7)
    assert services.forget_openings(now=now()) == 1
    assert answers_of(asked.holder.pk)["openings"][0]["version"] == 1
    people.erase_person(person_id=asked.holder.pk, now=now())
    assert not Opening.objects.exists()


def test_who_was_forgotten_opens_nothing_that_is_kept(client: Client, asked: Assignment):
    assert asked.holder_id is not None
    link = f"/en/a/{answer_token(asked, author_id=asked.holder_id)}/"
    people.erase_person(person_id=asked.holder_id, now=now())
    assert "Copy of" not in client.get(link).text
    assert not Opening.objects.exists()
