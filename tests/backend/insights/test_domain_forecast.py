"""The day when a target is met, as far as the past says it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.insights.domain.forecast import HORIZON, WEEKS_NEEDED, Outlook, forecast

TODAY = date(2026, 11, 20)
GAINS = st.lists(st.integers(-10, 30), min_size=WEEKS_NEEDED, max_size=12)


def test_steady_weeks_leave_no_doubt():
    found = forecast(covered=100, goal=193, gains=[5] * 12, today=TODAY)
    assert found.outlook == Outlook.EXPECTED
    assert found.early_on == found.likely_on == found.late_on == TODAY + timedelta(weeks=19)
    assert (found.missing, found.weeks, found.a_week) == (93, 12, 5.0)


def test_only_the_last_twelve_weeks_count():
    assert forecast(covered=0, goal=50, gains=[0] * 30 + [5] * 12, today=TODAY).a_week == 5


@pytest.mark.parametrize(
    ("gains", "outlook"),
    [
        ([], Outlook.TOO_EARLY),
        ([9] * 7, Outlook.TOO_EARLY),
        ([0] * 12, Outlook.STANDING),
        ([3, -3] * 6, Outlook.STANDING),
        ([-1] * 12, Outlook.STANDING),
        ([0] * 11 + [1], Outlook.FAR),
    ],
)
def test_where_no_day_can_be_said_it_says_why(gains: list[int], outlook: Outlook):
    found = forecast(covered=100, goal=193, gains=gains, today=TODAY)
    assert found.outlook == outlook
    assert found.likely_on is found.early_on is found.late_on is None


@given(GAINS, st.integers(0, 300))
def test_a_target_that_is_met_needs_no_day(gains: list[int], goal: int):
    found = forecast(covered=300, goal=goal, gains=gains, today=TODAY)
    assert (found.outlook, found.missing, found.likely_on) == (Outlook.MET, 0, None)


@given(GAINS, st.integers(1, 150))
def test_the_range_holds_the_middle_and_lies_ahead(gains: list[int], missing: int):
    found = forecast(covered=0, goal=missing, gains=gains, today=TODAY)
    if found.outlook == Outlook.EXPECTED:
        assert found.early_on
        assert found.likely_on
        assert TODAY < found.early_on <= found.likely_on <= (found.late_on or date.max)
        assert found.likely_on <= TODAY + timedelta(weeks=HORIZON)
    else:
        assert found.likely_on is None


@given(GAINS, st.integers(1, 150), st.integers(0, 50))
def test_a_farther_target_is_never_met_earlier(gains: list[int], missing: int, more: int):
    near = forecast(covered=0, goal=missing, gains=gains, today=TODAY)
    far = forecast(covered=0, goal=missing + more, gains=gains, today=TODAY)
    for name in ("early_on", "likely_on", "late_on"):
        assert (getattr(near, name) or date.max) <= (getattr(far, name) or date.max)


@given(GAINS, st.integers(1, 150), st.integers(0, 11), st.integers(0, 20))
def test_a_better_week_never_makes_it_later(gains: list[int], missing: int, week: int, more: int):
    better = [gain + more if place == week else gain for place, gain in enumerate(gains)]
    before = forecast(covered=0, goal=missing, gains=gains, today=TODAY)
    after = forecast(covered=0, goal=missing, gains=better, today=TODAY)
    assert (after.likely_on or date.max) <= (before.likely_on or date.max)


@given(GAINS, st.integers(1, 150))
def test_the_same_past_gives_the_same_answer(gains: list[int], missing: int):
    assert forecast(covered=0, goal=missing, gains=gains, today=TODAY) == forecast(covered=0, goal=missing, gains=gains, today=TODAY)
