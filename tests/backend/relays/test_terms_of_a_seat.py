"""Who stands in does so until a relay takes the seat; every term that runs is seen, and can be ended."""

from typing import Any

import pytest
from django.test import Client

from maillage.accounts.models import Grant, Session, User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.selectors.persons import reach_of
from maillage.relays import selectors, services
from maillage.relays.domain import TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.models import Term
from tests.backend.accounts.factories import sign_in
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, fall_quiet, make_application, make_holder
from tests.backend.relays.test_letters import letter_of


def as_(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def terms_of(client: Client, net: SmallNetwork, code: str = "0101") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/relays/seats/{net.seat(code).pk}/").json()["terms"]
    return found


def standing_in(net: SmallNetwork, code: str = "0101", **person: Any) -> Term:
    term, _ada = make_holder(net.seat(code), kind=TermKind.STAND_IN, **{"given_name": "Ada", "email": "ada@people.example", **person})
    return term


def approve(net: SmallNetwork, **asked: Any) -> Term:
    application = make_application(net.seat("0101"), **asked)
    return services.approve_application(application_id=application.pk, by=net.organiser(), now=now())


def test_a_relay_who_takes_the_seat_ends_the_stand_in_who_reads_nobody_any_more(net: SmallNetwork):
    stand_in = standing_in(net)
    ada = stand_in.person.user
    browser = as_(ada)
    assert reach_of(ada, now=now()).held
    relay = approve(net)
    stand_in.refresh_from_db()
    assert (stand_in.ending, stand_in.ends_at) == (TermEnding.RELAY_CAME, relay.starts_at)
    assert not reach_of(ada, now=now()).held
    assert not Grant.objects.running(now()).filter(user=ada).exists()
    assert not Session.objects.filter(user_id=ada.pk).exists()
    assert browser.get("/api/v1/accounts/me/").status_code == 403
    assert selectors.seat(net.seat("0101").pk).term_id == relay.pk
    assert Entry.objects.get(name="term.ended").data["ending"] == "relay_came"


def test_whoever_stood_in_is_thanked_and_told_what_changes(net: SmallNetwork):
    own, ada = make_holder(net.seat("0102"), email="ada@people.example", given_name="Ada", language="en")
    services.open_term(seat=net.seat("0101"), person=ada, kind=TermKind.STAND_IN, now=now(), by=None)
    approve(net)
    (message,) = Message.objects.filter(person=ada)
    assert message.purpose == "relays.relay_came"
    letter = letter_of(message)
    assert letter.subject == "Thank you: Hautes-Brumes, constituency 1 has its relay"
    assert "You still hold: Hautes-Brumes, constituency 2." in letter.plain()
    assert "You were signed out everywhere." in letter.plain()
    own.refresh_from_db()
    assert own.ends_at is None


def test_who_stood_in_and_becomes_the_relay_is_welcomed_and_not_seen_off(net: SmallNetwork):
    stand_in = standing_in(net)
    relay = approve(net, person=stand_in.person)
    stand_in.refresh_from_db()
    assert (stand_in.ending, relay.person) == (TermEnding.BECAME_RELAY, stand_in.person)
    assert [message.purpose for message in Message.objects.filter(person=stand_in.person)] == ["relays.welcome"]
    assert set(Grant.objects.running(now()).filter(user=stand_in.person.user).values_list("role", flat=True)) == {"relay"}


def test_a_relay_who_may_not_hold_it_ends_nobody(net: SmallNetwork):
    make_holder(net.seat("0101"))
    stand_in = standing_in(net)
    with pytest.raises(Conflict):
        approve(net)
    stand_in.refresh_from_db()
    assert stand_in.ends_at is None
    assert not Message.objects.filter(person=stand_in.person).exists()


def test_an_organiser_sees_every_term_and_ends_either(net: SmallNetwork):
    relay, _camille = make_holder(net.seat("0101"))
    services.pause_term(term_id=relay.pk, until=in_days(30), by=None, now=now())
    stand_in = standing_in(net)
    desk = as_(net.organiser())
    shown = terms_of(desk, net)
    assert [(each["id"], each["kind"], each["person_id"], each["name"], each["is_mine"]) for each in shown] == [
        (str(relay.pk), "relay", str(relay.person_id), "Camille Vernoux", False),
        (str(stand_in.pk), "stand_in", str(stand_in.person_id), "Ada Vernoux", False),
    ]
    assert shown[0]["starts_at"] != shown[1]["paused_until"] is None
    assert desk.post(f"/api/v1/relays/terms/{relay.pk}/end/").status_code == 200
    assert [each["kind"] for each in terms_of(desk, net)] == ["stand_in"]
    assert desk.post(f"/api/v1/relays/terms/{stand_in.pk}/end/").status_code == 200
    assert terms_of(desk, net) == []


def test_beside_a_relay_a_stand_in_sees_their_own_term_and_leaves(net: SmallNetwork):
    relay, camille = make_holder(net.seat("0101"))
    stand_in = standing_in(net)
    browser = as_(stand_in.person.user)
    (own,) = terms_of(browser, net)
    assert (own["id"], own["is_mine"], own["abilities"]["end"]) == (str(stand_in.pk), True, True)
    seat = browser.get(f"/api/v1/relays/seats/{net.seat('0101').pk}/").json()
    assert seat["holder"]["name"] == "", "the relay shows no name, and holds the seat no less"
    assert [each["id"] for each in terms_of(as_(camille.user), net)] == [str(relay.pk)]
    assert browser.post(f"/api/v1/relays/terms/{own['id']}/end/").status_code == 200
    stand_in.refresh_from_db()
    assert stand_in.ending == TermEnding.STEPPED_DOWN


def test_a_relay_who_pauses_does_not_ask_for_their_own_seat(net: SmallNetwork):
    relay, camille = make_holder(net.seat("0101"))
    services.pause_term(term_id=relay.pk, until=in_days(30), by=None, now=now())
    standing_in(net)
    address = f"/api/v1/relays/seats/{net.seat('0101').pk}/"
    assert as_(camille.user).get(address).json()["abilities"]["apply"] is False
    assert Client().get(address).json()["abilities"]["apply"] is True


def test_nobody_else_sees_a_term(net: SmallNetwork):
    make_holder(net.seat("0101"))
    standing_in(net)
    _term, elsewhere = make_holder(net.seat("0201"), email="else@people.example")
    assert terms_of(Client(), net) == terms_of(as_(elsewhere.user), net) == []


def left_mails(user: User) -> list[str]:
    return [letter_of(message).subject for message in Message.objects.filter(purpose="relays.seat_left", person__user=user)]


def test_the_nearest_organisers_hear_that_a_holder_left(net: SmallNetwork):
    near, far = net.organiser("department", "01"), net.organiser(name="Odile Far")
    relay, _camille = make_holder(net.seat("0101"))
    services.end_term(term_id=relay.pk, by=relay.person.user, now=now())
    services.end_term(term_id=relay.pk, by=relay.person.user, now=now())
    assert len(left_mails(near)) == 1, "told once, though it was pressed twice"
    assert left_mails(far) == []


@pytest.mark.parametrize("way_out", ["leaves", "erased"])
def test_of_a_sole_organiser_who_leaves_their_own_seat_the_next_ones_up_hear(net: SmallNetwork, way_out: str):
    near, far = net.organiser("department", "01"), net.organiser(name="Odile Far")
    relay = services.open_term(seat=net.seat("0101"), person=near.person, kind=TermKind.RELAY, now=now(), by=None)
    if way_out == "leaves":
        services.end_term(term_id=relay.pk, by=near, now=now())
    else:
        people.erase_person(person_id=near.person.pk, now=now())
    assert len(left_mails(far)) == Message.objects.filter(purpose="relays.seat_left").count() == 1


def left_by_a_stand_in(net: SmallNetwork, relay: Term) -> str:
    net.organiser()
    services.end_term(term_id=standing_in(net).pk, by=None, now=now(), ending=TermEnding.STEPPED_DOWN)
    assert Term.objects.get(ends_at__isnull=True) == relay
    (message,) = Message.objects.filter(purpose="relays.seat_left")
    return letter_of(message).preview


@pytest.mark.parametrize("absence", ["pauses", "dormant"])
def test_who_pauses_or_is_silent_does_not_answer_for_a_seat_that_a_stand_in_leaves(net: SmallNetwork, absence: str):
    relay, _camille = make_holder(net.seat("0101"))
    if absence == "pauses":
        services.pause_term(term_id=relay.pk, until=in_days(30), by=None, now=now())
    else:
        fall_quiet(relay, days=70)
    assert left_by_a_stand_in(net, relay) == "Plus personne n’en répond."


def test_a_relay_who_is_there_answers_for_a_seat_that_a_stand_in_leaves(net: SmallNetwork):
    relay, _camille = make_holder(net.seat("0101"))
    assert left_by_a_stand_in(net, relay) == "Quelqu’un en répond encore."


def test_who_stood_in_reads_that_an_organiser_ended_it(net: SmallNetwork):
    stand_in = standing_in(net, language="en")
    services.end_term(term_id=stand_in.pk, by=net.organiser(), now=now())
    (message,) = Message.objects.filter(person=stand_in.person)
    letter = letter_of(message)
    assert letter.subject == "You no longer stand in for the seat of Hautes-Brumes, constituency 1"
    assert "You receive no further brief for it." in letter.plain()


def test_nobody_is_told_of_what_an_organiser_ended(net: SmallNetwork):
    near = net.organiser()
    relay, _camille = make_holder(net.seat("0101"))
    services.end_term(term_id=relay.pk, by=near, now=now())
    assert left_mails(near) == []


def test_whoever_has_themself_erased_leaves_a_seat_and_no_name(net: SmallNetwork):
    near = net.organiser()
    _relay, camille = make_holder(net.seat("0101"), given_name="Zzcamille")
    people.erase_person(person_id=camille.pk, now=now())
    (message,) = Message.objects.filter(purpose="relays.seat_left")
    letter = letter_of(message)
    assert message.person.user == near
    assert "Zzcamille" not in str(letter)
    assert "erased" in str(letter) or "effacer" in str(letter)
