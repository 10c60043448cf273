"""The page on which one gives."""

import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from maillage.fundraising.domain import postings
from maillage.fundraising.domain.asking import DECLARATIONS, WHY
from maillage.fundraising.domain.mentions import mentions_said
from maillage.fundraising.domain.payments import Refund
from maillage.fundraising.domain.words import Method
from maillage.fundraising.models import Donation, Fund, FundText
from maillage.fundraising.selectors.funds import facts_of, rules_of
from maillage.fundraising.selectors.raised import raised_towards_goal
from maillage.fundraising.services import ledger, payments, rollups
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.people.domain.law import GivingRules
from tests.backend.days import in_days
from tests.backend.fundraising.factories import make_donor, make_envelope, make_fund, settled
from tests.backend.fundraising.reading import one_line, plain_text, props_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings) -> None:
    settings.STRIPE_ACCOUNTS = "rive=sk_test_1,pk_test_1,whsec_1"
    settings.STRIPE_JS_URL = "https://js.stripe.com/endive/stripe.js"


@pytest.fixture
def fund() -> Fund:
    made = make_fund(code="rive-commune", account="rive", party="Rive commune", goal=6_000_000, goal_on=date(2026, 12, 2))
    FundText.objects.filter(fund=made, language="en").update(
        title="Pay the journey of a relay.",
        lead="The road is what costs us most.",
        uses=[[1000, "a journey of 90 km"], [20000, "the training of a relay"]],
        other_ways="By cheque to Common Shore, 3 quai du Pont.",
        name="Common Shore",
    )
    return made


def read(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, answer.content
    return answer.text


def test_of_several_donations_it_says_which_one_this_is_and_leads_to_the_next(fund):
    make_fund(code="agent", account="agent")
    html = read("/en/give/rive-commune/?then=nobody&then=agent&ref=mail")
    assert 'href="/fr/give/rive-commune/?then=nobody&amp;then=agent&amp;ref=mail"' in html, "nothing is lost with the language"
    told = "Donation 1 of 2: Common Shore. The next one, to Common Shore , is a donation of its own, whatever becomes of this one."
    assert told in plain_text(html)
    assert 'href="/en/give/agent/?before=rive-commune"' in html
    assert "Don 2 sur 2 : Rive commune. C’est le dernier." in plain_text(read("/fr/give/agent/?before=rive-commune"))
    assert 'class="turn"' not in read("/en/give/rive-commune/")


def test_the_page_says_why_and_what_a_donation_pays(fund):
    html = read("/en/give/rive-commune/")
    assert "<title>Pay the journey of a relay. |" in html
    assert "a journey of 90 km" in html
    assert 'content="The road is what costs us most. €50 cost you €17 after tax."' in html
    assert '<link rel="canonical" href="http' in html
    assert 'hreflang="fr"' in html


def test_it_tells_search_engines_what_can_be_done(fund):
    FundText.objects.filter(fund=fund, language="en").update(lead="</script><b>")
    html = read("/en/give/rive-commune/")
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert (said["@type"], said["recipient"]["name"]) == ("DonateAction", fund.legal_name)
    assert said["description"] == "</script><b>"
    assert said["target"].endswith("/en/give/rive-commune/")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("rules", list(GivingRules))
def test_each_mention_that_the_law_asks_stands_on_it(language, rules):
    made = make_fund(rules, code="body", party="Rive commune", candidates="Claire Dumontel")
    with override(language):
        mentions = mentions_said(rules_of(made, now()), facts_of(made))
        text = plain_text(read(f"/{language}/give/body/"))
        assert [mention for mention in mentions if one_line(mention) not in text] == []


def test_each_amount_costs_less_after_tax_and_both_limits_are_said(fund):
    text = plain_text(read("/en/give/rive-commune/"))
    for amount, cost in (("€10", "€3.40"), ("€20", "€6.80"), ("€50", "€17"), ("€500", "€170")):
        assert f"{amount} costs {cost}" in text
    assert "66% of what you give comes off it, within 20% of your taxable income" in text
    assert "up to €15,000 a year for a household" in text
    assert "Whoever pays no income tax gets nothing back" in text
    assert "cash" not in text.split("Your donation")[1].split("You ")[0]


def test_a_stranger_reads_the_cap_of_the_law_and_nothing_of_anybody(fund):
    settled(fund, amount=33_000)
    text = plain_text(read("/en/give/rive-commune/"))
    assert "At most €7,500 for each person and year" in text
    assert "7,170" not in text
    assert "€330" not in text


def test_monthly_is_never_chosen_beforehand_nor_is_a_consent(fund):
    html = read("/en/give/rive-commune/")
    checked = set(re.findall(r'<input type="(?:radio|checkbox)"[^>]*id="([^"]+)"[^>]* checked', html))
    assert "once" in checked
    assert not {"monthly", "declaration"} & checked
    assert not re.findall(r'type="checkbox"[^>]* checked', html)


def test_what_the_rules_ask_is_asked_with_its_reason(fund):
    html = read("/en/give/rive-commune/")
    with override("en"):
        for why in ("cap_of_a_person", "french_or_resident", "kept_with_the_donation"):
            assert str(WHY[why]) in plain_text(html)
        assert str(DECLARATIONS["political.1"]) in plain_text(html)
    for name in ("born-year", "nationality", "address_lines", "postcode", "city", "country"):
        assert f'name="{name}"' in html


def test_where_no_rules_ask_it_nothing_more_is_asked():
    make_fund(GivingRules.NONE, code="union", account="rive")
    html = read("/en/give/union/")
    for name in ("born-year", "nationality", "address_lines"):
        assert f'name="{name}"' not in html
    assert "after tax" not in plain_text(html).lower()


def test_few_givers_are_not_counted_and_their_sum_is_not_told(fund):
    for number in range(4):
        settled(fund, amount=10_000, donor=make_donor(given_name=f"Giver{'abcd'[number]}"))
    text = plain_text(read("/en/give/rive-commune/"))
    assert "€400" not in text
    assert "Fewer than 5 people gave so far" in text


def test_what_was_raised_is_what_the_books_say(fund):
    for number, letter in enumerate("abcde"):
        settled(fund, amount=10_000 * (number + 1), donor=make_donor(given_name=f"Giver{letter}"))
    settled(fund, amount=500, donor=make_donor(given_name="Givera", email="another@people.example"))
    settled(make_fund(code="other"), amount=9_900)
    html = read("/en/give/rive-commune/")
    text = plain_text(html)
    assert "€1,505" in text
    assert "of €60,000 before 2 December 2026" in text
    assert "5 people gave; half of the donations are of €200 or less." in text
    assert "--p:2.5%" in html


def test_a_goal_counts_from_its_first_day(fund, client):
    since = now() - timedelta(days=10)
    Fund.objects.update(goal=100_000, goal_on=None, goal_from=day_in(since, fund.time_zone))
    for letter in "abcde":
        settled(fund, amount=50_000, at=since - timedelta(days=30), donor=make_donor(given_name=f"Giver{letter}"))
    for letter in "abcd":
        settled(fund, amount=10_000, at=since + timedelta(days=1), donor=make_donor(given_name=f"Giver{letter}"))
    assert "Fewer than 5 people gave so far" in read("/en/give/rive-commune/"), "who gave before tells nothing of who gave since"
    settled(fund, amount=10_000, at=since, donor=make_donor(given_name="Givere"))
    html = read("/en/give/rive-commune/")
    text = plain_text(html)
    assert "€500 of €1,000" in text
    assert "5 donations since" in text
    assert "--p:50.0%" in html


def test_what_went_back_is_of_nobody_who_gave_since_the_first_day_of_a_goal(fund):
    since = now() - timedelta(days=10)
    Fund.objects.update(goal=100_000, goal_on=None, goal_from=day_in(since, fund.time_zone))
    given = [settled(fund, amount=10_000, at=since, donor=make_donor(given_name=f"Giver{letter}")) for letter in "abcde"]
    fund.refresh_from_db()
    assert raised_towards_goal(fund).amount == 50_000
    back = Refund(id="re_1", charge="ch_1", amount=10_000, state="succeeded", happened_at=now())
    ledger.post([postings.of_refund(payments.as_given(given[0]), back)], now=now())
    assert raised_towards_goal(fund) is None, "four gave what stayed"


def test_a_cheque_of_before_is_of_nobody_who_gave_since_the_first_day_of_a_goal(fund):
    today = day_in(now(), fund.time_zone)
    Fund.objects.update(goal=100_000, goal_on=None, goal_from=today)
    for letter in "abcd":
        before = settled(fund, donor=make_donor(given_name=f"Giver{letter}"))
        Donation.objects.filter(pk=before.pk).update(counted_on=today - timedelta(days=1), method=Method.CHEQUE)
        rollups.recount([before.pk])
    settled(fund, amount=12_300, donor=make_donor(given_name="Givere"))
    fund.refresh_from_db()
    assert raised_towards_goal(fund) is None


def test_without_a_script_it_tells_how_else_to_give(fund):
    html = read("/en/give/rive-commune/")
    noscript = re.search(r"<noscript>(.*?)</noscript>", html, re.DOTALL)[1]
    assert 'href="#other-ways"' in noscript
    assert "By cheque to Common Shore" in html
    assert re.search(r'<button[^>]*type="submit" disabled', html)


def test_envelopes_are_chosen_within_one_recipient(fund):
    make_envelope(fund, code="solidarity")
    closed = make_envelope(fund, code="closed")
    Fund.objects.filter(pk=closed.pk).update(closed_at=now())
    html = read("/en/give/rive-commune/")
    assert 'value="solidarity"' in html
    assert 'value="closed"' not in html


def test_a_recipient_without_keys_or_outside_its_days_takes_nothing_here(fund):
    make_fund(code="keyless")
    assert "Nobody can pay on-line here at the moment." in plain_text(read("/en/give/keyless/"))
    Fund.objects.filter(pk=fund.pk).update(opens_on=in_days(9))
    html = read("/en/give/rive-commune/")
    assert "Donations are taken here from" in plain_text(html)
    assert "data-island" not in html


def test_a_test_account_is_said_to_be_one(fund, settings):
    assert "This is a test" in plain_text(read("/en/give/rive-commune/"))
    settings.STRIPE_API_URL = "https://api.stripe.com"
    settings.STRIPE_ACCOUNTS = "rive=sk_live_1,pk_live_1,whsec_1"
    html = read("/en/give/rive-commune/")
    assert "This is a test" not in plain_text(html)
    assert props_of(html)["key"] == "pk_live_1"
    assert "sk_live" not in html


def test_one_fund_is_led_to_and_several_are_chosen_from(fund):
    assert Client().get("/en/give/").headers["Location"] == "/en/give/rive-commune/"
    make_fund(code="neighbour")
    html = read("/en/give/")
    assert 'href="/en/give/neighbour/"' in html
    assert 'href="/en/give/rive-commune/"' in html


def test_what_asks_for_no_donations_is_not_there(fund):
    Fund.objects.update(published_at=None)
    assert Client().get("/en/give/").status_code == 404
    assert Client().get("/en/give/rive-commune/").status_code == 404


def test_only_this_page_may_load_the_provider(fund):
    policy = Client().get("/en/give/rive-commune/").headers["Content-Security-Policy"]
    assert "script-src 'self' https://js.stripe.com https://*.js.stripe.com;" in policy
    assert "connect-src 'self' https://js.stripe.com https://api.stripe.com;" in policy
    assert "frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com" in policy
    assert "frame-ancestors 'none'" in policy
    permissions = Client().get("/en/give/rive-commune/").headers["Permissions-Policy"]
    assert 'payment=(self "https://js.stripe.com")' in permissions
    elsewhere = Client().get("/en/legal/")
    assert "stripe" not in elsewhere.headers["Content-Security-Policy"]
    assert "payment=()" in elsewhere.headers["Permissions-Policy"]


def test_of_the_local_stand_in_its_one_origin_may_be_loaded(fund, settings):
    settings.STRIPE_JS_URL = "http://127.0.0.1:12111/v3/"
    policy = Client().get("/en/give/rive-commune/").headers["Content-Security-Policy"]
    assert "script-src 'self' http://127.0.0.1:12111;" in policy
    assert "stripe.com" not in policy


def test_no_cookie_is_set_and_a_cache_may_keep_it(fund):
    answer = Client().get("/en/give/rive-commune/")
    assert not answer.cookies
    assert "s-maxage=60" in answer.headers["Cache-Control"]
    assert "Vary" not in answer.headers or "Cookie" not in answer.headers["Vary"]


def test_pages_lead_to_it_once_a_fund_asks_for_donations(fund):
    home = read("/en/")
    assert home.count('href="/en/give/"') == 2
    assert "Give once, or each month" in home
    assert Client().get("/en/give/?ref=place-0101").headers["Location"] == "/en/give/rive-commune/?ref=place-0101"
    Fund.objects.update(published_at=None)
    assert "/give/" not in read("/en/")


def test_the_legal_notice_names_each_recipient(fund):
    text = plain_text(read("/en/legal/"))
    assert "Recipient of donations Association de financement de Rive commune 3 quai du Pont, 26000 Valence" in text
