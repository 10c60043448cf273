"""Funds, as whoever gives sees them."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext

from maillage.fundraising.domain.mentions import FundFacts
from maillage.fundraising.domain.rule_parts import RuleSet
from maillage.fundraising.domain.rules import rules_on
from maillage.fundraising.models import Fund, FundText
from maillage.kernel.dates import day_in
from maillage.kernel.errors import NotFound
from maillage.people.domain.law import GivingRules
from maillage.territories.models.naming import languages_for


def public_funds() -> QuerySet[Fund]:
    """Return the recipients whose pages ask for donations."""
    return Fund.objects.filter(parent__isnull=True, published_at__isnull=False, closed_at__isnull=True).select_related("stripe_account")


def public_fund(code: str) -> Fund:
    """Return a recipient whose page asks for donations. Raises: NotFound."""
    fund = public_funds().filter(code=code).prefetch_related("texts", "envelopes__texts").first()
    if fund is None:
        raise NotFound(code="no_such_fund")
    return fund


def is_collecting(fund: Fund, on: date) -> bool:
    """Say whether a recipient may take money on a day of its own time zone."""
    return (fund.opens_on is None or fund.opens_on <= on) and (fund.closes_on is None or on <= fund.closes_on)


def rules_of(fund: Fund, now: datetime) -> RuleSet:
    """Return the rules that hold for a recipient at an instant."""
    return rules_on(GivingRules(fund.rules), day_in(now, fund.time_zone))


def day_of_payment(fund: Fund, now: datetime) -> date:
    """Return the day on which a payment of an instant counts: in the time zone of the rules, else of the recipient."""
    return day_in(now, rules_of(fund, now).named.time_zone or fund.time_zone)


def facts_of(fund: Fund) -> FundFacts:
    """Return what the statutory mentions of a recipient name."""
    return FundFacts(
        legal_name=fund.legal_name,
        address=fund.address,
        party=fund.party,
        candidates=fund.candidates,
        approved_on=fund.approved_on,
        agent_is_person=fund.agent_is_person,
    )


def text_of(fund: Fund, language: str | None) -> FundText | None:
    """Return what a fund says in a language, else in the usual one, else in whichever it has."""
    texts = {text.language: text for text in fund.texts.all()}
    return next((texts[code] for code in languages_for(language) if code in texts), next(iter(texts.values()), None))


def name_of(fund: Fund, language: str | None) -> str:
    """Return how a fund is called in a language; its legal name where no text names it."""
    text = text_of(fund, language)
    return (text.name if text else "") or fund.legal_name


def legal_lines() -> list[tuple[str, str]]:
    """Say in the legal notice who receives what is given here: each recipient whose page asks for donations."""
    return [
        (gettext("Recipient of donations"), f"{fund.legal_name}\n{fund.address}".strip()) for fund in public_funds().order_by("legal_name")
    ]
