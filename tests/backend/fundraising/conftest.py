"""Fixtures of fundraising."""

from typing import Any

import pytest

from maillage.people.domain.law import GivingRules
from tests.backend.fundraising.factories import make_fund
from tests.backend.fundraising.standing import Place
from tests.backend.stripe_stand_in import StripeAccount


def _place(account: StripeAccount, settings: Any, rules: GivingRules) -> Place:
    settings.STRIPE_API_URL = account.address
    settings.STRIPE_ACCOUNTS = account.written
    return Place(make_fund(rules, account=account.name), account)


@pytest.fixture
def place(db: None, stripe_account: StripeAccount, settings: Any) -> Place:
    """An association, whose treasurer gives money back alone."""
    return _place(stripe_account, settings, GivingRules.FR_ASSOCIATION)


@pytest.fixture
def agent(db: None, stripe_account: StripeAccount, settings: Any) -> Place:
    """The agent of a party, by whose word alone money goes back."""
    return _place(stripe_account, settings, GivingRules.FR_PARTY)


@pytest.fixture
def committed(transactional_db: None, stripe_account: StripeAccount, settings: Any) -> Place:
    """An association whose rows other processes and threads see."""
    return _place(stripe_account, settings, GivingRules.FR_ASSOCIATION)
