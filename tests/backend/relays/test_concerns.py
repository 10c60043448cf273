"""Something is wrong: a named person reads it the same day, nobody else does, and the reporter hears what came of it."""

import os
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden, Invalid
from maillage.kernel.links import sign_link
from maillage.messaging import services as messaging
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import ReasonKind
from maillage.people.models import Access
from maillage.people.selectors import export_of
from maillage.relays import services
from maillage.relays.domain import CONVERSATION_LINK, concern_due
from maillage.relays.models import Concern, SafetyContact
from maillage.relays.services.concern_letters import given_back_letter, taken_up_letter, told_letter
from maillage.relays.services.concerns import give_back_concerns
from maillage.relays.services.erasure import erase_seats
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_conversation, make_holder, make_network
from tests.backend.relays.test_promise_killed import die_after

LIST = "/api/v1/relays/concerns/"
NOON = (now() + timedelta(days=1)).replace(hour=11, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("2026-11-24T08:00:00+01:00", "2026-11-24T23:59:00+01:00"),
        ("2026-11-24T19:59:59+01:00", "2026-11-24T23:59:00+01:00"),
        ("2026-11-24T20:00:00+01:00", "2026-11-25T09:00:00+01:00"),
        ("2026-11-24T23:59:00+01:00", "2026-11-25T09:00:00+01:00"),
        ("2026-11-25T02:00:00+01:00", "2026-11-25T23:59:00+01:00"),
        ("2026-10-24T20:30:00+02:00", "2026-10-25T09:00:00+01:00"),
    ],
)
def test_the_same_day_after_eight_in_the_evening_the_next_morning(told: str, due: str) -> None:
    assert concern_due(datetime.fromisoformat(told), zone="Europe/Paris") == datetime.fromisoformat(due)


def browser_of(user: User | None) -> Client:
    assert user
    browser = Client()
    sign_in(browser, user)
    return browser


def tell(browser: Client, **said: object) -> dict[str, object]:
    answer = browser.post(
        LIST, {"what": "Zzthreat after the meeting", **said}, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def test_only_the_named_person_reads_it_and_only_whoever_took_it_up_after(net: SmallNetwork) -> None:
    first, second = net.organiser("department", "02", name="Awa Ollivier"), net.organiser("department", "03", name="Marc Second")
    above, administrator = net.organiser(name="Nadia Ferhat"), make_granted(Role.ADMINISTRATOR, net.country.country)
    services.name_safety_contacts(emails=[first.email, second.email], by=administrator, now=now())
    _, relay = make_holder(net.seat("0101"))
    member = browser_of(relay.user)
    reader = member.get(f"{LIST}mine/").json()["reader"]
    assert (reader["name"], reader["next_name"]) == ("Awa Ollivier", "Marc Second")
    concern = tell(member, who="Zzwho", happened="On Tuesday")
    for user, seen in ((first, 1), (second, 0), (above, 0), (administrator, 0), (relay.user, 0)):
        answer = browser_of(user).get(LIST)
        assert len(answer.json()["items"]) == seen, user.email
        assert ("Zzthreat" in answer.text) is bool(seen)
    assert [(line.reader_id, line.person_ids) for line in Access.objects.filter(reading="relays.concerns")] == [(first.pk, [relay.pk])]
    (mail,) = Message.objects.filter(purpose="relays.concern_told")
    assert mail.person == first.person
    assert "Zz" not in told_letter(mail).subject + told_letter(mail).plain()
    assert browser_of(second).post(f"{LIST}{concern['id']}/take-up/").status_code == 404
    taker = browser_of(first)
    assert taker.post(f"{LIST}{concern['id']}/close/", {"outcome": "x"}, content_type="application/json").status_code == 403
    assert taker.post(f"{LIST}{concern['id']}/take-up/").status_code == 200
    assert member.get(f"{LIST}mine/").json()["items"][0]["taken_by"] == "Awa Ollivier"
    assert taker.post(f"{LIST}{concern['id']}/close/", {"outcome": "We spoke."}, content_type="application/json").status_code == 200
    assert member.get(f"{LIST}mine/").json()["items"][0]["outcome"] == "We spoke."
    told = set(Message.objects.filter(person=relay, purpose__startswith="relays.concern").values_list("purpose", flat=True))
    assert told == {"relays.concern_taken_up", "relays.concern_closed"}
    assert "Zz" not in str(list(Entry.objects.values_list()))


def test_it_climbs_to_the_second_then_to_the_administrators(net: SmallNetwork) -> None:
    first, second = net.organiser("department", "02", name="Awa Ollivier"), net.organiser("department", "03", name="Marc Second")
    administrator = make_granted(Role.ADMINISTRATOR, net.country.country)
    services.name_safety_contacts(emails=[first.email, second.email], by=administrator, now=NOON)
    _, relay = make_holder(net.seat("0101"), at=NOON - timedelta(days=3))
    concern = services.tell_concern(what="Threats", reporter=relay, now=NOON)
    assert services.climb_concerns(now=concern.due_at - timedelta(seconds=1)) == 0
    assert services.climb_concerns(now=concern.due_at) == 1
    assert services.climb_concerns(now=concern.due_at) == 0
    concern.refresh_from_db()
    assert concern.rung == 2
    assert concern.due_at - NOON > timedelta(hours=12)
    assert services.climb_concerns(now=concern.due_at) == 1
    concern.refresh_from_db()
    assert concern.rung == 3
    assert services.climb_concerns(now=concern.due_at + timedelta(days=3)) == 0, "nobody stands above the administrators"
    assert Message.objects.filter(purpose="relays.concern_told").count() == 3
    for user in (first, second, administrator):
        assert len(browser_of(user).get(LIST).json()["items"]) == 1, "it came to them and nobody has it"
    services.take_up_concern(concern_id=concern.pk, by=second, now=now())
    assert [len(browser_of(user).get(LIST).json()["items"]) for user in (first, second, administrator)] == [0, 1, 0]
    with pytest.raises(Conflict):
        services.take_up_concern(concern_id=concern.pk, by=first, now=now())
    with pytest.raises(Forbidden):
        services.close_concern(concern_id=concern.pk, outcome="x", by=first, now=now())


def test_it_goes_past_the_first_where_it_concerns_them(net: SmallNetwork) -> None:
    first, second = net.organiser("department", "02", name="Awa Ollivier"), net.organiser("department", "03", name="Marc Second")
    services.name_safety_contacts(emails=[first.email, second.email], by=first, now=now())
    _, relay = make_holder(net.seat("0101"))
    tell(browser_of(relay.user), about=str(first.pk), reader=str(second.pk))
    assert [len(browser_of(user).get(LIST).json()["items"]) for user in (first, second)] == [0, 1]
    services.climb_concerns(now=now() + timedelta(days=3))
    assert len(browser_of(first).get(LIST).json()["items"]) == 0


def test_whoever_tells_is_asked_again_where_somebody_else_reads_it_than_they_read(net: SmallNetwork) -> None:
    first, second = net.organiser("department", "02", name="Awa Ollivier"), net.organiser("department", "03", name="Marc Second")
    services.name_safety_contacts(emails=[first.email], by=first, now=now())
    _, relay = make_holder(net.seat("0101"))
    member = browser_of(relay.user)
    read = member.get(f"{LIST}mine/").json()["reader"]
    assert read["id"] == str(first.pk)
    services.name_safety_contacts(emails=[second.email, first.email], by=first, now=now())
    said = {"what": "Zzthreat", "reader": read["id"]}
    refused = member.post(LIST, said, content_type="application/json", headers={"Idempotency-Key": str(uuid4())})
    assert (refused.status_code, refused.json()["code"]) == (409, "reader_changed")
    assert not Concern.objects.exists()
    tell(member, about=read["id"], reader=member.get(f"{LIST}mine/").json()["reader"]["id"])
    services.climb_concerns(now=now() + timedelta(days=3))
    assert [len(browser_of(user).get(LIST).json()["items"]) for user in (first, second)] == [0, 1], "it is about who was the first then"


def test_whoever_wrote_to_a_seat_is_asked_again_too_and_passes_over_whom_it_concerns(client: Client, net: SmallNetwork) -> None:
    first, second = net.organiser("department", "02", name="Awa Ollivier"), net.organiser("department", "03", name="Marc Second")
    services.name_safety_contacts(emails=[first.email], by=first, now=now())
    _, relay = make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"), answer="Come alone.", by=relay.user)
    page = f"/en/relays/conversation/{sign_link(CONVERSATION_LINK, ids=[conversation.pk], ends_at=now() + timedelta(days=1))}/wrong/"
    assert f'name="reader" value="{first.pk}"' in client.get(page).text
    services.name_safety_contacts(emails=[second.email, first.email], by=first, now=now())
    form = {"what": "Zzthreat", "reader": str(first.pk), "idempotency_key": str(uuid4())}
    answer = client.post(page, form)
    assert answer.status_code == 409
    assert [words in answer.text for words in ("Somebody else reads it now", "Marc Second reads it before", "Zzthreat")] == [True] * 3
    assert client.post(page, {**form, "reader": str(second.pk)}).status_code == 302
    concern = services.tell_concern(what="Threats", conversation=conversation, about=second.pk, now=now())
    assert relay.user
    assert concern.passed_over == [relay.user.pk, second.pk]


def test_who_administers_reads_it_where_the_named_person_is_passed_over_and_that_is_said(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"), answer="Come alone.", by=relay.user)
    page = f"/en/relays/conversation/{sign_link(CONVERSATION_LINK, ids=[conversation.pk], ends_at=now() + timedelta(days=1))}/wrong/"
    administrator = make_granted(Role.ADMINISTRATOR, net.country.country)
    assert "the organisation has named nobody for this yet" in client.get(page).text
    assert relay.user
    relay.user.grants.create(role=Role.ORGANISER, area=net.country.country, starts_at=now() - timedelta(days=1), origin="appointed:tests")
    services.name_safety_contacts(emails=[relay.user.email], by=administrator, now=now())
    shown = client.get(page).text
    assert "An administrator reads it before" in shown
    assert "named nobody" not in shown


def test_the_operators_are_told_where_nobody_may_read_it_any_more(net: SmallNetwork, caplog: pytest.LogCaptureFixture) -> None:
    named = net.organiser("department", "02", name="Awa Ollivier")
    administrator = make_granted(Role.ADMINISTRATOR, net.country.country, email="other@desk.example")
    services.name_safety_contacts(emails=[named.email], by=named, now=now() - timedelta(minutes=1))
    _, relay = make_holder(net.seat("0101"))
    concern = services.tell_concern(what="Zzthreat", reporter=relay, about=named.pk, now=now())
    assert (concern.rung, services.find_unread_concerns(now=now())) == (3, 0)
    administrator.grants.update(ends_at=now() - timedelta(seconds=1))
    assert services.find_unread_concerns(now=now()) == 1
    assert [str(concern.pk) in line for line in caplog.messages] == [True]
    assert Entry.objects.filter(name="concern.stranded", subject_id=str(concern.pk)).count() == 1
    services.tell_concern(what="Threats", reporter=relay, now=now())
    named.grants.update(ends_at=now() - timedelta(seconds=1))
    services.climb_concerns(now=now() + timedelta(days=3))
    assert Entry.objects.filter(name="concern.stranded").count() == 2, "nor is what climbs to nobody lost"
    assert "Zz" not in caplog.text


def test_the_data_protection_officer_reads_no_word_of_it(net: SmallNetwork) -> None:
    make_granted(Role.ADMINISTRATOR, net.country.country)
    _, relay = make_holder(net.seat("0101"))
    services.tell_concern(what="Zzthreat", reporter=relay, now=now())
    officer = make_granted(Role.DATA_PROTECTION_OFFICER, net.country.country, email="officer@desk.example")
    reason = people.give_reason(reader=officer, kind=ReasonKind.OFFICER, words="They asked us to look.", now=now())
    people.narrow_reason(reason_id=reason.pk, reader=officer, person_id=relay.pk, now=now())
    file = browser_of(officer).get(f"/api/v1/people/reasons/{reason.pk}/file/")
    assert (file.status_code, file.json()["left_out"]) == (200, ["relays.concerns"])
    assert "Zzthreat" not in file.text
    assert "terms" in file.json()["relays"]
    assert "Zzthreat" in browser_of(relay.user).get("/api/v1/people/me/export/").text, "they take it away themself"


def test_what_concerns_an_administrator_who_is_named_never_reaches_them(net: SmallNetwork) -> None:
    named = make_granted(Role.ADMINISTRATOR, net.country.country, email="named@desk.example")
    services.name_safety_contacts(emails=[named.email], names=["Ada Noir"], by=named, now=now())
    _, relay = make_holder(net.seat("0101"))
    member = browser_of(relay.user)
    reader = member.get(f"{LIST}mine/").json()["reader"]
    assert (reader["name"], reader["has_next"]) == ("Ada Noir", False)
    body = {"what": "x", "about": reader["id"], "reader": reader["next_id"]}
    refused = member.post(LIST, body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["about"])
    other = make_granted(Role.ADMINISTRATOR, net.country.country, email="other@desk.example")
    assert member.get(f"{LIST}mine/").json()["reader"]["has_next"] is True
    tell(member, about=str(named.pk), reader="")
    assert [len(browser_of(user).get(LIST).json()["items"]) for user in (named, other)] == [0, 1]
    assert list(Message.objects.filter(purpose="relays.concern_told").values_list("address", flat=True)) == ["other@desk.example"]
    erase_seats(make_person(user=named).pk, now())
    assert Concern.objects.get().passed_over == []


def test_where_nobody_is_named_the_administrators_read_it_and_that_is_said(net: SmallNetwork) -> None:
    administrator = make_granted(Role.ADMINISTRATOR, net.country.country, email="admin@desk.example")
    _, relay = make_holder(net.seat("0101"))
    member = browser_of(relay.user)
    assert member.get(f"{LIST}mine/").json()["reader"]["name"] == ""
    tell(member)
    assert len(browser_of(administrator).get(LIST).json()["items"]) == 1
    assert Message.objects.filter(purpose="relays.concern_told", address="admin@desk.example").count() == 1


def test_a_named_person_whose_role_ended_is_named_no_more(net: SmallNetwork) -> None:
    first = net.organiser("department", "02", name="Awa Ollivier")
    services.name_safety_contacts(emails=[first.email], by=first, now=now() - timedelta(minutes=1))
    _, relay = make_holder(net.seat("0101"))
    first.grants.update(ends_at=now() - timedelta(seconds=1))
    assert browser_of(relay.user).get(f"{LIST}mine/").json()["reader"]["name"] == ""


def test_who_may_be_named(net: SmallNetwork) -> None:
    administrator = make_granted(Role.ADMINISTRATOR, net.country.country)
    organiser, _ = net.organiser(name="Nadia Ferhat"), make_granted(Role.MODERATOR, net.country.country, email="nameless@desk.example")
    _, relay = make_holder(net.seat("0101"))
    browser = browser_of(administrator)
    for emails, field in (
        ([relay.user.email], "first"),
        (["nobody@people.example"], "first"),
        (["nameless@desk.example"], "first_called"),
        ([organiser.email, organiser.email], "second"),
    ):
        answer = browser.put("/api/v1/relays/safety-contacts/", {"emails": emails}, content_type="application/json")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    answer = browser.put("/api/v1/relays/safety-contacts/", {"emails": [organiser.email]}, content_type="application/json")
    assert answer.json()["items"] == [{"position": 1, "name": "Nadia Ferhat", "email": organiser.email}]
    assert Message.objects.filter(purpose="relays.safety_contact", person=organiser.person).count() == 1
    themself = {"emails": [administrator.email, "nameless@desk.example"], "names": ["Ada Noir", " Lou Blanc "]}
    answer = browser.put("/api/v1/relays/safety-contacts/", themself, content_type="application/json")
    assert [each["name"] for each in answer.json()["items"]] == ["Ada Noir", "Lou Blanc"]
    assert browser_of(relay.user).get(f"{LIST}mine/").json()["reader"]["name"] == "Ada Noir"
    for names in (["x" * 201, "Lou"], ["", "Lou"]):
        answer = browser.put("/api/v1/relays/safety-contacts/", {**themself, "names": names}, content_type="application/json")
        assert answer.status_code == 400
    assert browser.put("/api/v1/relays/safety-contacts/", {"emails": []}, content_type="application/json").json()["items"] == []
    assert not SafetyContact.objects.exists()


def test_whoever_wrote_to_a_seat_tells_it_from_their_link_and_reads_the_name(client: Client, net: SmallNetwork) -> None:
    first = net.organiser("department", "02", name="Awa Ollivier")
    services.name_safety_contacts(emails=[first.email], by=first, now=now())
    _, relay = make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"), answer="Come alone.", by=relay.user)
    page = f"/en/relays/conversation/{sign_link(CONVERSATION_LINK, ids=[conversation.pk], ends_at=now() + timedelta(days=1))}/wrong/"
    assert "Awa Ollivier reads it before" in client.get(page).text
    assert client.post(page, {"what": ""}).status_code == 400
    form = {"what": "Zzthreat", "idempotency_key": str(uuid4())}
    assert client.post(page, form).status_code == client.post(page, form).status_code == 302
    assert "You have told us. Thank you." in client.get(page).text
    concern = Concern.objects.get()
    assert "Come alone." in concern.quoted
    (item,) = browser_of(first).get(LIST).json()["items"]
    assert (item["reporter"], item["from_writer"]) == ("Lou", True)
    services.take_up_concern(concern_id=concern.pk, by=first, now=now())
    services.forget_conversation(conversation_id=conversation.pk, now=now())
    services.close_concern(concern_id=concern.pk, outcome="Done.", by=first, now=now())
    assert Message.objects.filter(purpose="relays.concern_taken_up", address="lou@visitors.example").count() == 1
    assert not Message.objects.filter(purpose="relays.concern_closed").exists(), "nobody knows any more where to write"


def test_a_relay_reports_what_was_written_to_them_and_nobody_elses(net: SmallNetwork) -> None:
    make_granted(Role.ADMINISTRATOR, net.country.country)
    _, relay = make_holder(net.seat("0101"))
    _, other = make_holder(net.seat("0201"), email="other@people.example")
    conversation = make_conversation(net.seat("0101"), words="Zzinsult")
    tell(browser_of(relay.user), conversation=str(conversation.pk))
    assert "Zzinsult" in Concern.objects.get().quoted
    body = {"what": "x", "conversation": str(conversation.pk)}
    assert browser_of(other.user).post(LIST, body, content_type="application/json").status_code == 404


def test_it_goes_with_who_told_it_and_a_year_after_its_outcome(net: SmallNetwork) -> None:
    first = net.organiser("department", "02", name="Awa Ollivier")
    services.name_safety_contacts(emails=[first.email], by=first, now=now())
    _, relay = make_holder(net.seat("0101"))
    for number in range(2):
        concern = services.tell_concern(what=f"Zzthreat {number}", reporter=relay, now=now())
    services.take_up_concern(concern_id=concern.pk, by=first, now=now())
    services.close_concern(concern_id=concern.pk, outcome="Done.", by=first, now=now())
    assert services.forget_concerns(now=now() + timedelta(days=364)) == 0
    assert services.forget_concerns(now=now() + timedelta(days=366)) == 1
    assert "Zzthreat 0" in str(export_of(relay.pk, now=now())["relays"])
    people.erase_person(person_id=relay.pk, now=now())
    assert not Concern.objects.exists()


def test_what_somebody_took_up_and_left_open_waits_for_the_next_when_they_are_erased(net: SmallNetwork) -> None:
    first, second = net.organiser("department", "02", name="Awa Ollivier"), net.organiser("department", "03", name="Marc Second")
    services.name_safety_contacts(emails=[first.email, second.email], by=first, now=now())
    _, relay = make_holder(net.seat("0101"))
    left, done = (tell(browser_of(relay.user), what=what)["id"] for what in ("Zzleft open", "Zzdone"))
    for id in (left, done):
        services.take_up_concern(concern_id=id, by=first, now=now())
    services.close_concern(concern_id=done, outcome="They spoke.", by=first, now=now())
    erase_seats(first.person.pk, now())
    assert services.climb_concerns(now=now()) == 1
    found = Concern.objects.get(pk=left)
    assert (found.taken_by, found.taken_at, found.rung) == (None, None, 2)
    assert Message.objects.filter(purpose="relays.concern_given_back", person=second.person).count() == 1
    assert [item["id"] for item in browser_of(second).get(LIST).json()["items"]] == [left]
    assert Concern.objects.get(pk=done).closed_at


def test_what_is_given_back_at_the_last_rung_is_told_to_all_others_who_may_take_it_up(net: SmallNetwork) -> None:
    named = net.organiser("department", "02", name="Awa Ollivier")
    first, second = (make_granted(Role.ADMINISTRATOR, net.country.country, email=f"{name}@desk.example") for name in ("one", "two"))
    services.name_safety_contacts(emails=[named.email], by=first, now=NOON)
    _, relay = make_holder(net.seat("0101"), at=NOON - timedelta(days=3))
    about = make_granted(Role.ADMINISTRATOR, net.country.country, email="about@desk.example")
    concern = services.tell_concern(what="Zzthreats", reporter=relay, about=about.pk, now=NOON)
    services.climb_concerns(now=concern.due_at)
    late = NOON + timedelta(days=2)
    for turn, taker in enumerate((first, second, first), start=1):
        services.take_up_concern(concern_id=concern.pk, by=taker, now=late)
        at = late + timedelta(hours=turn)
        give_back_concerns(user_id=taker.pk, now=at)
        concern.refresh_from_db()
        assert (concern.taken_by, concern.rung) == (None, 3)
        assert concern.due_at > at, "its hour is reckoned anew"
        told = Message.objects.filter(purpose="relays.concern_given_back", queued_at=at)
        other = second if taker == first else first
        assert {mail.person.user if mail.person else mail.address for mail in told} == {named, other.email}
    mail = Message.objects.filter(purpose="relays.concern_given_back", address=second.email).latest("queued_at")
    text = given_back_letter(mail)
    assert "Zz" not in text.subject + text.plain()
    services.take_up_concern(concern_id=concern.pk, by=second, now=late)
    with pytest.raises(LookupError):
        given_back_letter(mail)


def test_words_are_asked_and_bounded(net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    for said in ({"what": " "}, {"what": "x" * 4001}, {"what": "x", "who": "x" * 201}):
        with pytest.raises(Invalid):
            services.tell_concern(**said, reporter=relay, now=now())


@pytest.mark.django_db(transaction=True)
def test_a_climb_killed_half_way_never_began(transactional_db: None) -> None:
    net = make_network()
    first, second = net.organiser("department", "02", name="Awa Ollivier"), net.organiser("department", "03", name="Marc Second")
    services.name_safety_contacts(emails=[first.email, second.email], by=first, now=NOON)
    _, relay = make_holder(net.seat("0101"), at=NOON - timedelta(days=3))
    concern = services.tell_concern(what="Threats", reporter=relay, now=NOON)
    child = os.fork()
    if not child:
        parents = connection.connection
        connection.connection = None
        die_after(messaging, "queue_messages", calls=1)
        services.climb_concerns(now=concern.due_at)
        os._exit(0 if parents else 1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == 9
    concern.refresh_from_db()
    assert concern.rung == 1
    assert Message.objects.filter(purpose="relays.concern_told").count() == 1
    assert services.climb_concerns(now=concern.due_at) == 1
    assert Message.objects.filter(purpose="relays.concern_told").count() == 2


def test_what_was_given_back_is_told_anew_at_each_rung_until_somebody_takes_it_up(net: SmallNetwork) -> None:
    alone = make_granted(Role.ADMINISTRATOR, net.country.country, email="one@desk.example")
    second = net.organiser("department", "03", name="Marc Second")
    services.name_safety_contacts(emails=[alone.email, second.email], names=["Ada Seule", ""], by=alone, now=NOON)
    _, relay = make_holder(net.seat("0101"), at=NOON - timedelta(days=3))
    concern = services.tell_concern(what="Zzthreats", reporter=relay, now=NOON)
    services.climb_concerns(now=concern.due_at)
    services.take_up_concern(concern_id=concern.pk, by=second, now=concern.due_at)
    again = Message.objects.filter(purpose="relays.concern_given_back", address=alone.email)
    give_back_concerns(user_id=second.pk, now=NOON + timedelta(days=2))
    assert services.climb_concerns(now=NOON + timedelta(days=2)) == 1
    concern.refresh_from_db()
    assert (concern.rung, again.count()) == (3, 1), "they were told of it once, while it stood with them"
    assert "Zz" not in given_back_letter(again.get()).plain()
    services.take_up_concern(concern_id=concern.pk, by=alone, now=NOON + timedelta(days=3))
    concern.refresh_from_db()
    assert concern.given_back_at is None


def test_whoever_told_it_reads_each_time_who_takes_it_up(net: SmallNetwork) -> None:
    first, second = net.organiser("department", "02", name="Awa Ollivier"), net.organiser("department", "03", name="Marc Second")
    services.name_safety_contacts(emails=[first.email, second.email], by=first, now=NOON)
    _, relay = make_holder(net.seat("0101"), at=NOON - timedelta(days=3))
    wrote = make_conversation(net.seat("0101"), at=NOON)
    told = [
        services.tell_concern(what="Zzthreats", reporter=relay, now=NOON),
        services.tell_concern(what="Zzmore", reporter=relay, now=NOON),
        services.tell_concern(what="Zzother", conversation=wrote, now=NOON),
    ]
    for concern in told:
        services.take_up_concern(concern_id=concern.pk, by=first, now=NOON)
    give_back_concerns(user_id=first.pk, now=NOON + timedelta(hours=1))
    mails = Message.objects.filter(purpose="relays.concern_taken_up").order_by("queued_at", "pk")
    for mail in mails.all():
        with pytest.raises(LookupError):
            taken_up_letter(mail)
    for concern in told:
        services.take_up_concern(concern_id=concern.pk, by=second, now=NOON + timedelta(hours=2))
    assert [mail.person for mail in mails.all()] == [relay, relay, None] * 2
    for mail in mails.filter(queued_at__gt=NOON):
        assert "Marc Second" in taken_up_letter(mail).plain()
