"""What a cap counts, what it leaves, and what a monthly donation will take of it."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from maillage.fundraising.domain.caps import (
    Counted,
    Monthly,
    NoElection,
    cap_said,
    earliest_start,
    excess,
    first_passed,
    fits,
    instalments,
    largest_monthly,
    latest_start,
    period_key,
    remaining,
    to_come,
    used,
)
from maillage.fundraising.domain.rules import rules_on

TODAY = date(2026, 11, 30)
(YEARLY,) = rules_on("fr-party", TODAY).caps
(ELECTION,) = rules_on("fr-candidate", TODAY).caps

days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
amounts = st.builds(
    Counted,
    amount=st.integers(-2_000_00, 8_000_00),
    on=days,
    nature=st.sampled_from(["donation", "dues"]),
    elected=st.booleans(),
    election=st.sampled_from(["", "2027-legislatives", "2027-presidentielle"]),
)
monthlies = st.builds(
    Monthly,
    amount=st.integers(1, 2_000_00),
    next_on=days,
    day=st.integers(1, 28),
    ends_on=st.none() | days,
)


def test_a_year_adds_up_donations_and_dues_but_those_of_elected_people():
    given_before = [
        Counted(5_000_00, date(2026, 1, 3)),
        Counted(1_000_00, date(2026, 5, 3), nature="dues"),
        Counted(3_000_00, date(2026, 5, 4), nature="dues", elected=True),
        Counted(260_00, date(2026, 6, 1), elected=True),
        Counted(7_000_00, date(2025, 12, 31)),
        Counted(-100_00, date(2026, 7, 1)),
    ]
    assert used(YEARLY, given_before, "2026") == 6_160_00
    assert remaining(YEARLY, given_before, "2026") == 1_340_00
    assert fits(YEARLY, Counted(1_340_00, TODAY), given_before)
    assert not fits(YEARLY, Counted(1_340_01, TODAY), given_before)
    assert fits(YEARLY, Counted(9_000_00, TODAY, nature="dues", elected=True), given_before)
    assert excess(YEARLY, [*given_before, Counted(1_400_00, TODAY)], "2026") == 60_00


def test_an_election_adds_up_all_its_candidates_over_the_years():
    given_before = [
        Counted(3_000_00, date(2026, 12, 30), election="june"),
        Counted(1_000_00, date(2027, 1, 2), election="june"),
        Counted(4_600_00, date(2027, 1, 2), election="april"),
        Counted(50_00, date(2027, 1, 2)),
    ]
    assert remaining(ELECTION, given_before, "june") == 600_00
    assert remaining(ELECTION, given_before, "april") == 0
    assert fits(ELECTION, Counted(600_00, date(2027, 2, 1), election="june"), given_before)
    with pytest.raises(NoElection):
        fits(ELECTION, Counted(1, TODAY), given_before)


def test_the_last_day_of_a_year_is_not_the_first_of_the_next():
    assert [period_key(YEARLY, on=on) for on in (date(2026, 12, 31), date(2027, 1, 1))] == ["2026", "2027"]


@given(st.lists(amounts, max_size=8), days)
def test_what_remains_fits_and_a_cent_more_does_not(taken, on):
    key = period_key(YEARLY, on=on)
    left = remaining(YEARLY, taken, key)
    assert left >= 0
    assert fits(YEARLY, Counted(left, on), taken)
    assert not fits(YEARLY, Counted(left + 1, on), taken)
    assert left == 0 or excess(YEARLY, taken, key) == 0
    assert left - excess(YEARLY, taken, key) == YEARLY.amount - used(YEARLY, taken, key)


@given(st.lists(amounts, max_size=8), days)
def test_each_amount_counts_in_one_period_at_most(taken, on):
    years = {str(year) for year in range(2024, 2030)}
    counted = [one for one in taken if one.nature == "donation" or not one.elected]
    assert sum(used(YEARLY, taken, key) for key in years) == sum(one.amount for one in counted)


@given(monthlies, days)
def test_a_monthly_donation_comes_once_a_month_on_its_day(monthly, until):
    coming = list(instalments(monthly, until=until))
    assert all(monthly.next_on <= on <= until for on in coming)
    assert all(monthly.ends_on is None or on <= monthly.ends_on for on in coming)
    assert all(on.day == monthly.day for on in coming[1:])
    months = [on.year * 12 + on.month for on in coming]
    assert months == list(range(months[0], months[0] + len(months))) if months else True
    assert used(YEARLY, to_come(monthly, until=until), str(until.year)) == monthly.amount * sum(on.year == until.year for on in coming)


def test_what_is_still_to_come_in_the_year_is_kept_free():
    monthly = Monthly(100_00, next_on=date(2026, 9, 20), day=5)
    coming = to_come(monthly, until=date(2026, 12, 31))
    assert [one.on for one in coming] == [date(2026, 9, 20), date(2026, 10, 5), date(2026, 11, 5), date(2026, 12, 5)]
    assert remaining(YEARLY, coming, "2026") == 7_100_00


def test_a_monthly_donation_that_fits_this_year_may_pass_the_next():
    monthly = Monthly(700_00, next_on=date(2026, 11, 5), day=5)
    assert first_passed(YEARLY, monthly, []).on == date(2027, 11, 5)
    assert largest_monthly(YEARLY, monthly, []) == 625_00
    assert first_passed(YEARLY, replace(monthly, ends_on=date(2027, 10, 31)), []) is None
    assert first_passed(YEARLY, replace(monthly, amount=625_00), []) is None
    full = [Counted(7_500_00, date(2026, 2, 1))]
    assert first_passed(YEARLY, replace(monthly, amount=100_00), full).on == date(2026, 11, 5)
    assert earliest_start(YEARLY, replace(monthly, amount=100_00), full) == date(2027, 1, 5)
    assert earliest_start(YEARLY, monthly, full) is None


def test_a_monthly_donation_to_a_candidate_ends_with_the_campaign():
    monthly = Monthly(500_00, next_on=date(2026, 12, 10), day=10, election="june")
    assert first_passed(ELECTION, monthly, []).on == date(2027, 9, 10)
    assert first_passed(ELECTION, monthly, [], closes_on=date(2027, 8, 20)) is None
    assert largest_monthly(ELECTION, monthly, [Counted(600_00, TODAY, election="june")], closes_on=date(2027, 3, 31)) == 1_000_00


@given(monthlies, st.lists(amounts, max_size=5))
def test_the_largest_monthly_amount_fits_and_a_cent_more_does_not(monthly, taken):
    most = largest_monthly(YEARLY, monthly, taken)
    instalments_left = list(instalments(monthly, until=date(monthly.next_on.year + 1, 12, 31)))
    assert first_passed(YEARLY, replace(monthly, amount=most), taken) is None
    assert (first_passed(YEARLY, replace(monthly, amount=most + 1), taken) is None) == (not instalments_left)


@given(monthlies, st.lists(amounts, max_size=5))
def test_the_earliest_start_is_the_first_from_which_all_fits(monthly, taken):
    start = earliest_start(YEARLY, monthly, taken)
    if start is not None:
        assert first_passed(YEARLY, replace(monthly, next_on=start), taken) is None
        assert start == monthly.next_on or first_passed(YEARLY, monthly, taken) is not None


@given(st.integers(1, 28), days)
def test_the_latest_start_is_the_last_day_of_payment_in_a_period(day, until):
    start = latest_start(day=day, until=until)
    assert start <= until
    assert start.day == day
    assert (until - start).days <= 31
    assert list(instalments(Monthly(1, next_on=start, day=day), until=until)) == [start]


def test_a_cap_is_said_with_its_amount():
    with translation.override("fr"):
        assert "7\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}€ par personne et par an" in cap_said(YEARLY)
    with translation.override("en"):
        assert "At most €4,600 for each person and election" in cap_said(ELECTION)
