"""The organisation: described and opened by an administrator; nothing is public before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.people import services
from maillage.people.domain import Follows, LegalKind, what_follows
from maillage.people.domain.opening import CONDITIONS, register_condition
from maillage.people.models import Consent, Controller, Organisation
from maillage.people.pages import notices, printed
from maillage.people.selectors.organisation import forget_held, organisation
from maillage.relays import services as relays
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.territories.factories import SmallCountry

ADDRESS = "/api/v1/people/organisation/"
SAID: dict[str, Any] = {"name": "Collectif <du> Val", "country": "XM", "legal_kind": "union", "languages": ["en", "fr"]}
NOTICE = {
    "address": "1 rue du Pont\nValbrune",
    "email": "donnees@collectif.example",
    "officer": "Odile Clerc, dpo@collectif.example",
    "publisher": "Ada Noir",
    "host": "Hôte SARL",
}


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    """Nothing is remembered from another test."""
    forget_held()
    yield
    forget_held()


@pytest.fixture
def administrator(small_country: SmallCountry) -> User:
    return make_granted(Role.ADMINISTRATOR, small_country.country)


@pytest.fixture
def closed(settings: Settings) -> None:
    settings.CLOSED_UNTIL_OPENED = True


def describe(**said: Any) -> Organisation:
    house = services.describe_organisation(**{**SAID, "legal_kind": LegalKind.UNION, **NOTICE, **said}, now=now())
    forget_held()
    return house


def name_somebody(by: User) -> None:
    """Name who receives it when something is wrong: without them the public is not let in."""
    relays.name_safety_contacts(emails=[by.email], names=["Ada Noir"], by=by, now=now())


def put(client: Client, body: dict[str, Any]) -> Any:
    return client.put(ADDRESS, body, content_type="application/json")


def test_the_first_run_is_answered_step_by_step(
    client: Client, administrator: User, closed: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign_in(client, administrator)
    first = client.get(ADDRESS).json()
    assert (first["is_described"], first["name"], first["opened_at"]) == (False, "", None)
    assert [(country["code"], country["seats"] > 0) for country in first["countries"]] == [("XM", True)]
    assert client.post(f"{ADDRESS}open/").json()["code"] == "not_described"
    with django_capture_on_commit_callbacks(execute=True):
        described = put(client, SAID).json()
    assert (described["is_described"], described["missing"]) == (True, ["address", "email", "officer", "publisher", "host"])
    refused = client.post(f"{ADDRESS}open/")
    assert (refused.status_code, refused.json()["code"], refused.json()["missing"]) == (409, "notice_incomplete", described["missing"])
    assert Client().get("/en/").status_code == 503
    with django_capture_on_commit_callbacks(execute=True):
        assert put(client, {**SAID, **NOTICE}).json()["missing"] == []
    refused = client.post(f"{ADDRESS}open/")
    assert (refused.status_code, refused.json()["code"], refused.json()["missing"]) == (409, "conditions_unmet", ["relays.safety_contact"])
    (condition,) = client.get(ADDRESS).json()["conditions"]
    assert (condition["is_met"], condition["done_at"]) == (False, "/desk/settings#safety")
    themself = {"emails": [administrator.email], "names": ["Ada Noir"]}
    assert client.put("/api/v1/relays/safety-contacts/", themself, content_type="application/json").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert [each["is_met"] for each in client.get(ADDRESS).json()["conditions"]] == [True]
        assert client.post(f"{ADDRESS}open/").json()["opened_at"]
    assert Client().get("/en/").status_code == 200
    assert list(Entry.objects.filter(name__startswith="organisation.").order_by("id").values_list("name", "actor_id")) == [
        ("organisation.described", administrator.pk),
        ("organisation.described", administrator.pk),
        ("organisation.opened", administrator.pk),
    ]


@pytest.mark.parametrize("path", ["/fr/", "/fr/places/0101/", "/fr/privacy/", "/fr/legal/", "/fr/relays/apply/0101/", "/robots.txt"])
def test_pages_are_closed_before(client: Client, small_country: SmallCountry, closed: None, path: str) -> None:
    page = client.get(path)
    assert (page.status_code, page["Retry-After"]) == (503, "3600")
    assert 'href="/fr/sign-in/"' in page.content.decode()
    assert "noindex" in page.content.decode()


def test_nothing_is_collected_before(client: Client, small_country: SmallCountry, closed: None) -> None:
    answer = client.post("/api/v1/relays/applications/", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_open")
    assert client.post("/fr/relays/apply/0101/", {}).status_code == 503


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/healthz", 200),
        ("/app/", 200),
        ("/fr/sign-in/", 200),
        ("/api/v1/accounts/me/", 403),
        ("/api/v1/territories/sets/", 200),
        ("/webhooks/stripe/nobody/", 405),
        ("/fr/mail/unsubscribe/x/", 404),
        ("/fr/a/x/", 404),
        ("/fr/relays/conversation/x/", 404),
        ("/fr/relays/conversation/x/wrong/", 404),
        ("/fr/relays/write/confirm/x/", 404),
        ("/fr/relays/join/confirm/x/", 404),
        ("/fr/relays/apply/missed/x/", 404),
        ("/fr/relays/still-here/x/", 404),
        ("/fr/relays/charter/x/", 404),
        ("/fr/relays/asked/x/", 404),
        ("/fr/relays/wrong/0101/", 503),
        ("/fr/relays/write/0101/", 503),
    ],
)
def test_signing_in_and_the_links_of_mails_are_not_closed(
    client: Client, small_country: SmallCountry, closed: None, path: str, status: int
) -> None:
    assert client.get(path).status_code == status


def test_who_is_signed_in_prepares_the_pages(client: Client, small_country: SmallCountry, closed: None) -> None:
    sign_in(client, make_user())
    assert client.get("/fr/").status_code == 200


def test_an_open_site_keeps_a_whole_notice_and_can_be_closed_again(administrator: User, closed: None) -> None:
    describe()
    name_somebody(administrator)
    services.open_to_public(now=now())
    with pytest.raises(Conflict) as refused:
        describe(publisher="  ")
    assert refused.value.extra["missing"] == ["publisher"]
    assert Organisation.objects.get().publisher == "Ada Noir"
    services.close_to_public(now=now())
    forget_held()
    assert Client().get("/en/").status_code == 503


def test_without_a_data_protection_officer_the_public_is_not_let_in(administrator: User, closed: None) -> None:
    describe(officer=" ")
    name_somebody(administrator)
    with pytest.raises(Conflict) as refused:
        services.open_to_public(now=now())
    assert (refused.value.code, refused.value.extra["missing"]) == ("notice_incomplete", ["officer"])
    assert Client().get("/en/").status_code == 503


def test_a_site_that_was_open_without_one_stays_open_and_is_described_as_before(administrator: User, closed: None) -> None:
    describe()
    name_somebody(administrator)
    services.open_to_public(now=now())
    Organisation.objects.update(officer="")
    forget_held()
    assert Client().get("/en/").status_code == 200
    assert services.open_to_public(now=now()).is_open
    assert describe(officer="", address="2 rue du Pont").is_open
    with pytest.raises(Conflict) as refused:
        describe(officer="", host="")
    assert refused.value.extra["missing"] == ["host"]
    describe(officer="Odile Clerc")
    with pytest.raises(Conflict) as refused:
        describe(officer="")
    assert refused.value.extra["missing"] == ["officer"], "once named, one stays named"


def test_opening_twice_is_one_fact(administrator: User) -> None:
    describe()
    name_somebody(administrator)
    first = services.open_to_public(now=now())
    assert services.open_to_public(now=now()).opened_at == first.opened_at
    assert Entry.objects.filter(name="organisation.opened").count() == 1


def test_an_open_site_keeps_a_named_person(administrator: User) -> None:
    describe()
    name_somebody(administrator)
    services.open_to_public(now=now())
    with pytest.raises(Conflict) as refused:
        relays.name_safety_contacts(emails=[], by=administrator, now=now())
    assert refused.value.code == "still_open"
    administrator.grants.update(ends_at=now())
    services.open_to_public(now=now())
    services.close_to_public(now=now())
    with pytest.raises(Conflict) as unmet:
        services.open_to_public(now=now())
    assert unmet.value.code == "conditions_unmet", "whose role ended is named no more"
    relays.name_safety_contacts(emails=[], by=administrator, now=now())


def test_a_condition_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        register_condition(CONDITIONS["relays.safety_contact"])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"country": "ZZ"}, "country"),
        ({"languages": []}, "languages"),
        ({"languages": ["tlh"]}, "languages"),
        ({"languages": ["fr", "fr"]}, "languages"),
    ],
)
def test_what_cannot_be_is_refused_by_field(small_country: SmallCountry, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        describe(**said)
    assert field in refused.value.fields
    assert not Organisation.objects.exists()


def test_who_is_no_administrator_reads_and_writes_nothing_of_it(client: Client, small_country: SmallCountry) -> None:
    sign_in(client, make_granted(Role.ORGANISER, small_country.country))
    for answer in (client.get(ADDRESS), put(client, SAID), client.post(f"{ADDRESS}open/"), client.post(f"{ADDRESS}close/")):
        assert (answer.status_code, answer.json()["code"]) == (403, "administrators_only")
    assert not Organisation.objects.exists()


def test_a_new_name_is_that_of_new_consents_only(small_country: SmallCountry) -> None:
    describe()
    agree_to_relay(make_person(area=small_country.area("0101"), email="a@people.example"))
    describe(name="Un autre nom")
    agree_to_relay(make_person(area=small_country.area("0101"), email="b@people.example"))
    assert list(Consent.objects.order_by("id").values_list("controller__name", flat=True)) == ["Collectif <du> Val", "Un autre nom"]
    assert set(Controller.objects.values_list("name", flat=True)) == {"Collectif <du> Val", "Un autre nom"}


def test_the_notices_say_it_with_the_authority_of_the_country(client: Client, small_country: SmallCountry) -> None:
    describe()
    legal = client.get("/en/legal/").content.decode()
    assert "Collectif &lt;du&gt; Val (trade union)" in legal
    assert "1 rue du Pont<br>Valbrune" in legal
    assert "Ada Noir" in legal
    assert "authority of your country" in client.get("/en/privacy/").content.decode()
    Organisation.objects.update(country="GB")
    forget_held()
    assert "https://ico.org.uk/" in client.get("/en/privacy/").content.decode()


@pytest.mark.parametrize(("hour", "day"), [(22, "2026-12-31"), (23, "2027-01-01")])
def test_the_law_of_a_day_is_that_of_the_day_there(
    client: Client, small_country: SmallCountry, monkeypatch: pytest.MonkeyPatch, hour: int, day: str
) -> None:
    describe()
    asked: list[date] = []

    def follows(house: Organisation, on: date) -> Follows:
        asked.append(on)
        return what_follows(country=house.country, kind=house.legal_kind, on=on)

    monkeypatch.setattr(Organisation, "follows", follows)
    for pages in (notices, printed):
        monkeypatch.setattr(pages, "now", lambda: datetime(2026, 12, 31, hour, 30, tzinfo=UTC))
    client.get("/en/legal/")
    client.get("/en/privacy/")
    printed.notice("relays.conversations")
    assert asked == [date.fromisoformat(day)] * 3


def test_pages_are_offered_in_the_languages_chosen_only(client: Client, small_country: SmallCountry) -> None:
    describe(languages=["en"])
    answer = client.get("/fr/places/?q=valbrune")
    assert (answer.status_code, answer["Location"]) == (302, "/en/places/?q=valbrune")
    page = client.get("/en/").content.decode()
    assert 'hreflang="fr"' not in page
    assert 'hreflang="en"' in page
    assert organisation().language_for("fr-CA") == "en"


def test_a_process_asks_once_in_a_while(small_country: SmallCountry, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    describe()
    with django_assert_num_queries(1):
        assert [organisation().name for _ in range(3)] == ["Collectif <du> Val"] * 3
