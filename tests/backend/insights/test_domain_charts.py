"""Where the parts of a drawing lie."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from maillage.insights.domain.charts import coverage_chart, month_marks, top_of
from maillage.insights.domain.coverage import Point
from maillage.relays.domain import Coverage

TODAY = date(2026, 11, 20)


def points(covered: list[int]) -> list[Point]:
    first = TODAY - timedelta(days=len(covered) - 1)
    return [Point(first + timedelta(days=n), Coverage(1000, count, 0, 0, 1000 - count, 0)) for n, count in enumerate(covered)]


def test_the_range_ahead_is_drawn_where_the_past_is_as_long():
    past = points(list(range(100)))
    chart = coverage_chart(past, goal=120, early=TODAY + timedelta(20), likely=TODAY + timedelta(30), late=TODAY + timedelta(50))
    assert chart.range_x
    assert chart.likely_x
    assert float(chart.today_x) < float(chart.range_x) < float(chart.likely_x) < 100
    far = coverage_chart(past, goal=120, early=TODAY + timedelta(300), likely=TODAY + timedelta(400), late=None)
    assert (far.range_x, far.likely_x, far.today_x) == (None, None, "100.00")


@given(st.lists(st.integers(0, 600), min_size=1, max_size=60), st.integers(0, 600), st.integers(0, 300), st.integers(0, 100))
def test_everything_lies_inside(covered: list[int], goal: int, ahead: int, more: int):
    early, likely = TODAY + timedelta(ahead), TODAY + timedelta(ahead + more)
    chart = coverage_chart(points(covered), goal=goal, early=early, likely=likely, late=likely + timedelta(more))
    places = [chart.today_x, chart.today_y, chart.goal_y, *(mark.at for mark in [*chart.levels, *chart.days])]
    places += [place for place in (chart.range_x, chart.likely_x) if place]
    assert all(0 <= float(place) <= 100 for place in places)


@given(st.integers(0, 100_000))
def test_the_top_is_round_and_high_enough(most: int):
    assert top_of(most) >= most
    assert top_of(most) % 4 == 0
    assert top_of(most) > 0


def test_months_are_thinned():
    assert month_marks(date(2026, 1, 15), date(2026, 12, 31), most=6) == [date(2026, month, 1) for month in (2, 4, 6, 8, 10, 12)]
    assert month_marks(date(2026, 1, 15), date(2026, 1, 20), most=6) == [date(2026, 1, 15)]
