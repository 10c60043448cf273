from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings as installed
from django.test import Client

from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.people.models import Person
from maillage.relays.domain import ApplicationStatus
from maillage.relays.models import Application
from maillage.territories.selectors.areas import localities_of
from tests.backend.relays.factories import SmallNetwork, make_holder

FORM = "/en/relays/apply/0101/"


def typed(**changes: str) -> dict[str, str]:
    """What a visitor types into the form."""
    said = {
        "given_name": "Claire",
        "family_name": "Dumontel",
        "email": "claire@people.example",
        "phone": "",
        "motivation": "I know everyone here.",
        "agrees_to_contact": "relay_application.1",
        "is_of_age": "yes",
        "idempotency_key": str(uuid4()),
    }
    return {**said, **changes}


def test_the_form_says_why_each_thing_is_asked_and_ticks_nothing(client: Client, net: SmallNetwork) -> None:
    page = client.get(FORM).text
    assert "So that we know whom to ask for." in page
    assert page.count('type="checkbox"') == 4
    assert "checked" not in page
    assert 'name="idempotency_key" value="' in page
    assert "Who will see what about you" in page
    assert 'content="noindex"' in page


def test_asking_leads_to_the_mail_to_open(client: Client, net: SmallNetwork) -> None:
    answer = client.post(FORM, typed())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/relays/apply/0101/sent/")
    application = Application.objects.get()
    assert application.status == ApplicationStatus.UNCONFIRMED
    assert application.seat == net.seat("0101")
    assert application.person.language == "en"
    assert Message.objects.filter(purpose="relays.confirm_application").count() == 1


def test_the_commune_that_was_chosen_is_kept_and_no_birth_date(client: Client, net: SmallNetwork) -> None:
    commune = localities_of(net.country.area("0101"))[0]
    assert f'<option value="{commune.code}">{commune.called}</option>' in client.get(FORM).text
    client.post(FORM, typed(locality=commune.code))
    application = Application.objects.get()
    assert application.person.locality == commune
    assert application.is_of_age


def test_the_sent_page_names_neither_the_person_nor_the_address(client: Client, net: SmallNetwork) -> None:
    client.post(FORM, typed())
    page = client.get("/en/relays/apply/0101/sent/").text
    assert "One mail to open" in page
    assert "claire" not in page.lower()


def test_the_same_form_sent_twice_asks_once(client: Client, net: SmallNetwork) -> None:
    same = typed()
    first, second = client.post(FORM, same), client.post(FORM, same)
    assert first.status_code == second.status_code == 303
    assert second.headers["Location"] == first.headers["Location"]
    assert Application.objects.count() == Message.objects.count() == 1


def test_a_form_corrected_and_sent_again_with_its_key_is_taken(client: Client, net: SmallNetwork) -> None:
    wrong = typed(email="claire@")
    assert client.post(FORM, wrong).status_code == 400
    assert client.post(FORM, wrong | {"email": "claire@people.example"}).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("given_name", " ", "Write your first name"),
        ("email", "claire@", "This does not look like an e-mail address."),
        ("phone", "call me", "This does not look like a telephone number."),
        ("agrees_to_contact", "", "We can only call you if you agree to it."),
        ("is_of_age", "", "Younger than 15, a parent would have to agree"),
        ("locality", "02001", "Choose a commune of this place, or none."),
        ("motivation", "x" * 2001, "At most 2000 letters fit here."),
    ],
)
def test_an_error_stands_by_its_field_and_keeps_what_was_typed(
    client: Client, net: SmallNetwork, field: str, value: str, sentence: str
) -> None:
    answer = client.post(FORM, typed(**{field: value}))
    assert answer.status_code == 400
    assert sentence in answer.text
    assert 'role="alert"' in answer.text
    assert ("Claire" in answer.text) is (field != "given_name")
    assert not Application.objects.exists()
    assert not Person.objects.exists()


def test_a_consent_is_given_anew_after_an_error(client: Client, net: SmallNetwork) -> None:
    assert "checked" not in client.post(FORM, typed(email="claire@", shows_given_name="yes")).text


def test_what_was_typed_is_escaped(client: Client, net: SmallNetwork) -> None:
    assert "<b>x</b>" not in client.post(FORM, typed(email="@", given_name="<b>x</b>")).text


def test_nobody_asks_for_a_filled_seat(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"))
    page = client.get(FORM).text
    assert "Somebody already holds this seat." in page
    assert "<form" not in page
    answer = client.post(FORM, typed())
    assert answer.status_code == 409
    assert not Application.objects.exists()


def test_a_closed_network_takes_nobody(client: Client, net: SmallNetwork) -> None:
    net.network.closes_at = now() - timedelta(days=1)
    net.network.save()
    assert client.get(FORM).status_code == 404
    assert client.post(FORM, typed()).status_code == 404


def test_a_place_without_a_seat_has_no_form(client: Client, net: SmallNetwork) -> None:
    assert client.get("/en/relays/apply/9999/").status_code == 404
    assert client.post("/en/relays/apply/9999/", typed()).status_code == 404


def test_a_network_has_so_many_forms_an_hour_whatever_the_addresses_and_an_emptied_redis_lifts_nothing(
    client: Client, net: SmallNetwork, settings: Any
) -> None:
    settings.PUBLIC_WRITES_AN_HOUR = 2
    assert [client.post(FORM, typed(email=f"n{number}@people.example")).status_code for number in range(2)] == [303, 303]
    redis.Redis.from_url(installed.CELERY_BROKER_URL).flushdb()
    answer = client.post(FORM, typed(email="n3@people.example"))
    assert answer.status_code == 429
    assert "Too many forms came from your network" in answer.text
    assert "n3@people.example" in answer.text, "what was typed is still there"
    assert Message.objects.filter(purpose="relays.confirm_application").count() == 2
    assert not Person.objects.filter(contact_points__value="n3@people.example").exists()
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post(FORM, typed(email="n3@people.example")).status_code == 303


def test_an_address_has_three_mails_a_day_from_whatever_network(net: SmallNetwork) -> None:
    answers = [Client(REMOTE_ADDR=f"203.0.113.{number}").post(FORM, typed()) for number in range(5)]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, "/en/relays/apply/0101/sent/")}
    assert Message.objects.filter(purpose="relays.confirm_application").count() == 3


def test_the_page_reads_and_sets_no_cookie(client: Client, net: SmallNetwork) -> None:
    answer = client.post(FORM, typed())
    assert not answer.cookies
    assert not client.get(FORM).cookies
