"""Joining a place without holding its seat: nobody is thanked, counted or written to before one POST from the mail."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import AREA_NEWS, RELAY_CONTACT, Channel
from maillage.people.models import Consent, Person
from maillage.people.selectors import export_of, may_contact
from maillage.relays import services
from maillage.relays.domain import CONFIRM_WITHIN, TermKind
from maillage.relays.domain.filling import SEAT_ASKING
from maillage.relays.domain.joining import JOIN_LINK, JOIN_SOURCE
from maillage.relays.models import Application, Joining
from maillage.relays.selectors.volunteers import nearest_volunteers
from maillage.territories.selectors.areas import localities_of
from tests.backend.accounts.factories import sign_in
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network
from tests.backend.relays.test_letters import letter_of
from tests.backend.relays.test_races import at_once

FORM = "/en/relays/join/0101/"
PEOPLE = "/api/v1/people/"


def typed(**changes: str) -> dict[str, str]:
    """What a visitor types into the form, who wants to be greeted and to read the news."""
    said = {
        "given_name": "Claire",
        "family_name": "",
        "email": "claire@people.example",
        "phone": "",
        "locality": "",
        "agrees_to_contact": "relay_contact.1",
        "agrees_to_news": "area_news.1",
        "is_of_age": "yes",
        "idempotency_key": str(uuid4()),
    }
    return {**said, **changes}


def confirm_page(joining: Joining, *, ends_in: timedelta = timedelta(days=7)) -> str:
    point = joining.person.contact_points.get(channel=Channel.EMAIL)
    return f"/en/relays/join/confirm/{sign_link(JOIN_LINK, ids=[joining.pk, point.pk], ends_at=now() + ends_in)}/"


def agreed(person: Person, channel: Channel = Channel.EMAIL) -> set[str]:
    purposes = (RELAY_CONTACT.purpose, AREA_NEWS.purpose, SEAT_ASKING.purpose)
    return {purpose for purpose in purposes if may_contact(person_id=person.pk, purpose=purpose, channel=channel)}


def join(client: Client, **changes: str) -> Joining:
    """Somebody typed the form."""
    assert client.post(FORM, typed(**changes)).status_code == 303
    return Joining.objects.latest("created_at")


def joined(client: Client, **changes: str) -> Joining:
    """Somebody typed the form, and confirmed it."""
    joining = join(client, **changes)
    assert client.post(confirm_page(joining), {"was": "me"}).status_code == 302
    joining.refresh_from_db()
    return joining


def signed_in(person: Person) -> Client:
    """The browser of somebody who signs in."""
    assert person.user
    browser = Client()
    sign_in(browser, person.user)
    return browser


@pytest.mark.parametrize("state", ["vacant", "filled", "stand_in"])
def test_each_place_page_leads_to_the_form(client: Client, net: SmallNetwork, state: str) -> None:
    if state != "vacant":
        make_holder(net.seat("0101"), kind=TermKind.RELAY if state == "filled" else TermKind.STAND_IN)
    assert f'href="{FORM}"' in client.get("/en/places/0101/").text
    page = client.get(FORM).text
    assert page.count('type="checkbox"') == 4
    assert "checked" not in page
    assert "Who will see what about you" in page
    assert 'content="noindex"' in page
    assert ('href="/en/relays/apply/0101/"' in page) is (state != "filled")


def test_nobody_is_known_written_to_or_counted_before_one_post(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    answer = client.post(FORM, typed())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/relays/join/0101/sent/")
    assert "claire" not in client.get(answer.headers["Location"]).text.lower()
    joining = Joining.objects.get()
    (mail,) = Message.objects.filter(person=joining.person)
    text = letter_of(mail).plain()
    assert mail.purpose == "relays.confirm_joining"
    assert "perhaps you" in text
    assert "Claire" not in text
    page = client.get(confirm_page(joining)).text
    assert "Was it you who wants to take part here?" in page
    assert "Claire" not in page
    assert not Consent.objects.filter(person_id=joining.person_id).exists()
    assert signed_in(relay).get(f"{PEOPLE}count/").json()["count"] == 0
    client.post(confirm_page(joining), {"was": "me"})
    assert signed_in(relay).get(f"{PEOPLE}count/").json()["count"] == 1


def test_confirming_says_what_comes_next_and_the_relay_sees_somebody_to_greet(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    joining = join(client, phone="06 12 34 56 78")
    page = client.post(confirm_page(joining), {"was": "me"}, follow=True).text
    assert "You take part. Thank you." in page
    assert "The relay of your place sees that you are new, and may greet you." in page
    assert page.count("<li><div><h3>") == 3
    assert 'href="/en/relays/write/0101/"' in page
    assert agreed(joining.person) == {RELAY_CONTACT.purpose, AREA_NEWS.purpose}
    assert agreed(joining.person, Channel.PHONE) == {RELAY_CONTACT.purpose}
    mail = Message.objects.get(purpose="relays.joined", person=joining.person)
    assert "sees that you are new, and may greet you." in letter_of(mail).plain()
    text = letter_of(mail).plain()
    assert "my initial, my commune" in text, "what was agreed to, word for word"
    assert "/mail/choices/" in text
    (line,) = signed_in(relay).get(PEOPLE, {"is_new": "1"}).json()["items"]
    assert (line["given_name"], line["family_name"]) == ("Claire", None)
    assert {contact["channel"] for contact in line["contacts"]} == {"email", "phone"}
    elsewhere = make_holder(net.seat("0102"), email="elsewhere@people.example")[1]
    assert signed_in(elsewhere).get(PEOPLE).json()["items"] == []


def test_who_agrees_to_news_alone_is_not_shown_to_the_relay(client: Client, net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"))
    joining = joined(client, agrees_to_contact="")
    assert agreed(joining.person) == {AREA_NEWS.purpose}
    assert signed_in(relay).get(PEOPLE).json()["items"] == []
    assert "sees nothing of you, as you chose" in client.get(confirm_page(joining)).text


def test_who_agrees_to_be_asked_is_near_by_their_commune(client: Client, net: SmallNetwork) -> None:
    commune = localities_of(net.country.area("0101"))[0]
    joining = joined(client, agrees_to_be_asked="relay_ask.1", locality=commune.code)
    assert joining.person.locality == commune
    organiser = net.organiser(name="Nadia Ferhat")
    near, _total = nearest_volunteers(organiser, net.seat("0101"), now=now())
    assert [one.commune for one in near] == [commune.called]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("given_name", " ", "Write your first name"),
        ("email", "claire@", "This does not look like an e-mail address."),
        ("phone", "call me", "This does not look like a telephone number."),
        ("is_of_age", "", "Younger than 15, a parent would have to agree"),
        ("locality", "02001", "Choose a commune of this place, or none."),
    ],
)
def test_an_error_stands_by_its_field_and_keeps_what_was_typed(
    client: Client, net: SmallNetwork, field: str, value: str, sentence: str
) -> None:
    answer = client.post(FORM, typed(**{field: value}))
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "checked" not in answer.text
    assert ("Claire" in answer.text) is (field != "given_name")
    assert not Person.objects.exists()


def test_without_one_agreement_there_is_nothing_to_keep_an_address_for(client: Client, net: SmallNetwork) -> None:
    answer = client.post(FORM, typed(agrees_to_contact="", agrees_to_news=""))
    assert answer.status_code == 400
    assert "Tick at least one" in answer.text


def test_it_was_not_me_erases_what_was_typed_at_once(client: Client, net: SmallNetwork) -> None:
    joining = join(client)
    page = client.post(confirm_page(joining), {"was": "not-me"}, follow=True)
    assert "This request no longer exists." in page.text
    assert not Person.objects.exists()
    assert not Message.objects.filter(purpose="relays.joined").exists()


def test_a_known_address_changes_nothing_and_reads_the_same(client: Client, net: SmallNetwork) -> None:
    known = make_person(given_name="Claire", family_name="", email="claire@people.example", area=net.country.area("0102"))
    stranger = client.post(FORM, typed(email="new@people.example"))
    answer = client.post(FORM, typed(family_name="", phone="0612345678"))
    assert (answer.status_code, answer.headers["Location"], answer.content) == (
        stranger.status_code,
        stranger.headers["Location"],
        stranger.content,
    )
    joining = Joining.objects.latest("created_at")
    assert joining.person == known
    assert agreed(known) == set()
    page = client.post(confirm_page(joining), {"was": "me"}, follow=True).text
    known.refresh_from_db()
    assert known.area == net.country.area("0102"), "where they live is theirs to change"
    assert not known.contact_points.filter(channel=Channel.PHONE).exists()
    assert "You were known here before" in page
    mail = Message.objects.get(purpose="relays.joined", person=known)
    assert "Nous vous connaissions déjà, ici" in letter_of(mail).plain(), "the mail says what the page says, in its reader's language"
    assert RELAY_CONTACT.purpose in agreed(known)


def test_all_that_is_wrong_is_said_at_once(client: Client, net: SmallNetwork) -> None:
    page = client.post(FORM, typed(given_name=" ", email="", phone="12")).text
    for words in ("Write your first name", "This does not look like an e-mail address.", "This does not look like a telephone number."):
        assert words in page
    assert not Person.objects.exists()


def test_what_answers_neither_yes_nor_no_changes_nothing(client: Client, net: SmallNetwork) -> None:
    joining = join(client)
    page = client.post(confirm_page(joining), {"was": "perhaps"}, follow=True).text
    assert "Was it you who wants to take part here?" in page
    joining.refresh_from_db()
    assert joining.confirmed_at is None


def test_the_same_form_sent_twice_joins_once_and_confirming_twice_too(client: Client, net: SmallNetwork) -> None:
    same = typed()
    assert [client.post(FORM, same).status_code for _time in range(2)] == [303, 303]
    joining = Joining.objects.get()
    for _time in range(2):
        assert client.post(confirm_page(joining), {"was": "me"}).status_code == 302
    assert Message.objects.filter(purpose="relays.joined").count() == 1
    assert Consent.objects.filter(source=JOIN_SOURCE).count() == 2


def test_networks_and_addresses_are_limited(client: Client, net: SmallNetwork, settings: Any) -> None:
    for number in range(5):
        assert Client(REMOTE_ADDR=f"203.0.113.{number}").post(FORM, typed()).status_code == 303
    assert Message.objects.filter(purpose="relays.confirm_joining").count() == 3, "of one address, whatever the network"
    apply = {**typed(agrees_to_contact="relay_application.1"), "motivation": ""}
    assert client.post("/en/relays/apply/0101/", apply).status_code == 303
    assert not Application.objects.exists(), "both forms count together"
    settings.PUBLIC_WRITES_AN_HOUR = 1
    elsewhere = Client(REMOTE_ADDR="198.51.100.1")
    assert [elsewhere.post(FORM, typed(email=f"n{number}@people.example")).status_code for number in range(2)] == [303, 429]


def test_what_nobody_confirms_is_forgotten_and_its_link_with_it(client: Client, net: SmallNetwork) -> None:
    page = confirm_page(join(client))
    assert services.forget_joinings(now=now() + CONFIRM_WITHIN - timedelta(hours=1)) == 0
    assert services.forget_joinings(now=now() + CONFIRM_WITHIN + timedelta(hours=1)) == 1
    assert "This request no longer exists." in client.get(page).text
    assert not Person.objects.exists()


def test_it_is_in_ones_file_and_goes_with_the_person(client: Client, net: SmallNetwork) -> None:
    joining = joined(client)
    (mine,) = export_of(joining.person_id, now=now())["relays"]["joined"]
    assert (mine["seat__area__code"], mine["is_of_age"]) == ("0101", True)
    people.erase_person(person_id=joining.person_id, now=now())
    assert not Joining.objects.exists()
    assert "This request no longer exists." in client.get(f"/en/relays/join/confirm/{link(joining)}/").text


def test_a_broken_link_and_a_closed_network(client: Client, net: SmallNetwork) -> None:
    assert client.get("/en/relays/join/confirm/nonsense/").status_code == 404
    assert client.get("/en/relays/join/9999/").status_code == 404
    net.network.closes_at = now() - timedelta(days=1)
    net.network.save()
    assert client.get(FORM).status_code == 404
    assert client.post(FORM, typed()).status_code == 404


def test_the_page_reads_and_sets_no_cookie(client: Client, net: SmallNetwork) -> None:
    assert not client.post(FORM, typed()).cookies
    assert not client.get(FORM).cookies


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_join_once(client: Client) -> None:
    make_network()
    joining = join(client)
    point = joining.person.contact_points.get()
    press = lambda: services.confirm_joining(joining_id=joining.pk, contact_point_id=point.pk, now=now())  # noqa: E731
    outcomes = at_once(press, press)
    assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
    assert Message.objects.filter(purpose="relays.joined").count() == 1
    assert Consent.objects.filter(source=JOIN_SOURCE).count() == 2


def link(joining: Joining) -> str:
    return sign_link(JOIN_LINK, ids=[joining.pk, uuid4()], ends_at=now() + timedelta(days=1))
