"""Who was appointed by their address and signs in: nobody is known behind them until they say what they are called."""

from datetime import timedelta

import pytest
from django.test import Client

from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden
from maillage.people import services
from maillage.people.domain.staying import KEPT_AFTER_LAST_SIGN
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors import accesses_of
from maillage.people.services import account_holders
from maillage.relays.models import Conversation
from maillage.relays.services import note_contact
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import make_application, make_conversation, make_holder, make_network
from tests.backend.territories.factories import SmallCountry, make_small_country

EMAIL = "ines@people.example"
NAMES = {"given_name": "Inès", "family_name": "Roux"}
ME = "/api/v1/people/me/"


@pytest.fixture
def country(db: None) -> SmallCountry:
    return make_small_country()


@pytest.fixture
def ines(country: SmallCountry) -> User:
    return make_granted(Role.ORGANISER, country.country, email=EMAIL)


def signed_in(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def say(client: Client, **names: str) -> int:
    return client.put(f"{ME}names/", names, content_type="application/json").status_code


def test_who_was_appointed_is_known_once_they_said_what_they_are_called(ines: User) -> None:
    client = signed_in(ines)
    assert client.get("/api/v1/accounts/me/").json()["person"] is None
    assert say(client, given_name=" ", family_name="Roux") == 400
    assert not Person.objects.exists()
    assert say(client, **NAMES) == 200
    assert client.get("/api/v1/accounts/me/").json()["person"]["given_name"] == "Inès"
    person = Person.objects.standing().get()
    assert (person.user, person.full_name, person.folded_name) == (ines, "Inès Roux", " roux ines")
    assert ContactPoint.objects.get(verified_at__isnull=False).value == EMAIL
    assert Entry.objects.get(name="account.named").actor_id == ines.pk
    assert say(client, given_name="Inês", family_name="Roux") == 200  # from now on it is put right
    assert Person.objects.get().given_name == "Inês"
    assert Entry.objects.filter(name="account.named").count() == 1


def test_who_took_part_before_is_the_same_person_and_decides_nothing_about_themself(country: SmallCountry) -> None:
    net = make_network(country)
    ines = make_granted(Role.ORGANISER, country.country, email=EMAIL)
    application = make_application(net.seat("0101"), email=EMAIL, **NAMES)
    services.say_name(user=ines, given_name="ines", family_name="ROUX", now=now())
    assert Person.objects.get().user == ines
    with pytest.raises(Forbidden) as refused:
        note_contact(application_id=application.pk, by=ines, now=now())
    assert refused.value.code == "own_application"


def test_whoever_else_has_that_address_stays_somebody_else(ines: User) -> None:
    make_person(email=EMAIL, given_name="Paul", family_name="Roux")
    services.say_name(user=ines, **NAMES, now=now())
    assert sorted(Person.objects.values_list("given_name", "user")) == [("Inès", ines.pk), ("Paul", None)]


def test_a_join_that_is_not_settled_opens_nobody_s_record(ines: User, country: SmallCountry) -> None:
    """Whoever joined a stranger's record to a slip of their own gets no account on it by typing the stranger's name."""
    here = country.area("0101")
    victim = make_person(email="victim@people.example", area=here, **NAMES)
    own = make_person(email=EMAIL, given_name="Inès", family_name="Rou", area=here)
    other = make_granted(Role.ORGANISER, country.country, email="other@people.example")
    services.merge_people(kept_id=victim.pk, absorbed_id=own.pk, values={}, by=other, now=now())
    services.say_name(user=ines, **NAMES, now=now())
    assert Person.objects.get(user=ines).pk not in (victim.pk, own.pk)


def test_an_account_is_nobody_s_until_its_owner_says_whose(country: SmallCountry) -> None:
    """A couple shares a mailbox: one was appointed, the other is given a seat, and must not become the organiser."""
    ines = make_granted(Role.ORGANISER, country.country, email=EMAIL)
    net = make_network(country)
    _term, paul = make_holder(net.seat("0101"), email=EMAIL, given_name="Paul", family_name="Roux")
    assert paul.user is None
    assert not Grant.objects.filter(role=Role.RELAY).exists()
    services.say_name(user=ines, **NAMES, now=now())
    assert not Grant.objects.filter(role=Role.RELAY).exists()


def test_who_holds_a_seat_without_an_account_gets_its_role_with_their_name(country: SmallCountry) -> None:
    ines = make_granted(Role.ORGANISER, country.country, email=EMAIL)
    net = make_network(country)
    term, _person = make_holder(net.seat("0101"), email=EMAIL, **NAMES)
    assert not Grant.objects.filter(role=Role.RELAY).exists()
    services.say_name(user=ines, **NAMES, now=now())
    assert Grant.objects.get(role=Role.RELAY).origin == f"term:{term.pk}"


def test_half_of_it_is_none(ines: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(account_holders.journal, "record", _fails)
        with pytest.raises(RuntimeError, match="the power went"):
            services.say_name(user=ines, **NAMES, now=now())
    assert not Person.objects.exists()
    services.say_name(user=ines, **NAMES, now=now())
    assert Person.objects.get().user == ines


def test_who_said_no_name_takes_away_what_is_kept_and_nothing_is_written(ines: User) -> None:
    kept = signed_in(ines).get(f"{ME}export/").json()
    assert (kept["people"]["sign_in"]["email"], kept["people"]["sign_in"]["roles"][0]["place"]) == (EMAIL, "Petit-Pays")
    assert not Person.objects.exists()


def test_who_said_no_name_is_erased(ines: User) -> None:
    client = signed_in(ines)
    assert client.post(f"{ME}erase/", {"email": EMAIL}, content_type="application/json").status_code == 204
    assert not User.objects.exists()
    assert not ContactPoint.objects.exists()
    assert [person.full_name for person in Person.objects.all()] == [""]
    services.erase_account(user_id=ines.pk, now=now())
    assert Person.objects.count() == 1


def test_the_last_administrator_stays(country: SmallCountry) -> None:
    first = make_granted(Role.ADMINISTRATOR, country.country)
    with pytest.raises(Conflict) as refused:
        services.erase_account(user_id=first.pk, now=now())
    assert refused.value.code == "last_administrator"
    assert User.objects.exists()
    assert not Person.objects.exists()


def test_an_account_without_a_name_or_a_role_goes_three_years_after_its_last_sign(country: SmallCountry) -> None:
    long_ago = now() - KEPT_AFTER_LAST_SIGN - timedelta(days=1)
    silent, held_until_lately, came_lately, holds, known = (make_user(f"{number}@people.example") for number in range(5))
    User.objects.update(created_at=long_ago - timedelta(days=100))
    for user, ends_at in ((silent, long_ago), (held_until_lately, now() - timedelta(days=30)), (holds, None)):
        grant = Grant.objects.create(
            user=user,
            role=Role.TREASURER,
            area=country.country,
            starts_at=long_ago - timedelta(days=90),
            ends_at=ends_at,
            origin="appointed:t",
        )
        assert grant.is_running(now()) is (ends_at is None)
    accounts.note_sign_of_life(user_id=came_lately.pk, now=now())
    make_person(user=known)
    assert services.forget_silent_accounts(now=now()) == 1
    assert set(User.objects.all()) == {held_until_lately, came_lately, holds, known}
    assert services.forget_silent_accounts(now=now()) == 0


def test_what_others_have_at_the_address_of_a_forgotten_account_stays(country: SmallCountry) -> None:
    net = make_network(country)
    long_ago = now() - KEPT_AFTER_LAST_SIGN - timedelta(days=1)
    make_user(EMAIL)
    User.objects.update(created_at=long_ago)
    paul = make_person(email=EMAIL, given_name="Paul", family_name="Roux")
    make_holder(net.seat("0101"))
    asked = make_conversation(net.seat("0101"), email=EMAIL)
    assert services.forget_silent_accounts(now=now()) == 1
    assert not User.objects.filter(email=EMAIL).exists()
    paul.refresh_from_db()
    assert (paul.full_name, paul.erased_at, paul.contact_points.get().value) == ("Paul Roux", None, EMAIL)
    assert Conversation.objects.filter(pk=asked.pk).exists()


def test_a_reader_without_a_name_is_not_told_to_be_gone(ines: User, country: SmallCountry) -> None:
    nadia = make_person(area=country.area("0101"))
    gone = make_user("gone@people.example")
    for reader in (gone, ines):
        services.note_access(reader=reader, role=Role.ORGANISER, reading="people.list", person_ids=[nadia.pk], now=now())
    gone.delete()
    read = accesses_of(nadia.pk, after=None, limit=10)["items"]
    assert [(line["reader"], line["is_gone"]) for line in read] == [("", False), ("", True)]
    services.say_name(user=ines, **NAMES, now=now())
    assert accesses_of(nadia.pk, after=None, limit=10)["items"][0]["reader"] == "Inès Roux"


def _fails(*_: object, **__: object) -> None:
    raise RuntimeError("the power went")
