from datetime import timedelta

import pytest

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.models import Action, BoardStep, Reminder, TakeOver
from maillage.kernel import clock
from maillage.kernel.ids import uuid7
from maillage.people.models import Access, Person
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import assignment_of, make_asked, make_late, make_launched, make_next_door
from tests.backend.relays.factories import SmallNetwork, make_holder

API = "/api/v1/actions"


@pytest.fixture
def late(net: SmallNetwork) -> Action:
    """Began an hour ago, unanswered in 0101, 0102 and 0201."""
    action = make_late(net, "0101", "0102", "0201")
    Action.objects.filter(pk=action.pk).update(starts_at=clock.now() - timedelta(hours=1), ends_at=clock.now() + timedelta(hours=9))
    return action


@pytest.fixture
def national(net: SmallNetwork) -> User:
    return net.organiser()


def post(client, action: Action, data: dict, *, address: str = "", **headers: str):
    return client.post(f"{API}/{action.pk}/steps/{address}", data=data, content_type="application/json", headers=headers)


def test_all_the_late_ones_are_looked_at_then_relaunched_with_that_number(late: Action, client, national: User):
    sign_in(client, national)
    preview = post(client, late, {"kind": "relaunch"}, address="preview/").json()
    assert (preview["number"], preview["by_mail"], preview["to_call"]) == (3, 3, 0)
    refused = post(client, late, {"kind": "relaunch", "expected": 2})
    assert (refused.status_code, refused.json()["code"], refused.json()["number"]) == (409, "number_differs", 3)
    key = {"Idempotency-Key": str(uuid7())}
    done = post(client, late, {"kind": "relaunch", "expected": 3}, **key)
    assert post(client, late, {"kind": "relaunch", "expected": 3}, **key).json() == done.json()
    assert (done.status_code, done.json()["number"], done.json()["can_undo"]) == (201, 3, True)
    assert (BoardStep.objects.count(), Reminder.objects.count()) == (1, 3)
    undone = post(client, late, {}, address=f"{done.json()['id']}/undo/").json()
    assert (undone["can_undo"], undone["undone_at"] is not None) == (False, True)
    assert not Reminder.objects.exists()
    listed = client.get(f"{API}/{late.pk}/steps/").json()["items"]
    assert [(step["kind"], step["by"]) for step in listed] == [("relaunch", "Nadia Ferhat")]


def test_an_organiser_of_a_part_acts_on_its_seats_only(net: SmallNetwork, late: Action, client, national: User):
    sign_in(client, national)
    everywhere = post(client, late, {"kind": "relaunch", "expected": 3}).json()
    sign_in(client, net.organiser("department", "01", name="Inès Prat"))
    assert post(client, late, {"kind": "relaunch"}, address="preview/").json()["passed_over"] == 2
    elsewhere = str(assignment_of(late, "0201").pk)
    for address, data in (("", {"expected": 1}), ("preview/", {})):
        refused = post(client, late, {"kind": "excuse", "assignments": [elsewhere], **data}, address=address)
        assert (refused.status_code, refused.json()["code"]) == (404, "assignment_unknown")
    listed = client.get(f"{API}/{late.pk}/steps/").json()["items"]
    assert [step["can_undo"] for step in listed] == [False], "it reached seats that she does not organise"
    assert post(client, late, {}, address=f"{everywhere['id']}/undo/").json()["code"] == "step_over"
    assert client.get(f"{API}/{late.pk}/board/{elsewhere}/").status_code == 404


def test_one_line_says_what_each_next_step_would_do(net: SmallNetwork, late: Action, client, national: User, django_assert_max_num_queries):
    theo = make_next_door(net, "0101", "0103")
    one = assignment_of(late, "0101")
    sign_in(client, national)
    with django_assert_max_num_queries(2 + 40):
        line = client.get(f"{API}/{late.pk}/board/{one.pk}/").json()
    assert [(each["id"], each["carries"]) for each in line["neighbours"]] == [(str(theo.pk), 0)]
    assert (line["relaunch"]["number"], line["excuse"]["number"], line["can_hand_over"]) == (1, 1, True)
    assert [each["what"] for each in line["history"]] == ["started", "asked"]
    assert theo.pk in Access.objects.get(reading="actions.neighbours").person_ids
    asked = {"kind": "hand_over", "assignments": [str(one.pk)], "neighbour": str(theo.pk)}
    assert post(client, late, asked, address="preview/").json()["number"] == 1
    step = post(client, late, {**asked, "expected": 1}).json()
    assert (step["neighbour"], step["undo_until"], step["can_undo"]) == (theo.full_name, None, True)
    line = client.get(f"{API}/{late.pk}/board/{one.pk}/").json()
    assert (line["can_hand_over"], line["neighbours"], line["asked_next_door"]["status"]) == (False, [], "asked")
    assert [each["id"] for each in line["steps"]] == [step["id"]]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "excuse", "expected": 1}, "assignments"),
        ({"kind": "ghost", "expected": 1}, "kind"),
        ({"kind": "relaunch"}, "expected"),
        ({"kind": "hand_over", "assignments": ["one"], "expected": 1}, "neighbour"),
        ({"kind": "hand_over", "assignments": ["one", "two"], "neighbour": str(uuid7()), "expected": 1}, "assignments"),
    ],
)
def test_what_is_wrong_is_said_by_field(late: Action, client, national: User, data: dict, field: str):
    ids = {"one": str(assignment_of(late, "0101").pk), "two": str(assignment_of(late, "0102").pk)}
    sign_in(client, national)
    answer = post(client, late, {**data, "assignments": [ids[name] for name in data["assignments"]]} if "assignments" in data else data)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_the_board_says_who_took_over_who_is_excused_and_how_often_somebody_was_reminded(
    net: SmallNetwork, late: Action, client, national: User
):
    theo = make_next_door(net, "0101", "0103")
    one, two = assignment_of(late, "0101"), assignment_of(late, "0102")
    Reminder.objects.create(assignment=two, number=1, leaves_at=clock.now(), sent_at=clock.now())
    Reminder.objects.create(assignment=two, number=2, leaves_at=clock.now())
    question = make_asked(one, theo)
    sign_in(client, theo.user)
    waiting = client.get(f"{API}/take-overs/").json()["items"]
    assert [(each["id"], each["seat"]["code"]) for each in waiting] == [(str(question.pk), "0101")]
    assert client.post(f"{API}/take-overs/{question.pk}/accept/", content_type="application/json").json()["status"] == "accepted"
    assert client.get(f"{API}/take-overs/").json()["items"] == []
    mine = client.get(f"{API}/assignments/{one.pk}/").json()
    assert (mine["answer"], mine["is_next_door"], mine["abilities"]["report"]) == ("accepted", True, True)
    sign_in(client, one.holder.user)
    relieved = client.get(f"{API}/assignments/{one.pk}/").json()
    assert (relieved["is_relieved"], any(relieved["abilities"].values())) == (True, False)
    sign_in(client, national)
    board = client.get(f"{API}/{late.pk}/board/").json()
    lines = {line["seat"]["code"]: line for line in board["assignments"]}
    assert (lines["0101"]["state"], lines["0101"]["neighbour"]) == ("neighbour", theo.full_name)
    assert lines["0102"]["reminded"] == 1
    assert board["counts"]["neighbour"] == 1
    assert board["counts"]["total"] == sum(count for name, count in board["counts"].items() if name != "total")
    assert board["news"][0]["seat"]["code"] == "0101"


def test_who_said_no_next_door_is_not_proposed_again(net: SmallNetwork, late: Action, client, national: User):
    theo = make_next_door(net, "0101", "0103")
    one = assignment_of(late, "0101")
    question = make_asked(one, theo)
    sign_in(client, theo.user)
    answer = client.post(f"{API}/take-overs/{question.pk}/decline/", {"reason": "x" * 281}, content_type="application/json")
    assert list(answer.json()["fields"]) == ["reason"]
    assert client.post(f"{API}/take-overs/{question.pk}/decline/", {}, content_type="application/json").json()["status"] == "declined"
    sign_in(client, national)
    assert client.get(f"{API}/{late.pk}/board/{one.pk}/").json()["neighbours"] == []
    assert TakeOver.objects.get().status == "declined"


def test_a_finished_action_is_looked_at_and_takes_no_step(net: SmallNetwork, client, national: User):
    make_holder(net.seat("0101"))
    action = make_launched(net)
    Action.objects.filter(pk=action.pk).update(status="closed")
    sign_in(client, national)
    line = client.get(f"{API}/{action.pk}/board/{assignment_of(action, '0101').pk}/")
    assert (line.status_code, line.json()["can_hand_over"]) == (200, False)
    assert post(client, action, {"kind": "relaunch", "expected": 0}).json()["code"] == "not_running"


def test_something_prevents_it(net: SmallNetwork, client):
    _, holder = make_holder(net.seat("0101"))
    action = make_launched(net)
    one = assignment_of(action, "0101")
    sign_in(client, holder.user)
    address = f"{API}/assignments/{one.pk}/block/"
    for reason in ("", "   "):
        refused = client.post(address, {"reason": reason}, content_type="application/json")
        assert (refused.status_code, list(refused.json()["fields"])) == (400, ["reason"])
    said = client.post(address, {"reason": "Closed all week."}, content_type="application/json").json()
    assert (said["answer"], said["reason"], said["abilities"]["accept"]) == ("blocked", "Closed all week.", True)
    assert Person.objects.get(pk=holder.pk).assignments.stated(clock.now()).get().state == "empty"


def test_who_was_asked_elsewhere_is_named_once_they_took_it_over(net: SmallNetwork, late: Action, client, national: User):
    other = make_next_door(net, "0101", "0301")
    question = make_asked(assignment_of(late, "0101"), other)
    line = f"{API}/{late.pk}/board/{assignment_of(late, '0101').pk}/"
    sign_in(client, net.organiser("department", "01", name="Inès Prat"))
    seen = client.get(line).json()
    assert (seen["asked_next_door"]["status"], seen["asked_next_door"]["name"]) == ("asked", "")
    assert other.given_name not in str(seen)
    services.accept_take_over(take_over_id=question.pk, person_id=other.pk, now=clock.now())
    assert client.get(line).json()["asked_next_door"]["name"] == other.full_name
    sign_in(client, national)
    assert other.full_name in [one["who"] for one in client.get(line).json()["history"]]
