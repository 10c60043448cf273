"""Something is wrong with how a place is answered for: anybody tells it from its page, and its relay never reads it."""

import re
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.kernel.links import sign_link
from maillage.messaging import services as messaging
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.models import Access, Person
from maillage.people.selectors import export_of
from maillage.relays import services
from maillage.relays.domain import CONVERSATION_LINK
from maillage.relays.models import Concern
from maillage.relays.selectors.concerns import concerns_read_by
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_conversation, make_holder

PAGE = "/en/relays/wrong/0101/"
SECRET = "Zzinsult at the door"
LOU = "lou@visitors.example"


@pytest.fixture
def awa(net: SmallNetwork) -> User:
    """The person whom the organisation named."""
    awa = net.organiser("department", "02", name="Awa Ollivier")
    services.name_safety_contacts(emails=[awa.email], by=awa, now=now())
    Message.objects.all().delete()
    return awa


def tell(client: Client, **said: str) -> int:
    return client.post(PAGE, {"what": SECRET, "idempotency_key": str(uuid4()), **said}).status_code


def read_by(user: User | None) -> int:
    assert user
    return concerns_read_by(user, now=now()).count()


def deliver() -> list[str]:
    """Send what waits, and say to whom."""
    mail.outbox.clear()
    for message in Message.objects.filter(status="queued"):
        messaging.deliver_message(message_id=message.pk, now=now())
    return sorted(address for sent in mail.outbox for address in sent.to)


def link() -> str:
    """Where the mail to the visitor leads."""
    found = re.search(r"https?://\S+/mail/told/\S+/", str(next(sent for sent in mail.outbox if sent.to == [LOU]).body))
    assert found
    return urlsplit(found.group()).path


def test_anybody_tells_it_without_saying_who_they_are(client: Client, net: SmallNetwork, awa: User) -> None:
    _, relay = make_holder(net.seat("0101"))
    above = net.organiser(name="Nadia Ferhat")
    assert PAGE.removeprefix("/en") in client.get("/en/places/0101/").text
    shown = client.get(PAGE).text
    assert "The person whom the organisation has named for this reads it before" in shown
    assert "never reads it" in shown
    assert "One year after its outcome was told to you." in shown, "the notice of the register"
    assert tell(client, who="Their relay") == 303
    assert SECRET not in client.get(f"{PAGE}told/").text
    concern = Concern.objects.get()
    assert (concern.from_visitor, concern.reporter, concern.answer_to, concern.area) == (True, None, "", net.seat("0101").area)
    assert [read_by(user) for user in (awa, relay.user, above)] == [1, 0, 0]
    browser = Client()
    sign_in(browser, awa)
    (item,) = browser.get("/api/v1/relays/concerns/").json()["items"]
    assert (item["reporter"], item["from_visitor"], item["is_answered"], item["what"]) == ("", True, False, SECRET)
    assert deliver() == [awa.email]
    assert SECRET not in str([sent.body for sent in mail.outbox])
    assert "Zz" not in str(list(Entry.objects.values_list()))
    services.take_up_concern(concern_id=concern.pk, by=awa, now=now())
    services.close_concern(concern_id=concern.pk, outcome="We spoke with them.", by=awa, now=now())
    assert deliver() == [], "nobody can be answered"
    assert not Access.objects.exclude(reading="relays.concerns").exists()


def test_an_address_is_asked_first_and_answered_once_it_said_yes(client: Client, net: SmallNetwork, awa: User) -> None:
    assert tell(client, email=LOU) == 303
    assert deliver() == sorted([awa.email, LOU])
    page = link()
    concern = Concern.objects.get()
    assert read_by(awa) == 1, "it does not wait for the address"
    assert "Was it you" in client.get(page).text
    concern.refresh_from_db()
    assert concern.answer_confirmed_at is None, "opening a link changes nothing"
    assert client.post(page, {"was": "perhaps"}).status_code == 400
    services.take_up_concern(concern_id=concern.pk, by=awa, now=now())
    assert deliver() == [], "an address that nobody proved is not written to again"
    assert client.post(page, {"was": "me"}).status_code == 302
    assert "Awa Ollivier has read it" in client.get(page).text
    services.close_concern(concern_id=concern.pk, outcome="We spoke with them.", by=awa, now=now())
    assert deliver() == [LOU]
    assert "We spoke with them." in client.get(page).text
    assert SECRET not in client.get(page).text
    assert client.post(page, {"was": "not-me"}).status_code == 302
    assert "This address is forgotten." in client.get(page).text
    assert client.post(page, {"was": "me"}).status_code == 200
    concern.refresh_from_db()
    assert concern.answer_to == ""
    browser = Client()
    sign_in(browser, awa)
    assert LOU not in browser.get("/api/v1/relays/concerns/").text


def test_an_address_that_a_stranger_typed_is_asked_thrice_a_day_and_forgotten(client: Client, net: SmallNetwork, awa: User) -> None:
    for _time in range(4):
        tell(client, email=LOU)
    assert deliver().count(LOU) == 3
    assert services.forget_concerns(now=now() + timedelta(days=8)) == 0
    assert set(Concern.objects.values_list("answer_to", flat=True)) == {""}
    assert Concern.objects.count() == 4, "what was told stays"


def test_one_network_tells_five_a_day_and_is_told_so(client: Client, net: SmallNetwork, awa: User) -> None:
    assert [tell(client) for _time in range(5)] == [303] * 5
    refused = client.post(PAGE, {"what": SECRET, "idempotency_key": str(uuid4())})
    assert refused.status_code == 429
    assert "A lot was told from your network today" in refused.text
    assert SECRET in refused.text, "what was typed comes back"
    assert tell(Client(REMOTE_ADDR="203.0.113.9")) == 303
    assert Concern.objects.count() == 6


@pytest.mark.parametrize(
    ("said", "field"),
    [({"what": " "}, "what"), ({"who": "x" * 201}, "who"), ({"email": "nonsense"}, "email"), ({"what": "x" * 4001}, "what")],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    client: Client, net: SmallNetwork, awa: User, said: dict[str, str], field: str
) -> None:
    answer = client.post(PAGE, {"what": SECRET, "happened": "On Tuesday", "idempotency_key": str(uuid4()), **said})
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    assert "On Tuesday" in answer.text
    assert not Concern.objects.exists()


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMINISTRATOR])
def test_it_never_reaches_a_relay_who_is_the_named_person_or_administers(client: Client, net: SmallNetwork, role: Role) -> None:
    _, relay = make_holder(net.seat("0101"))
    assert relay.user
    relay.user.grants.create(role=role, area=net.country.country, starts_at=now() - timedelta(days=1), origin="appointed:tests")
    other = make_granted(Role.ADMINISTRATOR, net.country.country, email="other@desk.example")
    services.name_safety_contacts(emails=[relay.user.email], by=other, now=now())
    make_holder(net.seat("0201"), email="elsewhere@people.example")
    assert relay.full_name not in client.get(PAGE).text
    assert read_above(client, "0101") == read_above(client, "0201"), "no page says which seat the named person holds"
    assert tell(client) == 303
    assert services.climb_concerns(now=now() + timedelta(days=3)) == 0
    assert tell(client, not_the_first="yes") == 303, "whoever is named is passed over already"
    assert [read_by(user) for user in (relay.user, other)] == [0, 2]
    conversation = make_conversation(net.seat("0101"), answer="Come alone.", by=relay.user)
    services.tell_concern(what=SECRET, conversation=conversation, now=now())
    assert [read_by(user) for user in (relay.user, other)] == [0, 3], "nor what whoever wrote to them tells"
    told = Message.objects.filter(purpose="relays.concern_told")
    assert [(message.person_id, message.address) for message in told] == [(None, other.email)] * 3


def read_above(client: Client, code: str) -> str:
    """What the page of a place says around its form, the name and the code of the place left out."""
    shown = client.get(f"/en/relays/wrong/{code}/").text
    said = re.search(r'<p class="lead">.*', shown, re.DOTALL)
    assert said
    return re.sub(r'name="idempotency_key" value="[^"]+"', "", said.group()).replace(code, "")


def test_the_box_is_on_each_page_and_refused_where_nobody_else_could_read_it(client: Client, net: SmallNetwork, awa: User) -> None:
    _, relay = make_holder(net.seat("0101"))
    assert relay.user
    relay.user.grants.create(role=Role.ADMINISTRATOR, area=net.country.country, starts_at=now() - timedelta(days=1), origin="tests")
    assert read_above(client, "0101") == read_above(client, "0201"), "no page says that its relay administers"
    refused = client.post(PAGE, {"what": SECRET, "not_the_first": "yes", "idempotency_key": str(uuid4())})
    assert refused.status_code == 400
    assert "Nobody else can read it yet." in refused.text
    assert 'href="/en/legal/"' in refused.text.split("<main")[1].split("</main>")[0]
    assert not Concern.objects.exists()


def test_where_nobody_else_is_there_it_is_read_before_without_a_name(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    assert relay.user
    relay.user.grants.create(role=Role.ADMINISTRATOR, area=net.country.country, starts_at=now() - timedelta(days=1), origin="tests")
    services.name_safety_contacts(emails=[relay.user.email], by=relay.user, now=now())
    shown = client.get(PAGE).text
    assert relay.full_name not in shown
    assert "Only whoever answers for this place could read it" in shown
    assert "never reads it" not in shown
    assert 'href="/en/legal/"' in shown.split("<main")[1].split("</main>")[0]
    assert "not_the_first" not in shown
    assert tell(client) == 409, "a page that was opened before did not say so"
    assert tell(client, alone="yes", not_the_first="yes") == 400
    assert tell(client, alone="yes") == 303
    assert read_by(relay.user) == 1
    conversation = make_conversation(net.seat("0101"), answer="Come alone.", by=relay.user)
    page = f"/en/relays/conversation/{sign_link(CONVERSATION_LINK, ids=[conversation.pk], ends_at=now() + timedelta(days=1))}/wrong/"
    assert "they answer for this place too" in client.get(page).text
    said = {"what": SECRET, "idempotency_key": str(uuid4())}
    answers = [client.post(page, {**said, "reader": seen}).status_code for seen in (str(relay.user.pk), f"alone:{relay.user.pk}")]
    assert answers == [409, 302]


def test_it_passes_over_whom_it_is_about(client: Client, net: SmallNetwork, awa: User) -> None:
    other = make_granted(Role.ADMINISTRATOR, net.country.country, email="other@desk.example")
    shown = client.get(PAGE).text
    assert "let another person read it" in shown
    assert "Awa" not in shown
    assert tell(client, not_the_first="yes") == 303
    assert [read_by(user) for user in (awa, other)] == [0, 1]


def test_it_goes_with_whose_address_it_is_and_is_in_their_file(client: Client, net: SmallNetwork, awa: User) -> None:
    lou: Person = make_person(email=LOU, area=net.country.area("0101"))
    tell(client, email=LOU)
    assert SECRET not in str(export_of(lou.pk, now=now())["relays"]), "a stranger may have typed it"
    services.confirm_answer(concern_id=Concern.objects.get().pk, is_mine=True, now=now())
    tell(client, email=LOU, what="Typed by somebody")
    assert SECRET in str(export_of(lou.pk, now=now())["relays"])
    people.erase_person(person_id=lou.pk, now=now())
    assert [(concern.what, concern.answer_to) for concern in Concern.objects.all()] == [("Typed by somebody", "")]


def test_a_place_that_is_none_is_not_found(client: Client, net: SmallNetwork) -> None:
    for path in ("/en/relays/wrong/9999/", "/en/relays/wrong/9999/told/", "/en/mail/told/nonsense/"):
        assert client.get(path).status_code == 404
    with pytest.raises(Invalid):
        services.tell_as_visitor(seat_id=net.seat("0101").pk, what="", network="n", language="en", now=now())


def test_the_same_form_sent_twice_tells_it_once(client: Client, net: SmallNetwork, awa: User) -> None:
    form = {"what": SECRET, "idempotency_key": str(uuid4())}
    assert [client.post(PAGE, form).status_code for _time in range(2)] == [303, 303]
    assert Concern.objects.count() == 1
