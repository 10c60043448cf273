"""A paper says what it printed: whoever enters it names the version, also where other words came into force since."""

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, WORDINGS, Channel, Wording
from maillage.people.models import Consent, PaperForm, Person
from maillage.people.selectors import wordings_known
from tests.backend.accounts.factories import make_granted
from tests.backend.people.documents import adopt_wording
from tests.backend.relays.factories import SmallNetwork, make_network
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db
OWN = "relay_contact-house.1"


@pytest.fixture
def writer(small_country: SmallCountry) -> User:
    return make_granted(Role.ORGANISER, small_country.country)


@pytest.fixture
def net(small_country: SmallCountry) -> SmallNetwork:
    return make_network(small_country)


def enter(by: User, place: SmallCountry, *, printed: tuple[str, ...] = ()) -> Person:
    return services.enter_person(
        area_id=place.area("0101").pk,
        given_name="Odette",
        family_name="",
        contacts={Channel.PHONE: "0612345678", Channel.EMAIL: "odette@people.example"},
        agrees_to={Channel.PHONE: [RELAY_CONTACT.purpose], Channel.EMAIL: [RELAY_CONTACT.purpose]},
        paper_number="A-1",
        is_read_aloud=True,
        is_of_age=True,
        language="fr",
        by=by,
        now=now(),
        printed=printed,
    )


@pytest.mark.parametrize(("printed", "version"), [((), OWN), (("relay_contact.1",), "relay_contact.1")], ids=["in force", "an older paper"])
def test_a_paper_names_the_words_that_it_printed(writer: User, small_country: SmallCountry, printed: tuple[str, ...], version: str):
    adopt_wording()
    odette = enter(writer, small_country, printed=printed)
    assert Consent.objects.get(person_id=odette.pk, channel=Channel.PHONE).wording == version
    assert PaperForm.objects.get().waiting == [version]
    adopt_wording(words="Changé entre-temps.")
    point = odette.contact_points.get(channel=Channel.EMAIL)
    services.confirm_entered_address(contact_point_id=point.pk, now=now())
    assert Consent.objects.get(person_id=odette.pk, channel=Channel.EMAIL).wording == version


@pytest.mark.parametrize(
    "printed", [("relay_contact.9",), ("area_news.1",), ("relay_contact.1", OWN)], ids=["unknown", "on no paper", "two of one box"]
)
def test_a_paper_that_nobody_printed_is_refused(writer: User, small_country: SmallCountry, printed: tuple[str, ...]):
    adopt_wording()
    with pytest.raises(Invalid) as refused:
        enter(writer, small_country, printed=printed)
    assert set(refused.value.fields) == {"wordings"}
    assert not Person.objects.filter(given_name="Odette").exists()


def test_the_printed_page_carries_the_words_in_force(client: Client, net: SmallNetwork):
    adopt_wording()
    adopt_wording("relay_application", "On m’appelle pour ce siège.")
    page = client.get("/fr/places/0101/paper/").text
    assert f'Nous pouvons vous écrire. <span class="version">({OWN})</span>' in page
    assert "On m’appelle pour ce siège." in page


def test_what_left_the_code_is_still_known_and_counts_once_an_address_is_confirmed(
    writer: User, small_country: SmallCountry, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
):
    monkeypatch.setitem(
        WORDINGS, "relay_contact.0", Wording("relay_contact.0", RELAY_CONTACT.purpose, "Les premiers mots.", is_standing=True)
    )
    services.keep_wordings(now=now())
    odette = enter(writer, small_country, printed=("relay_contact.0",))
    monkeypatch.delitem(WORDINGS, "relay_contact.0")
    with django_assert_num_queries(1), translation.override("fr"):
        assert str(wordings_known(["relay_contact.0"])["relay_contact.0"].text) == "Les premiers mots."
    services.confirm_entered_address(contact_point_id=odette.contact_points.get(channel=Channel.EMAIL).pk, now=now())
    assert Consent.objects.get(person_id=odette.pk, channel=Channel.EMAIL).wording == "relay_contact.0"


def test_what_nobody_knows_waits_on_and_the_operators_are_told(writer: User, small_country: SmallCountry, caplog: pytest.LogCaptureFixture):
    odette = enter(writer, small_country)
    PaperForm.objects.update(waiting=["gone.1", "relay_contact.1"])
    services.confirm_entered_address(contact_point_id=odette.contact_points.get(channel=Channel.EMAIL).pk, now=now())
    assert PaperForm.objects.get().waiting == ["gone.1"]
    assert "a paper names wordings that nobody knows: gone.1" in caplog.text
    assert Consent.objects.get(person_id=odette.pk, channel=Channel.EMAIL).wording == "relay_contact.1"
