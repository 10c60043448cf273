import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from maillage.insights.selectors import finding
from maillage.kernel.clock import now
from maillage.kernel.errors import Unavailable
from maillage.relays.models import RelayNetwork
from maillage.territories.models import Findable
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder
from tests.backend.territories.drawings import invented_set

LIST_QUERIES = 12


@pytest.fixture
def searchable(net: SmallNetwork) -> SmallNetwork:
    """The invented country with the spellings that its importer would have written."""
    for kind in ("commune", "country_abroad", "postal_code"):
        for (each, _code), area in net.country.areas.items():
            if each == kind:
                for folded in {area.folded_name, area.folded_name.removeprefix("le ")}:
                    Findable.objects.create(area=area, folded=folded, weight=area.population or 0)
    return net


def test_every_seat_is_listed_with_its_state(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"))
    page = client.get("/en/places/").text
    for seat in net.country.seats:
        assert f'href="{seat.code}/"' in page
    assert "1 seats covered of 12" in page


def test_each_line_says_the_day_of_its_place(client: Client, net: SmallNetwork) -> None:
    RelayNetwork.objects.update(opens_at=datetime(2026, 2, 28, 23, 30, tzinfo=UTC))
    page = client.get("/en/places/").text.replace("\N{NO-BREAK SPACE}", " ")
    lines = {code: page.partition(f'href="{code}/"')[2].partition("</tr>")[0] for code in ("0101", "0301")}
    assert "1 March 2026" in lines["0101"], "after midnight in Paris"
    assert "28 February 2026" in lines["0301"], "in the evening in Guadeloupe"
    assert "nobody has held this seat since 28 February 2026" in client.get("/en/places/0301/").text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_state_filters_the_list_and_says_how_many(client: Client, net: SmallNetwork) -> None:
    make_application(net.seat("0102"))
    page = client.get("/en/places/?state=applied").text
    assert "1 seat of 12 is shown" in page
    assert 'href="0102/"' in page
    assert 'href="0103/"' not in page


def test_seats_filled_this_week_can_be_listed(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"), at=now() - timedelta(days=1))
    make_holder(net.seat("0102"), at=now() - timedelta(days=30))
    page = client.get("/en/places/?state=new").text
    assert 'href="0101/"' in page
    assert 'href="0102/"' not in page


def test_a_state_without_seats_offers_the_whole_list(client: Client, net: SmallNetwork) -> None:
    assert "No seat is in this state" in client.get("/en/places/?state=dormant").text


def test_a_state_that_does_not_exist_shows_all(client: Client, net: SmallNetwork) -> None:
    assert "Every seat, one by one" in client.get("/en/places/?state=<b>").text


def test_a_place_in_one_seat_leads_straight_there(client: Client, searchable: SmallNetwork) -> None:
    answer = client.get("/en/places/", {"q": "bourg neuf"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/places/0101/")


def test_namesakes_are_told_apart(client: Client, searchable: SmallNetwork) -> None:
    page = client.get("/en/places/", {"q": "aubepine"}).text
    assert page.count("<h2>") == 2
    assert "Which “aubepine” is yours?" in page


def test_a_split_commune_says_so_and_lists_its_seats(client: Client, searchable: SmallNetwork, settings: Any) -> None:
    settings.GEOCODER_URL = "http://127.0.0.1:9/"
    page = client.get("/en/places/?q=valbrune").text
    assert "lies in 4 constituencies." in page
    for code in ("0101", "0102", "0103", "0104"):
        assert f'href="/en/places/{code}/"' in page
    assert 'name="street"' in page
    assert 'content="noindex"' in page


def test_without_a_geocoder_no_street_is_asked(client: Client, searchable: SmallNetwork) -> None:
    assert 'name="street"' not in client.get("/en/places/?q=valbrune").text


def test_what_is_found_nowhere_is_helped_and_escaped(client: Client, searchable: SmallNetwork) -> None:
    page = client.get("/en/places/", {"q": "<script>zz"}).text
    assert "Nothing is called" in page
    assert "<script>zz" not in page


@pytest.mark.parametrize("query", ["'", "a" * 5000, "%", "Ж", "🙂", "\u200b"])
def test_whatever_is_typed_is_answered(client: Client, searchable: SmallNetwork, query: str) -> None:
    assert client.get("/en/places/", {"q": query}).status_code in (200, 302)


def test_a_street_inside_leads_to_its_seat(client: Client, searchable: SmallNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def placed(line: str, place: Any, *, language: str) -> finding.Placed:
        asked.append((line, place.code))
        return finding.Placed(codes=("0103",), is_certain=True)

    monkeypatch.setattr(finding, "place_street", placed)
    answer = client.post("/en/places/street/", {"q": "Valbrune", "in": "commune:01001", "street": "12 rue Haute"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/places/0103/")
    assert asked == [("12 rue Haute", "01001")]


def test_a_street_near_a_boundary_leaves_the_choice(client: Client, searchable: SmallNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    near = finding.Placed(codes=("0103", "0104"), is_certain=False)
    monkeypatch.setattr(finding, "place_street", lambda *args, **kwargs: near)
    page = client.post("/en/places/street/", {"q": "Valbrune", "in": "commune:01001", "street": "12 rue Haute"}).text
    assert "This street is near a boundary." in page
    assert "12 rue Haute" not in page


def test_a_silent_geocoder_is_said(client: Client, searchable: SmallNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*args: Any, **kwargs: Any) -> None:
        raise Unavailable("Street search does not answer right now.", code="geocoder_unavailable")

    monkeypatch.setattr(finding, "place_street", silent)
    answer = client.post("/en/places/street/", {"q": "Valbrune", "in": "commune:01001", "street": "12 rue Haute"})
    assert answer.status_code == 503
    assert "Street search does not answer right now." in answer.text


def test_a_street_is_asked_for(client: Client, searchable: SmallNetwork) -> None:
    answer = client.post("/en/places/street/", {"q": "Valbrune", "in": "commune:01001", "street": " "})
    assert answer.status_code == 400
    assert "Write a number and a street." in answer.text


def test_the_list_asks_few_queries(client: Client, net: SmallNetwork, django_assert_max_num_queries: Any) -> None:
    client.get("/en/places/")
    with django_assert_max_num_queries(LIST_QUERIES):
        client.get("/en/places/")


def test_the_map_of_a_split_commune_says_the_number_of_each_seat_that_one_may_choose(client: Client, searchable: SmallNetwork) -> None:
    boundary_set = invented_set(searchable.country)
    page = client.get("/fr/places/?q=Valbrune").text
    props = json.loads(page.split('data-island="place-map"', 1)[1].split(">", 2)[2].split("</script>", 1)[0])
    assert [(name["number"], name["raised"]) for name in props["names"]] == [(1, "re"), (2, "e"), (3, "e"), (4, "e")]
    for code, name in zip(("0101", "0102", "0103", "0104"), props["names"], strict=True):
        shape = boundary_set.shapes.get(area__code=code)
        assert shape.geometry
        assert shape.geometry.contains(Point(name["lon"], name["lat"], srid=4326)), code
    assert props["called"]["0101"] == "Hautes-Brumes, 1re circonscription"
