import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from maillage.advocacy import services as advocacy
from maillage.insights import services as insights
from maillage.kernel.clock import now
from maillage.people import services as people
from maillage.relays.domain import TermKind
from tests.backend.actions.factories import make_launched, move_window
from tests.backend.advocacy.factories import line
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

PLACE_QUERIES = 22
NO_RECORD = "Not enough people have asked here yet to say how it was kept without pointing at anybody."


def test_a_vacant_seat_asks_for_someone(client: Client, net: SmallNetwork) -> None:
    page = client.get("/en/places/0101/").text
    assert "Vacant seat" in page
    assert "Nobody speaks for you here." in page
    assert 'href="/en/relays/apply/0101/"' in page
    assert page.count("button accent") == 1


def test_a_filled_seat_does_not_ask_and_hides_the_name_of_who_did_not_choose_to_show_it(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"), given_name="Zoltana")
    page = client.get("/en/places/0101/").text
    assert "Somebody speaks for you here." in page
    assert "/relays/apply/" not in page
    assert "Zoltana" not in page


def test_a_relay_who_chose_it_is_named_by_first_name_only(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"), given_name="Zoltana", family_name="Quiroz", shows_given_name=True)
    page = client.get("/en/places/0101/").text
    assert "Zoltana speaks for you here." in page
    assert "Quiroz" not in page


def test_a_stand_in_still_leaves_the_seat_to_take(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"), kind=TermKind.STAND_IN)
    page = client.get("/en/places/0101/").text
    assert "Seat with a stand-in" in page
    assert 'href="/en/relays/apply/0101/"' in page


def test_a_seat_applied_for_says_that_nothing_is_decided(client: Client, net: SmallNetwork) -> None:
    make_application(net.seat("0101"), given_name="Zoltana")
    page = client.get("/en/places/0101/").text
    assert "Nothing is decided." in page
    assert "Zoltana" not in page


def test_a_dormant_seat_says_so(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"), at=now() - timedelta(days=90))
    assert "silent for two months" in client.get("/en/places/0101/").text


@pytest.mark.parametrize("spelled", ["01-01", "001-01"])
def test_another_spelling_of_a_code_leads_to_the_one_address(client: Client, net: SmallNetwork, spelled: str) -> None:
    answer = client.get(f"/en/places/{spelled}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/places/0101/")


@pytest.mark.parametrize("code", ["9999", "x", "a" * 300])
def test_an_unknown_place_is_a_page_that_helps(client: Client, net: SmallNetwork, code: str) -> None:
    answer = client.get(f"/en/places/{code}/")
    assert answer.status_code == 404
    assert "Find my seat" in answer.text


def test_the_promise_says_its_misses_once_its_weeks_are_over(client: Client, net: SmallNetwork) -> None:
    seat = net.seat("0101")
    asked_at = now() - timedelta(days=50)
    for index in range(11):
        application = make_application(seat, at=asked_at, email=f"someone{index}@people.example", given_name=f"Nina{index}")
        if index < 6:
            assert application.promise
            people.keep_promise(promise_id=application.promise.pk, by=None, now=asked_at + timedelta(hours=12))
    assert NO_RECORD in client.get("/en/places/0101/").text
    insights.publish_measures(now=now())
    page = client.get("/en/places/0101/").text
    assert re.search(
        r"Hautes-Brumes, from \d+\s\w+\s\d{4} to \d+\s\w+\s\d{4}: of 11 people who asked for a seat, 6 were called within", page
    )
    assert "Who was called later, or never, counts here too." in page
    assert "on average" not in page
    french = client.get("/fr/places/0101/").text
    assert re.search(r"Hautes-Brumes, du .+ au .+\u00a0: sur 11 personnes qui se sont proposées, 6 ont été appelées dans les 48", french)


def test_without_a_record_the_promise_says_that_there_is_none(client: Client, net: SmallNetwork) -> None:
    assert NO_RECORD in client.get("/en/places/0101/").text
    assert "Trop peu de personnes se sont proposées ici pour dire, sans désigner personne" in client.get("/fr/places/0101/").text


def test_the_representative_and_the_action_are_there(client: Client, net: SmallNetwork) -> None:
    advocacy.load_office_holders(lines=[line(1, "0101")], today=date(2026, 11, 22), body="xm", country="XM")
    make_launched(net)
    page = client.get("/en/places/0101/").text
    assert "Your member of parliament" in page
    assert "Small lines" in page


@pytest.mark.parametrize(("code", "said"), [("0101", "Saturday 2 December, here too"), ("0301", "Friday 1 December, here too")])
def test_the_action_is_there_on_the_day_of_the_place(client: Client, net: SmallNetwork, code: str, said: str) -> None:
    at = datetime(2045, 12, 1, 23, 30, tzinfo=UTC)
    move_window(make_launched(net), starts_at=at, ends_at=at + timedelta(hours=2))
    assert said in client.get(f"/en/places/{code}/").text.replace("\N{NO-BREAK SPACE}", " ")


def test_before_any_campaign_a_place_is_still_a_place(client: Client, net: SmallNetwork) -> None:
    net.network.closes_at = now() - timedelta(days=1)
    net.network.save()
    # Without a campaign the country is the default one, which this invented one is not.
    assert client.get("/en/places/0101/").status_code == 404


def test_a_place_asks_few_queries(client: Client, net: SmallNetwork, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    make_launched(net)
    client.get("/en/places/0101/")
    with django_assert_max_num_queries(PLACE_QUERIES):
        client.get("/en/places/0101/")
