"""No subtraction of public figures leaves fewer than five people."""

from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.insights.domain.withheld import PERIOD, SETTLED_AFTER, period_of, periods_over
from maillage.people.domain.withheld import may_be_published


def worked_out(counts: dict[str, int], figures: list[frozenset[str]]) -> set[int]:
    """Add and subtract the figures in every way; return the sizes of all groups of people that come out."""
    found = set()
    for signs in product((-1, 0, 1), repeat=len(figures)):
        held = {cell: sum(sign for sign, figure in zip(signs, figures, strict=True) if cell in figure) for cell in counts}
        if set(held.values()) <= {0, 1}:
            found.add(sum(counts[cell] for cell, times in held.items() if times))
    return found


def published(counts: dict[str, int], wishes: list[frozenset[str]]) -> list[frozenset[str]]:
    return [wish for wish, is_safe in zip(wishes, may_be_published(counts, wishes), strict=True) if is_safe]


COUNTS = st.fixed_dictionaries({cell: st.integers(0, 12) for cell in "abcdefgh"})
WISHES = st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1), max_size=6)


@settings(max_examples=300, deadline=None)
@given(COUNTS, WISHES)
def test_whatever_is_added_and_subtracted_nobody_of_a_few_stands_out(counts: dict[str, int], wishes: list[frozenset[str]]):
    assert not worked_out(counts, published(counts, wishes)) & {1, 2, 3, 4}


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_parent_minus_children_is_nobody_or_five(counts: dict[str, int]):
    country, north, south = frozenset("abcdefgh"), frozenset("abcd"), frozenset("efgh")
    wishes = [country, north, south, frozenset("ab"), frozenset("cd"), frozenset("ef"), frozenset("gh")]
    shown = published(counts, wishes)
    for parent in shown:
        children = [figure for figure in shown if figure < parent]
        for chosen in product((False, True), repeat=len(children)):
            taken = [child for child, is_chosen in zip(children, chosen, strict=True) if is_chosen]
            if sum(map(len, taken)) == len(frozenset().union(*taken)):  # disjoint
                rest = sum(counts[cell] for cell in parent) - sum(counts[cell] for child in taken for cell in child)
                assert rest == 0 or rest >= 5


def test_a_large_child_is_withheld_when_its_parent_less_it_is_small():
    counts = {"a": 20, "b": 3}
    both, one, other = frozenset("ab"), frozenset("a"), frozenset("b")
    assert may_be_published(counts, [both, one, other]) == [True, False, False]
    assert may_be_published(counts, [one, both]) == [True, False]
    assert may_be_published({"a": 20, "b": 5}, [both, one, other]) == [True, True, True]
    assert may_be_published({"a": 20, "b": 0}, [both, one, other]) == [True, True, True]


def test_an_outcome_is_withheld_when_those_without_it_are_few():
    counts = {"called": 30, "missed": 2}
    everybody, called = frozenset(counts), frozenset(["called"])
    assert may_be_published(counts, [everybody, called]) == [True, False]


DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@given(DAYS, DAYS)
def test_periods_do_not_overlap_and_are_over(first: date, today: date):
    found = periods_over(first=first, today=today, most=40)
    assert all(later - earlier == PERIOD for earlier, later in pairwise(found))
    assert all(begins.weekday() == 0 and begins + PERIOD + SETTLED_AFTER <= today for begins in found)


@given(DAYS)
def test_day_minus_day_a_period_is_published_at_once_or_not_at_all(day: date):
    begins = period_of(day)
    assert begins <= day < begins + PERIOD
    before = set(periods_over(first=date(2024, 1, 1), today=day, most=200))
    after = set(periods_over(first=date(2024, 1, 1), today=day + timedelta(days=1), most=200))
    assert before <= after
    assert len(after - before) <= 1
