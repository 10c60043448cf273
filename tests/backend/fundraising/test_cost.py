"""What a donation costs after tax, within its limits."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.cost import Limit, cost_after_tax, limit_said
from maillage.fundraising.domain.rules import rules_on

TODAY = date(2026, 11, 30)
PARTY = rules_on("fr-party", TODAY).tax(cares=False)
CANDIDATE = rules_on("fr-candidate", TODAY).tax(cares=False)
CARES = rules_on("fr-association", TODAY).tax(cares=True)
TAXES = st.sampled_from([PARTY, CANDIDATE, CARES])


@pytest.mark.parametrize(
    ("amount", "cost"), [(10_00, 3_40), (20_00, 6_80), (50_00, 17_00), (100_00, 34_00), (200_00, 68_00), (500_00, 170_00), (1, 0), (0, 0)]
)
def test_a_party_gets_three_times_what_it_costs(amount, cost):
    assert cost_after_tax(tax=PARTY, amount=amount).after_tax == cost


def test_half_a_cent_is_a_cent_off():
    assert cost_after_tax(tax=PARTY, amount=25).reduction == 17  # 16.5
    assert cost_after_tax(tax=PARTY, amount=75).reduction == 50  # 49.5
    assert cost_after_tax(tax=PARTY, amount=26).reduction == 17  # 17.16


def test_three_quarters_up_to_a_limit_then_two_thirds():
    assert cost_after_tax(tax=CARES, amount=2_000_00).reduction == 1_500_00
    assert cost_after_tax(tax=CARES, amount=3_000_00).reduction == 2_160_00
    assert cost_after_tax(tax=CARES, amount=1_000_00, given_before=1_500_00).reduction == 375_00 + 330_00
    before = rules_on("fr-association", date(2025, 10, 13)).tax(cares=True)
    assert cost_after_tax(tax=before, amount=2_000_00).reduction == 750_00 + 660_00


def test_beyond_the_limit_of_a_household_a_party_costs_all():
    assert cost_after_tax(tax=PARTY, amount=1_000_00, given_before=14_500_00).reduction == 330_00
    assert cost_after_tax(tax=PARTY, amount=1_000_00, given_before=15_000_00).reduction == 0
    assert cost_after_tax(tax=CANDIDATE, amount=1_000_00, given_before=15_000_00).reduction == 660_00


def test_cash_takes_nothing_off_for_a_party_and_does_for_an_association():
    assert cost_after_tax(tax=PARTY, amount=100_00, in_cash=True).after_tax == 100_00
    assert cost_after_tax(tax=CARES, amount=100_00, in_cash=True).after_tax == 25_00


def test_without_a_tax_rule_a_donation_costs_its_amount():
    cost = cost_after_tax(tax=None, amount=12_34)
    assert (cost.after_tax, cost.limits) == (12_34, ())


def test_the_limits_stand_beside_the_cost():
    assert cost_after_tax(tax=PARTY, amount=1).limits == (Limit.INCOME, Limit.CARRIED, Limit.HOUSEHOLD, Limit.CASH, Limit.NO_TAX)
    assert cost_after_tax(tax=CANDIDATE, amount=1).limits == (Limit.INCOME, Limit.CARRIED, Limit.CASH, Limit.NO_TAX)
    assert cost_after_tax(tax=CARES, amount=1).limits == (Limit.INCOME, Limit.CARRIED, Limit.NO_TAX)


def test_the_limits_are_said_in_the_words_of_the_page():
    with translation.override("fr"):
        assert limit_said(Limit.INCOME, PARTY).replace("\N{NO-BREAK SPACE}", " ") == (
            "Si vous payez l’impôt en France : 66 % du don en sont déduits, dans la limite de 20 % de votre revenu imposable."
        )
        assert "75 % jusqu’à 2 000 € par an, puis 66 %" in limit_said(Limit.INCOME, CARES).replace("\N{NO-BREAK SPACE}", " ")
        assert "15 000 € par an et par foyer fiscal" in limit_said(Limit.HOUSEHOLD, PARTY).replace("\N{NO-BREAK SPACE}", " ")
    with translation.override("en"):
        assert "counts in the 5 years that follow" in limit_said(Limit.CARRIED, PARTY)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("limit", Limit)
def test_each_limit_fills_its_places(language, limit):
    with translation.override(language):
        assert "%(" not in limit_said(limit, PARTY)


@given(TAXES, st.integers(0, 20_000_00), st.integers(0, 20_000_00))
def test_a_donation_never_costs_less_than_nothing_nor_more_than_its_amount(tax, amount, before):
    cost = cost_after_tax(tax=tax, amount=amount, given_before=before)
    assert 0 <= cost.after_tax <= amount
    assert cost.after_tax + cost.reduction == amount


@given(TAXES, st.integers(0, 20_000_00), st.integers(0, 20_000_00))
def test_two_donations_cost_together_what_one_does_but_for_a_cent(tax, first, second):
    apart = cost_after_tax(tax=tax, amount=first).reduction + cost_after_tax(tax=tax, amount=second, given_before=first).reduction
    assert abs(cost_after_tax(tax=tax, amount=first + second).reduction - apart) <= 1


def test_amounts_are_said_as_each_language_does():
    with translation.override("fr"):
        assert [amount_said(cents) for cents in (7_500_00, 3_40, 5)] == ["7\xa0500\xa0€", "3,40\xa0€", "0,05\xa0€"]
        assert amount_said(1_000_00, "chf") == "1\xa0000\xa0CHF"
    with translation.override("en"):
        assert [amount_said(cents) for cents in (7_500_00, 3_40)] == ["€7,500", "€3.40"]
