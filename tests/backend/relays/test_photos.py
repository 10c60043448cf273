"""A relay's photo: by their own choice, drawn anew, and gone at once in every way that it can go."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, Invalid
from maillage.people import selectors as people_selectors
from maillage.people import services as people
from maillage.people.domain import Channel, ConsentAct
from maillage.people.models import Consent, Person
from maillage.relays import services
from maillage.relays.domain import TermKind
from maillage.relays.domain.photos import PHOTO
from maillage.relays.models import RelayPhoto, Term
from tests.backend.accounts.factories import sign_in
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_holder

AGREED = f"/api/v1/relays/photo/?agrees={PHOTO.version}"


def picture(colour: tuple[int, int, int] = (30, 90, 200)) -> bytes:
    body = BytesIO()
    Image.new("RGB", (800, 600), colour).save(body, "JPEG")
    return body.getvalue()


@pytest.fixture
def held(net: SmallNetwork) -> tuple[Term, Person]:
    return make_holder(net.seat("0101"), given_name="Zélie")


@pytest.fixture
def relay(client: Client, held: tuple[Term, Person]) -> Client:
    assert held[1].user is not None
    sign_in(client, held[1].user)
    return client


def shown(client: Client) -> str:
    """Show a photo as a browser does, and return its address."""
    answer = client.put(AGREED, picture(), content_type="image/jpeg")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["photo"])


def acts(person: Person) -> list[str]:
    return list(Consent.objects.filter(person_id=person.pk, purpose=PHOTO.purpose).order_by("pk").values_list("act", flat=True))


def test_it_stands_on_the_page_of_the_seat_for_everybody(relay: Client, held: tuple[Term, Person]) -> None:
    term, person = held
    assert "seat-photo" not in Client().get("/fr/places/0101/").text
    address = shown(relay)
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "public, no-cache")
    assert Image.open(BytesIO(answer.content)).size == (480, 480)
    assert Client().get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    page = Client().get("/fr/places/0101/").text
    assert address in page
    assert "Zélie" not in page  # the first name is a choice of its own
    assert Client().get(f"/api/v1/relays/seats/{term.seat_id}/").json()["holder"]["photo"] == address
    consent = Consent.objects.get(person_id=person.pk, purpose=PHOTO.purpose)
    assert (consent.wording, consent.channel, consent.act) == ("relay_photo.1", Channel.EMAIL, ConsentAct.GIVEN)


def test_nothing_is_shown_without_the_words_that_were_agreed_to(relay: Client) -> None:
    for address in ("/api/v1/relays/photo/", "/api/v1/relays/photo/?agrees=relay_photo.0"):
        answer = relay.put(address, picture(), content_type="image/jpeg")
        assert (answer.status_code, answer.json()["code"]) == (400, "not_agreed")
    assert not RelayPhoto.objects.exists()


def test_a_wrong_file_says_why_and_leaves_the_photo_before(relay: Client) -> None:
    address = shown(relay)
    answer = relay.put(AGREED, b"GIF89a", content_type="image/jpeg")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["photo"])
    assert Client().get(address).status_code == 200


def test_another_photo_takes_its_place(relay: Client, held: tuple[Term, Person]) -> None:
    first, second = shown(relay), shown(relay)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert RelayPhoto.objects.get().person_id == held[1].pk


def test_taken_back_it_is_gone_at_once(relay: Client, held: tuple[Term, Person]) -> None:
    address = shown(relay)
    for _again in range(2):
        assert relay.delete("/api/v1/relays/photo/").json()["photo"] == ""
    gone = Client().get(address)
    assert (gone.status_code, gone["Cache-Control"]) == (404, "no-store")
    assert address not in Client().get("/fr/places/0101/").text
    assert not RelayPhoto.objects.exists()
    assert acts(held[1]) == [ConsentAct.GIVEN, ConsentAct.WITHDRAWN]
    assert Entry.objects.filter(name="photo.taken_back").count() == 1


def test_taken_back_by_a_mail_it_is_gone_too(relay: Client, held: tuple[Term, Person]) -> None:
    address = shown(relay)
    choice = {"person_id": held[1].pk, "purpose": PHOTO.purpose, "channel": Channel.EMAIL, "source": "mail", "now": now()}
    people.change_consent(**choice, is_given=False)
    assert Client().get(address).status_code == 404
    people.change_consent(**choice, is_given=True)
    assert not RelayPhoto.objects.exists()


def test_it_ends_with_the_last_seat(relay: Client, held: tuple[Term, Person], net: SmallNetwork) -> None:
    term, person = held
    other = services.open_term(seat=net.seat("0102"), person=person, kind=TermKind.STAND_IN, now=now(), by=None)
    address = shown(relay)
    services.end_term(term_id=term.pk, by=person.user, now=now())
    assert Client().get(address).status_code == 200
    services.end_term(term_id=other.pk, by=person.user, now=now())
    assert Client().get(address).status_code == 404
    assert not RelayPhoto.objects.exists()
    assert acts(person) == [ConsentAct.GIVEN, ConsentAct.WITHDRAWN]


def test_a_break_hides_it_from_the_page_of_a_seat_that_sleeps(relay: Client, held: tuple[Term, Person]) -> None:
    address = shown(relay)
    Term.objects.filter(pk=held[0].pk).update(paused_at=now())
    assert address not in Client().get("/fr/places/0101/").text


def test_only_who_holds_a_seat_shows_one(net: SmallNetwork) -> None:
    stranger = make_person(area=net.seat("0101").area)
    with pytest.raises(Forbidden):
        services.show_photo(person_id=stranger.pk, sent=picture(), agrees=PHOTO.version, now=now())
    with pytest.raises(Invalid):
        services.show_photo(person_id=make_holder(net.seat("0102"))[1].pk, sent=b"", agrees=PHOTO.version, now=now())


def test_it_is_in_the_copy_and_goes_with_the_person(relay: Client, held: tuple[Term, Person]) -> None:
    address = shown(relay)
    assert people_selectors.export_of(held[1].pk, now=now())["relays"]["photo"]["jpeg_base64"]
    people.erase_person(person_id=held[1].pk, now=now())
    assert Client().get(address).status_code == 404
    assert not RelayPhoto.objects.exists()


def test_the_first_name_is_switched_on_and_off_by_oneself(relay: Client) -> None:
    assert "Zélie" not in Client().get("/fr/places/0101/").text
    assert relay.put("/api/v1/people/me/given-name/", {"shows": True}, content_type="application/json").json()["shows_given_name"] is True
    assert "Zélie" in Client().get("/fr/places/0101/").text
    relay.put("/api/v1/people/me/given-name/", {"shows": False}, content_type="application/json")
    assert "Zélie" not in Client().get("/fr/places/0101/").text
    assert Entry.objects.filter(name__startswith="person.name_").count() == 2
