from typing import Any

import pytest

from maillage.accounts.models import User
from maillage.actions.models import Action, Assignment
from maillage.kernel.ids import uuid7
from maillage.messaging.models import Message
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.actions.factories import TEXTS, make_action, make_launched
from tests.backend.relays.factories import SmallNetwork, make_holder

API = "/api/v1/actions"


def send(client, verb: str, address: str, data: object = None, **headers: str):
    return getattr(client, verb)(address, data=data if data is not None else {}, content_type="application/json", headers=headers)


def body(net: SmallNetwork, **changes: Any) -> dict[str, Any]:
    return {
        "network": str(net.network.pk),
        "texts": TEXTS,
        "starts_at": "2030-12-02T09:00:00+01:00",
        "ends_at": "2030-12-02T19:00:00+01:00",
        **changes,
    }


@pytest.fixture
def national(net: SmallNetwork) -> User:
    return net.organiser()


@pytest.fixture
def local(net: SmallNetwork) -> User:
    return net.organiser("department", "01", name="Paul Autre")


class TestDrafting:
    def test_by_role(self, net: SmallNetwork, client, national: User, local: User):
        _, relay = make_holder(net.seat("0101"))
        assert send(client, "post", f"{API}/", body(net)).status_code == 403
        for user, status in ((make_user(), 403), (relay.user, 403), (local, 403), (national, 201)):
            sign_in(client, user)
            assert send(client, "post", f"{API}/", body(net)).status_code == status, user.email
        action = Action.objects.get()
        assert action.created_by == national

    def test_a_draft_is_seen_by_who_leads_it(self, net: SmallNetwork, client, national: User, local: User):
        action = make_action(net)
        sign_in(client, local)
        assert client.get(f"{API}/{action.pk}/").status_code == 404
        assert client.get(f"{API}/").json()["items"] == []
        sign_in(client, national)
        seen = client.get(f"{API}/{action.pk}/", headers={"accept-language": "en"}).json()
        assert (seen["title"], seen["texts"]["fr"]["title"], seen["version"]) == ("Small lines", "Petites lignes", 1)
        assert seen["abilities"] == {
            "edit": True,
            "launch": True,
            "correct": False,
            "agree_to_launch": False,
            "stop": False,
            "see_board": False,
            "take_steps": False,
        }

    def test_the_same_key_drafts_once(self, net: SmallNetwork, client, national: User):
        sign_in(client, national)
        key = {"Idempotency-Key": str(uuid7())}
        first = send(client, "post", f"{API}/", body(net), **key)
        assert send(client, "post", f"{API}/", body(net), **key).json()["id"] == first.json()["id"]
        assert Action.objects.count() == 1

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"ends_at": "2030-12-01T19:00:00+01:00"}, "ends_at"),
            ({"texts": {}}, "texts.fr"),
            ({"texts": {"fr": {"title": "x"}}}, "texts.fr.brief"),
            ({"texts": []}, "texts"),
            ({"starts_at": "tomorrow"}, "starts_at"),
            ({"network": "x"}, "network"),
        ],
    )
    def test_what_is_wrong_is_said_by_field(self, net: SmallNetwork, client, national: User, change: dict, field: str):
        sign_in(client, national)
        answer = send(client, "post", f"{API}/", body(net, **change))
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])

    def test_somebody_else_was_faster(self, net: SmallNetwork, client, national: User):
        action = make_action(net)
        sign_in(client, national)
        assert send(client, "patch", f"{API}/{action.pk}/", {"version": 1, "ends_at": "2031-01-01T00:00:00Z"}).json()["version"] == 2
        answer = send(client, "patch", f"{API}/{action.pk}/", {"version": 1, "texts": TEXTS})
        assert (answer.status_code, answer.json()["code"], answer.json()["version"]) == (409, "version_conflict", 2)


class TestPreview:
    def test_the_dry_run_and_the_brief_as_read(self, net: SmallNetwork, client, national: User):
        make_holder(net.seat("0101"))
        action = make_action(net)
        sign_in(client, national)
        assert client.get(f"{API}/{action.pk}/preview/").json() == {
            "seats": 12,
            "with_holder": 1,
            "vacant": 11,
            "messages": 1,
            "without_email": 0,
            "by_hand": 0,
            "by_language": {"fr": 1},
            "needs_second_person": False,
            "relief": None,
            "to_stop": 0,
        }
        html = send(client, "post", f"{API}/{action.pk}/preview/", {"brief": "**ici** <script>"}).json()["html"]
        assert html == "<p><strong>ici</strong> &lt;script&gt;</p>\n"


class TestLaunching:
    def test_by_role(self, net: SmallNetwork, client, national: User, local: User):
        _, relay = make_holder(net.seat("0101"))
        action = make_action(net)
        address = f"{API}/{action.pk}/launch/"
        assert send(client, "post", address).status_code == 403
        for user, status in ((make_user(), 404), (relay.user, 404), (local, 404), (national, 200), (national, 409)):
            sign_in(client, user)
            assert send(client, "post", address, {"expected": 1}).status_code == status, user.email
        assert Message.objects.filter(purpose="actions.brief").count() == 1
        sign_in(client, local)
        assert send(client, "post", address).status_code == 403

    def test_stopping_asks_for_the_number(self, net: SmallNetwork, client, national: User, local: User):
        make_holder(net.seat("0101"))
        action = make_launched(net)
        sign_in(client, local)
        assert send(client, "post", f"{API}/{action.pk}/stop/", {"expected": 1}).status_code == 403
        sign_in(client, national)
        assert client.get(f"{API}/{action.pk}/preview/").json()["to_stop"] == 1
        assert send(client, "post", f"{API}/{action.pk}/stop/").status_code == 400
        wrong = send(client, "post", f"{API}/{action.pk}/stop/", {"expected": 9})
        assert (wrong.status_code, wrong.json()["code"], wrong.json()["number"]) == (409, "number_differs", 1)
        stopped = send(client, "post", f"{API}/{action.pk}/stop/", {"expected": 1}).json()
        assert (stopped["status"], bool(stopped["stopped_at"])) == ("stopped", True)


class TestListing:
    def test_by_role_with_counts(self, net: SmallNetwork, client, national: User, local: User):
        _, relay = make_holder(net.seat("0101"))
        make_action(net)
        launched = make_launched(net)
        assert client.get(f"{API}/").status_code == 403
        for user, seen in ((make_user(), 0), (relay.user, 1), (local, 1), (national, 2)):
            sign_in(client, user)
            assert len(client.get(f"{API}/").json()["items"]) == seen, user.email
        counts = {item["id"]: item["counts"] for item in client.get(f"{API}/").json()["items"]}
        nothing_yet = {"reported": 0, "late": 0, "neighbour": 0, "accepted": 0}
        assert counts[str(launched.pk)] == {"total": 12, **nothing_yet, "no_answer": 1, "empty": 11}
        sign_in(client, relay.user)
        assert client.get(f"{API}/").json()["items"][0]["counts"] is None

    def test_queries_do_not_grow(self, net: SmallNetwork, client, national: User, django_assert_max_num_queries):
        for _number in range(4):
            make_launched(net)
        sign_in(client, national)
        with django_assert_max_num_queries(2 + 5):
            assert len(client.get(f"{API}/", {"network": str(net.network.pk)}).json()["items"]) == 4
        assert client.get(f"{API}/", {"network": "x"}).json()["code"] == "bad_network"
        assert Assignment.objects.count() == 48
