"""The data-protection officer reads one person, after typing why; the person sees that and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.domain import HALLS, ReasonKind
from maillage.people.models import Access, AccessReason, PaperForm, Person
from maillage.territories.models import Area
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

REASONS = "/api/v1/people/reasons/"
WHY = "Demande d'accès reçue le 3 mars (article 15)"


@pytest.fixture
def officer(small_country: SmallCountry) -> Client:
    return signed_in(make_granted(Role.DATA_PROTECTION_OFFICER, small_country.country))


@pytest.fixture
def elodie(small_country: SmallCountry) -> Person:
    return make_person(
        given_name="Élodie",
        family_name="Durand",
        email="elodie@people.example",
        phone="+33612345678",
        user=make_user("elodie@people.example"),
        area=small_country.area("0101"),
    )


def signed_in(user: User | None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    assert user
    sign_in(client, user)
    return client


def typed(client: Client, reason: str = WHY) -> Any:
    return client.post(REASONS, {"reason": reason}, content_type="application/json")


def narrowed(client: Client, reason: str, person: Person) -> Any:
    return client.post(f"{REASONS}{reason}/person/", {"person": str(person.pk)}, content_type="application/json")


@pytest.mark.parametrize("reason", ["", "   ", "article 15"[:9], "x" * 501, "a \x00 b"])
def test_a_reason_is_a_sentence(officer: Client, reason: str) -> None:
    answer = typed(officer, reason)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["reason"])
    assert not AccessReason.objects.exists()


def test_the_officer_types_why_finds_reads_and_takes_and_the_person_sees_it(officer: Client, elodie: Person) -> None:
    reason = typed(officer).json()["id"]
    for q in ("durand elo", "Elodie@people.example", "06 12 34 56 78".replace("06", "+336", 1).replace(" ", "")):
        assert [found["initial"] for found in officer.get(f"{REASONS}{reason}/people/", {"q": q}).json()["items"]] == ["D"]
    assert officer.get(f"{REASONS}{reason}/card/").json()["code"] == "reason_open"
    assert narrowed(officer, reason, elodie).json()["person"] == str(elodie.pk)
    assert officer.get(f"{REASONS}{reason}/card/").json()["family_name"] == "Durand"
    assert set(officer.get(f"{REASONS}{reason}/file/").json()) == {"controller", "made_at", "left_out", *HALLS}
    lines = signed_in(elodie.user).get("/api/v1/people/me/accesses/").json()["items"]
    assert [(line["reading"], line["role"], line["reason"]) for line in lines] == [
        ("people.whole", "data_protection_officer", WHY),
        ("people.whole", "data_protection_officer", WHY),
        *[("people.search", "data_protection_officer", WHY)] * 3,
    ]
    copy = signed_in(elodie.user).get("/api/v1/people/me/export/").json()
    assert WHY in {line["reason"] for line in copy["people"]["accesses"]}


def test_one_reason_is_for_one_person_and_one_hour(officer: Client, elodie: Person) -> None:
    reason = typed(officer).json()["id"]
    other = make_person(given_name="Karim")
    assert narrowed(officer, reason, elodie).status_code == 200
    assert narrowed(officer, reason, elodie).status_code == 200
    assert narrowed(officer, reason, other).json()["code"] == "reason_used"
    AccessReason.objects.update(ends_at=now() - timedelta(seconds=1))
    for path in ("card/", "file/", "people/?q=elodie"):
        assert officer.get(f"{REASONS}{reason}/{path}").json()["code"] == "reason_ended"


def test_a_reason_is_its_readers_own_and_ends_with_the_role(officer: Client, elodie: Person, small_country: SmallCountry) -> None:
    reason = typed(officer).json()["id"]
    narrowed(officer, reason, elodie)
    colleague = signed_in(make_granted(Role.DATA_PROTECTION_OFFICER, small_country.country, email="other@desk.example"))
    assert colleague.get(f"{REASONS}{reason}/card/").status_code == 404
    organiser = signed_in(make_granted(Role.ORGANISER, small_country.country))
    assert typed(organiser).json()["code"] == "not_officer"
    assert organiser.get(f"{REASONS}{reason}/card/").status_code == 403
    assert not Access.objects.filter(reading="people.whole").exists()


def test_an_officer_of_a_department_reads_nobody_elsewhere(elodie: Person, small_country: SmallCountry) -> None:
    elsewhere = signed_in(make_granted(Role.DATA_PROTECTION_OFFICER, small_country.area("02", "department")))
    reason = typed(elsewhere).json()["id"]
    assert elsewhere.get(f"{REASONS}{reason}/people/", {"q": "elodie"}).json()["items"] == []
    assert narrowed(elsewhere, reason, elodie).status_code == 404


def test_the_words_go_with_the_person_and_with_the_log(officer: Client, elodie: Person) -> None:
    narrowed(officer, typed(officer).json()["id"], elodie)
    other = services.give_reason(reader=make_user(), kind=ReasonKind.EXPORT, words=WHY, now=now())
    services.erase_person(person_id=elodie.pk, now=now())
    assert list(AccessReason.objects.values_list("pk", flat=True)) == [other.pk]
    services.turn_access_log(now=now() + timedelta(days=430))
    assert not AccessReason.objects.exists()


def on_paper(number: str = "B-0412") -> Person:
    """Somebody whom only a paper tells of."""
    met = make_person(given_name="Marthe", family_name="Kerlo", email="", phone="+33298000000", area=Area.objects.get(code="0101"))
    PaperForm.objects.create(number=number, person=met, entered_at=now())
    return met


def test_the_number_of_a_paper_finds_who_filled_it_in(officer: Client, small_country: SmallCountry) -> None:
    met, reason = on_paper(), typed(officer).json()["id"]
    found = officer.get(f"{REASONS}{reason}/people/", {"q": " b-0412 "}).json()["items"]
    assert [one["id"] for one in found] == [str(met.pk)]


def test_who_asked_by_telephone_is_erased_by_the_officer_alone(officer: Client, small_country: SmallCountry) -> None:
    met, reason = on_paper(), typed(officer).json()["id"]
    assert officer.post(f"{REASONS}{reason}/erase/").json()["code"] == "reason_open"
    narrowed(officer, reason, met)
    organiser = signed_in(make_granted(Role.ORGANISER, small_country.country))
    assert organiser.post(f"{REASONS}{reason}/erase/").status_code == 403
    assert officer.post(f"{REASONS}{reason}/erase/").status_code == 204
    assert Person.objects.get(pk=met.pk).erased_at is not None
    assert Entry.objects.filter(name="person.erasure_requested", actor_id__isnull=False).count() == 1
    assert not PaperForm.objects.exists()
    assert officer.post(f"{REASONS}{reason}/erase/").status_code == 404


def test_whoever_holds_a_role_is_erased_by_themselves(officer: Client, small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.country, email="camille@desk.example")
    person = make_person(given_name="Camille", email=organiser.email, user=organiser, area=small_country.area("0101"))
    reason = typed(officer).json()["id"]
    narrowed(officer, reason, person)
    assert officer.post(f"{REASONS}{reason}/erase/").json()["code"] == "account_open"
    assert Person.objects.get(pk=person.pk).erased_at is None


def test_an_old_proof_is_too_little_to_erase(officer: Client, small_country: SmallCountry) -> None:
    reason = typed(officer).json()["id"]
    narrowed(officer, reason, on_paper())
    session = officer.session
    session["account_authentication_methods"] = []
    session.save()
    assert officer.post(f"{REASONS}{reason}/erase/").status_code == 403
    assert not Person.objects.filter(erased_at__isnull=False).exists()
