"""One's own page, the page of one's choices and their mail say what was agreed to as it read, and keep what they showed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.domain.preferences import PREFERENCES_LINK
from maillage.messaging.models import Message
from maillage.messaging.selectors.preferences import preferences_of
from maillage.messaging.services.preference_letters import changed_letter
from maillage.messaging.services.preferences import save_choices
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.models import Consent
from maillage.people.selectors import own_data
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.people.documents import adopt_wording
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_network
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db
OWN = "relay_contact-house.1"


@pytest.fixture
def net(small_country: SmallCountry) -> SmallNetwork:
    return make_network(small_country)


def test_who_agreed_reads_what_they_read_and_what_stands_now_for_the_rest(net: SmallNetwork):
    person = make_person(email="ada@people.example", area=net.country.area("0101"))
    services.record_consent(
        person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, wording="relay_contact.1", source="tests", now=now()
    )
    adopt_wording()
    with translation.override("fr"):
        choices = {choice.purpose: choice.text for choice in preferences_of(person.pk).consents if choice.channel == Channel.EMAIL}
        assert choices[RELAY_CONTACT.purpose] == str(RELAY_CONTACT.text)
        adopt_wording("area_news", "Des nouvelles du coin.")
        choices = {choice.purpose: choice.text for choice in preferences_of(person.pk).consents if choice.channel == Channel.EMAIL}
        assert choices["people.area_news"] == "Des nouvelles du coin."
        assert "Des nouvelles du coin." in [consent["text"] for consent in own_data(person.pk)["consents"]]


def test_what_is_chosen_on_one_s_page_names_the_words_in_force(net: SmallNetwork):
    person = make_person(email="ada@people.example", area=net.country.area("0101"))
    adopt_wording("area_news", "Des nouvelles du coin.")
    services.choose_consent(
        person_id=person.pk, purpose="people.area_news", channel=Channel.EMAIL, is_given=True, source="tests", now=now()
    )
    assert Consent.objects.get(person_id=person.pk, purpose="people.area_news").wording == "area_news-house.1"


def test_my_page_says_what_i_agreed_to_as_it_read_and_the_rest_as_it_stands(client: Client, net: SmallNetwork):
    user = make_user("ada@people.example")
    person = make_person(email="ada@people.example", phone="+33612345678", area=net.country.area("0101"), user=user)
    services.record_consent(
        person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, wording="relay_contact.1", source="tests", now=now()
    )
    adopt_wording()
    with translation.override("fr"):
        said = {(row["purpose"], row["channel"]): row for row in own_data(person.pk)["consents"]}
        assert said[RELAY_CONTACT.purpose, "email"]["text"] == str(RELAY_CONTACT.text)
        assert said[RELAY_CONTACT.purpose, "phone"]["version"] == OWN
    sign_in(client, user)
    asked = {"purpose": RELAY_CONTACT.purpose, "channel": "phone", "is_given": True}
    address = "/api/v1/people/me/consents/"
    assert client.post(address, {**asked, "version": "relay_contact.1"}, content_type="application/json").status_code == 400
    assert not Consent.objects.filter(person_id=person.pk, channel=Channel.PHONE).exists()
    assert client.post(address, {**asked, "version": OWN}, content_type="application/json").status_code == 200
    assert Consent.objects.get(person_id=person.pk, channel=Channel.PHONE).wording == OWN


def test_the_page_of_choices_keeps_the_words_that_it_showed(client: Client, net: SmallNetwork):
    person = make_person(email="ada@people.example", area=net.country.area("0101"))
    page = f"/en/mail/choices/{sign_link(PREFERENCES_LINK, ids=[person.pk], ends_at=now() + timedelta(days=1))}/"
    contact, news = (f"{purpose}:email" for purpose in (RELAY_CONTACT.purpose, "people.area_news"))
    assert f'name="read" value="{contact}=relay_contact.1"' in client.get(page).text
    adopt_wording()
    ticked = {
        "was": [f"{contact}=0", f"{news}=0"],
        "read": [f"{contact}=relay_contact.1", f"{news}=area_news.1"],
        "box": [contact, news],
        "language": "en",
    }
    answer = client.post(page, ticked)
    assert answer.status_code == 409
    assert "The words of a box changed while you were choosing" in answer.text
    assert "Nous pouvons vous écrire. (en)" in answer.text
    assert list(Consent.objects.values_list("wording", flat=True)) == ["area_news.1"], "all else is kept"
    client.post(page, {**ticked, "was": [f"{contact}=0"], "read": [f"{contact}={OWN}"]})
    assert set(Consent.objects.values_list("wording", flat=True)) == {"area_news.1", OWN}
    adopt_wording(words="Encore autre chose.")
    client.post(page, {"was": [f"{contact}=1"], "language": "en"})
    shown = client.get(page).text
    assert f'name="read" value="{contact}={OWN}"' in shown, "given again, it is what they had read"
    client.post(page, {"was": [f"{contact}=0"], "read": [f"{contact}={OWN}"], "box": [contact], "language": "en"})
    assert Consent.objects.filter(purpose=RELAY_CONTACT.purpose).latest("id").wording == OWN


def test_who_takes_it_back_is_told_in_the_words_that_they_had_read(net: SmallNetwork):
    person = make_person(email="ada@people.example", area=net.country.area("0101"))
    adopt_wording("area_news", "Des nouvelles du coin.")
    services.choose_consent(
        person_id=person.pk, purpose="people.area_news", channel=Channel.EMAIL, is_given=True, source="tests", now=now()
    )
    adopt_wording("area_news", "D’autres mots.")
    save_choices(record_id=person.pk, wanted={"people.area_news:email": False}, language="fr", now=now())
    letter = changed_letter(Message.objects.get(purpose="messaging.preferences_changed"))
    assert "Des nouvelles du coin." in letter.plain()
    assert Consent.objects.latest("id").wording == ""
