"""What somebody agrees to on a form is what stood beside the box when they read it, or the form is shown again."""

from typing import Any

import pytest
from django.test import Client

from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, NotFound
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import AgreedBy
from maillage.people.models import Consent
from maillage.relays import services
from maillage.relays.domain import WELCOME, ApplicationStatus
from maillage.relays.domain.photos import PHOTO
from maillage.relays.models import Application, Joining
from tests.backend.people.documents import adopt_wording, propose_wording
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder, make_welcome
from tests.backend.relays.test_joining import confirm_page
from tests.backend.relays.test_joining import typed as joins
from tests.backend.relays.test_letters import letter_of
from tests.backend.relays.test_pages_apply import typed as applies

CHANGED = "The words beside this box changed while you were writing"


@pytest.mark.parametrize(
    ("form", "said", "box", "slug"),
    [
        ("/en/relays/apply/0101/", applies, "agrees_to_contact", "relay_application"),
        ("/en/relays/join/0101/", joins, "agrees_to_contact", "relay_contact"),
    ],
    ids=["apply", "join"],
)
def test_words_that_changed_meanwhile_are_read_again(client: Client, net: SmallNetwork, form: str, said: Any, box: str, slug: str):
    assert f'name="{box}" value="{slug}.1"' in client.get(form).text
    adopt_wording(slug, "Deux mots.")
    answer = client.post(form, said())
    assert answer.status_code == 400
    assert CHANGED in answer.text
    assert "Deux mots. (en)" in answer.text
    assert 'value="Claire"' in answer.text, "nothing typed is lost"
    assert "checked" not in answer.text
    assert not Application.objects.exists()
    assert not Joining.objects.exists()
    assert client.post(form, said(**{box: f"{slug}-house.1"})).status_code == 303


def test_the_optional_box_of_the_seat_says_it_at_its_own_place(client: Client, net: SmallNetwork):
    adopt_wording("relay_ask", "Deux mots.")
    answer = client.post("/en/relays/apply/0101/", applies(agrees_to_be_asked="relay_ask.1"))
    assert answer.status_code == 400
    assert f'<p class="error" id="asking-error">{CHANGED}' in answer.text


def test_who_joins_agrees_to_the_words_that_they_read_also_where_these_change_before_they_confirm(client: Client, net: SmallNetwork):
    client.post("/en/relays/join/0101/", joins())
    joining = Joining.objects.get()
    adopt_wording("relay_contact", "Deux mots.")
    client.post(confirm_page(joining), {"was": "me"})
    assert set(Consent.objects.values_list("wording", flat=True)) == {"relay_contact.1", "area_news.1"}


def test_the_mail_repeats_the_organisation_s_words(client: Client, net: SmallNetwork):
    adopt_wording("relay_contact", "Deux mots.")
    client.post("/en/relays/join/0101/", joins(agrees_to_contact="relay_contact-house.1"))
    client.post(confirm_page(Joining.objects.get()), {"was": "me"})
    assert "Deux mots. (en)" in str(letter_of(Message.objects.get(purpose="relays.joined")).blocks)


def test_a_photo_is_shown_by_who_read_the_words_in_force(net: SmallNetwork):
    _term, relay = make_holder(net.seat("0101"))
    adopt_wording("relay_photo", "Ma photo.")
    with pytest.raises(Invalid) as refused:
        services.show_photo(person_id=relay.pk, sent=b"", agrees=PHOTO.version, now=now())
    assert refused.value.code == "not_agreed"


def test_a_programme_that_shows_no_form_may_say_what_it_showed(client: Client, net: SmallNetwork):
    said = {
        "seat": str(net.seat("0101").pk),
        "given_name": "Ada",
        "email": "ada@people.example",
        "is_of_age": True,
        "agrees_to_contact": True,
    }
    address = "/api/v1/relays/applications/"
    read = {"agrees_to_contact": "relay_application.1"}
    assert client.post(address, {**said, "read": read}, content_type="application/json").status_code == 202
    adopt_wording("relay_application", "Deux mots.")
    refused = client.post(address, {**said, "read": read}, content_type="application/json")
    assert (refused.status_code, set(refused.json()["fields"])) == (400, {"agrees_to_contact"})
    assert client.post(address, said, content_type="application/json").status_code == 202
    assert set(Application.objects.values_list("consent_wording", flat=True)) == {"relay_application.1", "relay_application-house.1"}


def test_a_wording_that_comes_into_force_asks_nobody_to_agree(net: SmallNetwork):
    make_holder(net.seat("0101"))
    proposed = propose_wording()
    assert services.tell_of_proposal(version_id=proposed.pk, now=now()) == 0
    adopted = people.adopt_version(version_id=proposed.pk, by=None, now=now())
    assert services.ask_to_agree(version_id=adopted.pk, now=now()) == 0
    assert not Message.objects.filter(purpose__startswith="relays.charter").exists()


def test_one_agrees_to_a_charter_and_not_to_a_document_of_words(net: SmallNetwork):
    _term, relay = make_holder(net.seat("0101"))
    with pytest.raises(NotFound):
        people.agree_to_version(person_id=relay.pk, version_id=adopt_wording().pk, source=AgreedBy.APP, language="fr", now=now())


def test_who_stays_without_the_seat_reads_the_words_again(net: SmallNetwork):
    application = make_application(net.seat("0101"))
    adopt_wording("relay_contact", "Deux mots.")
    with pytest.raises(Invalid) as refused:
        services.stay_as_volunteer(application_id=application.pk, agrees_to={"agrees_to_contact": "relay_contact.1"}, now=now())
    assert set(refused.value.fields) == {"agrees_to"}
    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED


def test_who_welcomes_newcomers_agrees_to_what_they_were_shown(net: SmallNetwork):
    _term, relay = make_welcome(net, "0101")
    adopt_wording("relay_welcome", "Deux mots.")
    chosen: dict[str, Any] = {
        "person_id": relay.pk,
        "contact_id": relay.contact_points.get().pk,
        "places": 1,
        "as_facilitator": True,
        "as_buddy": False,
        "now": now(),
    }
    with pytest.raises(Invalid) as refused:
        services.agree_to_welcome(**chosen, read="relay_welcome.1")
    assert set(refused.value.fields) == {"agrees"}
    services.agree_to_welcome(**chosen, read="relay_welcome-house.1")
    assert Consent.objects.filter(purpose=WELCOME.purpose).latest("id").wording == "relay_welcome-house.1"


def test_a_box_that_nobody_ticked_is_not_compared(client: Client, net: SmallNetwork):
    adopt_wording("relay_ask", "Deux mots.")
    said = {
        "seat": str(net.seat("0101").pk),
        "given_name": "Ada",
        "email": "ada@people.example",
        "is_of_age": True,
        "agrees_to_contact": True,
    }
    read = {"agrees_to_contact": "relay_application.1", "agrees_to_be_asked": "relay_ask.1"}
    assert client.post("/api/v1/relays/applications/", {**said, "read": read}, content_type="application/json").status_code == 202
