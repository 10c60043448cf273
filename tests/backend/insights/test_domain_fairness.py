"""Seats by fifths."""

from hypothesis import given
from hypothesis import strategies as st

from maillage.insights.domain.fairness import INCOME, split

FIGURES = st.lists(st.tuples(st.none() | st.integers(0, 20).map(float), st.booleans()), max_size=80)


def test_fifths_of_equal_size_where_no_two_places_are_equal():
    found = split(INCOME, [(float(value), value < 30) for value in range(100)])
    assert [fifth.seats for fifth in found.fifths] == [20] * 5
    assert [fifth.covered for fifth in found.fifths] == [20, 10, 0, 0, 0]
    assert (found.fifths[0].lowest, found.fifths[0].highest) == (0, 19)


def test_places_of_one_figure_are_not_parted():
    found = split(INCOME, [(100.0, True)] * 40 + [(float(value), False) for value in range(60)])
    assert [(fifth.number, fifth.seats) for fifth in found.fifths] == [(1, 20), (2, 20), (3, 20), (5, 40)]


def test_seats_without_a_figure_stand_apart():
    found = split(INCOME, [(None, True), (None, False), *((float(value), True) for value in range(5))])
    assert (found.unknown, found.unknown_covered, len(found.fifths)) == (2, 1, 5)
    assert split(INCOME, [(1.0, True)] * 4).fifths == ()


@given(FIGURES)
def test_each_known_seat_is_in_one_fifth_and_fifths_do_not_overlap(figures: list[tuple[float | None, bool]]):
    found = split(INCOME, figures)
    known = [(value, covered) for value, covered in figures if value is not None]
    if len(known) >= 5:
        assert sum(fifth.seats for fifth in found.fifths) == len(known)
        assert sum(fifth.covered for fifth in found.fifths) == sum(covered for _value, covered in known)
    assert found.unknown == len(figures) - len(known)
    assert all(lower.highest < upper.lowest for lower, upper in zip(found.fifths, found.fifths[1:], strict=False))
