"""What is known of a person is put right: by themself, or for who has no account by the data-protection officer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel, ReasonKind
from maillage.people.domain.silences import silent_among
from maillage.people.domain.waiting import ASKED_FROM
from maillage.people.models import Access, Consent, ContactPoint, Likeness, Merge, Person
from maillage.people.selectors import accesses_of, may_contact, records_of_address
from maillage.people.services.likenesses import compare_people
from maillage.relays.domain import ApplicationStatus
from maillage.relays.models import Application, Term
from maillage.territories.models import Area
from maillage.territories.selectors import seats_of
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.people.import_files import agreement, imported, line, organiser_of
from tests.backend.relays.factories import make_application, make_holder, make_network
from tests.backend.territories.factories import SmallCountry

ME = "/api/v1/people/me/"
EMAIL = "nadia@people.example"
NUMBER = "+33612345678"


@pytest.fixture
def nadia(small_country: SmallCountry) -> Person:
    """Somebody with an address and a telephone, who signs in, and agreed that her relay may call her."""
    person = make_person(user=make_user(EMAIL), email=EMAIL, phone=NUMBER, area=small_country.area("0101"))
    return agree_to_relay(person, channel=Channel.PHONE)


def signed_in(user: User | None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    assert user
    sign_in(client, user)
    return client


def put(client: Client, what: str, **said: Any) -> Any:
    return client.put(f"{ME}{what}/", said, content_type="application/json")


def number(client: Client, **said: Any) -> Any:
    return client.post(f"{ME}numbers/", {"channel": "phone", **said}, content_type="application/json")


def wrong(answer: Any) -> list[str]:
    assert answer.status_code == 400, answer.content
    return list(answer.json()["fields"])


def seats(area: Area) -> list[str]:
    return [seat.code for seat in seats_of(area)]


def facts(person: Person) -> list[str]:
    return [entry.data["what"] for entry in Entry.objects.filter(name="person.corrected", subject_id=str(person.pk)).order_by("pk")]


def test_i_put_my_names_right_and_am_found_by_the_new_ones(nadia: Person, small_country: SmallCountry) -> None:
    answer = put(signed_in(nadia.user), "names", given_name=" Nadège ", family_name="Ferhat-Lamy")
    assert (answer.json()["given_name"], answer.json()["family_name"]) == ("Nadège", "Ferhat-Lamy")
    organiser = signed_in(make_granted(Role.ORGANISER, small_country.country))
    found = {q: len(organiser.get("/api/v1/people/", {"q": q}).json()["items"]) for q in ("nadege", "lamy", "nadia f")}
    assert found["nadege"] == found["lamy"] == 1
    nadia.refresh_from_db()
    assert nadia.folded_name == " ferhat lamy nadege"
    assert facts(nadia) == ["name"]
    assert Entry.objects.get(name="person.corrected").actor_id == nadia.user_id
    assert Job.objects.filter(name="people.compare_person").count() == 1


def test_names_that_say_the_same_are_no_correction(nadia: Person) -> None:
    assert put(signed_in(nadia.user), "names", given_name="Nadia", family_name="Ferhat").status_code == 200
    assert facts(nadia) == []


def test_a_first_name_is_needed_and_a_family_name_is_not(nadia: Person) -> None:
    client = signed_in(nadia.user)
    assert wrong(put(client, "names", given_name=" ", family_name="Ferhat")) == ["given_name"]
    assert wrong(put(client, "names", given_name="N", family_name="x" * 101)) == ["family_name"]
    assert put(client, "names", given_name="Nadia", family_name="").json()["family_name"] == ""


def test_a_record_whose_likeness_came_from_the_name_alone_is_compared_anew(nadia: Person, small_country: SmallCountry) -> None:
    twin = make_person(area=small_country.area("0101"))
    compare_people(person_ids=[nadia.pk], now=now())
    assert Likeness.objects.count() == 1
    put(signed_in(nadia.user), "names", given_name="Rosa", family_name="Parks")
    compare_people(person_ids=[nadia.pk], now=now())
    assert not Likeness.objects.filter(person_id__in=[nadia.pk, twin.pk]).exists()


def test_a_commune_of_one_constituency_is_certain_and_the_former_relay_reads_no_more(nadia: Person, small_country: SmallCountry) -> None:
    former, new = (signed_in(make_granted(Role.RELAY, small_country.area(code))) for code in ("0101", "0201"))
    commune = next(area for area in small_country.areas.values() if area.kind.code == "commune" and seats(area) == ["0201"])
    assert put(signed_in(nadia.user), "place", commune=commune.code).status_code == 200
    nadia.refresh_from_db()
    assert (nadia.locality_id, nadia.area_id, nadia.placed_by) == (commune.pk, small_country.area("0201").pk, "certain")
    card = f"/api/v1/people/{nadia.pk}/"
    assert (former.get(card).status_code, new.get(card).status_code) == (404, 200)
    assert facts(nadia) == ["place"]


def test_a_split_commune_is_never_guessed(nadia: Person, small_country: SmallCountry) -> None:
    client = signed_in(nadia.user)
    assert wrong(put(client, "place", commune="01001")) == ["constituency"]
    assert wrong(put(client, "place", commune="01001", constituency="0201")) == ["constituency"]
    assert wrong(put(client, "place", commune="99999")) == ["commune"]
    assert wrong(put(client, "place")) == ["commune"]
    assert wrong(put(client, "place", constituency="moon")) == ["constituency"]
    assert put(client, "place", commune="01001", constituency="0102").status_code == 200
    nadia.refresh_from_db()
    assert (nadia.area_id, nadia.placed_by) == (small_country.area("0102").pk, "chosen")
    assert put(client, "place", constituency="0103").status_code == 200
    nadia.refresh_from_db()
    assert (nadia.locality_id, nadia.area_id) == (None, small_country.area("0103").pk)


def test_who_moves_keeps_the_seat_that_they_hold_and_the_one_that_they_asked_for(db: None) -> None:
    net = make_network()
    term, relay = make_holder(net.seat("0101"))
    asked = make_application(net.seat("0102"), person=relay)
    assert put(signed_in(relay.user), "place", constituency="0201").status_code == 200
    assert Term.objects.get(pk=term.pk).ends_at is None
    assert Application.objects.get(pk=asked.pk).status == ApplicationStatus.SUBMITTED
    assert relay.user
    assert relay.user.grants.get().area == net.seat("0101").area


def test_an_agreement_to_be_called_ends_with_the_number(nadia: Person) -> None:
    agree_to_relay(nadia, channel=Channel.EMAIL)
    answer = number(signed_in(nadia.user), number="+33 6 99 88 77 66", instead_of=NUMBER)
    assert [point for point in answer.json()["contacts"] if point["channel"] == "phone"] == [
        {"channel": "phone", "value": "+33699887766", "is_verified": False, "is_preferred": True}
    ]
    agreed = {channel: may_contact(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=channel) for channel in Channel}
    assert (agreed[Channel.PHONE], agreed[Channel.EMAIL]) == (False, True)
    assert list(Consent.objects.filter(act="withdrawn").values_list("channel", "source")) == [("phone", "my_data")]
    assert facts(nadia) == ["number"]


def test_the_new_number_is_agreed_to_in_the_words_that_stood_beside_it(nadia: Person) -> None:
    client = signed_in(nadia.user)
    assert wrong(number(client, number="+33699887766", instead_of=NUMBER, agreed_words="relay_contact.0")) == ["agreed_words"]
    assert ContactPoint.objects.filter(value=NUMBER).exists()
    mine = number(client, number="+33699887766", instead_of=NUMBER, agreed_words=RELAY_CONTACT.version).json()
    (called,) = [said for said in mine["consents"] if (said["purpose"], said["channel"]) == (RELAY_CONTACT.purpose, "phone")]
    assert (called["is_given"], called["can_be_changed"]) == (True, True)
    taken = {"purpose": RELAY_CONTACT.purpose, "channel": "phone", "is_given": False}
    assert client.post(f"{ME}consents/", taken, content_type="application/json").status_code == 200
    assert not may_contact(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE)


def test_a_seat_that_was_asked_for_stays_asked_when_the_number_changes(db: None) -> None:
    net = make_network()
    applicant = make_person(user=make_user(EMAIL), email=EMAIL, phone=NUMBER, area=net.seat("0101").area)
    asked = make_application(net.seat("0101"), person=applicant)
    services.record_consent(
        person_id=applicant.pk,
        purpose="relays.application",
        channel=Channel.PHONE,
        wording="relay_application.1",
        source="tests",
        now=now(),
    )
    assert number(signed_in(applicant.user), number="+33699887766", instead_of=NUMBER).status_code == 200
    assert Application.objects.get(pk=asked.pk).status == ApplicationStatus.SUBMITTED
    assert may_contact(person_id=applicant.pk, purpose="relays.application", channel=Channel.PHONE)


@pytest.mark.parametrize(("also", "left"), [(Channel.EMAIL, False), (None, True)])
def test_a_number_taken_away_leaves_a_seat_asked_by_the_other_way_alone(db: None, also: Channel | None, left: bool) -> None:
    net = make_network()
    applicant = make_person(user=make_user(EMAIL), email=EMAIL, phone=NUMBER, area=net.seat("0101").area)
    asked = make_application(net.seat("0101"), person=applicant)
    agreed = {"person_id": applicant.pk, "purpose": "relays.application", "source": "tests", "now": now()}
    for channel in [Channel.PHONE, *([also] if also else [])]:
        services.record_consent(**agreed, channel=channel, wording="relay_application.1")
    client = signed_in(applicant.user)
    assert number(client, number="+33699887766").status_code == 200
    for gone, is_left in (("+33699887766", True), (NUMBER, left)):
        assert number(client, number="", instead_of=gone).status_code == 200
        assert may_contact(person_id=applicant.pk, purpose="relays.application", channel=Channel.PHONE) == is_left
    assert Application.objects.get(pk=asked.pk).status == ApplicationStatus.SUBMITTED
    if also:
        services.change_consent(**agreed, channel=also, is_given=False)
        assert Application.objects.get(pk=asked.pk).status == ApplicationStatus.WITHDRAWN, "nobody could reach them any more"


def test_a_number_is_added_taken_away_and_never_twice_there(nadia: Person) -> None:
    client = signed_in(nadia.user)
    assert wrong(number(client, number="12")) == ["number"]
    assert wrong(number(client, number="")) == ["number"]
    assert wrong(number(client, number=NUMBER)) == ["number"]
    assert wrong(number(client, number="+33611111111", instead_of="+33600000000")) == ["instead_of"]
    assert wrong(number(client, channel="email", number="x@people.example")) == ["channel"]
    assert number(client, number="+33611111111").status_code == 200
    assert number(client, number="", instead_of=NUMBER).status_code == 200
    (left,) = ContactPoint.objects.filter(person=nadia, channel=Channel.PHONE)
    assert (left.value, left.is_preferred, left.verified_at) == ("+33611111111", True, None)
    assert not may_contact(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE)


def test_the_number_that_is_called_first_is_still_so_once_it_is_put_right(nadia: Person) -> None:
    client = signed_in(nadia.user)
    number(client, number="+33611111111")
    number(client, number="+33622222222", instead_of=NUMBER)
    number(client, number="+33633333333", instead_of="+33611111111")
    phones = ContactPoint.objects.filter(person=nadia, channel=Channel.PHONE)
    assert dict(phones.values_list("value", "is_preferred")) == {"+33622222222": True, "+33633333333": False}
    number(client, number="", instead_of="+33622222222")
    assert phones.get().is_preferred


def test_a_number_that_an_officer_takes_away_is_gone(officer: User, small_country: SmallCountry) -> None:
    ode = make_person(given_name="Ode", phone=NUMBER, area=small_country.area("0101"))
    gone = {"channel": "phone", "number": "", "instead_of": NUMBER, "is_proved": True}
    answer = signed_in(officer).post(f"{reason_for(officer, ode)}numbers/", gone, content_type="application/json")
    assert (answer.status_code, ode.contact_points.count()) == (200, 0)


def test_nothing_is_put_right_while_a_join_is_not_settled(nadia: Person, small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.country)
    other = make_person(given_name="Nadia", family_name="Autre", email="other@people.example", area=small_country.area("0101"))
    services.merge_people(kept_id=nadia.pk, absorbed_id=other.pk, values={}, by=organiser, now=now())
    client = signed_in(nadia.user)
    for answer in (
        put(client, "names", given_name="Rosa", family_name=""),
        put(client, "place", constituency="0102"),
        number(client, number="", instead_of=NUMBER),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "join_unsettled")
    assert facts(nadia) == []


@pytest.fixture
def officer(small_country: SmallCountry) -> User:
    return make_granted(Role.DATA_PROTECTION_OFFICER, small_country.country)


def reason_for(officer: User, person: Person) -> str:
    reason = services.give_reason(reader=officer, kind=ReasonKind.OFFICER, words="Lettre du 3 mars (article 16)", now=now())
    services.narrow_reason(reason_id=reason.pk, reader=officer, person_id=person.pk, now=now())
    return f"/api/v1/people/reasons/{reason.pk}/"


def test_the_officer_puts_right_what_is_known_of_who_has_no_account_and_they_read_why(officer: User, small_country: SmallCountry) -> None:
    ode = agree_to_relay(make_person(given_name="Ode", phone=NUMBER, area=small_country.area("0101")), channel=Channel.PHONE)
    at, client = reason_for(officer, ode), signed_in(officer)
    assert client.get(f"{at}card/").json()["abilities"] == {"correct": True}
    names = {"given_name": "Odette", "family_name": "Barre"}
    assert client.put(f"{at}names/", names, content_type="application/json").json()["given_name"] == "Odette"
    assert client.put(f"{at}place/", {"constituency": "0102"}, content_type="application/json").status_code == 200
    called = {"channel": "phone", "number": "+33699887766", "instead_of": NUMBER, "is_proved": True}
    contacts = client.post(f"{at}numbers/", called, content_type="application/json").json()["contacts"]
    assert contacts == [{"channel": "phone", "value": "+33699887766", "is_verified": True, "is_preferred": True}]
    assert not may_contact(person_id=ode.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE)
    assert facts(ode) == ["name", "place", "number"]
    assert set(Entry.objects.filter(name="person.corrected").values_list("actor_id", flat=True)) == {officer.pk}
    assert Access.objects.filter(reading="people.corrected", person_ids=[ode.pk]).count() == 3
    told = accesses_of(ode.pk, after=None, limit=20)["items"]
    assert {line["reason"] for line in told} == {"Lettre du 3 mars (article 16)"}


def test_the_officer_leaves_to_themselves_who_signs_in(officer: User, nadia: Person) -> None:
    at, client = reason_for(officer, nadia), signed_in(officer)
    assert client.get(f"{at}card/").json()["abilities"] == {"correct": False}
    answer = client.put(f"{at}names/", {"given_name": "X", "family_name": ""}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "has_account")
    assert facts(nadia) == []


def test_a_reason_that_is_about_nobody_yet_puts_nothing_right(officer: User) -> None:
    reason = services.give_reason(reader=officer, kind=ReasonKind.OFFICER, words="Lettre du 3 mars (article 16)", now=now())
    at = f"/api/v1/people/reasons/{reason.pk}/names/"
    answer = signed_in(officer).put(at, {"given_name": "X", "family_name": ""}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "reason_open")


def test_the_same_number_is_proved_or_agreed_to_without_being_changed(nadia: Person) -> None:
    number = nadia.contact_points.get(channel=Channel.PHONE)
    asked = {"person_id": nadia.pk, "channel": Channel.PHONE, "by_id": None, "source": "my_data", "now": now()}
    assert not services.correct_number(**asked, number=number.value, instead_of=number.value)
    ContactPoint.objects.filter(pk=number.pk).update(verified_at=None)
    assert services.correct_number(**asked, number=number.value, instead_of=number.value, is_proved=True)
    number.refresh_from_db()
    assert number.verified_at is not None
    services.correct_number(**asked, number="", instead_of=number.value)
    services.correct_number(**asked, number="+33698765432")
    assert not may_contact(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE)
    agreed = services.correct_number(**asked, number="+33698765432", instead_of="+33698765432", agreed_words=RELAY_CONTACT.version)
    assert agreed
    assert may_contact(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE)


def test_a_number_that_goes_leaves_what_was_refused_behind(nadia: Person) -> None:
    number = nadia.contact_points.get(channel=Channel.PHONE)
    services.withdraw_consent(person_id=nadia.pk, purpose="people.area_news", channel=Channel.SMS, source="my_data", now=now())
    services.correct_number(
        person_id=nadia.pk,
        channel=Channel.PHONE,
        number="+33698765432",
        instead_of=number.value,
        by_id=None,
        source="my_data",
        now=now(),
    )
    assert nadia.contact_points.get(channel=Channel.PHONE).pk != number.pk, "whatever names the former row shows no new number"
    assert silent_among([number.value], purpose="people.area_news", channel=Channel.SMS) == {number.value}
    assert silent_among([number.value], purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE) == set(), "it was given, and ended with it"
    assert silent_among(["+33698765432"], purpose="people.area_news", channel=Channel.SMS) == set()


@pytest.mark.parametrize("what", ["names", "place"])
def test_nobody_else_learns_what_an_officer_would_have_to_say(nadia: Person, officer: User, what: str) -> None:
    reason = services.give_reason(reader=officer, kind=ReasonKind.OFFICER, words="Demande du 3 mars, article 16", now=now())
    answer = signed_in(nadia.user).put(f"/api/v1/people/reasons/{reason.pk}/{what}/", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_officer")


@pytest.fixture
def twice(nadia: Person, small_country: SmallCountry) -> tuple[Person, Merge]:
    """A second record of hers with the same address and number, all proved, joined to hers and settled."""
    other = make_person(given_name="Nadège", email=EMAIL, phone=NUMBER, area=small_country.area("0101"))
    organiser = make_granted(Role.ORGANISER, small_country.country)
    merge = services.merge_people(kept_id=nadia.pk, absorbed_id=other.pk, values={}, by=organiser, now=now())
    Merge.objects.update(settled_at=now())
    return other, merge


def points(person: Person) -> list[Any]:
    return list(ContactPoint.objects.filter(person=person).order_by("pk").values_list("channel", "value", "verified_at"))


def proved(person: Person) -> dict[str, str]:
    return {channel: value for channel, value, verified_at in points(person) if verified_at}


@pytest.mark.parametrize("put_right", ["address", "number", "number away"])
def test_what_a_hidden_record_holds_too_proves_nothing_once_put_right_and_is_back_when_taken_apart(
    nadia: Person, twice: tuple[Person, Merge], put_right: str
) -> None:
    other, merge = twice
    before = points(other)
    assert records_of_address(EMAIL) == [nadia.pk]
    channel = Channel.EMAIL if put_right == "address" else Channel.PHONE
    if put_right == "address":
        assert nadia.user
        change = accounts.ask_address_change(user=nadia.user, email="new@mail.example", session_key=None, now=now())
        services.confirm_new_address(change_id=change.pk, now=now())
        assert records_of_address(EMAIL) == []
        assert records_of_address("new@mail.example") == [nadia.pk]
    else:
        new = "+33698765432" if put_right == "number" else ""
        said = {"channel": Channel.PHONE, "number": new, "instead_of": NUMBER, "by_id": None, "source": "my_data", "is_proved": True}
        services.correct_number(person_id=nadia.pk, now=now(), **said)
    assert channel not in proved(other)
    here = proved(nadia)
    services.take_apart(merge_id=merge.pk, by=merge.by, now=now())
    assert points(other) == before, "nothing of theirs is lost"
    assert proved(nadia) == here
    assert records_of_address(EMAIL) == ([other.pk] if put_right == "address" else [nadia.pk, other.pk])


def test_of_three_records_each_has_back_its_own_when_taken_apart_from_the_last(nadia: Person, twice: tuple[Person, Merge]) -> None:
    other, merge = twice
    third = make_person(given_name="Nadja", email=EMAIL, area=nadia.area)
    last = services.merge_people(kept_id=nadia.pk, absorbed_id=third.pk, values={}, by=merge.by, now=now())
    Merge.objects.update(settled_at=now())
    assert nadia.user
    change = accounts.ask_address_change(user=nadia.user, email="new@mail.example", session_key=None, now=now())
    services.confirm_new_address(change_id=change.pk, now=now())
    assert records_of_address(EMAIL) == []
    services.take_apart(merge_id=last.pk, by=merge.by, now=now())
    assert records_of_address(EMAIL) == [third.pk]
    services.take_apart(merge_id=merge.pk, by=merge.by, now=now())
    assert set(records_of_address(EMAIL)) == {other.pk, third.pk}


def test_a_list_does_not_ask_an_address_given_up_before_the_records_are_taken_apart(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    imported(by, [line(email=EMAIL, agreed="oui", on="01/03/2026", paper="B-12")], consents=[agreement()])
    listed = Person.objects.get()
    nadia = make_person(user=make_user(EMAIL), email=EMAIL, area=small_country.area("0101"))
    organiser = make_granted(Role.ORGANISER, small_country.country, email="joins@people.example")
    merge = services.merge_people(kept_id=nadia.pk, absorbed_id=listed.pk, values={}, by=organiser, now=now())
    Merge.objects.update(settled_at=now())
    assert nadia.user
    change = accounts.ask_address_change(user=nadia.user, email="new@mail.example", session_key=None, now=now())
    services.confirm_new_address(change_id=change.pk, now=now())
    later = now() + ASKED_FROM + timedelta(minutes=1)
    assert services.addresses_to_ask(most=10, now=later) == []
    services.take_apart(merge_id=merge.pk, by=organiser, now=now())
    assert [one.address for one in services.addresses_to_ask(most=10, now=later)] == [EMAIL]
