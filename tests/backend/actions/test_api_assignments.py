import pytest
from django.utils.dateparse import parse_datetime

from maillage.actions.domain import REPORTS_TAKEN
from maillage.actions.models import Assignment, Report
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.actions.factories import assignment_of, make_launched, make_next_door
from tests.backend.relays.factories import SmallNetwork, make_holder

API = "/api/v1/actions/assignments"
MET = {"met": "holder", "stance": 1, "quote": "« Oui. »", "failed": ""}


@pytest.fixture
def asked(net: SmallNetwork) -> tuple[Assignment, Person]:
    """A relay who was asked just now."""
    _, holder = make_holder(net.seat("0101"))
    return assignment_of(make_launched(net), "0101"), holder


def post(client, address: str, data: object = None, **headers: str):
    return client.post(address, data=data if data is not None else {}, content_type="application/json", headers=headers)


def test_mine(net: SmallNetwork, client, asked, django_assert_max_num_queries):
    assignment, holder = asked
    assert client.get(f"{API}/", {"mine": "1"}).status_code == 403
    sign_in(client, make_user())
    assert client.get(f"{API}/").json() == {"items": []}
    for _number in range(3):
        make_launched(net)
    sign_in(client, holder.user)
    with django_assert_max_num_queries(2 + 2):
        items = client.get(f"{API}/", headers={"accept-language": "en"}).json()["items"]
    assert len(items) == 4
    mine = next(item for item in items if item["id"] == str(assignment.pk))
    assert mine["action"]["title"] == "Small lines"
    assert mine["action"]["brief_html"].startswith("<h2>Your questions</h2>")
    assert mine["seat"]["code"] == mine["area"]["code"] == "0101"
    assert mine["abilities"] == {"accept": True, "decline": True, "block": True, "report": True}
    assert parse_datetime(mine["action"]["reports_until"]) == assignment.action.ends_at + REPORTS_TAKEN


def test_the_application_opens_without_network_by_a_worker_in_its_own_scope(client):
    answer = client.get("/app/worker.js")
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "text/javascript")
    assert b"PAGE = '/app/'" in answer.getvalue()


@pytest.mark.parametrize(("verb", "data"), [("accept", {}), ("decline", {"reason": "Malade."}), ("report", MET)])
def test_answering_by_role(net: SmallNetwork, client, asked, verb: str, data: dict):
    assignment, holder = asked
    _, elsewhere = make_holder(net.seat("0102"))
    address = f"{API}/{assignment.pk}/{verb}/"
    assert post(client, address, data).status_code == 403
    roles = ((make_user(), 404), (elsewhere.user, 404), (net.organiser("department", "02"), 404), (net.organiser("department", "01"), 403))
    for user, status in roles:
        sign_in(client, user)
        assert post(client, address, data).status_code == status, user.email
    sign_in(client, holder.user)
    answered = post(client, address, data).json()
    assert answered["answer"] == {"accept": "accepted", "decline": "declined", "report": "reported"}[verb]


def test_organisers_read(net: SmallNetwork, client, asked):
    assignment, _holder = asked
    sign_in(client, net.organiser("department", "01"))
    seen = client.get(f"{API}/{assignment.pk}/").json()
    assert seen["abilities"] == {"accept": False, "decline": False, "block": False, "report": False}


def test_the_same_key_reports_once_and_another_body_is_refused(client, asked):
    assignment, holder = asked
    sign_in(client, holder.user)
    key = {"Idempotency-Key": str(uuid7())}
    first = post(client, f"{API}/{assignment.pk}/report/", MET, **key)
    assert post(client, f"{API}/{assignment.pk}/report/", MET, **key).json() == first.json()
    assert post(client, f"{API}/{assignment.pk}/report/", {**MET, "stance": 2}, **key).status_code == 422
    assert post(client, f"{API}/{assignment.pk}/report/", {**MET, "stance": 2}).json()["report"]["stance"] == 2
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "met"),
        ({"met": "ghost"}, "met"),
        ({"met": "holder", "stance": 3}, "stance"),
        ({"met": "holder"}, "stance"),
        ({"met": "nobody"}, "failed"),
        ({"met": "nobody", "failed": "x", "stance": 1}, "stance"),
        ({"met": "staff", "quote": "x" * 501}, "quote"),
    ],
)
def test_what_is_wrong_is_said_by_field(client, asked, data: dict, field: str):
    assignment, holder = asked
    sign_in(client, holder.user)
    answer = post(client, f"{API}/{assignment.pk}/report/", data)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_what_passed_to_somebody_else_is_gone(net: SmallNetwork, client, asked):
    assignment, holder = asked
    Assignment.objects.filter(pk=assignment.pk).update(holder=None)
    sign_in(client, holder.user)
    assert post(client, f"{API}/{assignment.pk}/accept/").status_code == 404
    sign_in(client, net.organiser())
    assert post(client, f"{API}/{assignment.pk}/accept/").status_code == 403


def test_a_refused_report_is_answered_with_what_is_there(client, asked):
    assignment, holder = asked
    sign_in(client, holder.user)
    address, key = f"{API}/{assignment.pk}/report/", {"Idempotency-Key": str(uuid7())}
    first = post(client, address, {**MET, "read_version": 0}, **key).json()["report"]
    assert first["version"] == 1
    refused = post(client, address, {**MET, "stance": 2, "read_version": 0})
    assert (refused.status_code, refused.json()["code"], refused.json()["report"]) == (409, "report_differs", first)
    # The answer to the first was lost on the way: the telephone asks again, and hears the same, whatever came since.
    assert post(client, address, {**MET, "stance": 2, "read_version": 1}).json()["report"]["version"] == 2
    again = post(client, address, {**MET, "read_version": 0}, **key)
    assert (again.status_code, again.json()["report"], Report.objects.get().stance) == (200, first, 2)


def test_a_holder_who_went_all_the_same_reads_what_the_neighbour_reported(net: SmallNetwork, client, asked):
    assignment, holder = asked
    neighbour = make_next_door(net, "0101", "0102")
    Assignment.objects.filter(pk=assignment.pk).update(neighbour=neighbour, answer="reported")
    Report.objects.create(assignment=assignment, author=neighbour, met="staff", met_on="2026-11-30", quote="« Non. »")
    sign_in(client, holder.user)
    refused = post(client, f"{API}/{assignment.pk}/report/", {**MET, "read_version": 0})
    assert (refused.status_code, refused.json()["code"], refused.json()["report"]["quote"]) == (409, "taken_over", "« Non. »")
    assert Report.objects.get().quote == "« Non. »"
