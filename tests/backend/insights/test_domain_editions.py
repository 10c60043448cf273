"""What is published of four weeks and read out of several editions: nothing that is shown tells of fewer than five."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.insights.domain.editions import Kept, PublishedPeriod, at_least, edition, first_of_each, kept_over
from maillage.insights.domain.withheld import PERIOD, Measured
from tests.backend.insights.test_domain_withheld import worked_out

SEATS = "abcd"
PLACES = [("country", frozenset(SEATS)), ("north", frozenset("ab")), ("south", frozenset("c"))]
"""One seat lies in the country only."""
CELLS = list(product(SEATS, (True, False)))
COUNTS = st.fixed_dictionaries({cell: st.integers(0, 9) for cell in CELLS})
FEW_MISSED = st.fixed_dictionaries({cell: st.integers(0, 9) if cell[1] else st.integers(0, 1) for cell in CELLS})
EDITIONS = st.lists(COUNTS | FEW_MISSED, min_size=4, max_size=4)

HOURS = st.integers(0, 600).map(lambda hours: datetime(2026, 1, 5, tzinfo=UTC) + timedelta(hours=hours))
ASKED = st.lists(st.tuples(HOURS, st.integers(0, 24), st.sampled_from(CELLS)), max_size=120)
"""When who asked where, and whether they were called in time: most ask for several seats."""

Counts = dict[tuple[str, bool], int]


def cells(place: str, what: Measured) -> frozenset[tuple[str, bool]]:
    seats = dict(PLACES)[place]
    return frozenset(cell for cell in CELLS if cell[0] in seats and (cell[1] or what == Measured.APPLICATIONS))


def begins(number: int) -> date:
    return date(2026, 1, 5) + number * PERIOD


def periods(editions: list[Counts], place: str) -> list[PublishedPeriod]:
    """What was published of a place, the newest first."""
    found = []
    for number, counts in enumerate(editions):
        figures = {what: people for of, what, people in edition(counts, PLACES) if of == place}
        found.append(PublishedPeriod(begins(number), *(figures.get(what) for what in Measured)))
    return found[::-1]


def shown(editions: list[Counts]) -> dict[str, Kept | None]:
    """The record of each place, as a reader of all pages knows it after the last of some editions."""
    return {place: kept_over(periods(editions, place)[:3]) for place, _seats in PLACES}


def is_nobody_or_five(people: int) -> bool:
    return people == 0 or people >= 5


@settings(max_examples=60, deadline=None)
@given(COUNTS | FEW_MISSED)
def test_whatever_is_added_and_subtracted_in_one_edition_nobody_of_a_few_stands_out(counts: Counts):
    exact = [(place, what) for place, what, people in edition(counts, PLACES) if people is not None and what != Measured.CALLED_AT_LEAST]
    assert not worked_out(counts, [cells(*figure) for figure in exact]) & {1, 2, 3, 4}


@settings(max_examples=100, deadline=None)
@given(ASKED)
def test_whoever_asks_for_several_seats_is_one_of_five(asked: list[tuple[datetime, int, tuple[str, bool]]]):
    counts = dict.fromkeys(CELLS, 0)
    for cell in first_of_each(asked):
        counts[cell] += 1
    assert sum(counts.values()) == len({person for _at, person, _cell in asked})
    told = [(place, what, people) for place, what, people in edition(counts, PLACES) if people is not None]
    for place, what, people in told:
        there = {person for _at, person, cell in asked if cell in cells(place, what)}
        assert people <= len(there), "never more than the people who asked there"
        assert is_nobody_or_five(people)
    exact = [cells(place, what) for place, what, _people in told if what != Measured.CALLED_AT_LEAST]
    assert not worked_out(counts, exact) & {1, 2, 3, 4}


@settings(max_examples=100, deadline=None)
@given(FEW_MISSED)
def test_at_least_says_the_same_whether_one_was_missed_or_four(counts: Counts):
    figures = {what: people for place, what, people in edition(counts, PLACES) if place == "country"}
    asked, called = (sum(counts[cell] for cell in cells("country", what)) for what in (Measured.APPLICATIONS, Measured.CALLED_IN_TIME))
    floor = figures.get(Measured.CALLED_AT_LEAST)
    if floor is not None:
        assert figures[Measured.CALLED_IN_TIME] is None, "a number and a bound of it would be two tellings"
        assert {at_least(asked, asked - missed) for missed in range(1, 5)} == {floor}
        assert floor < called
        assert is_nobody_or_five(asked - floor)
        assert is_nobody_or_five(floor)


@settings(max_examples=80, deadline=None)
@given(EDITIONS)
def test_parent_minus_children_of_the_records_is_nobody_or_five(editions: list[Counts]):
    records = shown(editions)
    parent = records.pop("country")
    if parent is None:
        return
    children = [child for child in records.values() if child and (child.begins, child.ends) == (parent.begins, parent.ends)]
    for chosen in product((False, True), repeat=len(children)):
        taken = [child for child, is_chosen in zip(children, chosen, strict=True) if is_chosen]
        assert is_nobody_or_five(parent.asked - sum(child.asked for child in taken))
        if not any(record.is_at_least for record in (parent, *taken)):
            called = parent.called - sum(child.called for child in taken)
            missed = parent.asked - parent.called - sum(child.asked - child.called for child in taken)
            assert is_nobody_or_five(called)
            assert is_nobody_or_five(missed)


@settings(max_examples=80, deadline=None)
@given(EDITIONS)
def test_edition_minus_edition_of_the_records_is_made_of_what_was_published(editions: list[Counts]):
    """Whoever keeps yesterday's page and reads today's subtracts whole editions, each published by itself: nobody or five."""
    for place, _seats in PLACES:
        records = [kept_over(periods(known, place)[:3]) for known in (editions[:-1], editions)]
        weeks = []
        for record in filter(None, records):
            own = [one for one in periods(editions, place) if record.begins <= one.begins <= record.ends]
            assert all(one.tells_both for one in own)
            assert record.asked == sum(one.applications or 0 for one in own)
            assert record.is_at_least == any(one.called_in_time is None for one in own)
            assert record.called == sum((one.called_at_least or 0) if one.called_in_time is None else one.called_in_time for one in own)
            weeks.append({one.begins: one for one in own})
        in_both = set.intersection(*(set(known) for known in weeks)) if len(weeks) == 2 else set()
        for period in (one for known in weeks for one in known.values() if one.begins not in in_both):
            assert is_nobody_or_five(period.applications or 0), "what enters or leaves by itself"
            if period.called_in_time is not None:
                assert is_nobody_or_five(period.called_in_time)
                assert is_nobody_or_five((period.applications or 0) - period.called_in_time)


def test_a_record_adds_up_the_latest_editions_in_a_row():
    def told(number: int, asked: int | None, called: int | None, floor: int | None = None) -> PublishedPeriod:
        return PublishedPeriod(begins(number), asked, called, floor)

    assert kept_over([]) is None
    assert kept_over([told(2, 0, 0), told(1, None, None), told(0, 9, 9)]) is None, "nobody asked in the row that is the latest"
    assert kept_over([told(2, 12, None), told(1, 9, 9), told(0, 20, None, 15)]) == Kept(
        begins(0), told(1, 0, 0).ends, asked=29, called=24, is_at_least=True
    )
    assert kept_over([told(2, 12, 6), told(1, 9, None), told(0, 20, 20)]) == Kept(begins(2), told(2, 0, 0).ends, 12, 6, is_at_least=False)


def test_at_least_is_said_of_enough_people_only():
    assert [at_least(asked, asked - 2) for asked in (9, 10, 40)] == [None, 5, 35]
    assert [at_least(40, called) for called in (40, 39, 36, 35)] == [None, 35, 35, None]
