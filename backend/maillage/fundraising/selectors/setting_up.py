"""Funds as their administrators set them up: what is said, what is missing, and how the page's mentions read."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import translation

from maillage.fundraising import policies
from maillage.fundraising.domain.exports.cnccfp import AGENT_FACTS
from maillage.fundraising.domain.mentions import MENTIONS, mentions_said, missing_facts
from maillage.fundraising.domain.receipts import Body
from maillage.fundraising.domain.rule_parts import NoRules, ReceiptKind, RuleSet
from maillage.fundraising.domain.setting_up import Words, lacking_words
from maillage.fundraising.domain.words import RUNNING
from maillage.fundraising.models import Donation, Fund, MonthlyDonation
from maillage.fundraising.selectors.funds import facts_of, rules_of
from maillage.fundraising.selectors.receipts import body_of
from maillage.kernel.dates import day_in
from maillage.people.domain import GivingRules, what_follows
from maillage.people.selectors.organisation import organisation

WAY = "way"
"""Missing: neither on-line nor otherwise can anybody give."""


def recipients() -> QuerySet[Fund]:
    """Return the legal recipients with all that is said of them, the oldest first."""
    envelopes = Fund.objects.order_by("pk").select_related("area").prefetch_related("texts")
    return (
        Fund.objects.filter(parent__isnull=True)
        .select_related("stripe_account", "election", "area")
        .prefetch_related("texts", Prefetch("envelopes", queryset=envelopes))
        .order_by("pk")
    )


def proposed_rules(now: datetime) -> GivingRules:
    """Return the rules that follow in law from the organisation's country and legal kind."""
    house = organisation()
    return what_follows(country=house.country, kind=house.legal_kind, on=day_in(now, "UTC")).giving


def words_of(fund: Fund) -> dict[str, Words]:
    """Return what a fund says, by language."""
    return {
        text.language: Words(text.name, text.title, text.lead, [(cents, what) for cents, what in text.uses], text.other_ways, text.thanks)
        for text in fund.texts.all()
    }


Modes = Mapping[str, str]
"""What the keys of each account at Stripe do, by its code: `live` or `test` (`gateways.accounts.modes`)."""


def missing_in(fund: Fund, now: datetime, modes: Modes) -> list[str]:
    """Name what a recipient lacks before its page may ask.

    That is facts of its mentions and of the receipts that it makes, texts (`text_fr`), a way to give, its days. An agent that
    collects for an election names it, and the last day: else its cap counts with no other recipient's, and money comes for ever.
    """
    rules = _rules(fund, now)
    if rules is None:
        return ["rules"]
    words = words_of(fund)
    languages = organisation().languages
    lacking = missing_facts(rules, facts_of(fund))
    if rules.receipt.kind == ReceiptKind.CERFA_11580:
        lacking += [fact for fact in body_of(fund).missing if fact not in lacking]
    lacking += [f"text_{code}" for code in lacking_words(words, languages)]
    if mode_of(fund, modes) == "none" and not all(code in words and words[code].other_ways.strip() for code in languages):
        lacking.append(WAY)
    opens_from = collects_from(fund, now)
    if opens_from and (fund.opens_on is None or fund.opens_on < opens_from):
        lacking.append("opens_on")
    if rules.agent is not None and rules.agent.months_before is not None:
        lacking += [name for name in ("election", "closes_on") if getattr(fund, name) is None]
    return lacking


def collects_from(fund: Fund, now: datetime) -> date | None:
    """Return the first day on which a candidate's agent may collect for its election; None where no election sets it."""
    rules = _rules(fund, now)
    if rules is None or rules.agent is None or fund.election is None:
        return None
    return rules.agent.collects_from(fund.election.first_round_on)


def mode_of(fund: Fund, modes: Modes) -> str:
    """Say what the account at Stripe does: `live` with real money, `test` without, `none` where its keys are not there."""
    return modes.get(fund.stripe_account.code, "none") if fund.stripe_account else "none"


def mentions_of(fund: Fund, now: datetime) -> Mapping[str, list[str]]:
    """Say the statutory mentions as the page would, in each language of the organisation; empty while a fact is missing."""
    rules = _rules(fund, now)
    facts = facts_of(fund)
    if rules is None or missing_facts(rules, facts):
        return {}
    said = {}
    for language in organisation().languages:
        with translation.override(language):
            said[language] = mentions_said(rules, facts)
    return said


def fund_shape(fund: Fund, now: datetime, modes: Modes) -> dict[str, Any]:
    """Write a recipient, or an envelope, as the API shows it to its administrators."""
    is_envelope = fund.parent_id is not None
    missing = [] if is_envelope else missing_in(fund, now, modes)
    shape = {
        "code": fund.code,
        "area": {"id": fund.area.pk, "name": fund.area.called} if fund.area else None,
        "texts": {language: vars(words) for language, words in words_of(fund).items()},
        "published_at": fund.published_at,
        "closed_at": fund.closed_at,
        "missing": missing,
        "abilities": policies.fund_abilities(
            is_published=fund.published_at is not None,
            is_closed=fund.closed_at is not None,
            is_envelope=is_envelope,
            is_complete=not missing,
        ),
    }
    if is_envelope:
        return shape
    rules = _rules(fund, now)
    return {
        **shape,
        **{name: getattr(fund, name) for name in FACTS},
        "rules": fund.rules,
        "election": fund.election.code if fund.election else "",
        "account": fund.stripe_account.code if fund.stripe_account else "",
        "account_mode": mode_of(fund, modes),
        "collects_from": collects_from(fund, now),
        "asked_facts": _asked_facts(rules),
        "mentions": mentions_of(fund, now),
        "monthly_running": MonthlyDonation.objects.filter(fund=fund, state__in=RUNNING).count(),
        "is_given_to": Donation.objects.filter(fund=fund).exists(),
        "envelopes": [fund_shape(each, now, modes) for each in fund.envelopes.all()],
    }


FACTS = (
    *(
        "legal_name",
        "address",
        "phone",
        "email",
        "registration",
        "purpose",
        "quality",
        "party",
        "agent_is_person",
        "candidates",
        "approved_on",
    ),
    *("signatory", "cares", "allowed_expenses", "opens_on", "closes_on", "iban", "creditor_id"),
    *("suggested_once", "suggested_monthly", "least", "goal", "goal_from", "goal_on", "currency", "time_zone"),
)
"""What `services.describe_fund` keeps, and the currency and time zone."""


def _asked_facts(rules: RuleSet | None) -> list[str]:
    """Name the facts that the rules have a recipient say: in its mentions, on its receipts, in the file of donors."""
    if rules is None:
        return []
    said = [fact for mention in rules.mentions for fact in MENTIONS[mention.key].facts]
    told = {ReceiptKind.CERFA_11580: tuple(each.name for each in fields(Body)), ReceiptKind.CNCCFP: AGENT_FACTS}
    return list(dict.fromkeys([*said, *told.get(rules.receipt.kind, ())]))


def _rules(fund: Fund, now: datetime) -> RuleSet | None:
    try:
        return rules_of(fund, now)
    except NoRules:
        return None
