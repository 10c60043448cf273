"""Handing over through the API: who may see and do what, what is logged, and the one page of the next person."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from maillage.accounts.models import User
from maillage.actions import services as actions
from maillage.actions.domain import Met
from maillage.actions.models import Assignment
from maillage.advocacy.domain import Stance
from maillage.kernel.clock import now
from maillage.people.models import Access, Person
from maillage.people.selectors import accesses_of
from maillage.relays import services
from maillage.relays.domain import TermKind
from maillage.relays.domain.notes import NoteKind
from maillage.relays.models import SeatNote, Term
from maillage.relays.selectors.dossiers import MEETINGS_SHOWN
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.days import in_days
from tests.backend.people.factories import agree_to_relay
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder, make_network


@pytest.fixture
def net(db: None) -> SmallNetwork:
    return make_network()


def as_(user: User | None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    if user is not None:
        sign_in(client, user)
    return client


def hand_over_url(term: Term) -> str:
    return f"/api/v1/relays/terms/{term.pk}/hand-over/"


def test_only_who_holds_the_seat_or_organises_it_knows_of_it(net: SmallNetwork):
    seat = net.seat("0101")
    term, person = make_holder(seat)
    _, elsewhere = make_holder(net.seat("0201"), email="elsewhere@people.example")
    services.begin_hand_over(term_id=term.pk, ends_on=in_days(3), by=person.user, words="zzword", now=now())
    expected = {
        None: 403,
        make_user("stranger@people.example"): 404,
        make_user("member@people.example"): 404,
        elsewhere.user: 404,
        person.user: 200,
        net.organiser("department", "02", name="Hugo Lamy"): 404,
        net.organiser("department", "01", name="Inès Prat"): 200,
    }
    for user, status in expected.items():
        client = as_(user)
        for url in (hand_over_url(term), f"/api/v1/relays/seats/{seat.pk}/notes/", f"/api/v1/relays/seats/{seat.pk}/dossier/"):
            assert client.get(url).status_code == status, (user, url)
        for public in (f"/api/v1/relays/seats/{seat.pk}/", f"/fr/places/{seat.area.code}/"):
            said = client.get(public).content.decode()
            assert "zzword" not in said
            assert "hand_over" not in said


def test_a_holder_begins_it_and_an_organiser_completes_it(net: SmallNetwork):
    nadia = net.organiser("department", "01")
    term, person = make_holder(net.seat("0101"))
    application = make_application(net.seat("0101"))
    agree_to_relay(application.person)
    me = as_(person.user)
    shown = me.get(hand_over_url(term)).json()
    assert [(one["name"], one["stands_in"]) for one in shown["successors"]] == [("Samir B.", False)]
    asked = {"ends_on": in_days(4).isoformat(), "successor": str(application.person_id), "words": "Je déménage.", "gives_notes": True}
    begun = me.post(hand_over_url(term), asked, content_type="application/json")
    assert begun.status_code == 201
    assert begun.json()["hand_over"]["abilities"] == {"take_back": True, "complete": False, "let_notes_go": True}
    desk = as_(nadia)
    (item,) = desk.get("/api/v1/relays/hand-overs/").json()["items"]
    assert (item["holder"], item["successor"]["name"], item["words"]) == ("Camille Vernoux", "Samir Belkacem", "Je déménage.")
    done = desk.post(f"/api/v1/relays/hand-overs/{item['id']}/complete/", {"successor": str(application.person_id)}, "application/json")
    assert done.status_code == 200
    assert Term.objects.get(pk=done.json()["term"]).person == application.person
    again = desk.post(f"/api/v1/relays/hand-overs/{item['id']}/complete/", {}, "application/json")
    assert (again.status_code, again.json()["code"], again.json()["decided_by"]) == (409, "hand_over_settled", "Nadia Ferhat")


def test_a_relay_may_not_complete_their_own(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"))
    found = services.begin_hand_over(term_id=term.pk, ends_on=in_days(2), by=person.user, now=now())
    assert as_(person.user).post(f"/api/v1/relays/hand-overs/{found.pk}/complete/", {}, "application/json").status_code == 403


def test_what_is_wrong_is_said_by_field(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"))
    me = as_(person.user)
    answer = me.post(hand_over_url(term), {"ends_on": in_days(-2).isoformat()}, "application/json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["ends_on"])
    answer = me.post(f"/api/v1/relays/seats/{term.seat_id}/notes/", {"kind": "help", "text": " "}, "application/json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["text"])


def test_an_organiser_who_reads_notes_is_logged_and_their_author_sees_it(net: SmallNetwork):
    nadia = net.organiser("department", "01")
    term, person = make_holder(net.seat("0101"))
    services.write_note(seat_id=term.seat_id, author_id=person.pk, kind=NoteKind.HELP, text="La mairie.", now=now())
    assert as_(person.user).get(f"/api/v1/relays/seats/{term.seat_id}/notes/").status_code == 200
    assert not Access.objects.filter(reading="relays.notes").exists(), "who reads their own is not noted"
    (note,) = as_(nadia).get(f"/api/v1/relays/seats/{term.seat_id}/notes/").json()["items"]
    assert note["author"] == "Camille Vernoux"
    assert note["abilities"] == {"mend": False, "throw_away": False, "tick": False}
    told = [(line["reader"], line["reading"]) for line in accesses_of(person.pk, after=None, limit=10)["items"]]
    assert told == [("Nadia Ferhat", "relays.notes")]


def test_a_stand_in_does_not_read_the_relays_notes_until_they_go_along(net: SmallNetwork):
    seat = net.seat("0101")
    term, person = make_holder(seat)
    _, ada = make_holder(seat, kind=TermKind.STAND_IN, email="ada@people.example", given_name="Ada")
    services.write_note(seat_id=seat.pk, author_id=person.pk, kind=NoteKind.HELP, text="La mairie.", now=now())
    reader = as_(ada.user)
    assert reader.get(f"/api/v1/relays/seats/{seat.pk}/notes/").json()["items"] == []
    found = services.begin_hand_over(term_id=term.pk, ends_on=in_days(0), gives_notes=True, by=person.user, now=now())
    services.complete_hand_over(hand_over_id=found.pk, successor_id=ada.pk, by=net.organiser(), now=now())
    ada.user.refresh_from_db()
    (note,) = as_(ada.user).get(f"/api/v1/relays/seats/{seat.pk}/notes/").json()["items"]
    assert (note["text"], note["author"], note["is_mine"]) == ("La mairie.", "", False)


def test_who_left_finds_what_went_along_and_takes_it_back(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"))
    services.write_note(seat_id=term.seat_id, author_id=person.pk, kind=NoteKind.HELP, text="La mairie.", now=now())
    found = services.begin_hand_over(term_id=term.pk, ends_on=in_days(0), gives_notes=True, by=person.user, now=now())
    services.complete_hand_over(hand_over_id=found.pk, by=net.organiser(), now=now())
    me = as_(User.objects.get(pk=person.user_id))
    (note,) = me.get("/api/v1/relays/notes/").json()["items"]
    assert note["abilities"] == {"mend": False, "throw_away": True, "tick": False}
    assert me.delete(f"/api/v1/relays/notes/{note['id']}/").status_code == 204
    assert not SeatNote.objects.exists()


def test_the_desk_asks_the_same_number_of_queries_for_any_number(net: SmallNetwork, django_assert_num_queries: Any):
    nadia = net.organiser("department", "01")

    def begun(code: str) -> None:
        term, person = make_holder(net.seat(code), email=f"{code}@people.example")
        make_application(net.seat(code))
        services.begin_hand_over(term_id=term.pk, ends_on=in_days(2), by=person.user, now=now())

    begun("0101")
    desk = as_(nadia)
    desk.get("/api/v1/relays/hand-overs/")
    with django_assert_num_queries(6):
        desk.get("/api/v1/relays/hand-overs/")
    begun("0102")
    with django_assert_num_queries(6):
        assert len(desk.get("/api/v1/relays/hand-overs/").json()["items"]) == 2


def reported(net: SmallNetwork, author: Person, times: int = 1) -> None:
    words = {"fr": {"title": "Un guichet humain", "summary": "", "brief": "Allez voir."}}
    for _time in range(times):
        action = actions.draft_action(
            network=net.network, texts=words, starts_at=now(), ends_at=now() + timedelta(days=2), by=net_organiser(net), now=now()
        )
        actions.launch_action(action_id=action.pk, by=None, now=now())
        asked = Assignment.objects.get(action=action, holder=author)
        actions.report_assignment(
            assignment_id=asked.pk, author_id=author.pk, met=Met.HOLDER, stance=Stance.FOR, quote="Je viendrai en janvier.", now=now()
        )


def net_organiser(net: SmallNetwork) -> User:
    return User.objects.filter(email="nadia.xm@desk.example").first() or net.organiser()


def test_the_one_page_says_what_was_done_by_anybody_and_names_none_of_them(net: SmallNetwork):
    seat = net.seat("0101")
    term, person = make_holder(seat, given_name="Zzformer", family_name="Zzgone")
    reported(net, person)
    services.write_note(seat_id=seat.pk, author_id=person.pk, kind=NoteKind.PROMISED, text="Une matinée.", due_on=in_days(0), now=now())
    found = services.begin_hand_over(term_id=term.pk, ends_on=in_days(0), gives_notes=True, by=person.user, now=now())
    application = make_application(seat)
    services.complete_hand_over(hand_over_id=found.pk, successor_id=application.person_id, by=net_organiser(net), now=now())
    application.person.refresh_from_db()
    answer = as_(application.person.user).get(f"/api/v1/relays/seats/{seat.pk}/dossier/")
    page = answer.json()
    assert [(one["asked"], one["came_of"], one["said"]) for one in page["meetings"]] == [
        ("Un guichet humain", "the representative in person, for", "Je viendrai en janvier.")
    ]
    assert [one["text"] for one in page["open_promises"]] == ["Une matinée."]
    assert page["organisers"] == [{"name": "Nadia Ferhat", "email": "nadia.xm@desk.example"}]
    assert (page["is_first"], page["term"]["kind"]) == (False, "relay")
    assert "Zz" not in answer.content.decode()


def test_the_first_of_a_place_is_told_so(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"))
    page = as_(person.user).get(f"/api/v1/relays/seats/{term.seat_id}/dossier/").json()
    assert page["is_first"]
    assert (page["meetings"], page["notes"], page["waiting"], page["organisers"]) == ([], [], [], [])


def test_the_page_shows_the_latest_meetings_and_counts_the_others(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"))
    reported(net, person, times=MEETINGS_SHOWN + 2)
    with translation.override("en"):
        page = as_(person.user).get(f"/api/v1/relays/seats/{term.seat_id}/dossier/").json()
    assert (len(page["meetings"]), page["earlier_meetings"]) == (MEETINGS_SHOWN, 2)


def test_the_seats_that_i_hold(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"), at=now() - timedelta(days=2))
    (mine,) = as_(person.user).get("/api/v1/relays/terms/mine/").json()["items"]
    assert (mine["id"], mine["code"], mine["is_new"]) == (str(term.pk), "0101", True)
    assert as_(make_user("member@people.example")).get("/api/v1/relays/terms/mine/").json()["items"] == []
    assert Client().get("/api/v1/relays/terms/mine/").status_code == 403
