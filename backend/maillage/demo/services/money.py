"""Money of the demo: two recipients whose pages ask for donations, paid through the stand-in for Stripe."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from maillage.accounts.domain import Role
from maillage.demo.domain.money_texts import ASSOCIATION, ENVELOPES, PARTY, TEXTS
from maillage.demo.services.people import Population
from maillage.fundraising.models import Fund, FundText, StripeAccount
from maillage.people.domain import GivingRules
from maillage.territories.models import Area

PARTY_ACCOUNT, ASSOCIATION_ACCOUNT = "demo", "demo-association"
"""Codes of the accounts at Stripe whose keys `make run` names."""
COLLECTING_FOR = timedelta(days=180)
GOAL_SET_BEFORE = timedelta(days=90)
OPENED_BEFORE = timedelta(days=10)
"""How long before the first donation the accounts were opened: all that happened at them is read back."""


def raise_money(*, home: Area, country: Area, shown: UUID | None, population: Population, now: datetime) -> list[Fund]:
    """Publish the demo's recipients with their envelopes, and appoint the treasurer of the country."""
    population.appoint(Role.TREASURER, home=home, of=country, email=settings.DEMO_ACCOUNTS["treasurer"])
    since = now - COLLECTING_FOR
    party = _recipient(
        PARTY,
        rules=GivingRules.FR_PARTY,
        account=PARTY_ACCOUNT,
        published_at=since,
        approved_on=date(2024, 3, 4),
        suggested_once=[1000, 2000, 5000, 10000, 20000, 50000],
        suggested_monthly=[500, 1000, 2000, 3000],
        goal=6_000_000,
        goal_from=(now - GOAL_SET_BEFORE).date(),
        goal_on=(now + timedelta(days=30)).date(),
    )
    department = Area.objects.filter(pk=shown).first() if shown else None
    for code, names in ENVELOPES.items():
        area = department if code == "departement" else None
        envelope = Fund.objects.create(code=f"{party.code}-{code}", parent=party, area=area, currency=party.currency)
        for language, name in names.items():
            said = name % {"place": area.called_in(language)} if area else name
            FundText.objects.create(fund=envelope, language=language, name=said)
    association = _recipient(
        ASSOCIATION,
        rules=GivingRules.FR_ASSOCIATION,
        account=ASSOCIATION_ACCOUNT,
        published_at=since,
        suggested_once=[1500, 3000, 6000, 12000],
        suggested_monthly=[500, 1000, 1500],
    )
    return [party, association]


def _recipient(said: dict[str, Any], *, rules: GivingRules, account: str, **fields: Any) -> Fund:
    opened = StripeAccount.objects.create(code=account, created_at=fields["published_at"] - OPENED_BEFORE)
    fund = Fund.objects.create(rules=rules, stripe_account=opened, **said, **fields)
    for language, text in TEXTS[fund.code].items():
        FundText.objects.create(fund=fund, language=language, **text)
    return fund
