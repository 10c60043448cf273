"""The same code on other places: senators met by department, a British network by constituency. From the form to the seat."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging import services as messaging
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import LegalKind
from maillage.people.selectors.organisation import forget_held
from maillage.relays import services
from maillage.relays.domain import CONFIRM_LINK, MISSED_LINK, SeatState
from maillage.relays.domain.joining import JOIN_LINK
from maillage.relays.models import Application, Joining, RelayNetwork, Seat, Term
from maillage.relays.selectors import seat
from maillage.territories.models import Area, AreaKind, AreaNeighbour
from maillage.territories.services import pictures
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

DATA = Path(os.environ.get("MAILLAGE_BOUNDARIES") or settings.BOUNDARIES_BESIDE)
UK = DATA / "uk_constituencies_2024.geojson"
FRANCE = DATA / "fr_constituencies.csv"


@pytest.fixture(autouse=True)
def no_pictures(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What places look like is tested elsewhere."""
    monkeypatch.setattr(pictures, "bake_pictures", lambda **_: None)


def open_net(client: Client, *, country: str, kind: str, fr: str, en: str) -> RelayNetwork:
    """An administrator opens a network of one kind of place, and says whom its relays meet."""
    people.describe_organisation(name="Collectif", country=country, legal_kind=LegalKind.UNION, languages=["fr", "en"], now=now())
    forget_held()
    whole = Area.objects.get(country=country, kind__level=0)
    sign_in(client, make_granted(Role.ADMINISTRATOR, whole))
    texts = [
        {"language": "fr", "name": "Le réseau", "purpose": "Une personne partout.", "office": fr},
        {"language": "en", "name": "The net", "purpose": "Somebody everywhere.", "office": en},
    ]
    answer = client.post("/api/v1/relays/networks/", {"slug": "net", "kind": kind, "texts": texts}, content_type="application/json")
    assert answer.status_code == 201, answer.text
    return RelayNetwork.objects.get(pk=answer.json()["id"])


def take_the_seat(client: Client, held: Seat) -> Term:
    """Somebody asks for a seat by its form, confirms by the mail's link, and an organiser of the country approves."""
    area, visitor = held.area, Client()
    said = {
        "given_name": "Claire",
        "family_name": "Dumontel",
        "email": "claire@people.example",
        "phone": "",
        "motivation": "",
        "agrees_to_contact": "relay_application.1",
        "is_of_age": "yes",
        "shows_given_name": "yes",
        "idempotency_key": str(uuid4()),
    }
    assert visitor.post(f"/en/relays/apply/{area.code}/", said).status_code == 303
    asked = Application.objects.select_related("person").get()
    assert asked.seat_id == held.pk
    link = sign_link(CONFIRM_LINK, ids=[asked.pk, asked.person.contact_points.get().pk], ends_at=now().replace(year=now().year + 1))
    assert visitor.post(f"/en/relays/apply/confirm/{link}/", {"was": "me"}, follow=True).status_code == 200
    organiser = make_granted(Role.ORGANISER, Area.objects.get(country=area.country, kind__level=0), email="nadia@desk.example")
    make_person(given_name="Nadia", family_name="Ferhat", user=organiser, email=organiser.email)
    sign_in(client, organiser)
    answer = client.post(f"/api/v1/relays/applications/{asked.pk}/approve/", {"kind": "relay"}, content_type="application/json")
    assert answer.status_code == 200, answer.text
    term = Term.objects.get(person=asked.person_id)
    assert (term.seat_id, seat(held.pk).state) == (held.pk, SeatState.FILLED)
    assert Grant.objects.filter(user__person=asked.person_id, role=Role.RELAY, area=area).exists()
    return term


@pytest.mark.skipif(not FRANCE.is_file(), reason=f"the open data are not in {DATA}")
def test_senators_are_met_by_department(client: Client) -> None:
    call_command("load_territories", source=str(DATA), only="constituencies_overview")
    network = open_net(client, country="FR", kind="department", fr="sénatrice ou sénateur", en="senator")
    departments = Area.objects.filter(country="FR", kind__code="department", valid_until=None).count()
    assert Seat.objects.filter(network=network).count() == departments > 100
    drome = Seat.objects.select_related("area").get(network=network, area__code="26")
    form = Client().get("/fr/relays/apply/26/").text
    assert "rencontre votre sénatrice ou sénateur" in form
    assert "député" not in form
    assert "Whoever holds it meets your senator." in Client().get("/en/relays/apply/26/").text
    poster = Client().get("/fr/places/26/poster/").text
    assert "sénatrice ou sénateur" in poster
    take_the_seat(client, drome)
    assert "Quelqu" in Client().get("/fr/relays/apply/26/").text
    shown = Client().get(f"/api/v1/relays/seats/{drome.pk}/", headers={"accept-language": "fr"}).json()
    assert (shown["area"]["kind"], shown["state"], shown["holder"]["name"]) == ("department", "filled", "Claire")
    listed = Client().get("/api/v1/relays/networks/", headers={"accept-language": "fr"}).json()["items"][0]
    assert (listed["kind"], listed["kind_name"], listed["office"]) == ("department", "département", "sénatrice ou sénateur")


@pytest.mark.skipif(not UK.is_file(), reason=f"the open data are not in {DATA}")
def test_a_british_network_by_constituency(client: Client) -> None:
    call_command("load_territories", country="GB", source=str(UK))
    network = open_net(client, country="GB", kind="constituency", fr="députée ou député à Westminster", en="MP")
    assert Seat.objects.filter(network=network).count() == 650
    held = Seat.objects.select_related("area").filter(network=network).order_by("area__code").first()
    assert held is not None
    address = f"/en/places/{held.area.code}/"
    vacant = Client().get(address)
    assert vacant.status_code == 200
    assert "the wish to meet your MP" in vacant.text
    assert "member of parliament" not in vacant.text
    assert "votre députée ou député à Westminster" in Client().get(f"/fr/places/{held.area.code}/").text
    take_the_seat(client, held)
    assert "Claire speaks for you here." in Client().get(address).text


@pytest.fixture
def senate(net: SmallNetwork) -> RelayNetwork:
    """Beside the network of constituencies, one of departments, whose organiser is known by name."""
    net.organiser("country", "XM", name="Loin Haut")
    net.organiser("department", "01", name="Nadia Ferhat")
    AreaNeighbour.objects.create(area=net.country.area("01", "department"), other=net.country.area("02", "department"), shared_metres=9000)
    return services.open_network(
        slug="senate",
        country=net.country.country,
        kind=AreaKind.objects.get(country="XM", code="department"),
        names={"fr": ("Le Sénat", "Se parler."), "en": ("The senate", "Talk.")},
        offices={"fr": "sénatrice ou sénateur", "en": "senator"},
        now=now() - timedelta(days=100),
    )


class Visitor:
    """Somebody who opens every public link of each page that they see, and of each mail that is sent."""

    def __init__(self) -> None:
        self.client = Client()
        self.opened: set[str] = set()

    def sees(self, address: str, **said: str) -> str:
        """Open a page, or post to it, and then whatever it leads to; return its words."""
        answer: Any = self.client.post(address, said, follow=True) if said else self.client.get(address, follow=True)
        assert answer.status_code == 200, address
        self._opens(answer.text, since=address)
        return str(answer.text)

    def reads_mail(self) -> str:
        """Receive what waits to be sent, and open what it links to."""
        mail.outbox.clear()
        for message in Message.objects.filter(status="queued"):
            messaging.deliver_message(message_id=message.pk, now=now())
        words = "".join(str(sent.message()) for sent in mail.outbox)
        words += "".join(str(part[0]) for sent in mail.outbox for part in getattr(sent, "alternatives", []))
        self._opens(words, since="a mail")
        return words

    def _opens(self, words: str, *, since: str) -> None:
        found = re.findall(rf'(?:href="|{re.escape(settings.PUBLIC_URL)})(/(?:en|fr)/[^"#?\s<&]*)', words)
        for link in sorted({*found} - self.opened):
            self.opened.add(link)
            assert self.client.get(link, follow=True).status_code == 200, f"{link}, from {since}"


def test_each_link_of_the_journey_leads_somewhere_where_seats_are_departments(net: SmallNetwork, senate: RelayNetwork) -> None:
    visitor, held = Visitor(), Seat.objects.select_related("area").get(network=senate, area__code="01")
    place = visitor.sees("/en/places/01/")
    assert "Nobody speaks for you here." in place
    assert "the wish to meet your senator" in place
    assert {f"/en/relays/{form}/01/" for form in ("apply", "join", "write", "wrong")} | {"/en/places/02/"} <= visitor.opened
    assert "Valbrune" in place, "its communes, and not the constituencies that lie in it"
    asks = {"given_name": "Claire", "email": "claire@people.example", "is_of_age": "yes", "agrees_to_contact": "relay_application.1"}
    assert "/en/places/01/" in visitor.sees("/en/relays/apply/01/", **asks, idempotency_key=str(uuid4()))
    visitor.reads_mail()
    asked = Application.objects.select_related("person").get()
    far = now() + timedelta(days=7)
    confirm = f"/en/relays/apply/confirm/{sign_link(CONFIRM_LINK, ids=[asked.pk, asked.person.contact_points.get().pk], ends_at=far)}/"
    visitor.sees(confirm)
    waits = visitor.sees(confirm, was="me")
    assert "Nadia" in waits or "Somebody calls you before" in waits
    assert "/en/places/01/" in waits
    assert "/places/01/" in visitor.reads_mail()
    visitor.sees("/en/relays/join/01/", given_name="Lou", email="lou@people.example", is_of_age="yes", agrees_to_contact="relay_contact.1")
    joining = Joining.objects.select_related("person").get()
    token = sign_link(JOIN_LINK, ids=[joining.pk, joining.person.contact_points.get().pk], ends_at=far)
    assert "You take part" in visitor.sees(f"/en/relays/join/confirm/{token}/", was="me")
    visitor.reads_mail()
    visitor.sees("/en/relays/wrong/01/", what="Something.", idempotency_key=str(uuid4()))
    late = make_application(held, at=now() - timedelta(hours=50), email="late@people.example")
    services.climb_promises(now=now())
    missed = f"/en/relays/apply/missed/{sign_link(MISSED_LINK, ids=[late.pk], ends_at=far)}/"
    assert 'href="/en/places/02/"' in visitor.sees(missed)
    assert "You stay and take part" in visitor.sees(missed, way="stay", agrees_to_contact="relay_contact.1")
    visitor.reads_mail()
    make_holder(held)
    assert "Somebody speaks for you here." in visitor.sees("/en/places/01/")
    visitor.sees("/en/relays/write/01/", name="Lou", email="lou@people.example", words="Hello.", idempotency_key=str(uuid4()))
    assert "Somebody already holds this seat." in visitor.sees("/en/relays/apply/01/")
    visitor.sees("/en/places/01/poster/")
    visitor.reads_mail()


def test_a_place_that_bears_no_seat_of_an_open_network_has_no_page(client: Client, net: SmallNetwork) -> None:
    assert client.get("/en/places/01/").status_code == 404
