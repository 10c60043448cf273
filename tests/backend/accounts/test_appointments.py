"""Roles given by an administrator, and the first administrator."""

from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from maillage.accounts import services
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.accounts.selectors.appointments import masked
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.messaging.models import Message
from maillage.messaging.services import deliver_message, tell_of_appointment
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.accounts.test_step_up import grow_old
from tests.backend.territories.factories import SmallCountry

ADDRESS = "/api/v1/accounts/appointments/"


@pytest.fixture
def administrator(small_country: SmallCountry) -> User:
    return make_granted(Role.ADMINISTRATOR, small_country.country, email="anne@people.example")


def appoint(client: Client, **asked: Any) -> Any:
    body = {"email": "New.Organiser@people.example", "role": "organiser", "country": "XM", "kind": "department", "code": "01", **asked}
    return client.post(ADDRESS, body, content_type="application/json")


def test_appointing_asks_for_a_recent_proof(client: Client, administrator: User) -> None:
    sign_in(client, administrator)
    grow_old(client)
    assert appoint(client).json()["code"] == "step_up_required"
    assert not Grant.objects.filter(role=Role.ORGANISER).exists()


def test_an_organiser_is_appointed_by_address_and_told_by_mail(client: Client, administrator: User) -> None:
    sign_in(client, administrator)
    answer = appoint(client, language="en")
    assert answer.status_code == 201
    assert (answer.json()["address"], answer.json()["role"], answer.json()["area"]["code"]) == ("n…r@people.example", "organiser", "01")
    grant = Grant.objects.get(user__email="new.organiser@people.example")
    assert (grant.role, grant.origin) == ("organiser", f"appointed:{administrator.pk}")
    assert Entry.objects.filter(name="role.appointed", subject_id=str(grant.pk), actor_id=administrator.pk).count() == 1
    tell_of_appointment(grant_id=grant.pk, now=now())
    (message,) = Message.objects.filter(purpose="accounts.appointment")
    deliver_message(message_id=message.pk, now=now())
    (sent,) = mail.outbox
    assert sent.to == ["new.organiser@people.example"]
    assert "organiser" in sent.subject
    assert "/app/" in sent.body


def test_appointing_twice_changes_nothing(client: Client, administrator: User) -> None:
    sign_in(client, administrator)
    first, second = appoint(client).json(), appoint(client).json()
    assert first["id"] == second["id"]
    assert Entry.objects.filter(name="role.appointed").count() == 1


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"role": "relay"}, "role"),
        ({"role": "king"}, "role"),
        ({"email": "nobody"}, "email"),
        ({"code": "nowhere"}, "code"),
        ({"kind": ""}, "kind"),
    ],
)
def test_what_cannot_be_is_refused_by_field(client: Client, administrator: User, asked: dict[str, str], field: str) -> None:
    sign_in(client, administrator)
    answer = appoint(client, **asked)
    assert answer.status_code == 400
    assert field in answer.json()["fields"]
    assert Grant.objects.count() == 1


def test_the_list_names_nobody(client: Client, administrator: User, small_country: SmallCountry) -> None:
    make_granted(Role.ORGANISER, small_country.area("01", "department"), email="somebody.known@people.example")
    make_granted(Role.RELAY, small_country.area("0101"), email="relay@people.example")
    sign_in(client, administrator)
    answer = client.get(ADDRESS)
    assert "somebody" not in answer.content.decode()
    assert [(row["role"], row["address"], row["is_me"]) for row in answer.json()["items"]] == [
        ("administrator", "a…e@people.example", True),
        ("organiser", "s…n@people.example", False),
    ]


def test_a_role_is_ended_once(client: Client, administrator: User, small_country: SmallCountry) -> None:
    organiser = make_granted(Role.ORGANISER, small_country.country)
    grant = Grant.objects.get(user=organiser)
    sign_in(client, administrator)
    for _ in range(2):
        assert client.post(f"{ADDRESS}{grant.pk}/end/").status_code == 204
    grant.refresh_from_db()
    assert not grant.is_running(now())
    assert Entry.objects.filter(name="role.ended").count() == 1


def test_the_last_administrator_stays(client: Client, administrator: User, small_country: SmallCountry) -> None:
    sign_in(client, administrator)
    mine = Grant.objects.get(user=administrator)
    answer = client.post(f"{ADDRESS}{mine.pk}/end/")
    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    other = make_granted(Role.ADMINISTRATOR, small_country.area("01", "department"), email="other@people.example")
    assert client.post(f"{ADDRESS}{mine.pk}/end/").status_code == 204
    with pytest.raises(Conflict):
        services.end_appointment(grant_id=Grant.objects.get(user=other).pk, by=other, now=now())


def test_the_role_of_a_seat_is_not_ended_here(client: Client, administrator: User, small_country: SmallCountry) -> None:
    grant = Grant.objects.get(user=make_granted(Role.RELAY, small_country.area("0101")))
    sign_in(client, administrator)
    assert client.post(f"{ADDRESS}{grant.pk}/end/").status_code == 404
    grant.refresh_from_db()
    assert grant.is_running(now())


def test_who_is_no_administrator_appoints_nobody(client: Client, small_country: SmallCountry) -> None:
    sign_in(client, make_user())
    assert (client.get(ADDRESS).status_code, appoint(client).status_code) == (403, 403)


def test_the_first_administrator_is_appointed_by_who_installs(small_country: SmallCountry, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        call_command("invite_administrator", "first@people.example")
    grant = Grant.objects.get(user__email="first@people.example")
    assert (grant.role, grant.area_id, grant.origin) == ("administrator", small_country.country.pk, "installation")
    assert Entry.objects.filter(name="role.appointed").count() == 1
    assert "/app/" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["nobody"], ["first@people.example", "--country", "ZZ"]])
def test_a_first_administrator_that_cannot_be_is_refused_in_words(small_country: SmallCountry, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("invite_administrator", *arguments)
    assert not Grant.objects.exists()


@pytest.mark.django_db
def test_without_territories_there_is_nothing_to_administer() -> None:
    with pytest.raises(CommandError, match="load_territories"):
        call_command("invite_administrator", "first@people.example")


@pytest.mark.parametrize(("address", "shown"), [("ada@x.org", "a…a@x.org"), ("ab@x.org", "a…@x.org"), ("a@x.org", "a…@x.org")])
def test_an_address_in_part_hides_its_owner(address: str, shown: str) -> None:
    assert masked(address) == shown
