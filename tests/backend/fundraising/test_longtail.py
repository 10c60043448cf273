"""The long tail on paper: shares, quantiles, curves, what goes on each month, and how it is said."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from maillage.fundraising.domain import findings
from maillage.fundraising.domain.editions import last_told, places_told, steps_told
from maillage.fundraising.domain.longtail import Bin, Part, between, bin_of, largest, lorenz, mean, quantile, tiers
from maillage.fundraising.domain.regular import Foretold, following, foretell, months_kept, retention
from maillage.kernel.dates import NO_BREAK


def binned(amounts):
    found: dict[int, list[int]] = {}
    for cents in amounts:
        found.setdefault(bin_of(cents), []).append(cents)
    return [Bin(least, len(own), sum(own)) for least, own in sorted(found.items())]


amounts = st.lists(st.integers(1, 800_000), min_size=1, max_size=200)


@given(amounts, st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]))
def test_a_quantile_is_within_half_a_hundredth(given_amounts, share):
    rising = sorted(given_amounts)
    rank = share * len(rising)
    exact = next(cents for number, cents in enumerate(rising, start=1) if number >= rank)
    assert abs(quantile(binned(rising), share) - exact) <= max(0.005 * exact, 0.5)


@given(amounts, st.sampled_from([500, 1500, 2000, 5000, 10000]))
def test_what_lies_under_a_threshold_is_exact(given_amounts, threshold):
    part = between(binned(given_amounts), 0, threshold)
    under = [cents for cents in given_amounts if cents < threshold]
    assert (part.number, part.cents) == (len(under), sum(under))
    assert part.passes_the_bar == (2 * sum(under) > sum(given_amounts))


@given(amounts, st.sampled_from([1500, 5000]))
def test_the_curve_rises_below_the_line_of_equals_and_passes_the_threshold(given_amounts, threshold):
    points = lorenz(binned(given_amounts), through=threshold)
    assert points[0] == (0.0, 0.0)
    assert points[-1] == (1.0, 1.0)
    assert points == sorted(points)
    assert all(cents <= number + 1e-9 for number, cents in points)
    part = between(binned(given_amounts), 0, threshold)
    if part.number:
        assert (part.share_of_number, part.share_of_cents) in points


def test_tiers_stand_around_the_threshold():
    assert tiers(5000) == [(0, 1500), (1500, 3000), (3000, 5000), (5000, 10000), (10000, 20000), (20000, None)]


@given(amounts)
def test_tiers_hold_each_donation_once(given_amounts):
    bins = binned(given_amounts)
    assert sum(between(bins, *tier).number for tier in tiers(4500)) == len(given_amounts)


def test_bins_are_told():
    bins = [Bin(500, 1, 500), Bin(1000, 3, 3000)]
    assert mean(bins) == 875
    assert (mean([]), quantile([], 0.5), lorenz([])) == (0, 0, [])
    assert largest(bins, 0.5) == Part(number=2, cents=2000, of_number=4, of_cents=3500)


@given(amounts)
def test_the_middle_is_that_of_the_list(given_amounts):
    exact = median_low(given_amounts)
    assert abs(quantile(binned(given_amounts), 0.5) - exact) <= max(0.005 * exact, 0.5)


SAID = [
    (Part(0, 0, 0, 0), "Nothing was given yet.", "Rien n’a encore été donné."),
    (
        Part(94, 779, 100, 1000),
        "Nearly 8 euros in 10 come from donations under €50.",
        "Près de 8 euros sur 10 viennent de dons de moins de 50 €.",
    ),
    (Part(94, 801, 100, 1000), "8 euros in 10 come from donations under €50.", "8 euros sur 10 viennent de dons de moins de 50 €."),
    (
        Part(94, 834, 100, 1000),
        "More than 8 euros in 10 come from donations under €50.",
        "Plus de 8 euros sur 10 viennent de dons de moins de 50 €.",
    ),
    (
        Part(1, 120, 100, 1000),
        "More than 1 euro in 10 comes from donations under €50.",
        "Plus d’1 euro sur 10 vient de dons de moins de 50 €.",
    ),
    (
        Part(1, 20, 100, 1000),
        "Less than 1 euro in 10 comes from donations under €50.",
        "Moins d’1 euro sur 10 vient de dons de moins de 50 €.",
    ),
    (
        Part(9, 960, 100, 1000),
        "More than 9 euros in 10 come from donations under €50.",
        "Plus de 9 euros sur 10 viennent de dons de moins de 50 €.",
    ),
    (Part(100, 1000, 100, 1000), "All of the money comes from donations under €50.", "Tout l’argent vient de dons de moins de 50 €."),
    (Part(0, 0, 100, 1000), "No donation is under €50.", "Aucun don n’est de moins de 50 €."),
]


@pytest.mark.parametrize(("part", "english", "french"), SAID)
def test_a_share_is_said_in_tenths(part, english, french):
    with override("en"):
        assert findings.small_ones_said(part, under=5000, currency="eur").replace(NO_BREAK, " ") == english
    with override("fr"):
        assert findings.small_ones_said(part, under=5000, currency="eur").replace(NO_BREAK, " ") == french


def test_the_bar_is_more_than_half():
    with override("en"):
        assert findings.bar_said(Part(1, 501, 2, 1000), under=5000, currency="eur").startswith("The bar is passed")
        assert findings.bar_said(Part(1, 500, 2, 1000), under=5000, currency="eur").startswith("The bar is not passed")
        both = findings.both_ends_said(Part(94, 780, 100, 1000), Part(56, 70, 100, 1000), under=5000, top_from=20000, currency="eur")
    assert both == "94 donations in 100 are under €50. The 56 largest, of €200 and more, weigh 7%."


def test_a_day_that_stands_out_is_said_beside_ordinary_ones():
    first = date(2026, 11, 1)
    ordinary = [(first + timedelta(days=number), 10_000) for number in range(9)]
    with override("en"):
        assert findings.days_said(ordinary) == ("No day stands out.", None)
        said, day = findings.days_said([*ordinary, (date(2026, 11, 10), 30_697)])
        assert (said.replace(NO_BREAK, " "), day) == (
            "On Tuesday 10 November came as much as on 3 ordinary days.",
            date(2026, 11, 10),
        )
        assert findings.days_said([(first, 0)])[1] is None
    with override("fr"):
        said, _day = findings.days_said([*ordinary, (date(2026, 11, 10), 30_697)])
        assert said.replace(NO_BREAK, " ") == "Le mardi 10 novembre a rapporté autant que 3 jours ordinaires."


COHORTS = {
    ("2026-07", "2026-07"): (10, 10_000),
    ("2026-07", "2026-08"): (9, 9_000),
    ("2026-07", "2026-09"): (9, 9_000),
    ("2026-08", "2026-08"): (10, 10_000),
    ("2026-08", "2026-09"): (8, 8_000),
    ("2026-08", "2026-10"): (8, 8_000),
    ("2026-07", "2026-10"): (8, 8_000),
    ("2026-11", "2026-11"): (3, 3_000),
}


def test_churn_is_who_paid_for_a_month_and_not_for_the_next():
    past = months_kept(COHORTS, before="2026-11")
    assert [(each.month, each.paid, each.began, each.stayed, each.before) for each in past] == [
        ("2026-07", 10, 10, 0, 0),
        ("2026-08", 19, 10, 9, 10),
        ("2026-09", 17, 0, 17, 19),
        ("2026-10", 16, 0, 16, 17),
    ]
    assert [each.churn and round(each.churn, 3) for each in past] == [None, 0.1, 0.105, 0.059]
    assert months_kept({}, before="2026-11") == []
    gap = months_kept({("2026-01", "2026-01"): (1, 1), ("2026-03", "2026-03"): (1, 1)}, before="2026-05")
    assert [(each.month, each.paid) for each in gap] == [("2026-01", 1), ("2026-02", 0), ("2026-03", 1), ("2026-04", 0)]


def test_what_comes_is_foretold_with_a_range_from_three_months_on():
    past = months_kept(COHORTS, before="2026-11")
    assert foretell(past[:3], promised=100_000, month="2026-12") == []
    foretold = foretell(past, promised=100_000, month="2026-12", ahead=2)
    assert [each.month for each in foretold] == ["2026-12", "2027-01"]
    first = foretold[0]
    assert (first.low, first.cents, first.high) == (89474, 90000, 94118)
    assert foretold[1].low < first.low


@given(st.lists(st.integers(1, 1000), min_size=5, max_size=30), st.integers(0, 10**7))
def test_the_middle_lies_within_the_range_and_the_range_widens(paid, promised):
    months = {("2020-01", following("2020-01", number)): (many, many * 1000) for number, many in enumerate(paid)}
    foretold = foretell(months_kept(months, before=following("2020-01", len(paid))), promised=promised, month="2026-12")
    assert all(each.low <= each.cents <= each.high for each in foretold)


def test_cohorts_stand_in_the_order_in_which_they_began():
    assert retention(COHORTS, until="2026-10") == [("2026-07", 10, [10, 9, 9, 8]), ("2026-08", 10, [10, 8, 8])]


def test_what_goes_on_is_said():
    past = months_kept(COHORTS, before="2026-11")
    with override("en"):
        assert findings.kept_said(past[-1]) == "Of 100 who gave the month before, 94 went on in October 2026."
        assert findings.kept_said(None).startswith("Too few months")
        said = findings.foretold_said([Foretold("2026-12", 90_000, 89_474, 94_118)], currency="eur")
        assert said == "In December 2026, between €894 and €941 come from who gives now, in 8 months of 10."


@given(st.integers(-30, 30))
def test_months_follow_each_other(by):
    assert following(following("2026-11", by), -by) == "2026-11"


def test_a_month_is_told_once_its_last_debits_are_through():
    assert last_told(date(2026, 12, 5)) == "2026-10"
    assert last_told(date(2026, 12, 6)) == "2026-11"
    assert last_told(date(2027, 1, 6)) == "2026-12"


def test_a_place_is_told_unless_few_people_would_follow():
    people = {"0101": 7, "0102": 3, "0103": 0, None: 0}
    department = frozenset({"0101", "0102", "0103"})
    wishes = [("01", department), ("0101", frozenset({"0101"})), ("0102", frozenset({"0102"}))]
    assert places_told(people, wishes) == {"01": True, "0101": False, "0102": False}
    assert places_told(people | {None: 5}, wishes[1:]) == {"0101": True, "0102": False}
    assert places_told({"0101": 4, None: 0}, [("0101", frozenset({"0101"}))]) == {"0101": False}


def test_the_threshold_parts_what_is_told_where_both_sides_have_people_enough():
    small, large = [(2000, number) for number in range(9)], [(8000, number) for number in range(5)]
    assert steps_told(small + large, small_under=5000) == [(0, 9, 18000), (5000, 5, 40000)]
    assert steps_told(small + large[:4], small_under=5000) == [(0, 13, 50000)]
    assert steps_told(small, small_under=5000) == [(0, 9, 18000)]


@given(st.lists(st.tuples(st.integers(1, 100_000), st.integers(0, 30)), max_size=150))
def test_each_step_that_is_told_has_five_people_at_least(donations):
    steps = steps_told(donations, small_under=5000)
    assert sum(number for _least, number, _cents in steps) == len(donations)
    assert sum(cents for _least, _number, cents in steps) == sum(cents for cents, _giver in donations)
    bounds = [*(least for least, _number, _cents in steps), 10**9]
    people = Counter(
        number
        for number, (low, high) in enumerate(pairwise(bounds))
        for _giver in {giver for cents, giver in donations if low <= cents < high}
    )
    if len({giver for _cents, giver in donations}) >= 5:
        assert all(many >= 5 for many in people.values())
