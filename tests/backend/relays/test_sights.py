"""The table of who sees what, printed for the reader's own place."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.relays import services
from maillage.relays.domain import CONFIRM_LINK, TermKind
from maillage.relays.selectors import seat
from maillage.relays.selectors.sights import sights_at
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

FORM = "/en/relays/apply/0101/"


def who(net: SmallNetwork, **asked: bool) -> list[str]:
    return [line.who for line in sights_at(seat(net.seat("0101").pk), now=now(), **asked)]


@pytest.fixture(autouse=True)
def in_english(settings) -> None:  # type: ignore[no-untyped-def]
    settings.LANGUAGE_CODE = "en"


def test_a_vacant_seat_without_organiser(client: Client, net: SmallNetwork) -> None:
    assert who(net)[:2] == ["an organiser of this place (nobody is, today)", "the relay of this place (nobody is, today)"]
    page = client.get(FORM).text
    assert "The relay of this place (nobody is, today)" in page
    assert "First name, initial of the family name" in page


def test_a_place_without_an_organiser_of_its_own_names_the_one_above(net: SmallNetwork) -> None:
    nadia = net.organiser(name="Nadia Ferhat")
    assert who(net)[0] == "the organiser of Petit-Pays"
    nadia.person.shows_given_name = True
    nadia.person.save()
    assert who(net)[0] == "the organiser of Petit-Pays: Nadia"
    assert who(net, is_proved=True)[0] == "the organiser of Petit-Pays: Nadia Ferhat"


def test_the_nearest_organiser_is_named(net: SmallNetwork) -> None:
    net.organiser(name="Nadia Ferhat")
    net.organiser("department", "01", name="Awa Ollivier")
    place = net.seat("0101").area.parent
    assert place is not None
    assert who(net, is_proved=True)[0] == f"the organiser of {place.name}: Awa Ollivier"


def test_who_organises_further_up_reads_as_much_and_is_named_too(net: SmallNetwork) -> None:
    nadia, ada = net.organiser(name="Nadia Ferhat"), net.organiser(name="Ada Noir")
    net.organiser("department", "01", name="Awa Ollivier")
    for user in (nadia, ada):
        user.person.shows_given_name = user is nadia
        user.person.save()
    place = net.seat("0101").area.parent
    assert place is not None
    lines = sights_at(seat(net.seat("0101").pk), now=now(), is_proved=True)
    assert [line.who for line in lines[:3]] == [
        f"the organiser of {place.name}: Awa Ollivier",
        "the organisers of Petit-Pays, among them: Nadia",
        "the relay of this place (nobody is, today)",
    ]
    assert lines[0].seen == lines[1].seen
    assert "Ferhat" not in str(lines), "further up, a name stands only where its bearer shows it"


def test_the_paper_of_a_place_prints_the_table_of_that_place(client: Client, net: SmallNetwork) -> None:
    net.organiser(name="Zznadia Zzfamily")
    awa = net.organiser("department", "01", name="Awa Zzfamily")
    awa.person.shows_given_name = True
    awa.person.save()
    make_holder(net.seat("0101"), given_name="Zzholder", family_name="Zzfamily")
    place = net.seat("0101").area.parent
    assert place is not None
    page = client.get("/en/places/0101/paper/").text
    assert f"The organiser of {place.name}: Awa · the organiser of Petit-Pays" in page
    assert "The relay of this place" in page
    assert "Zz" not in page
    assert "The relay of this place (nobody is, today)" in client.get("/en/places/0102/paper/").text


@pytest.mark.parametrize(("kind", "word"), [(TermKind.RELAY, "relay"), (TermKind.STAND_IN, "stand-in")])
def test_a_filled_seat_says_a_first_name_only_where_it_is_shown(net: SmallNetwork, kind: TermKind, word: str) -> None:
    _, holder = make_holder(net.seat("0101"), kind=kind)
    assert who(net)[1] == f"the {word} of this place"
    holder.shows_given_name = True
    holder.save()
    assert who(net)[1] == f"the {word} of this place: Camille"
    assert who(net, is_proved=True)[1] == f"the {word} of this place: Camille"


def test_everybody_who_reads_at_a_place_has_a_line(client: Client, net: SmallNetwork) -> None:
    relay, camille = make_holder(net.seat("0101"))
    _, ada = make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Ada")
    for person in (camille, ada):
        person.shows_given_name = True
        person.save()
    both = ["the relay of this place: Camille", "the stand-in of this place: Ada"]
    assert who(net)[1:3] == both
    lines = sights_at(seat(net.seat("0101").pk), now=now())
    assert lines[1].seen == lines[2].seen
    services.pause_term(term_id=relay.pk, until=in_days(30), by=None, now=now())
    assert who(net)[1:3] == both, "who pauses reads on"
    assert "The relay of this place: Camille · the stand-in of this place: Ada" in client.get("/en/places/0101/paper/").text


def test_no_family_name_stands_on_a_public_page(client: Client, net: SmallNetwork) -> None:
    organiser = net.organiser("department", "01", name="Zzgiven Zzfamily")
    _, stand_in = make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Zzother", family_name="Zzfamily")
    for page in (FORM, "/en/places/0101/"):
        assert "Zz" not in client.get(page).text
    for person in (organiser.person, stand_in):
        person.shows_given_name = True
        person.save()
    page = client.get(FORM).text
    assert "Zzgiven" in page
    assert "Zzfamily" not in page


def test_who_proved_their_address_reads_the_organisers_name(client: Client, net: SmallNetwork) -> None:
    net.organiser("department", "01", name="Awa Ollivier")
    application = make_application(net.seat("0101"))
    point = application.person.contact_points.get()
    token = sign_link(CONFIRM_LINK, ids=[application.pk, point.pk], ends_at=now() + timedelta(days=1))
    assert "Awa Ollivier" in client.get(f"/en/relays/apply/confirm/{token}/").text


def test_it_costs_four_queries(net: SmallNetwork, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    net.organiser(name="Nadia Ferhat")
    standing = seat(net.seat("0101").pk)
    with django_assert_max_num_queries(4):
        sights_at(standing, now=now())
