"""The endpoints of imports: a file sent as it is, its steps, its preview, its refused lines."""

import csv
import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.models import Access, Import, Person
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.people.factories import make_person
from tests.backend.people.import_files import ORIGIN, checked, csv_bytes, imported, line, organiser_of, uploaded
from tests.backend.territories.factories import SmallCountry

ADDRESS = "/api/v1/people/imports/"


def signed_in(user: User, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    sign_in(client, user)
    return client


def upload(client: Client, content: bytes, query: str = "?name=people.csv") -> Any:
    return client.generic("POST", f"{ADDRESS}{query}", content, content_type="text/csv")


def describe(client: Client, found: dict[str, Any], **changed: Any) -> Any:
    body = {"columns": found["columns"], "consents": [], "key": "email", "origin": ORIGIN, "has_headings": True, **changed}
    return client.put(f"{ADDRESS}{found['id']}/", body, content_type="application/json")


@pytest.mark.django_db
def test_anonymous_and_people_without_the_role_are_refused(small_country: SmallCountry) -> None:
    assert upload(Client(), csv_bytes([line()])).status_code == 403
    for user in (
        make_user(),
        make_granted(Role.ADMINISTRATOR, small_country.country),
        make_granted(Role.RELAY, small_country.area("0101")),
    ):
        answer = upload(signed_in(user), csv_bytes([line()]))
        assert (answer.status_code, answer.json()["code"]) == (403, "not_an_organiser")
        assert signed_in(user).get(ADDRESS).json() == {"items": []}
    assert not Import.objects.exists()


def test_a_file_goes_from_upload_to_people(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    client = signed_in(by)
    answer = upload(client, csv_bytes([line(email="n@people.example"), line("Hugo", "Lamy", seat="0201")], encoding="cp1252"))
    assert answer.status_code == 201
    found = answer.json()
    assert (found["lines"], found["encoding"], found["separator"], found["status"]) == (2, "cp1252", ";", "uploaded")
    assert found["headings"][0] == "Prénom"
    assert found["sample"][0][0] == "Nadia"
    assert found["columns"]["email"] == 2
    assert describe(client, found).json()["status"] == "checking"
    while services.check_import_lines(import_id=found["id"], now=now()):
        pass
    preview = client.get(f"{ADDRESS}{found['id']}/preview/").json()
    assert [(item["outcome"], [reason["code"] for reason in item["refused"]]) for item in preview["items"]] == [
        ("new", []),
        ("refused", ["outside"]),
    ]
    assert preview["reasons"] == [{"code": "outside", "told": "This place is not one of those that you organise."}]
    assert client.post(f"{ADDRESS}{found['id']}/run/").json()["status"] == "running"
    while services.write_import_lines(import_id=found["id"], now=now()):
        pass
    read = client.get(f"{ADDRESS}{found['id']}/").json()
    assert (read["status"], read["counts"]["created"], read["counts"]["refused"], read["can_be_undone"]) == ("done", 1, 1, True)
    assert client.post(f"{ADDRESS}{found['id']}/undo/").json()["status"] == "undoing"
    while services.take_back_imported(import_id=found["id"], now=now()):
        pass
    assert not Person.objects.exists()
    assert [item["status"] for item in client.get(ADDRESS).json()["items"]] == ["undone"]


@pytest.mark.parametrize(
    ("content", "query", "status", "code"),
    [
        (b" \r\n", "", 400, "empty_file"),
        (b"PK\x03\x04", "", 400, "not_csv"),
        (b"prenom;nom\r\n", "", 400, "empty_file"),
        (b"prenom;nom\r\nA;B\r\n", "?encoding=ebcdic", 400, "invalid"),
        (b"prenom;nom\r\nA;B\r\n", "?separator=x", 400, "invalid"),
    ],
)
def test_what_is_no_file_of_people_is_said(small_country: SmallCountry, content: bytes, query: str, status: int, code: str) -> None:
    answer = upload(signed_in(organiser_of(small_country)), content, query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_file_comes_from_a_browser_with_its_token(small_country: SmallCountry) -> None:
    """The token is looked for in the header before the body, which is no form, is touched."""
    client = Client(enforce_csrf_checks=True)
    sign_in(client, organiser_of(small_country))
    client.get("/app/")
    token = {"X-CSRFToken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    content = csv_bytes([line() for _number in range(20_000)])
    answer = client.generic("POST", ADDRESS, content, content_type="text/csv", headers=token)
    assert (answer.status_code, answer.json().get("lines")) == (201, 20_000)
    assert client.generic("POST", ADDRESS, content, content_type="text/csv").status_code == 403


def test_separator_and_encoding_can_be_said(small_country: SmallCountry) -> None:
    answer = upload(signed_in(organiser_of(small_country)), csv_bytes([line()], separator=","), "?separator=%2C&encoding=utf-8")
    assert (answer.json()["separator"], answer.json()["headings"][1]) == (",", "Nom")


def test_refused_lines_come_back_with_their_reason_and_no_formula(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = checked(by, [line("=cmd|' /C calc'!A0", "Ferhat", "not an address"), line(email="n@people.example")])
    answer = signed_in(by).get(f"{ADDRESS}{batch.pk}/refused/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:4] == ["Line", "Reason", "Prénom", "Nom"]
    assert rows[1][:4] == ["2", "The e-mail address cannot exist.", "'=cmd|' /C calc'!A0", "Ferhat"]
    assert len(rows) == 2


def test_seeing_that_somebody_is_known_is_written_in_the_access_log(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    person = make_person(email="n@people.example", area=small_country.area("0101"))
    batch = checked(by, [line(email="n@people.example"), line("Hugo", "Lamy")])
    items = signed_in(by).get(f"{ADDRESS}{batch.pk}/preview/").json()["items"]
    assert "person_id" not in items[0]
    assert [(access.reading, access.person_ids) for access in Access.objects.all()] == [("people.import", [person.pk])]


def test_another_organiser_does_not_see_it(small_country: SmallCountry) -> None:
    batch = imported(organiser_of(small_country), [line()])
    client = signed_in(make_granted(Role.ORGANISER, small_country.country))
    assert client.get(ADDRESS).json() == {"items": []}
    for path in ("", "preview/", "refused/"):
        assert client.get(f"{ADDRESS}{batch.pk}/{path}").status_code == 404
    assert client.post(f"{ADDRESS}{batch.pk}/undo/").status_code == 404


def test_steps_out_of_turn_are_conflicts(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    client = signed_in(by)
    found = upload(client, csv_bytes([line()])).json()
    for step in ("run", "undo"):
        assert client.post(f"{ADDRESS}{found['id']}/{step}/").status_code == 409
    describe(client, found)
    assert describe(client, found).json()["code"] == "import_at_work"
    assert client.post(f"{ADDRESS}{found['id']}/stop/").json()["status"] == "uploaded"
    assert client.delete(f"{ADDRESS}{found['id']}/").status_code == 204


@pytest.mark.parametrize(
    "changed",
    [
        {"columns": {"email": -1}},
        {"columns": {"x": 0}},
        {"key": "none"},
        {"consents": [{}]},
        {"origin": None},
        {"columns": {"email": 2**40}},
    ],
)
def test_a_body_that_makes_no_sense_is_said(small_country: SmallCountry, changed: dict[str, Any]) -> None:
    client = signed_in(organiser_of(small_country))
    found = upload(client, csv_bytes([line()])).json()
    answer = describe(client, found, **changed)
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")


def test_whoever_organises_takes_over_what_somebody_left(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = imported(by, [line(email="n@people.example")])
    national, elsewhere = make_granted(Role.ORGANISER, small_country.country), organiser_of(small_country, "02")
    client = signed_in(national)
    take = f"{ADDRESS}{batch.pk}/take-over/"
    assert client.post(take).status_code == 404, "they still organise"
    Grant.objects.filter(user=by).update(ends_at=now())
    (item,) = client.get(ADDRESS).json()["items"]
    assert (item["is_mine"], item["can_be_undone"], item["file_name"], item["origin"]) == (False, False, "", ORIGIN)
    assert client.get(f"{ADDRESS}{batch.pk}/").status_code == 404, "nothing of it is read before"
    assert signed_in(elsewhere).get(ADDRESS).json() == {"items": []}, "not of their places"
    assert signed_in(elsewhere).post(take).status_code == 404
    for _time in range(2):
        assert client.post(take).json()["is_mine"] is True
    assert client.post(f"{ADDRESS}{batch.pk}/undo/").json()["status"] == "undoing"
    assert Entry.objects.get(name="import.taken_over").data["before_id"] == str(by.pk)


TOUCHED = [
    ("get", ""),
    ("put", ""),
    ("delete", ""),
    ("get", "preview/"),
    ("get", "refused/"),
    ("post", "run/"),
    ("post", "stop/"),
    ("post", "undo/"),
    ("post", "take-over/"),
]


@pytest.mark.parametrize("is_written", [True, False], ids=["written", "only read"])
@pytest.mark.parametrize("left", ["nothing", "a part"])
def test_whoever_no_longer_organises_its_places_touches_nothing_of_it(small_country: SmallCountry, left: str, is_written: bool) -> None:
    """The term ended, or it was narrowed: the file is about people whom they see no longer."""
    by = organiser_of(small_country)
    batch = imported(by, [line(), line("Hugo", "Lamy", seat="0102")]) if is_written else uploaded(by, [line(), line(seat="0102")])
    client = signed_in(by)
    assert client.get(f"{ADDRESS}{batch.pk}/").status_code == 200
    Grant.objects.filter(user=by).update(ends_at=now())
    if left == "a part":
        Grant.objects.create(user=by, role=Role.ORGANISER, area=small_country.area("0101"), starts_at=now(), origin="test")
    before = Import.objects.values().get(pk=batch.pk)
    body = {"columns": {"given_name": 0, "constituency": 6}, "consents": [], "key": "email", "origin": ORIGIN, "has_headings": True}
    for method, path in TOUCHED:
        answer = client.generic(method.upper(), f"{ADDRESS}{batch.pk}/{path}", json.dumps(body), content_type="application/json")
        assert answer.status_code == 403, (method, path)
        assert answer.json()["code"] == ("not_an_organiser" if left == "nothing" else "not_your_places")
    assert Import.objects.values().get(pk=batch.pk) == before
    assert not Job.objects.filter(name="people.undo_import").exists()
    if is_written:
        assert client.get(ADDRESS).json() == {"items": []}
        heir = signed_in(make_granted(Role.ORGANISER, small_country.country))
        assert heir.post(f"{ADDRESS}{batch.pk}/take-over/").json()["is_mine"] is True, "also of a term that was narrowed"


def test_whoever_organises_more_than_before_goes_on(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = imported(by, [line()])
    Grant.objects.filter(user=by).update(ends_at=now())
    Grant.objects.create(user=by, role=Role.ORGANISER, area=small_country.country, starts_at=now(), origin="test")
    assert signed_in(by).post(f"{ADDRESS}{batch.pk}/undo/").status_code == 200


def test_what_an_erased_organiser_left_is_not_lost(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = imported(by, [line(email="n@people.example")])
    by.delete()
    client = signed_in(make_granted(Role.ORGANISER, small_country.country))
    assert client.post(f"{ADDRESS}{batch.pk}/take-over/").status_code == 200


def test_a_file_of_which_nobody_was_written_is_left_to_nobody(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    checked(by, [line(email="n@people.example")])
    Grant.objects.filter(user=by).update(ends_at=now())
    assert signed_in(make_granted(Role.ORGANISER, small_country.country)).get(ADDRESS).json() == {"items": []}
