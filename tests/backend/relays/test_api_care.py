"""Companions, friendly calls and quiet relays over the API: anonymous first, then a stranger, the two, the organisers."""

import json
from typing import Any

import pytest
from django.test import Client

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.people.models import Access
from maillage.relays import services
from maillage.relays.models import FriendlyCall, Term
from tests.backend.accounts.factories import sign_in
from tests.backend.relays.factories import SmallNetwork, fall_quiet, make_holder, make_neighbours, make_pair, make_welcome

ROOT = "/api/v1/relays"


@pytest.fixture
def newcomer(net: SmallNetwork) -> Term:
    make_neighbours(net, "0101", {"0102": 4000})
    return make_holder(net.seat("0101"), at=now())[0]


def client_of(user: User | None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    if user is not None:
        sign_in(client, user)
    return client


def ask(client: Client, method: str, path: str, body: Any = None) -> Any:
    return client.generic(method, f"{ROOT}/{path}", "" if body is None else json.dumps(body), content_type="application/json")


def test_both_yeses_over_the_api(net: SmallNetwork, newcomer: Term):
    _, buddy = make_welcome(net, "0102", name="Bo", as_facilitator=False)
    services.offer_companions(term_id=newcomer.pk, now=now())
    theirs, mine = client_of(newcomer.person.user), client_of(buddy.user)
    assert ask(client_of(None), "GET", "companions/").status_code == 403
    offer = ask(theirs, "GET", "companions/").json()
    (item,) = offer["items"]
    assert (item["status"], item["name"], item["contact"], item["kind"]) == ("offered", "", None, "buddy")
    assert ask(mine, "GET", "companions/").json()["items"] == []
    path = f"companions/{item['id']}/answer/"
    assert ask(mine, "POST", path, {"answer": "yes"}).status_code == 404  # who is offered does not know yet
    assert ask(theirs, "POST", path, {"answer": "yes"}).json()["fields"].keys() == {"contact"}
    yes = ask(theirs, "POST", path, {"answer": "yes", "contact": offer["contacts"][0]["id"]})
    assert yes.json()["items"][0]["status"] == "asked"
    assert ask(mine, "POST", path, {"answer": "another"}).status_code == 403
    agreed = ask(mine, "POST", path, {"answer": "yes"}).json()["items"][0]
    assert (agreed["name"], agreed["contact"]["value"]) == ("Camille", "holder.relay.0101@people.example")
    assert Access.objects.filter(reading="relays.companion", reader_id=buddy.user.pk).exists()
    stranger = client_of(make_holder(net.seat("0201"), email="elsewhere@people.example")[1].user)
    assert ask(stranger, "POST", f"companions/{item['id']}/end/").status_code == 404
    assert ask(theirs, "POST", f"companions/{item['id']}/end/").json()["items"] == []
    assert ask(mine, "POST", path, {"answer": "yes"}).json()["code"] == "companion_closed"
    assert ask(theirs, "GET", "companions/").json()["may_ask"] == [{"term_id": str(newcomer.pk), "kind": "buddy"}]


def test_agreeing_to_welcome_is_never_made_for_anybody(net: SmallNetwork):
    _, relay = make_welcome(net, "0102")
    services.stop_welcoming(person_id=relay.pk, now=now())
    client = client_of(relay.user)
    before = ask(client, "GET", "welcome/").json()
    assert (before["is_given"], before["may_as"], before["contact"]) == (False, ["facilitator", "buddy"], None)
    chosen = {"contact": before["contacts"][0]["id"], "places": 2, "as_facilitator": True, "as_buddy": False}
    assert ask(client, "PUT", "welcome/", {**chosen, "agrees": False}).status_code == 400
    assert ask(client, "PUT", "welcome/", {**chosen, "agrees": True, "places": 6}).status_code == 400
    after = ask(client, "PUT", "welcome/", {**chosen, "agrees": True}).json()
    assert (after["is_given"], after["places"], after["as_buddy"]) == (True, 2, False)
    assert ask(client, "DELETE", "welcome/").json()["is_given"] is False


def test_a_call_is_seen_and_finished_by_who_owes_it(net: SmallNetwork, newcomer: Term):
    organiser = net.organiser("department", "01", name="Inès Prat")
    elsewhere = net.organiser("department", "02", name="Hugo Lamy")
    _, buddy = make_welcome(net, "0102", name="Bo")
    make_pair(newcomer, buddy)
    fall_quiet(newcomer, days=22)
    services.climb_quiet_terms(now=now())
    call = FriendlyCall.objects.get()
    mine = client_of(buddy.user)
    (item,) = ask(mine, "GET", "calls/").json()["items"]
    assert (item["name"], item["days"], item["as_organiser"]) == ("Camille", 22, False)
    assert item["contacts"] == [{"channel": "email", "value": "holder.relay.0101@people.example"}]
    assert Access.objects.filter(reading="relays.calls", reader_id=buddy.user.pk).exists()
    done = {"outcome": "well", "words": "De bonnes nouvelles."}
    assert ask(client_of(elsewhere), "POST", f"calls/{call.pk}/done/", done).status_code == 404
    assert ask(client_of(organiser), "GET", "calls/").json()["items"] == []
    assert ask(mine, "POST", f"calls/{call.pk}/done/", {"outcome": "well", "words": "x" * 281}).status_code == 400
    assert ask(mine, "POST", f"calls/{call.pk}/done/", done).status_code == 204
    (line,) = ask(client_of(organiser), "GET", "quiet/").json()["items"]
    assert (line["days"], line["call"]["caller"], line["call"]["outcome"], line["is_dormant"]) == (22, "Bo", "well", False)
    assert ask(client_of(elsewhere), "GET", "quiet/").json()["items"] == []
    assert ask(mine, "GET", "quiet/").json()["items"] == []
    theirs = client_of(newcomer.person.user)  # signs in, which is a sign of life
    (told,) = ask(theirs, "GET", "calls/").json()["about_me"]
    assert (told["by"], told["words"]) == ("Bo", "De bonnes nouvelles.")
    assert ask(client_of(organiser), "GET", "quiet/").json()["items"] == []


def test_organisers_see_newcomers_without_anybody_and_who_agreed(net: SmallNetwork, newcomer: Term):
    organiser = client_of(net.organiser("department", "01", name="Inès Prat"))
    _, buddy = make_welcome(net, "0102", name="Bo")
    (line,) = ask(organiser, "GET", "newcomers/").json()["items"]
    assert (line["term_id"], line["buddy"]) == (str(newcomer.pk), "")
    found = ask(organiser, "GET", f"newcomers/{newcomer.pk}/").json()
    assert [each["given_name"] for each in found["buddy"]] == ["Bo"]
    assert ask(organiser, "POST", f"newcomers/{newcomer.pk}/", {"kind": "buddy", "person": str(buddy.pk)}).status_code == 204
    assert ask(organiser, "GET", "newcomers/").json()["items"][0]["buddy"] == "offered"
    assert Access.objects.filter(reading="relays.candidates").exists()
