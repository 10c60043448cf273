"""Whatever offers a way to give says what the law has each call for donations say."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from maillage.fundraising.domain.mentions import mentions_said
from maillage.fundraising.domain.schedule import NO_OTHER_MEANS
from maillage.fundraising.domain.words import DonationState, MonthlyStepKind
from maillage.fundraising.models import Fund, MonthlyStep
from maillage.fundraising.selectors.donations import token_of
from maillage.fundraising.selectors.funds import facts_of, rules_of
from maillage.fundraising.services.giving_letters import received_letter
from maillage.fundraising.services.monthly_letters import monthly_letter
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.people.domain.law import GivingRules
from tests.backend.fundraising.factories import make_donation, make_donor, make_fund
from tests.backend.fundraising.monthly_world import make_monthly
from tests.backend.fundraising.page_factories import make_page
from tests.backend.fundraising.reading import one_line, plain_text

TEMPLATES = Path(__file__).resolve().parents[3] / "backend" / "templates"
OFFERS = re.compile(
    r"""\{%\s*url\s+["'](?:give|give-choice|embed-give|campaign)["']|include\s+["']fundraising/form\.html["']"""
    r"""|translate\s+["']Give here:["']"""
)
MODULES = TEMPLATES.parent / "maillage"
LEADS_THERE = re.compile(r"""["'/](?:embed/)?give/\{""")
"""An address of a fund's page in a letter: `give/{fund.code}/`."""

Read = Callable[[Fund, str], str]


def _page(fund: Fund, language: str) -> str:
    return Client().get(f"/{language}/give/{fund.code}/").text


def _embed(fund: Fund, language: str) -> str:
    return Client().get(f"/embed/give/{fund.code}/?language={language}").text


def _campaign(fund: Fund, language: str) -> str:
    return Client().get(f"/{language}/give/p/{make_page(fund, language=language).slug}/").text


def _poster(fund: Fund, language: str) -> str:
    return Client().get(f"/{language}/give/p/{make_page(fund, language=language).slug}/poster/").text


def _campaign_open(fund: Fund, language: str) -> str:
    return Client().get(f"/{language}/give/{fund.code}/open/").text


def _thanks(fund: Fund, language: str) -> str:
    donation = make_donation(fund, state=DonationState.SETTLED)
    return Client().get(f"/{language}/give/thanks/{token_of(donation)}/").text


def _mail(fund: Fund, language: str) -> str:
    message = Message(about_id=make_donation(fund, state=DonationState.SETTLED).pk, language=language, address="c@people.example")
    with override(language):
        return received_letter(message).plain()


def _ended(fund: Fund, language: str) -> str:
    monthly = make_monthly(fund, donor=make_donor())
    step = MonthlyStep.objects.create(monthly=monthly, kind=MonthlyStepKind.STOPPED, reason=NO_OTHER_MEANS)
    with override(language):
        return monthly_letter(Message(about_id=step.pk, language=language, address="c@people.example")).plain()


CALLS: dict[str, Read] = {
    "fundraising/give.html": _page,
    "fundraising/embed.html": _embed,
    "fundraising/thanks.html": _thanks,
    "fundraising/campaign.html": _campaign,
    "fundraising/campaign_open.html": _campaign_open,
    "fundraising/campaign_poster.html": _poster,
    "giving_letters.py": _mail,
    "monthly_letters.py": _ended,
}
"""Each template or module of letters that offers a way to give, and how it reads for a fund: a new one is added here, and then
has to say the mentions."""

LEADS = {
    "fundraising/campaign_asked.html": "the way back; it leads to the page of the fund",
    "fundraising/campaign_gone.html": "a link; it leads to the page of the fund",
    "fundraising/campaign_head.html": "within a page that says them: the name of its team, a link to the team's page",
    "fundraising/campaign_hidden.html": "a link; it leads to the page of the fund",
    "fundraising/campaign_mine.html": "of the owner of a page alone; it leads to the page",
    "fundraising/campaign_over.html": "thanks; it leads to the page of the fund",
    "fundraising/campaign_refused.html": "a link; it leads to the page of the fund",
    "fundraising/campaign_report.html": "the way back; it leads to the page",
    "fundraising/campaign_reported.html": "the way back; it leads to the page",
    "fundraising/choose.html": "lists recipients; the page of each says its mentions",
    "fundraising/monthly.html": "of who stopped: the way back; it leads to the page of the fund",
    "insights/home.html": "one line among others; it leads to the page of the fund",
    "insights/place.html": "a link; it leads to the page of the fund",
    "parts/header.html": "the word in the menu; it leads to the page of the fund",
}
"""Templates that only lead to a page which says them, and why that is all they do."""


def test_no_template_offers_a_way_to_give_unknown_to_this_list():
    offering = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*") if OFFERS.search(path.read_text(encoding="utf-8"))}
    assert offering == {name for name in CALLS | LEADS if name.endswith(".html")}


def test_no_letter_offers_a_way_to_give_unknown_to_this_list():
    offering = {path.name for path in MODULES.rglob("*.py") if LEADS_THERE.search(path.read_text(encoding="utf-8"))}
    assert offering == {name for name in CALLS if name.endswith(".py")}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("rules", list(GivingRules))
@pytest.mark.parametrize("template", CALLS)
def test_each_says_every_mention_in_order(template, rules, language):
    fund = make_fund(rules, code="body", party="Rive commune", candidates="Claire Dumontel")
    text = plain_text(CALLS[template](fund, language))
    with override(language):
        mentions = [one_line(mention) for mention in mentions_said(rules_of(fund, now()), facts_of(fund))]
    places = [text.find(mention) for mention in mentions]
    assert -1 not in places
    assert places == sorted(places)
