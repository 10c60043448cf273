"""The page of a fund: why, how much, who gives, and the payment. Without a script it tells how to give by other means."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.asking import DECLARATIONS, WHY
from maillage.fundraising.domain.caps import CAPS
from maillage.fundraising.domain.cost import Cost, Limit, cost_after_tax, limit_said
from maillage.fundraising.domain.mentions import mentions_said
from maillage.fundraising.domain.news import DONATION_NEWS
from maillage.fundraising.domain.receipts import receipt_said
from maillage.fundraising.domain.rule_parts import Fact, RuleSet
from maillage.fundraising.domain.schedule import FIRST_DAY, LAST_DAY
from maillage.fundraising.domain.words import Nature
from maillage.fundraising.gateways.accounts import keys_of
from maillage.fundraising.models import Fund, FundText
from maillage.fundraising.pages.give_words import give_words
from maillage.fundraising.pages.payment_policy import allow_payment
from maillage.fundraising.pages.turns import turn_of
from maillage.fundraising.selectors.funds import day_of_payment, facts_of, is_collecting, public_fund, public_funds, rules_of, text_of
from maillage.fundraising.selectors.raised import Raised, RaisedSince, raised_towards_goal
from maillage.fundraising.services.giving import MOST
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import NotFound
from maillage.kernel.http import not_found
from maillage.people.selectors.organisation import organisation
from maillage.people.selectors.wordings import wording_in_force
from maillage.territories.domain.countries import countries_in

FRESH_SECONDS = 60
"""For how long a shared cache may serve a page; a browser asks each time, and mostly hears 304."""

_IN_A_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Suggested:
    """An amount that is offered, what it costs after tax, and whether it is chosen until the giver chooses."""

    cost: Cost
    is_chosen: bool


@dataclass(frozen=True)
class Thermometer:
    """What came in towards a goal: `share` of it in percent, as a style writes it; `raised` is None while too few gave."""

    raised: Raised | RaisedSince | None
    goal: int | None
    goal_on: date | None

    @property
    def share(self) -> str:
        """How much of the goal is drawn in ink."""
        raised = self.raised.amount if self.raised else 0
        return f"{min(max(raised, 0) * 100 / self.goal, 100):.1f}%" if self.goal else "0%"


@require_safe
def give_choice(request: HttpRequest) -> HttpResponse:
    """Lead to the one fund, or let choose between several; each is another legal recipient.

    Of several that are ticked (`to`) the first is led to, and its page knows which come after (`then`).
    """
    funds = list(public_funds().prefetch_related("texts").order_by("published_at", "code"))
    if not funds:
        return not_found(request)
    asked = request.GET.copy()
    codes = asked.pop("to", [])
    ticked = [fund for fund in funds if fund.code in codes]
    if ticked:
        asked.setlist("then", [fund.code for fund in ticked[1:]])
    query = f"?{asked.urlencode()}" if asked.urlencode() else ""
    if ticked or len(funds) == 1:
        return redirect(reverse("give", kwargs={"code": (ticked or funds)[0].code}) + query)
    language = get_language()
    texts = [(fund, text_of(fund, language)) for fund in funds]
    context = {"funds": texts, "query": query, "kept": list(asked.items()), "current": "give"}
    response = render(request, "fundraising/choose.html", context)
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response


@require_safe
def give(request: HttpRequest, code: str) -> HttpResponse:
    """Show the page of a fund; of several to which one gives it says which one is at (`before`, `then`)."""
    try:
        fund = public_fund(code)
    except NotFound:
        return not_found(request)
    context = give_context(fund, now=read_clock()) | {"turn": turn_of(fund, request.GET)}
    response = allow_payment(render(request, "fundraising/give.html", context))
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response


def give_context(fund: Fund, *, now: datetime, opens: str = "_self") -> dict[str, Any]:
    """Say all that a page with the form of a fund says, in the active language; `opens`: where its links open, as `target` names it."""
    language = get_language() or settings.LANGUAGE_CODE
    rules, today, text = rules_of(fund, now), day_of_payment(fund, now), text_of(fund, language)
    tax = rules.tax(cares=fund.cares)
    keys = keys_of(fund.stripe_account.code) if fund.stripe_account else None
    once, monthly = (suggested(amounts, rules, cares=fund.cares) for amounts in (fund.suggested_once, fund.suggested_monthly))
    chosen = next((each.cost for each in once if each.is_chosen), None)
    return {
        "fund": fund,
        "text": text,
        "house": organisation(),
        "current": "give",
        "thermometer": thermometer_of(fund),
        "once": once,
        "monthly": monthly,
        "chosen": chosen,
        "tax": tax,
        "limits": [limit_said(limit, tax, fund.currency) for limit in chosen.limits if limit != Limit.CASH] if tax and chosen else [],
        "caps": caps_said(rules),
        "asks": {fact.value: WHY[asked.why] for fact in Fact if (asked := rules.asks(fact)) is not None},
        "age": rules.age.least,
        "countries": countries_in(language),
        "envelopes": [(each.code, text_of(each, language)) for each in fund.envelopes.all() if each.closed_at is None],
        "declaration": (rules.declaration.version, DECLARATIONS[rules.declaration.version]),
        "news": wording_in_force(DONATION_NEWS.purpose),
        "mentions": mentions_said(rules, facts_of(fund)),
        "receipt_said": receipt_said(rules.receipt),
        "refund": rules.refund,
        "days": range(FIRST_DAY, LAST_DAY + 1),
        "day": min(today.day, LAST_DAY),
        "debit": {term.code.value.removeprefix("debit_"): term.number for term in rules.terms},
        "is_open": is_collecting(fund, today),
        "is_before": fund.opens_on is not None and today < fund.opens_on,
        "is_test": keys is not None and not keys.is_live,
        "can_pay": keys is not None and is_collecting(fund, today),
        "donate_action": donate_action(fund, text),
        "island": give_props(fund, rules, text, key=keys.publishable if keys else "", language=language, opens=opens),
    }


def thermometer_of(fund: Fund) -> Thermometer:
    """Say how far a fund is."""
    return Thermometer(raised_towards_goal(fund), fund.goal, fund.goal_on)


def suggested(amounts: list[int], rules: RuleSet, *, cares: bool) -> list[Suggested]:
    """Say what each suggested amount costs after tax; the one in the middle is chosen at first."""
    tax = rules.tax(cares=cares)
    return [Suggested(cost_after_tax(tax=tax, amount=amount), at == (len(amounts) - 1) // 2) for at, amount in enumerate(amounts)]


def caps_said(rules: RuleSet) -> list[str]:
    """Say the caps of the law, in the active language: what remains of them is for a proved donor only."""
    return [CAPS[cap.code] % {"amount": amount_said(cap.amount)} for cap in rules.caps]


def donate_action(fund: Fund, text: FundText | None) -> SafeString:
    """Tell search engines what can be done here (schema.org)."""
    said = {
        "@context": "https://schema.org",
        "@type": "DonateAction",
        "name": (text.title if text else "") or fund.legal_name,
        "description": text.lead if text else "",
        "recipient": {"@type": "Organization", "name": fund.legal_name, "address": fund.address},
        "priceCurrency": fund.currency.upper(),
        "target": settings.PUBLIC_URL + reverse("give", kwargs={"code": fund.code}),
    }
    return in_a_script(said)


def in_a_script(said: dict[str, Any]) -> SafeString:
    """Write what a script element holds; no letter of it ends the element in which it stands."""
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(_IN_A_SCRIPT))  # noqa: S308 letters of markup are escaped


def give_props(fund: Fund, rules: RuleSet, text: FundText | None, *, key: str, language: str, opens: str) -> dict[str, Any]:
    """Return the props of the island: where it asks, what it may take, what it says, where its links open."""
    tax = rules.tax(cares=fund.cares)
    caps = [cap.amount for cap in rules.caps if Nature.DONATION in cap.counts]
    return {
        "fund": fund.code,
        "name": text.name if text else fund.legal_name,
        "currency": fund.currency,
        "start": f"/api/v1/fundraising/funds/{fund.code}/donations/",
        "follow": "/api/v1/fundraising/donations/",
        "proofs": "/api/v1/fundraising/proofs/",
        "allowance": f"/api/v1/fundraising/funds/{fund.code}/allowance/",
        "thanks": f"/{language}/give/thanks/",
        "opens": opens,
        "key": key,
        "script": settings.STRIPE_JS_URL,
        "methods": [method.value for method in rules.through_provider()],
        "least": fund.least,
        "most": min([*caps, MOST]),
        "isCapped": bool(caps),
        "age": rules.age.least,
        "tax": {"bands": [[band.percent, band.up_to] for band in tax.bands], "household": tax.household} if tax else None,
        "words": give_words(),
    }
