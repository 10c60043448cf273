"""A term needs the charter in force and what the network requires; who holds one is asked anew, and goes on."""

from datetime import timedelta

import pytest
from django.test import Client

from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, NotFound
from maillage.kernel.links import sign_link
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import bound_by
from maillage.people.models import Access, Agreement, Person
from maillage.relays import services
from maillage.relays.domain import CHARTER_LINK, REMIND_AGAIN, ApplicationStatus, TermKind
from maillage.relays.domain.filling import Answer, AskKind
from maillage.relays.models import Application, CharterRequest, Term
from maillage.relays.selectors.waiting import while_you_wait
from maillage.relays.services.charter_letters import CHARTER_LETTERS
from tests.backend.accounts.factories import sign_in
from tests.backend.people.documents import agree, house_day, make_charter, propose_charter
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder
from tests.backend.relays.filling_factories import make_next_door

LETTERS = {purpose.name: letter for purpose, letter in CHARTER_LETTERS}


def approve(application: Application, net: SmallNetwork) -> Term:
    return services.approve_application(application_id=application.pk, by=net.organiser(), now=now())


def adopt_next() -> None:
    version = propose_charter()
    people.adopt_version(version_id=version.pk, agree_by=house_day(30), by=None, now=now(), expected=len(bound_by("charter")))


def link_of(person: Person, *, ends_in: timedelta = timedelta(days=1)) -> str:
    return f"/en/relays/charter/{sign_link(CHARTER_LINK, ids=[person.pk], ends_at=now() + ends_in)}/"


def test_without_a_charter_nothing_is_asked(net: SmallNetwork):
    assert approve(make_application(net.seat("0101")), net).ends_at is None


def test_nobody_is_seated_before_they_agreed(net: SmallNetwork):
    application = make_application(net.seat("0101"))
    version = make_charter()
    with pytest.raises(Conflict) as refused:
        approve(application, net)
    assert (refused.value.code, refused.value.extra["number"]) == ("charter_missing", 1)
    application.refresh_from_db()
    assert (application.status, Term.objects.count()) == (ApplicationStatus.SUBMITTED, 0)
    agree(application.person, version)
    assert services.approve_application(application_id=application.pk, by=net.organiser(code="XM", email="b@desk.example"), now=now())


@pytest.mark.parametrize("kind", TermKind)
def test_whatever_opens_a_term_asks(net: SmallNetwork, kind: TermKind):
    make_charter()
    with pytest.raises(Conflict) as refused:
        services.open_term(seat=net.seat("0101"), person=make_person(), kind=kind, now=now(), by=None)
    assert refused.value.code == "charter_missing"


def test_the_charter_of_yesterday_is_not_enough(net: SmallNetwork):
    application = make_application(net.seat("0101"))
    agree(application.person, make_charter())
    adopt_next()
    with pytest.raises(Conflict) as refused:
        approve(application, net)
    assert refused.value.extra["number"] == 2


def test_what_the_network_requires_is_named_and_counts_until_its_day(net: SmallNetwork):
    by = net.organiser()
    application = make_application(net.seat("0101"))
    names = {"fr": "Premiers pas", "en": "First steps"}
    required = services.require_qualification(network_id=net.network.pk, names=names, by=by, now=now())
    assert required.code == "premiers-pas"
    with pytest.raises(Conflict) as refused:
        services.approve_application(application_id=application.pk, by=by, now=now())
    assert (refused.value.code, refused.value.extra["codes"]) == ("qualification_missing", ["premiers-pas"])
    old = services.qualify_applicant(application_id=application.pk, code=required.code, ends_on=house_day(1), by=by, now=now())
    with pytest.raises(Conflict):
        services.assert_may_hold(person_id=application.person_id, network_id=net.network.pk, now=now() + timedelta(days=3))
    services.disqualify_applicant(application_id=application.pk, qualification_id=old.pk, by=by, now=now())
    services.qualify_applicant(application_id=application.pk, code=required.code, by=by, now=now())
    assert services.approve_application(application_id=application.pk, by=by, now=now())


def test_what_is_no_longer_required_is_no_longer_asked(net: SmallNetwork):
    by = net.organiser()
    services.require_qualification(network_id=net.network.pk, names={"fr": "Premiers pas"}, by=by, now=now())
    services.drop_requirement(network_id=net.network.pk, code="premiers-pas", by=by, now=now())
    assert services.approve_application(application_id=make_application(net.seat("0101")).pk, by=by, now=now())
    with pytest.raises(NotFound):
        services.drop_requirement(network_id=net.network.pk, code="premiers-pas", by=by, now=now())


def test_the_link_shows_and_only_its_button_agrees(net: SmallNetwork, client: Client):
    application = make_application(net.seat("0101"))
    version = make_charter()
    page = client.get(link_of(application.person))
    assert "I have read it, and I agree" in page.text
    assert "Samir" not in page.text
    assert not Agreement.objects.exists()
    shown = client.post(link_of(application.person), {"version": str(version.pk)}, follow=True)
    assert "You agreed to it on" in shown.text
    agreement = Agreement.objects.get()
    assert (agreement.person_id, agreement.source, agreement.language) == (application.person_id, "link", "en")


def test_who_reads_an_old_page_agrees_to_nothing_and_reads_the_new_one(net: SmallNetwork, client: Client):
    person, version = make_person(), make_charter()
    adopt_next()
    answer = client.post(link_of(person), {"version": str(version.pk)})
    assert answer.status_code == 409
    assert "Another version came into force" in answer.text
    assert "and where" in answer.text
    assert not Agreement.objects.exists()


def test_a_link_that_ended_or_was_made_for_another_purpose_opens_nothing(client: Client, net: SmallNetwork):
    person = make_person()
    make_charter()
    assert client.get(link_of(person, ends_in=-timedelta(days=1))).status_code == 410
    assert client.get(link_of(person).replace("charter/", "charter/x")).status_code == 404


def test_who_waits_for_a_call_is_offered_the_charter_until_they_agreed(net: SmallNetwork, client: Client):
    application = make_application(net.seat("0101"))
    version = make_charter()

    def offered() -> list[str]:
        return [each.path for each in while_you_wait(application.seat.area, person_id=application.person_id, now=now())]

    assert len(offered()) == 3
    assert any(path.startswith("relays/charter/") for path in offered())
    agree(application.person, version)
    assert not any(path.startswith("relays/charter/") for path in offered())


def test_holders_are_told_once_that_a_version_is_proposed(net: SmallNetwork):
    make_holder(net.seat("0101"))
    make_holder(net.seat("0102"), email="")
    version = propose_charter()
    assert services.tell_of_proposal(version_id=version.pk, now=now()) == 1
    assert services.tell_of_proposal(version_id=version.pk, now=now()) == 0
    letter = LETTERS["relays.charter_proposed"](Message.objects.get(purpose="relays.charter_proposed"))
    assert f"/app/charter?version={version.pk}" in letter.plain()


def test_holders_are_asked_once_to_agree_and_go_on_holding(net: SmallNetwork):
    term, holder = make_holder(net.seat("0101"))
    make_holder(net.seat("0102"), email="")
    version = make_charter()
    assert services.ask_to_agree(version_id=version.pk, now=now()) == 1
    assert services.ask_to_agree(version_id=version.pk, now=now()) == 0
    message = Message.objects.get(purpose="relays.charter_adopted")
    assert message.person_id == holder.pk
    assert "/relays/charter/" in LETTERS["relays.charter_adopted"](message).plain()
    agree(holder, version)
    with pytest.raises(LookupError):
        LETTERS["relays.charter_adopted"](message)
    term.refresh_from_db()
    assert term.ends_at is None


def test_a_reminder_reaches_whom_one_organises_once_a_week(net: SmallNetwork):
    by = net.organiser("department", "01", name="Inès Prat")
    _term, here = make_holder(net.seat("0101"))
    make_holder(net.seat("0201"))
    version = make_charter()
    with pytest.raises(Conflict) as refused:
        services.remind_holders(by=by, expected=2, now=now())
    assert (refused.value.code, refused.value.extra["number"]) == ("number_differs", 1)
    assert services.remind_holders(by=by, expected=1, now=now()) == 1
    assert services.remind_holders(by=by, expected=0, now=now()) == 0
    assert services.remind_holders(by=by, expected=1, now=now() + REMIND_AGAIN) == 1
    assert CharterRequest.objects.filter(person=here, version=version).count() == 2
    agree(here, version)
    assert services.remind_holders(by=by, expected=0, now=now() + 3 * REMIND_AGAIN) == 0


def test_an_applicant_is_sent_the_charter_once_a_day(net: SmallNetwork):
    by = net.organiser()
    application = make_application(net.seat("0101"))
    with pytest.raises(Conflict) as refused:
        services.send_charter(application_id=application.pk, by=by, now=now())
    assert refused.value.code == "no_charter"
    make_charter()
    services.send_charter(application_id=application.pk, by=by, now=now())
    with pytest.raises(Conflict) as refused:
        services.send_charter(application_id=application.pk, by=by, now=now() + timedelta(hours=23))
    assert refused.value.code == "charter_sent"
    services.send_charter(application_id=application.pk, by=by, now=now() + timedelta(hours=25))
    assert Message.objects.filter(purpose="relays.charter_sent", person=application.person).count() == 2


def test_who_has_no_address_signs_a_paper(net: SmallNetwork):
    by = net.organiser()
    person = make_person(phone="+33612345678", area=net.seat("0101").area)
    application = make_application(net.seat("0101"), person=person)
    make_charter()
    with pytest.raises(Conflict) as refused:
        services.send_charter(application_id=application.pk, by=by, now=now())
    assert refused.value.code == "no_address"
    agreement = services.note_paper(application_id=application.pk, paper_number="C-7", by=by, now=now())
    assert (agreement.paper_number, agreement.noted_by) == ("C-7", by)
    assert services.approve_application(application_id=application.pk, by=by, now=now())


def test_being_forgotten_takes_the_requests_along(net: SmallNetwork):
    _term, holder = make_holder(net.seat("0101"))
    version = make_charter()
    services.ask_to_agree(version_id=version.pk, now=now())
    agree(holder, version)
    people.erase_person(person_id=holder.pk, now=now())
    assert not CharterRequest.objects.exists()
    assert Agreement.objects.get().person_id == holder.pk


def test_the_organiser_reads_what_is_missing_before_they_approve(net: SmallNetwork, client: Client):
    by = net.organiser("department", "01", name="Inès Prat")
    application = make_application(net.seat("0101"))
    make_charter()
    sign_in(client, by)
    path = f"/api/v1/relays/applications/{application.pk}/"
    ready = client.get(f"{path}readiness/").json()
    assert (ready["is_ready"], ready["charter"]["number"], ready["charter"]["agreed_at"]) == (False, 1, None)
    assert ready["abilities"] == {"send_charter": True, "note_paper": True, "qualify": True}
    refused = client.post(f"{path}approve/", {}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "charter_missing")
    assert client.post(f"{path}charter/send/").json()["charter"]["sent_at"]
    noted = client.post(f"{path}charter/paper/", {"paper_number": "C-9"}, content_type="application/json").json()
    assert (noted["is_ready"], noted["charter"]["paper_number"]) == (True, "C-9")
    assert client.post(f"{path}approve/", {}, content_type="application/json").status_code == 200


def test_the_list_of_who_has_not_agreed_is_ones_own_places_and_logged(net: SmallNetwork, client: Client, django_assert_max_num_queries):
    _term, here = make_holder(net.seat("0101"))
    _term, elsewhere = make_holder(net.seat("0201"), given_name="Yann", family_name="Ailleurs")
    make_charter()
    sign_in(client, net.organiser("department", "01", name="Inès Prat"))
    with django_assert_max_num_queries(16):
        missing = client.get("/api/v1/relays/charter/missing/").json()
    assert [item["name"] for item in missing["items"]] == ["Camille Vernoux"]
    assert (missing["number"], missing["is_past"], missing["to_remind"]) == (1, False, 1)
    assert Access.objects.get(reading="relays.charter").person_ids == [here.pk]
    assert elsewhere.pk not in Access.objects.get(reading="relays.charter").person_ids


def test_who_holds_a_seat_signs_the_next_charter_on_paper(net: SmallNetwork, client: Client):
    term, holder = make_holder(net.seat("0101"))
    make_holder(net.seat("0102"), given_name="Yann")
    make_charter()
    by = net.organiser("department", "01", name="Inès Prat")
    path = f"/api/v1/relays/terms/{term.pk}/charter/paper/"

    def sign(number: str):
        return client.post(path, {"paper_number": number}, content_type="application/json")

    assert sign("C-9").status_code == 403
    sign_in(client, holder.user)
    assert sign("C-9").status_code == 403, "nobody signs for themself on paper: the screen takes their yes"
    sign_in(client, by)
    assert list(sign(" ").json()["fields"]) == ["paper_number"]
    left = sign("C-9").json()
    assert [item["name"] for item in left["items"]] == ["Yann Vernoux"]
    agreement = Agreement.objects.get()
    assert (agreement.person_id, agreement.source, agreement.paper_number, agreement.noted_by) == (holder.pk, "paper", "C-9", by)
    assert sign("C-10").status_code == 200, "who has agreed stays as they are"
    assert Agreement.objects.get().paper_number == "C-9"
    Term.objects.filter(pk=term.pk).update(ends_at=now())
    assert sign("C-11").json()["code"] == "term_ended"


def test_who_organises_and_holds_the_seat_agrees_on_their_own_page(net: SmallNetwork, client: Client):
    term, holder = make_holder(net.seat("0101"))
    assert holder.user
    make_charter()
    accounts.grant_role(user=holder.user, role=Role.ORGANISER, area=net.country.area("01", "department"), origin="desk", now=now())
    sign_in(client, holder.user)
    refused = client.post(f"/api/v1/relays/terms/{term.pk}/charter/paper/", {"paper_number": "C-9"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"], Agreement.objects.exists()) == (403, "own_charter", False)


def require(net: SmallNetwork) -> str:
    return services.require_qualification(network_id=net.network.pk, names={"fr": "Premiers pas"}, by=net.organiser(), now=now()).code


def test_what_a_stand_in_lacks_is_written_down_and_the_seat_passes_to_them(net: SmallNetwork, client: Client):
    by = net.organiser("department", "01", name="Inès Prat")
    term, holder = make_holder(net.seat("0101"))
    standing_in, ada = make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Ada")
    code = require(net)
    found = services.begin_hand_over(term_id=term.pk, ends_on=house_day(3), successor_id=ada.pk, by=holder.user, now=now())
    sign_in(client, by)
    (waiting,) = client.get("/api/v1/relays/hand-overs/").json()["items"]
    (shown,) = waiting["successors"]
    assert (shown["term"], shown["application"]) == (str(standing_in.pk), None)

    def complete():
        done = {"successor": str(ada.pk)}
        return client.post(f"/api/v1/relays/hand-overs/{found.pk}/complete/", done, content_type="application/json")

    assert complete().json()["code"] == "qualification_missing"
    path = f"/api/v1/relays/terms/{shown['term']}/"
    ready = client.get(f"{path}readiness/").json()
    assert (ready["is_ready"], ready["charter"], [each["id"] for each in ready["qualifications"]]) == (False, None, [None])
    assert ready["abilities"] == {"send_charter": False, "note_paper": False, "qualify": True}
    learnt = client.post(f"{path}qualifications/", {"code": code}, content_type="application/json").json()
    assert learnt["is_ready"]
    undone = client.delete(f"{path}qualifications/{learnt['qualifications'][0]['id']}/").json()
    assert not undone["is_ready"]
    until = {"code": code, "ends_on": house_day(30)}
    assert client.post(f"{path}qualifications/", until, content_type="application/json").json()["is_ready"]
    assert complete().status_code == 200
    assert Term.objects.get(seat=term.seat, ends_at__isnull=True).person_id == ada.pk
    assert ada.pk in {id for access in Access.objects.filter(reading="relays.charter") for id in access.person_ids}


def test_what_a_neighbour_lacks_who_agreed_to_stand_in_is_written_down_where_they_are_relay(net: SmallNetwork, client: Client):
    make_next_door(net, "0101", "0102")
    by = net.organiser("department", "01", name="Inès Prat")
    beside, neighbour = make_holder(net.seat("0102"))
    code = require(net)
    vacant = net.seat("0101")
    (ask,) = services.ask_people(seat_id=vacant.pk, person_ids=[neighbour.pk], kind=AskKind.STAND_IN, by=by, now=now()).asks
    services.send_ask(ask_id=ask.pk, now=now())
    services.answer_ask(ask_id=ask.pk, answer=Answer.YES, now=now())
    sign_in(client, by)
    assert client.post(f"/api/v1/relays/asks/{ask.pk}/confirm/").json()["code"] == "qualification_missing"
    (shown,) = client.get(f"/api/v1/relays/filling/{vacant.pk}/").json()["asks"]
    assert shown["term"] == str(beside.pk)
    path = f"/api/v1/relays/terms/{beside.pk}/qualifications/"
    assert client.post(path, {"code": code}, content_type="application/json").status_code == 200
    assert client.post(f"/api/v1/relays/asks/{ask.pk}/confirm/").status_code == 200
    assert Term.objects.get(seat=vacant).person_id == neighbour.pk


def test_only_another_organiser_of_the_place_writes_down_what_a_holder_has_learnt(net: SmallNetwork, client: Client):
    term, holder = make_holder(net.seat("0101"))
    assert holder.user
    code = require(net)
    path = f"/api/v1/relays/terms/{term.pk}/"

    def write(code: str = code):
        return client.post(f"{path}qualifications/", {"code": code}, content_type="application/json")

    sign_in(client, holder.user)
    own = client.get(f"{path}readiness/").json()
    assert (own["is_ready"], own["abilities"]["qualify"], write().status_code) == (False, False, 403)
    accounts.grant_role(user=holder.user, role=Role.ORGANISER, area=net.country.area("01", "department"), origin="desk", now=now())
    assert (write().status_code, write().json()["code"]) == (403, "own_qualification")
    sign_in(client, net.organiser("department", "02", name="Hugo Lamy"))
    assert (client.get(f"{path}readiness/").status_code, write().status_code) == (404, 404)
    sign_in(client, net.organiser("department", "01", name="Inès Prat"))
    assert write("juggling").json()["code"] == "not_required"
    Term.objects.filter(pk=term.pk).update(ends_at=now())
    assert write().json()["code"] == "term_ended"
    assert not client.get(f"{path}readiness/").json()["abilities"]["qualify"]
