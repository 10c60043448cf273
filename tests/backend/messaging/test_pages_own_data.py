"""What is known of somebody, by the link of a mail: theirs alone, unless an account guards it better than a mail does."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.kernel.links import sign_link
from maillage.messaging import services
from maillage.messaging.domain.preferences import OWN_DATA_LINK
from maillage.messaging.models import Message
from maillage.messaging.services.preferences import mail_own_data_link
from maillage.people import services as people
from maillage.people.models import Person
from tests.backend.accounts.factories import LONG_SINCE, make_granted, make_user
from tests.backend.messaging.factories import data_token
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db


def page_of(person: Person) -> str:
    return f"/en/mail/data/{data_token(person.pk)}/"


def with_account(given_name: str = "Nadia") -> tuple[Person, User]:
    user = make_user("nadia@people.example", language="en")
    person = make_person(given_name=given_name, email=user.email, language="en")
    Person.objects.filter(pk=person.pk).update(user=user)
    return person, user


Guard = Callable[[User, SmallCountry], None]
"""Lets an account guard what is its user's."""


def give_a_role(user: User, country: SmallCountry) -> None:
    Grant.objects.create(user=user, role=Role.ORGANISER, area=country.country, starts_at=LONG_SINCE, origin="appointed:tests")


def give_a_factor(user: User, country: SmallCountry) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def mailed(person: Person) -> str:
    mail_own_data_link(record_id=person.pk, now=now())
    services.deliver_message(message_id=Message.objects.get(purpose="messaging.own_data").pk, now=now())
    return str(mail.outbox[-1].body)


def test_who_merely_has_an_account_reads_takes_away_and_erases_by_the_link(client: Client, small_country: SmallCountry) -> None:
    person, _user = with_account()
    assert "/mail/data/" in mailed(person)
    assert b"Nadia" in client.get(page_of(person)).content
    assert client.get(f"{page_of(person)}file/").status_code == 200
    assert client.post(page_of(person), {"sure": "yes"}).status_code == 200
    assert not Person.objects.filter(pk=person.pk, erased_at__isnull=True).exists()


@pytest.mark.parametrize("brought", ["by nothing", "to another", "for another purpose", "and deleted since"])
def test_without_the_message_that_brought_it_the_link_opens_and_erases_nothing(client: Client, brought: str) -> None:
    person, _user = with_account("Zzgiven")
    other = make_person(given_name="Karim", email="karim@people.example")
    page_of(other if brought == "to another" else person)
    letter = Message.objects.get()
    ids = [person.pk] if brought == "by nothing" else [person.pk, letter.pk]
    if brought == "for another purpose":
        Message.objects.update(purpose="messaging.preferences_link")
    elif brought == "and deleted since":
        letter.delete()
    page = f"/en/mail/data/{sign_link(OWN_DATA_LINK, ids=ids, ends_at=now() + timedelta(hours=1))}/"
    for answer in (client.get(page), client.get(f"{page}file/"), client.post(page, {"sure": "yes"})):
        assert answer.status_code == 410
        assert b"Zzgiven" not in answer.content
        assert b'action="/en/mail/choices/"' in answer.content
    assert Person.objects.filter(pk=person.pk, erased_at__isnull=True).exists()


@pytest.mark.parametrize("guard", [give_a_role, give_a_factor])
def test_what_an_account_guards_is_opened_by_no_link(client: Client, small_country: SmallCountry, guard: Guard) -> None:
    person, user = with_account("Zzgiven")
    guard(user, small_country)
    body = mailed(person)
    assert "/app/me/data" in body
    assert "/mail/data/" not in body
    for answer in (client.get(page_of(person)), client.get(f"{page_of(person)}file/"), client.post(page_of(person), {"sure": "yes"})):
        assert answer.status_code == 403
        assert b"Zzgiven" not in answer.content
        assert b"/app/me/data" in answer.content
    assert Person.objects.filter(pk=person.pk, erased_at__isnull=True, user=user).exists()


def test_once_the_role_has_ended_the_link_opens_again(client: Client, small_country: SmallCountry) -> None:
    person, user = with_account()
    give_a_role(user, small_country)
    Grant.objects.filter(user=user).update(ends_at=now() - timedelta(days=1))
    assert client.get(page_of(person)).status_code == 200


def test_the_last_administrator_appoints_another_one_before_being_forgotten(small_country: SmallCountry) -> None:
    person, user = with_account()
    Grant.objects.create(user=user, role=Role.ADMINISTRATOR, area=small_country.country, starts_at=LONG_SINCE, origin="installation")
    with pytest.raises(Conflict) as refused:
        people.erase_own(record_id=person.pk, now=now())
    assert refused.value.code == "last_administrator"
    assert Person.objects.get(pk=person.pk).user == user
    make_granted(Role.ADMINISTRATOR, small_country.country)
    people.erase_own(record_id=person.pk, now=now())
    assert Person.objects.get(pk=person.pk).erased_at is not None


def test_it_says_as_what_and_where_somebody_read(client: Client, small_country: SmallCountry) -> None:
    person, _user = with_account()
    reader = make_granted(Role.ORGANISER, small_country.area("01", "department"))
    make_person(user=reader, given_name="Inès", family_name="Prat")
    people.note_access(reader=reader, role=Role.ORGANISER, reading="people.list", person_ids=[person.pk], now=now())
    others = make_granted(Role.RELAY, small_country.area("0101"))
    people.note_access(reader=others, role=Role.RELAY, reading="people.card", person_ids=[person.pk], now=now())
    text = re.sub(r"<[^>]+>", "", client.get(page_of(person)).content.decode())
    assert f"Inès Prat · Organiser, {small_country.area('01', 'department').called}" in text
    assert f"Somebody who has not said their name yet · Relay, {small_country.area('0101').called}" in text


@pytest.mark.parametrize(
    ("code", "said"), [("0101", "Wednesday 1 July, 1:30 am"), ("0301", "Tuesday 30 June, 7:30 pm"), (None, "Wednesday 1 July, 1:30 am")]
)
@pytest.mark.usefixtures("house_of_the_country")
def test_days_and_hours_are_those_of_where_somebody_lives(client: Client, small_country: SmallCountry, code: str | None, said: str) -> None:
    person = make_person(given_name="Ada", email="ada@people.example", area=small_country.area(code) if code else None)
    reader = make_granted(Role.ORGANISER, small_country.country)
    at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    people.note_access(reader=reader, role=Role.ORGANISER, reading="people.card", person_ids=[person.pk], now=at)
    assert said in client.get(page_of(person)).text.replace("\N{NO-BREAK SPACE}", " ")


def test_who_read_earlier_stands_behind_a_link(client: Client, small_country: SmallCountry) -> None:
    person, _user = with_account()
    reader = make_granted(Role.ORGANISER, small_country.country)
    for minutes in range(25):
        at = now() - timedelta(minutes=minutes)
        people.note_access(reader=reader, role=Role.ORGANISER, reading="people.list", person_ids=[person.pk], now=at)
    text, seen = client.get(page_of(person)).content.decode(), 0
    seen += text.count("<li><div><h3>")
    earlier = re.search(r'href="(\?after=[^"#]+)#readings"', text)
    assert earlier
    text = client.get(page_of(person) + earlier[1]).content.decode()
    seen += text.count("<li><div><h3>")
    assert seen == 25
    assert "Show who read earlier" not in text
    assert client.get(f"{page_of(person)}?after=nonsense").status_code == 400
