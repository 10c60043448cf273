import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils.translation import override

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.domain import Met
from maillage.actions.models import Action, Assignment
from maillage.actions.selectors.history import meetings_in
from maillage.advocacy import services as advocacy
from maillage.advocacy.domain import Stance
from maillage.advocacy.models import Position
from maillage.kernel.clock import now
from maillage.people.models import Access, AccessReason
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.actions.factories import assignment_of, make_action, make_launched, move_window
from tests.backend.advocacy.factories import make_deputy, make_subject
from tests.backend.relays.factories import SmallNetwork, make_holder

API = "/api/v1/actions"


@pytest.fixture
def national(net: SmallNetwork) -> User:
    return net.organiser()


def board(client, action: Action, *, since: str = "", etag: str = ""):
    headers = {"if-none-match": etag} if etag else {}
    return client.get(f"{API}/{action.pk}/board/", {"since": since} if since else {}, headers=headers)


def long_ago(action: Action) -> None:
    """Let every line have changed before the overlap of two polls."""
    Assignment.objects.filter(action=action).update(changed_at=now() - timedelta(minutes=5))


def test_by_role(net: SmallNetwork, client, national: User):
    _, relay = make_holder(net.seat("0101"))
    action = make_launched(net)
    assert board(client, action).status_code == 403
    for user, status in ((make_user(), 404), (relay.user, 403), (net.organiser("department", "01", name="Paul A"), 200), (national, 200)):
        sign_in(client, user)
        assert board(client, action).status_code == status, user.email
    assert board(client, make_action(net)).status_code == 403


def test_each_organiser_watches_their_own_seats(net: SmallNetwork, client):
    make_holder(net.seat("0101"))
    action = make_launched(net)
    sign_in(client, net.organiser("department", "01"))
    seen = board(client, action).json()
    assert [line["seat"]["code"] for line in seen["assignments"]] == ["0101", "0102", "0103", "0104"]
    assert seen["counts"] == {"total": 4, "reported": 0, "late": 0, "neighbour": 0, "accepted": 0, "no_answer": 1, "empty": 3}


def test_the_board_moves_with_each_answer(net: SmallNetwork, client, national: User):
    holders = {code: make_holder(net.seat(code))[1] for code in ("0101", "0102", "0103")}
    action = make_launched(net)
    long_ago(action)
    sign_in(client, national)
    first = board(client, action)
    assert len(first.json()["assignments"]) == 12
    assert board(client, action, since=first.json()["as_of"], etag=first["ETag"]).status_code == 304
    english = client.get(f"{API}/{action.pk}/board/", headers={"if-none-match": first["ETag"], "accept-language": "en"})
    assert english.json()["assignments"][0]["seat"]["name"] == "Hautes-Brumes, constituency 1", "each language is a version"
    services.accept_assignment(assignment_id=assignment_of(action, "0102").pk, author_id=holders["0102"].pk, now=now())
    said = {"met": Met.HOLDER, "stance": Stance.RATHER_FOR, "quote": "« Oui, si la région paie. »"}
    services.report_assignment(assignment_id=assignment_of(action, "0101").pk, author_id=holders["0101"].pk, now=now(), **said)
    moved = board(client, action, since=first.json()["as_of"], etag=first["ETag"]).json()
    assert [(line["seat"]["code"], line["state"]) for line in moved["assignments"]] == [("0101", "reported"), ("0102", "accepted")]
    assert moved["assignments"][0]["report"]["quote"] == "« Oui, si la région paie. »"
    assert moved["counts"] == {"total": 12, "reported": 1, "late": 0, "neighbour": 0, "accepted": 1, "no_answer": 1, "empty": 9}
    assert [line["seat"]["code"] for line in moved["news"]] == ["0101", "0102"]
    long_ago(action)
    assert board(client, action, since=moved["as_of"]).json()["assignments"] == []


def test_when_the_action_starts_every_line_may_have_moved(net: SmallNetwork, client, national: User):
    make_holder(net.seat("0101"))
    action = make_launched(net)
    long_ago(action)
    sign_in(client, national)
    before = board(client, action)
    move_window(action, starts_at=now(), ends_at=now() + timedelta(hours=9))
    after = board(client, action, since=before.json()["as_of"], etag=before["ETag"]).json()
    assert after["counts"]["late"] == 1
    assert len(after["assignments"]) == 12


def test_an_answer_that_commits_late_is_not_missed(net: SmallNetwork, client, national: User):
    make_holder(net.seat("0101"))
    action = make_launched(net)
    long_ago(action)
    sign_in(client, national)
    polled = board(client, action).json()["as_of"]
    Assignment.objects.filter(action=action, seat__area__code="0101").update(changed_at=now() - timedelta(seconds=4))
    assert [line["seat"]["code"] for line in board(client, action, since=polled).json()["assignments"]] == ["0101"]


def test_queries_do_not_grow(net: SmallNetwork, client, national: User, django_assert_max_num_queries):
    for area in net.country.seats:
        make_holder(net.seat(area.code))
    action = make_launched(net)
    sign_in(client, national)
    with django_assert_max_num_queries(2 + 5):
        first = board(client, action)
    with django_assert_max_num_queries(2 + 2):
        assert board(client, action, etag=first["ETag"]).status_code == 304


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01T00:00:00Z", "0"])
def test_a_broken_since_is_400(net: SmallNetwork, client, national: User, since: str):
    sign_in(client, national)
    assert board(client, make_launched(net), since=since).json()["code"] == "bad_since"


def test_what_was_undone_in_the_ledger_is_said_beside_it(net: SmallNetwork, client, national: User):
    _, holder = make_holder(net.seat("0101"))
    make_deputy(net.seat("0101").area)
    action = make_launched(net, subject_id=make_subject().pk)
    assignment = assignment_of(action, "0101")
    services.report_assignment(assignment_id=assignment.pk, author_id=holder.pk, met=Met.STAFF, stance=Stance.FOR, now=now())
    sign_in(client, national)
    (before,) = (line for line in board(client, action).json()["assignments"] if line["report"])
    advocacy.undo_position(position_id=Position.objects.get().pk, why="Un homonyme.", by=national, now=now())
    (after,) = (line for line in board(client, action).json()["assignments"] if line["report"])
    assert (before["is_undone"], after["is_undone"], after["report"]["stance"]) == (False, True, Stance.FOR)
    with override("en"):
        assert meetings_in(assignment.seat_id)[0].came_of.endswith("for (undone since)")


def test_the_table_to_take_away(net: SmallNetwork, client, national: User):
    _, holder = make_holder(net.seat("0101"))
    action = make_launched(net)
    said = {"met": Met.HOLDER, "stance": Stance.AGAINST, "quote": '=HYPERLINK("https://e.example")'}
    services.report_assignment(assignment_id=assignment_of(action, "0101").pk, author_id=holder.pk, now=now(), **said)
    sign_in(client, national)
    answer = take(client, action, language="en")
    header, line = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert (len(header), line[0], line[3], line[7], line[8]) == (10, "0101", "Camille Vernoux", "-2", '\'=HYPERLINK("https://e.example")')
    assert (header[1], line[1]) == ("Seat", "Hautes-Brumes, constituency 1")
    answer = take(client, action, language="fr")
    header, line = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert (header[1], line[1]) == ("Siège", "Hautes-Brumes, 1re circonscription")
    sign_in(client, holder.user)
    assert take(client, action).status_code == 403


def test_each_relay_in_the_table_reads_who_took_it_and_why(net: SmallNetwork, client, national: User):
    _, holder = make_holder(net.seat("0101"))
    action = make_launched(net)
    sign_in(client, national)
    refused = take(client, action, reason=" ", state="no_answer")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["reason"])
    assert not Access.objects.exists(), "nothing left"
    assert take(client, action, reason="Préparer le bilan", state="no_answer").status_code == 200
    line = Access.objects.get(reading="actions.board_export")
    assert (line.person_ids, line.reader_id) == ([holder.pk], national.pk)
    assert AccessReason.objects.get(pk=line.reason_id).words == "Préparer le bilan"
    assert client.get(f"{API}/{action.pk}/board/export/").status_code == 405


def take(client, action: Action, *, reason: str = "Préparer le bilan", state: str = "reported", language: str = "fr"):
    """Take the lines of one state of a board away."""
    path = f"{API}/{action.pk}/board/export/?state={state}"
    return client.post(path, {"reason": reason}, content_type="application/json", headers={"accept-language": language})
