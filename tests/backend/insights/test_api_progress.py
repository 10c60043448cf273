"""Coverage over time, target and fairness, as each reader asks them."""

import csv
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.insights import services
from maillage.insights.api import progress as api
from maillage.insights.domain.fairness import SCALES, scales_named
from maillage.insights.selectors.fairness import _figures, scales_of, splits
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.relays import services as relays
from maillage.relays.models import RelayNetwork
from maillage.territories.models import Area, AreaFigure, AreaKind, Indicator
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.relays.factories import SmallNetwork, make_holder


def address(net: SmallNetwork, what: str = "progress") -> str:
    return f"/api/v1/insights/networks/{net.network.pk}/{what}/"


@pytest.fixture
def weeks(net: SmallNetwork) -> SmallNetwork:
    """A network of ten weeks; a seat of department 01 or 02 was filled in each of the last six."""
    instant = now()
    RelayNetwork.objects.update(opens_at=instant - timedelta(weeks=10))
    for week, code in enumerate(["0101", "0102", "0103", "0201", "0202", "0203"]):
        make_holder(net.seat(code), at=instant - timedelta(weeks=6 - week, hours=-30))
    services.note_coverage(now=instant)
    return net


def test_anybody_reads_coverage_over_time(client: Client, weeks: SmallNetwork) -> None:
    found = client.get(address(weeks)).json()
    last = found["points"][-1]
    assert (last["covered"], last["total"], last["is_live"], last["is_rebuilt"]) == (6, 12, True, False)
    assert found["points"][0]["covered"] == 0
    assert [p["covered"] for p in found["points"]] == sorted(p["covered"] for p in found["points"])
    assert found["points"][0]["is_rebuilt"] is True
    assert found["target"] == {"percent": 33.3, "seats": 4, "by_day": None, "is_default": True}
    assert found["forecast"]["outlook"] == "met"
    assert {area["kind"] for area in found["areas"]} == {"country", "region", "department"}
    assert found["abilities"] == {"set_target": False, "read_tables": False}


def test_the_progress_of_one_area(client: Client, weeks: SmallNetwork) -> None:
    department = weeks.country.area("02", "department")
    found = client.get(address(weeks), {"area": str(department.pk)}).json()
    assert found["area"]["code"] == "02"
    assert (found["points"][-1]["covered"], found["points"][-1]["total"], found["target"]["seats"]) == (3, 5, 2)
    for wrong in ("nowhere", "00000000-0000-7000-8000-000000000000"):
        assert client.get(address(weeks), {"area": wrong}).status_code == 404


def test_a_farther_target_is_foretold(client: Client, weeks: SmallNetwork) -> None:
    sign_in(client, weeks.organiser())
    answer = client.put(address(weeks, "target"), {"percent": 75, "by_day": "2030-01-01"}, content_type="application/json")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["target"] == {"percent": 75.0, "seats": 9, "by_day": "2030-01-01", "is_default": False}
    assert found["forecast"]["outlook"] == "expected"
    assert found["forecast"]["missing"] == 3
    assert found["forecast"]["early_on"] <= found["forecast"]["likely_on"]
    assert found["abilities"]["set_target"] is True
    assert Entry.objects.filter(name="target.set").count() == 1


def test_only_who_organises_the_country_sets_the_target(client: Client, net: SmallNetwork) -> None:
    body: dict[str, Any] = {"percent": 50}
    assert client.put(address(net, "target"), body, content_type="application/json").status_code == 403
    for who in (make_user("member@people.example"), net.organiser("department", "01")):
        sign_in(client, who)
        answer = client.put(address(net, "target"), body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "national_organisers_only")


@pytest.mark.parametrize(
    ("body", "field"),
    [({"percent": 0}, "percent"), ({"percent": 101}, "percent"), ({"percent": 40, "by_day": "2001-01-01"}, "by_day"), ({}, "percent")],
)
def test_a_target_that_makes_no_sense_is_refused(client: Client, net: SmallNetwork, body: dict[str, Any], field: str) -> None:
    sign_in(client, net.organiser())
    answer = client.put(address(net, "target"), body, content_type="application/json")
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


@pytest.mark.parametrize(("day", "status"), [("2036-07-31", 400), ("2036-08-01", 200)])
def test_a_target_is_for_a_day_of_the_country(
    client: Client, net: SmallNetwork, monkeypatch: pytest.MonkeyPatch, day: str, status: int
) -> None:
    sign_in(client, net.organiser())
    monkeypatch.setattr(api, "now", lambda: datetime(2036, 7, 31, 22, 30, tzinfo=UTC))  # half past midnight there
    answer = client.put(address(net, "target"), {"percent": 50, "by_day": day}, content_type="application/json")
    assert answer.status_code == status, answer.text


def test_progress_asks_few_queries_whatever_the_days(
    client: Client, weeks: SmallNetwork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address(weeks))
    with django_assert_num_queries(8):
        client.get(address(weeks))


def read_table(content: bytes) -> list[list[str]]:
    """A file of commas, as whoever takes it away reads it."""
    return list(csv.reader(content.decode("utf-8-sig").splitlines()))


def test_progress_as_a_file(client: Client, weeks: SmallNetwork) -> None:
    answer = client.get(address(weeks, "progress/export"), headers={"Accept-Language": "en"})
    lines = read_table(answer.content)
    assert lines[0] == ["Day", "Seats", "Filled", "Stand-in", "Applied for", "Vacant", "Dormant", "Covered seats", "Rebuilt"]
    assert lines[-1][1:] == ["12", "6", "0", "0", "6", "0", "6", "0"]
    assert 'filename="coverage-xm.csv"' in answer.headers["Content-Disposition"]


def test_fairness_says_fifths_and_what_is_missing(
    client: Client, net: SmallNetwork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    income = Indicator.objects.create(country="XM", code="nivvie_median_diff", source="Inventé")
    for place, area in enumerate(net.country.seats[:10]):
        AreaFigure.objects.create(indicator=income, area=area, value=15000 + 100 * place)
    make_holder(net.seat("0101"))
    make_holder(net.seat("9901"))
    client.get(address(net, "fairness"))
    with django_assert_num_queries(6):  # one of them because some place has no figure of its own
        found = client.get(address(net, "fairness")).json()["items"]
    assert [item["name"] for item in found] == ["income", "rurality"]
    assert [(fifth["seats"], fifth["covered"]) for fifth in found[0]["fifths"]] == [(2, 1), (2, 0), (2, 0), (2, 0), (2, 0)]
    assert (found[0]["unknown"], found[0]["unknown_covered"], found[0]["credit"]) == (2, 1, "Inventé")
    assert (found[1]["fifths"], found[1]["unknown"]) == ([], 12)
    table = read_table(client.get(address(net, "fairness/export")).content)
    assert table[1] == ["income", "nivvie_median_diff", "1", "2", "1", "15000.0", "15100.0"]
    assert table[6] == ["income", "nivvie_median_diff", "", "2", "1", "", ""]


def test_a_department_has_the_mean_of_the_figures_of_its_constituencies_by_their_people(client: Client, net: SmallNetwork) -> None:
    income = Indicator.objects.create(country="XM", code="nivvie_median_diff", source="Inventé")
    for code, people, value in (("0101", 1000, 10.0), ("0102", 3000, 20.0), ("0201", None, 30.0), ("0301", 500, 40.0)):
        seat = net.country.area(code)
        Area.objects.filter(pk=seat.pk).update(population=people)
        AreaFigure.objects.create(indicator=income, area=seat, value=value)
    senate = relays.open_network(
        slug="senate",
        country=net.country.country,
        kind=AreaKind.objects.get(country="XM", code="department"),
        names={"fr": ("Le Sénat", "Se parler.")},
        now=now(),
    )
    (means, _rural) = splits(senate)
    assert means.unknown == 1, "the seat abroad lies in no department with figures"
    figures = _figures([net.country.area(code, "department").pk for code in ("01", "02", "03")], SCALES)
    assert sorted(figures.values()) == [17.5, 30.0, 40.0]


def test_a_country_names_its_own_figures() -> None:
    assert [scale.indicator for scale in scales_named({"income": "median_pay"})] == ["median_pay", "pop_urb"]
    assert [scale.indicator for scale in scales_of("FR")] == ["nivvie_median_diff", "pop_urb"]


def test_unknown_networks_are_404(client: Client, net: SmallNetwork) -> None:
    for what in ("progress", "progress/export", "fairness", "fairness/export"):
        path = f"/api/v1/insights/networks/00000000-0000-7000-8000-000000000000/{what}/"
        assert client.get(path).status_code == 404


def test_today_is_the_countrys(client: Client, net: SmallNetwork) -> None:
    today = now().astimezone(UTC)
    assert abs((datetime.fromisoformat(client.get(address(net)).json()["points"][-1]["day"]).date() - today.date()).days) <= 1
