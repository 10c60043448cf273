import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from maillage.accounts.models import Grant, User
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.people.models import Access
from maillage.relays import services
from maillage.relays.domain import TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.domain.filling import Answer, AskKind, AskStatus, Snoozed, StepKind
from maillage.relays.models import Filling, FillingStep, SeatAsk, SeatStanding, Term
from maillage.relays.selectors.filling import Asked, seats_to_fill
from maillage.territories.models import Area, AreaFigure, Indicator
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.days import in_days
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, fall_quiet, make_application, make_holder
from tests.backend.relays.filling_factories import draw, make_next_door, make_volunteer

API = "/api/v1/relays/filling"
ASKS = "/api/v1/relays/asks"


def post(client: Client, address: str, **data: Any):
    return client.post(address, data=data, content_type="application/json")


@pytest.fixture
def nadia(net: SmallNetwork, client: Client) -> User:
    """An organiser of department 01, signed in."""
    user = net.organiser("department", "01")
    sign_in(client, user)
    return user


def listed(client: Client, net: SmallNetwork, **asked: str) -> list[str]:
    answer = client.get(f"{API}/", {"network": str(net.network.pk), **asked})
    assert answer.status_code == 200, answer.content
    return [item["code"] for item in answer.json()["items"]]


class TestTheWorklist:
    def test_who_is_not_signed_in_is_refused(self, net: SmallNetwork, client: Client):
        assert client.get(f"{API}/", {"network": str(net.network.pk)}).status_code == 403

    def test_a_member_and_a_relay_see_no_seat(self, net: SmallNetwork, client: Client):
        for user in (make_user("member@people.example"), make_holder(net.seat("0101"))[1].user):
            sign_in(client, user)
            assert listed(client, net) == []
            assert client.get(f"{API}/{net.seat('0102').pk}/").status_code == 404

    def test_an_organiser_sees_the_seats_to_fill_of_their_places(self, net: SmallNetwork, client: Client, nadia: User):
        make_holder(net.seat("0101"))
        make_application(net.seat("0103"))
        assert sorted(listed(client, net)) == ["0102", "0103", "0104"]
        assert listed(client, net, state="applied") == ["0103"]
        assert listed(client, net, area=str(net.country.area("0104").pk)) == ["0104"]
        assert listed(client, net, area=str(net.country.area("0201").pk)) == [], "a place elsewhere opens nothing"
        assert listed(client, net, q="0102") == ["0102"]
        assert listed(client, net, q="brumes", sort="code") == ["0102", "0103", "0104"]

    def test_a_seat_whose_stand_in_is_silent_looks_for_somebody_again(self, net: SmallNetwork, client: Client, nadia: User):
        term, _ada = make_holder(net.seat("0101"), kind=TermKind.STAND_IN)
        assert "0101" not in listed(client, net)
        address = f"{API}/{term.seat_id}/"
        assert client.get(address).json()["abilities"]["take_on"] is False
        fall_quiet(term, days=61)
        assert listed(client, net, state="stand_in") == ["0101"]
        assert "0101" in listed(client, net)
        shown = client.get(address).json()
        assert (shown["state"], shown["abilities"]["take_on"], shown["abilities"]["ask"]) == ("stand_in", True, True)
        services.note_sign_of_life(person_id=term.person_id, now=now())
        assert listed(client, net, state="stand_in") == []

    def test_a_wrong_filter_is_named(self, net: SmallNetwork, client: Client, nadia: User):
        answer = client.get(f"{API}/", {"network": str(net.network.pk), "whose": "everybody"})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["whose"])
        assert client.get(f"{API}/", {"network": "x"}).status_code == 400

    def test_whose_what_was_tried_and_what_was_put_off(self, net: SmallNetwork, client: Client, nadia: User):
        paul = net.organiser("country", "XM", name="Paul Loin")
        services.take_on_seat(seat_id=net.seat("0101").pk, by=nadia, now=now())
        services.take_on_seat(seat_id=net.seat("0102").pk, by=paul, now=now())
        services.note_step(seat_id=net.seat("0101").pk, kind=StepKind.PUT_UP_POSTER, words="", by=nadia, now=now())
        services.snooze_seat(seat_id=net.seat("0104").pk, until=in_days(9), by=nadia, now=now())
        assert listed(client, net, whose="mine") == ["0101"]
        assert listed(client, net, whose="others") == ["0102"]
        assert listed(client, net, whose="nobody", sort="code") == ["0103"]
        assert listed(client, net, whose="nobody", sort="code", snoozed="all") == ["0103", "0104"]
        assert listed(client, net, snoozed="only") == ["0104"]
        assert listed(client, net, tried="put_up_poster") == ["0101"]
        assert listed(client, net, tried="never", sort="code") == ["0102", "0103"]
        count = client.get(f"{API}/count/", {"network": str(net.network.pk), "tried": "never"})
        assert count.json() == {"count": 2, "is_more": False}

    @pytest.mark.parametrize("hour", [2, 14])
    @pytest.mark.parametrize(("zone", "hours"), [("Pacific/Tahiti", -10), ("Pacific/Noumea", 11)])
    def test_a_seat_that_was_put_off_comes_back_on_that_day_of_its_place(
        self, net: SmallNetwork, nadia: User, zone: str, hours: int, hour: int
    ):
        at = (now() + timedelta(days=1)).replace(hour=hour, minute=0)
        there = in_days(at=at) + timedelta(days=(hour + hours) // 24)
        Area.objects.filter(pk=net.seat("0104").area_id).update(time_zone=zone)
        services.snooze_seat(seat_id=net.seat("0104").pk, until=there + timedelta(days=1), by=nadia, now=at)
        midnight = at + timedelta(hours=24 - (hour + hours) % 24)

        def listed(snoozed: Snoozed, *, now: datetime) -> list[str]:
            seats = seats_to_fill(nadia, net.network.pk, Asked(snoozed=snoozed), now=now)
            return sorted(seats.values_list("area__code", flat=True))

        for before in (at, midnight - timedelta(minutes=1)):
            assert (listed(Snoozed.ONLY, now=before), "0104" in listed(Snoozed.NO, now=before)) == (["0104"], False)
        assert (listed(Snoozed.ONLY, now=midnight), "0104" in listed(Snoozed.NO, now=midnight)) == ([], True)

    def test_pages_follow_each_order(self, net: SmallNetwork, client: Client, nadia: User):
        services.plan_next_step(seat_id=net.seat("0103").pk, words="Appeler", on=in_days(1), by=nadia, now=now())
        for sort in ("code", "since", "next"):
            codes: list[str] = []
            after = None
            while True:
                asked = {"network": str(net.network.pk), "sort": sort, "limit": "3"} | ({"after": after} if after else {})
                page = client.get(f"{API}/", asked).json()
                codes += [item["code"] for item in page["items"]]
                if (after := page["next"]) is None:
                    break
            assert sorted(codes) == ["0101", "0102", "0103", "0104"], sort
            assert sort != "next" or codes[0] == "0103"

    def test_it_counts_who_could_be_asked(self, net: SmallNetwork, client: Client, nadia: User):
        make_next_door(net, "0101", "0102", "0201")
        make_holder(net.seat("0102"))
        make_holder(net.seat("0201"), email="far@people.example")
        make_volunteer(net, "0101")
        make_volunteer(net, "0102", name="Bo Bis")
        make_volunteer(net, "0201", name="Far Away")
        make_volunteer(net, "0104", name="Too Far")
        item = client.get(f"{API}/", {"network": str(net.network.pk), "q": "0101"}).json()["items"][0]
        assert (item["volunteers"], item["neighbours"]) == (2, 1), "those of another department are another organiser's"

    def test_its_query_count_does_not_grow(self, net: SmallNetwork, client: Client, django_assert_max_num_queries):
        sign_in(client, net.organiser())
        make_next_door(net, "0101", "0102", "0103", "0104", "0201")
        for code in ("0102", "0201"):
            make_holder(net.seat(code), email=f"h{code}@people.example")
        for code in ("0101", "0103", "0203"):
            make_volunteer(net, code, name=f"V {code}")
        with django_assert_max_num_queries(26):
            assert len(listed(client, net)) == 10

    def test_the_file_names_nobody(self, net: SmallNetwork, client: Client, nadia: User):
        services.take_on_seat(seat_id=net.seat("0101").pk, by=nadia, now=now())
        services.plan_next_step(seat_id=net.seat("0101").pk, words="=cmd()", on=None, by=nadia, now=now())
        answer = client.get(f"{API}/export/", {"network": str(net.network.pk), "sort": "code"})
        text = b"".join(answer.streaming_content).decode()
        assert text.count("\n") == 5
        assert "0101" in text
        assert "Hautes-Brumes, 1re circonscription" in text
        assert "Ferhat" not in text
        assert "cmd" not in text

    def test_the_file_says_the_days_of_each_place(self, net: SmallNetwork, client: Client):
        at = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
        for code in ("0101", "0301"):
            term, _holder = make_holder(net.seat(code), email=f"h{code}@people.example")
            Term.objects.filter(pk=term.pk).update(starts_at=at - timedelta(days=30), ends_at=at, ending=TermEnding.STEPPED_DOWN)
            FillingStep.objects.create(seat=net.seat(code), kind=StepKind.WENT_THERE, at=at)
        sign_in(client, net.organiser())
        answer = client.get(f"{API}/export/", {"network": str(net.network.pk), "sort": "code"})
        rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))}
        assert (rows["0101"]["Depuis"], rows["0101"]["Le"]) == ("2026-03-01", "2026-03-01"), "after midnight in Paris"
        assert (rows["0301"]["Depuis"], rows["0301"]["Le"]) == ("2026-02-28", "2026-02-28"), "in the evening in Guadeloupe"


class TestWhoseWork:
    def test_taken_on_handed_on_put_off_and_planned(self, net: SmallNetwork, client: Client, nadia: User):
        seat, paul = net.seat("0101"), net.organiser("country", "XM", name="Paul Loin")
        assert post(client, f"{API}/{seat.pk}/take-on/").json()["taken_by"] == {"id": str(nadia.pk), "name": "Nadia Ferhat", "is_me": True}
        assert post(client, f"{API}/{seat.pk}/take-on/").status_code == 200
        handed = post(client, f"{API}/{seat.pk}/hand-on/", to=str(paul.pk)).json()
        assert (handed["taken_by"]["name"], handed["last_step"]["kind"]) == ("Paul Loin", "handed_on")
        assert Access.objects.filter(reading="relays.filling", person_ids__contains=[paul.person.pk]).exists()
        again = post(client, f"{API}/{seat.pk}/take-on/")
        assert (again.status_code, again.json()["decided_by"]) == (409, "Paul Loin")
        assert post(client, f"{API}/{seat.pk}/hand-on/", to=str(nadia.pk)).json()["taken_by"]["is_me"] is True
        tomorrow = in_days(1)
        assert post(client, f"{API}/{seat.pk}/snooze/", until=tomorrow.isoformat()).json()["snoozed_until"] == tomorrow.isoformat()
        assert post(client, f"{API}/{seat.pk}/snooze/", until="2020-01-01").status_code == 400
        assert post(client, f"{API}/{seat.pk}/snooze/", until=None).json()["snoozed_until"] is None
        planned = post(client, f"{API}/{seat.pk}/plan/", words=" Appeler  la mairie ", on=tomorrow.isoformat()).json()
        assert (planned["next_step"], planned["next_step_on"]) == ("Appeler la mairie", tomorrow.isoformat())
        assert post(client, f"{API}/{seat.pk}/let-go/").json()["taken_by"] is None

    def test_nobody_is_handed_a_seat_that_they_do_not_organise(self, net: SmallNetwork, client: Client, nadia: User):
        hugo = net.organiser("department", "02", name="Hugo Lamy")
        answer = post(client, f"{API}/{net.seat('0101').pk}/hand-on/", to=str(hugo.pk))
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["to"])
        assert not Filling.objects.filter(taken_by__isnull=False).exists()

    def test_a_step_is_written_and_taken_back_by_its_author(self, net: SmallNetwork, client: Client, nadia: User):
        seat = net.seat("0101")
        assert post(client, f"{API}/{seat.pk}/steps/", kind="other").status_code == 400
        assert post(client, f"{API}/{seat.pk}/steps/", kind="asked_volunteers").status_code == 400
        step = post(client, f"{API}/{seat.pk}/steps/", kind="called_section", words="Section de Valbrune").json()["id"]
        shown = client.get(f"{API}/{seat.pk}/").json()["steps"]
        assert [(one["words"], one["can_take_back"]) for one in shown] == [("Section de Valbrune", True)]
        sign_in(client, net.organiser(name="Paul Loin"))
        assert client.delete(f"{API}/{seat.pk}/steps/{step}/").status_code == 403
        sign_in(client, nadia)
        assert client.delete(f"{API}/{seat.pk}/steps/{step}/").status_code == 204

    def test_an_organiser_elsewhere_sees_and_does_nothing(self, net: SmallNetwork, client: Client):
        make_volunteer(net, "0101")
        seat = net.seat("0101")
        sign_in(client, net.organiser("department", "02", name="Hugo Lamy"))
        assert listed(client, net, q="0101") == []
        for path in ("", "volunteers/", "neighbours/", f"letter/?kind=volunteer&person={seat.pk}"):
            assert client.get(f"{API}/{seat.pk}/{path}").status_code == 404, path
        for path in ("take-on/", "let-go/", "hand-on/", "snooze/", "plan/", "steps/", "ask/"):
            assert post(client, f"{API}/{seat.pk}/{path}").status_code == 404, path
        assert post(client, f"{API}/spread/", seats=[str(seat.pk)]).status_code == 404
        assert not Access.objects.exists()


class TestOneSeat:
    def test_the_panel_says_where_to_look_and_what_to_share(self, net: SmallNetwork, client: Client, nadia: User):
        students = Indicator.objects.create(country="XM", code="students", name={"fr": "Étudiants"}, source="Recensement inventé")
        AreaFigure.objects.create(indicator=students, area=net.country.area("0101"), value=16.0)
        AreaFigure.objects.create(indicator=students, area=net.country.country, value=8.0)
        panel = client.get(f"{API}/{net.seat('0101').pk}/", headers={"Accept-Language": "en"}).json()
        (place,) = panel["places_to_look"]
        assert (place["says"], place["here"], place["country"]) == ("Many students", 16.0, 8.0)
        assert panel["communes"][0] == {"name": "Valbrune", "population": 182300, "is_whole": False}
        assert [each["language"] for each in panel["invitations"]] == ["fr", "en"]
        french, english = panel["invitations"]
        assert french["url"].endswith("/fr/places/0101/")
        assert english["url"] in english["short"]
        assert "?" not in english["url"], "the link says nothing of who shares it"
        assert panel["abilities"] == {"take_on": True, "hand_on": False, "let_go": False, "snooze": True, "ask": True}
        assert panel["colleagues"][0]["is_me"] is True

    def test_a_seat_that_filled_keeps_its_notes_and_asks_nobody(self, net: SmallNetwork, client: Client, nadia: User):
        make_holder(net.seat("0101"))
        assert client.get(f"{API}/{net.seat('0101').pk}/").json()["abilities"]["ask"] is False


class TestVolunteers:
    def test_the_nearest_come_first_from_the_centre_of_their_commune(self, net: SmallNetwork, client: Client, nadia: User):
        draw(net, {"0101": (2.0, 47.0), "0102": (3.0, 47.0), "0104": (6.0, 47.0)}, {"01002": (2.5, 47.5), "01001": (3.4, 47.5)})
        far = make_volunteer(net, "0104", name="Loin Tain")
        near = make_volunteer(net, "0102", commune="01001", name="Bo Proche")
        here = make_volunteer(net, "0101", commune="01002", name="Awa Ici")
        elsewhere = make_volunteer(net, "0201", name="Hors Champ")
        answer = client.get(f"{API}/{net.seat('0101').pk}/volunteers/").json()
        assert [item["id"] for item in answer["items"]] == [str(here.pk), str(near.pk), str(far.pk)]
        assert answer["items"][0]["metres"] == 0
        assert 25_000 < answer["items"][1]["metres"] < 35_000
        assert answer["total"] == 3
        assert answer["nearest"] == [str(here.pk), str(near.pk), str(far.pk)]
        assert answer["items"][0]["contacts"][0]["value"] == "awa.ici@people.example"
        log = Access.objects.get(reading="relays.volunteers")
        assert set(log.person_ids) == {here.pk, near.pk, far.pk}
        assert elsewhere.pk not in log.person_ids

    def test_without_outlines_those_of_the_place_come_first(self, net: SmallNetwork, client: Client, nadia: User):
        make_volunteer(net, "0102", name="Bo Voisin")
        here = make_volunteer(net, "0101", name="Zoé Ici")
        answer = client.get(f"{API}/{net.seat('0101').pk}/volunteers/").json()
        assert answer["items"][0]["id"] == str(here.pk)
        assert answer["items"][0]["metres"] is None

    def test_its_query_count_does_not_grow(self, net: SmallNetwork, client: Client, nadia: User, django_assert_max_num_queries):
        for number in range(7):
            make_volunteer(net, "0101", name=f"V {number}")
        with django_assert_max_num_queries(20):
            assert len(client.get(f"{API}/{net.seat('0101').pk}/volunteers/").json()["items"]) == 7

    def test_the_letter_is_read_before_and_nothing_is_sent(self, net: SmallNetwork, client: Client, nadia: User):
        awa = make_volunteer(net, "0101")
        awa.language = "en"
        awa.save()
        letter = client.get(f"{API}/{net.seat('0101').pk}/letter/", {"kind": "volunteer", "person": str(awa.pk)}).json()
        assert letter["language"] == "en"
        assert "Awa, Nadia Ferhat looks for somebody" in letter["text"]
        assert not SeatAsk.objects.exists()
        stranger = make_person(area=net.country.area("0201"))
        assert client.get(f"{API}/{net.seat('0101').pk}/letter/", {"kind": "volunteer", "person": str(stranger.pk)}).status_code == 404

    def test_asked_then_undone(self, net: SmallNetwork, client: Client, nadia: User):
        awa, bo = make_volunteer(net, "0101"), make_volunteer(net, "0102", name="Bo Bis")
        asked = post(client, f"{API}/{net.seat('0101').pk}/ask/", kind="volunteer", people=[str(awa.pk), str(bo.pk)])
        assert asked.status_code == 201
        assert {ask["person"] for ask in asked.json()["asks"]} == {str(awa.pk), str(bo.pk)}
        ask_id = asked.json()["asks"][0]["id"]
        assert post(client, f"{ASKS}/{ask_id}/take-back/").json()["status"] == "taken_back"
        again = post(client, f"{API}/{net.seat('0102').pk}/ask/", kind="volunteer", people=[str(awa.pk), str(bo.pk)]).json()
        assert (len(again["asks"]), [one["reason"] for one in again["unasked"]]) == (1, ["asked_already"])


class TestNeighbours:
    def test_next_door_first_then_the_nearest_and_how_many_are_anothers(self, net: SmallNetwork, client: Client, nadia: User):
        draw(net, {"0101": (2.0, 47.0), "0102": (3.0, 47.0), "0103": (8.0, 47.0), "0201": (2.0, 48.0)}, {})
        make_next_door(net, "0101", "0102", "0201")
        door = make_holder(net.seat("0102"))[1]
        far = make_holder(net.seat("0103"), given_name="Loin")[1]
        make_holder(net.seat("0201"), given_name="Autre")
        answer = client.get(f"{API}/{net.seat('0101').pk}/neighbours/").json()
        assert [(item["id"], item["is_next_door"]) for item in answer["items"]] == [(str(door.pk), True), (str(far.pk), False)]
        assert answer["elsewhere"] == 1
        assert set(Access.objects.get(reading="relays.neighbours").person_ids) == {door.pk, far.pk}

    def test_many_seats_at_once_are_spread_fairly(self, net: SmallNetwork, client: Client, nadia: User):
        make_next_door(net, "0101", "0103", "0104")
        make_next_door(net, "0102", "0103")
        one, two = make_holder(net.seat("0103"))[1], make_holder(net.seat("0104"))[1]
        seats = [str(net.seat(code).pk) for code in ("0101", "0102")]
        proposed = post(client, f"{API}/spread/", seats=seats).json()
        assert [(pair["seat"]["code"], pair["person"]) for pair in proposed["pairs"]] == [("0101", str(two.pk)), ("0102", str(one.pk))]
        assert proposed["alone"] == []
        pairs = [{"seat": pair["seat"]["id"], "person": pair["person"]} for pair in proposed["pairs"]]
        asked = post(client, f"{API}/spread/ask/", pairs=pairs)
        assert (asked.status_code, len(asked.json()["asks"])) == (201, 2)
        assert post(client, f"{API}/spread/", seats=seats).json()["pairs"] == [], "nobody is asked twice"

    def test_they_answer_on_their_page_and_the_organiser_confirms(self, net: SmallNetwork, client: Client, nadia: User):
        make_next_door(net, "0101", "0102")
        relay = make_holder(net.seat("0102"))[1]
        ask_id = post(client, f"{API}/{net.seat('0101').pk}/ask/", kind="stand_in", people=[str(relay.pk)]).json()["asks"][0]["id"]
        sign_in(client, relay.user)
        assert client.get(f"{ASKS}/mine/").json()["items"] == [], "not before the mail has left"
        assert post(client, f"{ASKS}/{ask_id}/answer/", answer="yes").status_code == 404
        services.send_ask(ask_id=ask_id, now=now())
        (mine,) = client.get(f"{ASKS}/mine/").json()["items"]
        assert (mine["seat"]["code"], mine["kind"]) == ("0101", "stand_in")
        assert client.get(mine["path"]).status_code == 200
        assert post(client, f"{ASKS}/{ask_id}/answer/", answer="yes").json()["status"] == "agreed"
        assert post(client, f"{ASKS}/{ask_id}/confirm/").status_code == 404, "nobody confirms themself"
        sign_in(client, net.organiser("department", "02", name="Hugo Lamy"))
        assert post(client, f"{ASKS}/{ask_id}/confirm/").status_code == 404
        sign_in(client, nadia)
        (asked,) = client.get(f"{API}/{net.seat('0101').pk}/").json()["asks"]
        assert asked["abilities"] == {"take_back": False, "confirm": True, "set_aside": True}
        assert post(client, f"{ASKS}/{ask_id}/confirm/").json()["status"] == "confirmed"
        assert Term.objects.filter(person=relay, ends_at__isnull=True).count() == 2
        sign_in(client, relay.user)
        me = client.get("/api/v1/accounts/me/").json()
        assert sorted(grant["role"] for grant in me["grants"]) == ["relay", "stand_in"]
        seat = client.get(f"/api/v1/relays/seats/{net.seat('0101').pk}/").json()
        assert (seat["holder"]["kind"], seat["terms"][0]["abilities"]["end"]) == ("stand_in", True)

    def test_another_neighbour_stands_in_where_whoever_did_is_silent(self, net: SmallNetwork, client: Client, nadia: User):
        make_next_door(net, "0101", "0102")
        silent, ada = make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Ada")
        fall_quiet(silent, days=61)
        relay = make_holder(net.seat("0102"))[1]
        (pair,) = post(client, f"{API}/spread/", seats=[str(silent.seat_id)]).json()["pairs"]
        asked = post(client, f"{API}/spread/ask/", pairs=[{"seat": pair["seat"]["id"], "person": pair["person"]}]).json()
        ask_id = asked["asks"][0]["id"]
        services.send_ask(ask_id=ask_id, now=now())
        sign_in(client, relay.user)
        (mine,) = client.get(f"{ASKS}/mine/").json()["items"]
        assert 'name="answer"' in client.get(mine["path"]).text, "the page asks, and says of nobody that they have it"
        assert post(client, f"{ASKS}/{ask_id}/answer/", answer="yes").json()["status"] == "agreed"
        sign_in(client, nadia)
        assert post(client, f"{ASKS}/{ask_id}/confirm/").json()["status"] == "confirmed"
        assert post(client, f"{ASKS}/{ask_id}/confirm/").json()["status"] == "confirmed"
        silent.refresh_from_db()
        assert silent.ending == TermEnding.ENDED_BY_ORGANISER
        assert not Grant.objects.running(now()).filter(user=ada.user).exists()
        assert [message.purpose for message in Message.objects.filter(person=ada)] == ["relays.term_ended"]
        standing = SeatStanding.objects.get(seat=silent.seat_id)
        assert (standing.state, standing.holder) == ("stand_in", relay)
        assert "0101" not in listed(client, net)

    def test_who_stands_in_and_is_back_keeps_it(self, net: SmallNetwork, client: Client, nadia: User):
        make_next_door(net, "0101", "0102", "0103")
        silent, ada = make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Ada")
        fall_quiet(silent, days=61)
        asks = []
        for code in ("0102", "0103"):
            relay = make_holder(net.seat(code))[1]
            people = [str(relay.pk)]
            asks.append(post(client, f"{API}/{silent.seat_id}/ask/", kind="stand_in", people=people).json()["asks"][0]["id"])
            services.send_ask(ask_id=asks[-1], now=now())
        services.answer_ask(ask_id=asks[0], answer=Answer.YES, now=now())
        services.note_sign_of_life(person_id=ada.pk, now=now())
        assert services.answer_ask(ask_id=asks[1], answer=Answer.YES, now=now()).status == AskStatus.TAKEN_BACK
        refused = post(client, f"{ASKS}/{asks[0]}/confirm/")
        assert (refused.status_code, refused.json()["code"]) == (409, "seat_taken")
        silent.refresh_from_db()
        assert silent.ends_at is None

    def test_somebody_else_does_not_answer_for_them(self, net: SmallNetwork, client: Client, nadia: User):
        awa = make_volunteer(net, "0101")
        asked = services.ask_people(seat_id=net.seat("0101").pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=nadia, now=now())
        services.send_ask(ask_id=asked.asks[0].pk, now=now())
        assert post(client, f"{ASKS}/{asked.asks[0].pk}/answer/", answer=Answer.NO).status_code == 404
