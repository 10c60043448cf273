from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.kernel.clock import now
from maillage.relays.domain import TermKind
from maillage.territories.models import Area
from tests.backend.actions.factories import make_launched, move_window
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

HOME_QUERIES = 13


def test_before_any_campaign_the_finder_is_there_and_nothing_is_counted(client: Client, db: None) -> None:
    page = client.get("/en/")
    assert page.status_code == 200
    assert 'name="q"' in page.text
    assert "No campaign is open yet" in page.text
    assert "seats covered of" not in page.text


def test_the_headline_counts_filled_and_stand_in(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"))
    make_holder(net.seat("0102"), kind=TermKind.STAND_IN)
    make_application(net.seat("0103"))
    page = client.get("/en/").text
    assert '<p class="figure">2 <span>seats covered of 12</span></p>' in page
    assert "--p:8.33%;--q:16.67%" in page
    assert "9 are still waiting for someone." in page


def test_a_seat_filled_this_week_is_news(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"), at=now() - timedelta(days=2))
    make_holder(net.seat("0102"), at=now() - timedelta(days=20))
    assert "1 more this week." in client.get("/en/").text


def test_the_table_stands_before_the_map_and_counts_by_region(client: Client, net: SmallNetwork) -> None:
    page = client.get("/en/").text
    assert page.index("<details") < page.index("What can you do today?")
    assert page.count("<tr>") > 1


def test_the_action_ahead_has_a_band_with_its_counts(client: Client, net: SmallNetwork) -> None:
    make_holder(net.seat("0101"))
    action = make_launched(net)
    page = client.get("/en/").text
    assert "Small lines" in page
    assert f"/en/actions/{action.pk}/" in page
    assert "0 seats of 12 have said yes." in page
    assert "11 have nobody to go yet." in page


def test_a_country_elsewhere_reads_its_own_days_and_hours(client: Client, net: SmallNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    Area.objects.filter(pk=net.country.country.pk).update(time_zone="America/Toronto")
    night = datetime(2045, 12, 2, 0, 30, tzinfo=UTC)
    action = make_launched(net)
    move_window(action, starts_at=night, ends_at=night + timedelta(hours=2))
    page = client.get(f"/en/actions/{action.pk}/").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Friday 1 December, 7:30 pm" in page
    monkeypatch.setattr("maillage.insights.pages.home.read_clock", lambda: night)
    assert "Seats by region, Friday 1 December, 7:30 pm" in client.get("/en/").text.replace("\N{NO-BREAK SPACE}", " ")


def test_french_and_english_name_one_another(client: Client, net: SmallNetwork) -> None:
    page = client.get("/fr/").text
    assert '<html lang="fr">' in page
    assert f'rel="canonical" href="{settings.PUBLIC_URL}/fr/"' in page
    assert f'hreflang="en" href="{settings.PUBLIC_URL}/en/"' in page
    assert "Où habitez-vous" in page
    assert "Where do you live" in client.get("/en/").text


def test_robots_get_title_description_and_image(client: Client, net: SmallNetwork) -> None:
    page = client.get("/en/").text
    assert "<title>0 seats covered of 12 | " in page
    assert '<meta name="description" content="Find the seat' in page
    assert f'property="og:image" content="{settings.PUBLIC_URL}/share.png"' in page


def test_home_asks_few_queries_whatever_the_seats(
    client: Client, net: SmallNetwork, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_launched(net)
    client.get("/en/")
    with django_assert_max_num_queries(HOME_QUERIES):
        client.get("/en/")


@pytest.mark.parametrize("path", ["/fr/", "/en/places/", "/en/places/0101/"])
def test_shared_caches_keep_public_pages_a_minute_and_browsers_ask_each_time(client: Client, net: SmallNetwork, path: str) -> None:
    page = client.get(path)
    assert page.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert "Cookie" not in page.headers.get("Vary", "")
    assert not page.cookies


def test_an_unchanged_page_answers_304(client: Client, net: SmallNetwork) -> None:
    first = client.get("/en/places/0101/")
    again = client.get("/en/places/0101/", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304


def test_the_content_policy_allows_no_inline_script(client: Client, db: None) -> None:
    policy = client.get("/en/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
