"""The public page of a campaign's progress."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.insights import services
from maillage.insights.models import Measure
from maillage.kernel.clock import now
from maillage.relays.models import RelayNetwork, Term
from maillage.territories.models import AreaFigure, Indicator
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder


@pytest.fixture
def grown(net: SmallNetwork) -> SmallNetwork:
    """Twelve weeks, of which the last three filled a seat each."""
    instant = now()
    RelayNetwork.objects.update(opens_at=instant - timedelta(weeks=12))
    for week, code in enumerate(["0101", "0102", "0201"]):
        make_holder(net.seat(code), at=instant - timedelta(days=2 + 7 * week))
    services.note_coverage(now=instant)
    return net


def test_before_any_campaign_it_says_so(client: Client, db: None) -> None:
    page = client.get("/en/progress/")
    assert page.status_code == 200
    assert "No campaign is open yet" in page.text


def test_it_says_how_coverage_grew_and_when_the_target_is_met(client: Client, grown: SmallNetwork) -> None:
    page = client.get("/en/progress/").text
    assert "<title>3 seats covered of 12, and how it grew | " in page
    assert "3 more seats are covered than four weeks ago." in page
    assert "the target of 4 seats is met around" in page
    assert 'class="curve" d="M0.00 100.00L' in page
    assert "target: 4" in page
    assert "/progress/export/" in page
    assert "3 sièges pourvus de plus qu’il y a quatre semaines" in client.get("/fr/progress/").text


def test_coordinates_are_written_with_a_point_in_french_too(client: Client, grown: SmallNetwork) -> None:
    page = client.get("/fr/progress/").text
    drawing = page[page.index('<div class="chart"') : page.index("</figure>")]
    assert "left:100,00" not in drawing
    assert 'style="top:' in drawing


def test_one_place_and_a_way_to_each(client: Client, grown: SmallNetwork) -> None:
    page = client.get("/en/progress/?place=department-01").text
    assert "2 seats covered of 4" in page
    assert "Hautes-Brumes" in page
    assert 'href="?place=department-02"' in page
    assert "3 seats covered of 12" in client.get("/en/progress/?place=nowhere").text


def test_at_a_standstill_it_is_kind(client: Client, net: SmallNetwork) -> None:
    RelayNetwork.objects.update(opens_at=now() - timedelta(weeks=12))
    services.note_coverage(now=now())
    page = client.get("/en/progress/").text
    assert "As many seats are covered as four weeks ago." in page
    assert "at this pace the target of 4 seats is never met. 4 people are enough to change that." in page


def test_a_young_campaign_foretells_nothing(client: Client, net: SmallNetwork) -> None:
    RelayNetwork.objects.update(opens_at=now() - timedelta(weeks=3))
    services.note_coverage(now=now())
    assert "It is too early to say" in client.get("/en/progress/").text


def test_fifths_with_their_finding_and_their_gap(client: Client, grown: SmallNetwork) -> None:
    income = Indicator.objects.create(country="XM", code="nivvie_median_diff", source="Inventé")
    for place, area in enumerate(grown.country.seats[:10]):
        AreaFigure.objects.create(indicator=income, area=area, value=15000 + 100 * place)
    page = client.get("/en/progress/").text
    assert "The poorest fifth has 2 of its 2 seats covered, the richest 0 of 2." in page
    assert "The figure of 2 seats is not known (0 of them covered)" in page
    assert "nivvie_median_diff" in page


def test_figures_about_few_people_are_not_shown(client: Client, net: SmallNetwork) -> None:
    at = now() - timedelta(days=50)
    RelayNetwork.objects.update(opens_at=at - timedelta(days=30))
    for number in range(4):
        make_application(net.seat("0101"), at=at, email=f"p{number}@people.example")
    services.publish_measures(now=now())
    assert Measure.objects.filter(people=None).exists()
    page = client.get("/en/progress/").text
    assert "not shown" in page
    assert '<td class="number">4</td>' not in page[page.index("People who offered") :]


def test_it_asks_few_queries_whatever_the_days(
    client: Client, grown: SmallNetwork, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/en/progress/")
    with django_assert_max_num_queries(18):
        client.get("/en/progress/")
    Term.objects.update(ends_at=now())
    services.publish_measures(now=now())
    with django_assert_max_num_queries(18):
        client.get("/en/progress/?place=department-01")
