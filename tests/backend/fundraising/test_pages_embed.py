"""The form within another site's page."""

import json
import re

import pytest
from django.test import Client

from maillage.people.domain.law import GivingRules
from tests.backend.fundraising.factories import make_fund
from tests.backend.fundraising.reading import plain_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fund(settings):
    settings.STRIPE_ACCOUNTS = "rive=sk_test_1,pk_test_1,whsec_1"
    return make_fund(code="rive-commune", account="rive", party="Rive commune")


def test_it_may_stand_in_any_site_and_nothing_else_may():
    answer = Client().get("/embed/give/rive-commune/")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    for path in ("/en/give/rive-commune/", "/en/legal/", "/embed/give/nobody/"):
        other = Client().get(path)
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
    assert Client().get("/en/legal/").headers["X-Frame-Options"] == "DENY"


def test_it_sets_no_cookie_and_reads_none():
    client = Client()
    client.cookies["django_language"] = "fr"
    answer = client.get("/embed/give/rive-commune/?language=en")
    assert not answer.cookies
    assert '<html lang="en">' in answer.text
    assert "s-maxage=60" in answer.headers["Cache-Control"]


def test_its_language_is_asked_for_and_else_the_usual_one():
    assert '<html lang="fr">' in Client().get("/embed/give/rive-commune/", headers={"Accept-Language": "en"}).text
    assert '<html lang="fr">' in Client().get("/embed/give/rive-commune/?language=xx").text


def test_its_links_open_outside():
    html = Client().get("/embed/give/rive-commune/?language=en").text
    assert '<base target="_blank">' in html
    props = json.loads(re.search(r'data-island="give"><script[^>]*>(.*?)</script>', html, re.DOTALL)[1])
    assert (props["opens"], props["thanks"]) == ("_blank", "/en/give/thanks/")
    assert "Write to" in plain_text(html) or "Legal notice" in plain_text(html)


def test_a_fund_that_asks_for_nothing_has_none():
    make_fund(GivingRules.NONE, code="hidden", published_at=None)
    assert Client().get("/embed/give/hidden/").status_code == 404
