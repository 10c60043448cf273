"""A relay pauses until a day and is back; the end of a term closes sessions."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from maillage.accounts.models import Grant, Session
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging.models import Message
from maillage.relays import selectors, services
from maillage.relays.domain import LONGEST_PAUSE, TermKind
from maillage.relays.models import Term
from tests.backend.accounts.factories import sign_in
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, make_holder
from tests.backend.relays.test_letters import letter_of


def state_of(net: SmallNetwork, code: str = "0101") -> str:
    return selectors.seat(net.seat(code).pk).state


def pause(net: SmallNetwork, *, days: int = 30, **fields: Any) -> Term:
    term, holder = make_holder(net.seat("0101"), **fields)
    return services.pause_term(term_id=term.pk, until=in_days(days), by=holder.user, now=now())


def test_a_paused_seat_is_not_filled_and_keeps_its_grant(net: SmallNetwork):
    term = pause(net)
    assert state_of(net) == "dormant"
    assert Grant.objects.running(now()).filter(origin=f"term:{term.pk}").exists()
    assert Entry.objects.get(name="term.paused").data == {"seat_id": str(term.seat_id), "until": in_days(30).isoformat()}


def test_a_stand_in_covers(net: SmallNetwork):
    pause(net)
    make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Ada")
    assert state_of(net) == "stand_in"


@pytest.mark.parametrize("days", [-1, 0, LONGEST_PAUSE.days + 2])
def test_the_day_lies_ahead_within_half_a_year(net: SmallNetwork, days: int):
    with pytest.raises(Invalid) as refused:
        pause(net, days=days)
    assert list(refused.value.fields) == ["until"]


def test_another_day_holds(net: SmallNetwork):
    term = pause(net)
    again = services.pause_term(term_id=term.pk, until=in_days(60), by=term.person.user, now=now())
    assert (again.paused_at, again.paused_until) == (term.paused_at, in_days(60))


def test_a_stand_in_does_not_pause_and_an_ended_term_neither(net: SmallNetwork):
    stand_in, holder = make_holder(net.seat("0102"), kind=TermKind.STAND_IN)
    with pytest.raises(Conflict) as refused:
        services.pause_term(term_id=stand_in.pk, until=in_days(3), by=holder.user, now=now())
    assert refused.value.code == "not_a_relay"
    term = pause(net)
    services.end_term(term_id=term.pk, by=None, now=now())
    with pytest.raises(Conflict) as refused:
        services.resume_term(term_id=term.pk, by=None, now=now())
    assert refused.value.code == "term_ended"


def test_resumed_by_hand_it_is_filled_again_and_nobody_writes(net: SmallNetwork):
    term = pause(net)
    for _twice in range(2):
        services.resume_term(term_id=term.pk, by=term.person.user, now=now())
    assert state_of(net) == "filled"
    assert Entry.objects.filter(name="term.resumed").count() == 1
    assert not Message.objects.filter(purpose="relays.term_resumed").exists()


def test_on_its_day_it_resumes_by_day_and_the_relay_is_told(net: SmallNetwork):
    term = pause(net, days=2)
    day = in_days(2)
    assert services.resume_terms(now=at(day - timedelta(days=1), "15:00")) == 0
    assert services.resume_terms(now=at(day, "05:30")) == 0, "6:30 there, or 7:30"
    assert services.resume_terms(now=at(day, "08:00")) == 1
    assert services.resume_terms(now=at(day, "09:00")) == 0
    (message,) = Message.objects.filter(purpose="relays.term_resumed")
    assert message.person == term.person
    assert net.country.area("0101").called in letter_of(message).subject
    services.pause_term(term_id=term.pk, until=day + timedelta(days=9), by=term.person.user, now=at(day, "10:00"))
    services.resume_term(term_id=term.pk, by=net.organiser(), now=at(day, "11:00"))
    assert Message.objects.filter(purpose="relays.term_resumed").count() == 2, "each pause ends with a mail of its own"


def at(day: date, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T{hour}:00+00:00")


def test_the_relay_and_the_organisers_see_the_pause_and_others_do_not(client: Client, net: SmallNetwork):
    term = pause(net)
    stand_in, ada = make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Ada")
    address = f"/api/v1/relays/seats/{term.seat_id}/"
    for user, is_mine in ((term.person.user, True), (net.organiser(), False)):
        sign_in(client, user)
        shown = client.get(address).json()["terms"][0]
        assert (shown["id"], shown["is_mine"], shown["paused_until"]) == (str(term.pk), is_mine, term.paused_until.isoformat())
        assert shown["abilities"] == {"end": True, "pause": True, "resume": True}
    client.force_login(ada.user)
    (own,) = client.get(address).json()["terms"]
    assert (own["id"], own["paused_until"]) == (str(stand_in.pk), None), "nothing of the relay's pause"
    assert own["abilities"] == {"end": True, "pause": False, "resume": False}
    assert client.post(f"/api/v1/relays/terms/{term.pk}/resume/").status_code == 404


def test_the_api_says_what_is_wrong_with_a_day(client: Client, net: SmallNetwork):
    term, holder = make_holder(net.seat("0101"))
    client.force_login(holder.user)
    for until in (None, "soon", "2020-01-01"):
        answer = client.post(f"/api/v1/relays/terms/{term.pk}/pause/", {"until": until}, content_type="application/json")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["until"])
    tomorrow = in_days(3).isoformat()
    answer = client.post(f"/api/v1/relays/terms/{term.pk}/pause/", {"until": tomorrow}, content_type="application/json")
    assert answer.json() == {"id": str(term.pk), "ends_at": None, "paused_until": tomorrow}
    assert client.post(f"/api/v1/relays/terms/{term.pk}/resume/").json()["paused_until"] is None


def test_the_end_of_a_term_closes_the_holders_sessions(client: Client, net: SmallNetwork):
    term, holder = make_holder(net.seat("0101"))
    client.force_login(holder.user)
    assert client.get("/api/v1/accounts/me/").status_code == 200
    desk = Client()
    sign_in(desk, net.organiser())
    assert desk.post(f"/api/v1/relays/terms/{term.pk}/end/").status_code == 200
    assert not Session.objects.filter(user_id=holder.user_id).exists()
    assert client.get("/api/v1/accounts/me/").status_code == 403
    assert desk.get("/api/v1/accounts/me/").status_code == 200


def test_the_public_page_says_a_break_and_no_day(client: Client, net: SmallNetwork):
    term = pause(net)
    page = client.get("/en/places/0101/").text
    assert "The person of this seat is taking a break." in page
    assert term.person.given_name not in page
