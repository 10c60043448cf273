"""Due days, retries and notices of monthly donations, on paper."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.fundraising.domain import schedule
from maillage.fundraising.domain.schedule import CONFIRM, announced_from, goes_on, is_foreseen, next_due, on_or_after, refused

DAYS = st.integers(1, 28)
DATES = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(DAYS, DATES)
def test_the_next_is_on_the_chosen_day_half_a_month_to_a_month_and_a_half_later(day: int, paid_on: date):
    due = next_due(day, after=paid_on)
    assert due.day == day
    assert timedelta(days=15) <= due - paid_on <= timedelta(days=45)


@given(DAYS, DATES)
def test_once_on_its_day_it_falls_in_each_month(day: int, start: date):
    due = next_due(day, after=start)
    following = [due]
    for _month in range(24):
        following.append(next_due(day, after=following[-1]))
    months = [each.year * 12 + each.month for each in following]
    assert months == list(range(months[0], months[0] + 25))


@given(DAYS, DATES, st.integers(0, 13))
def test_one_that_was_taken_late_moves_no_later_one(day: int, start: date, late: int):
    due = next_due(day, after=start)
    assert next_due(day, after=due + timedelta(days=late)) == next_due(day, after=due)


@pytest.mark.parametrize(
    ("given_on", "day", "expected"),
    [
        (date(2026, 11, 30), 2, date(2027, 1, 2)),  # two days later would be twice in a week
        (date(2026, 11, 30), 15, date(2026, 12, 15)),
        (date(2026, 11, 30), 14, date(2027, 1, 14)),
        (date(2026, 12, 5), 5, date(2027, 1, 5)),
        (date(2027, 1, 31), 15, date(2027, 2, 15)),
        (date(2028, 2, 29), 28, date(2028, 3, 28)),
    ],
)
def test_the_first_after_a_start(given_on: date, day: int, expected: date):
    assert next_due(day, after=given_on) == expected


@given(DAYS, DATES)
def test_on_or_after_is_the_first_such_day(day: int, on: date):
    found = on_or_after(day, on)
    assert found.day == day
    assert not any((on + timedelta(days=ahead)).day == day for ahead in range((found - on).days))


@given(DAYS, DATES, st.integers(0, 60))
def test_what_goes_on_gives_time_to_undo_and_pays_not_twice_in_half_a_month(day: int, today: date, ago: int):
    last = today - timedelta(days=ago)
    due = goes_on(day, today=today, last=last)
    assert due.day == day
    assert due >= today + schedule.LEAD
    assert due >= last + schedule.APART


def test_what_never_paid_goes_on_all_the_same():
    assert goes_on(10, today=date(2026, 12, 6), last=None) == date(2026, 12, 10)


def test_a_failing_card_is_tried_after_3_7_and_14_days_then_no_more():
    due, tries, today, days = date(2026, 12, 5), 0, date(2026, 12, 5), []
    while True:
        follows = refused(due_on=due, today=today, tries=tries, code="insufficient_funds")
        tries = follows.tries
        if follows.retry_on is None:
            break
        days.append((follows.retry_on - due).days)
        today = follows.retry_on
    assert days == [3, 7, 14]
    assert tries == 4


@given(DATES, st.lists(st.integers(0, 40), min_size=4, max_size=4), st.sampled_from(["card_declined", CONFIRM, ""]))
def test_however_late_it_is_tried_there_is_a_day_between_and_an_end(due: date, late: list[int], code: str):
    tries, tried = 0, [due]
    for days in late:
        today = tried[-1] + timedelta(days=days)
        follows = refused(due_on=due, today=today, tries=tries, code=code)
        assert follows.tries > tries
        tries = follows.tries
        if follows.retry_on is None:
            break
        assert follows.retry_on > today
        tried.append(follows.retry_on)
    else:
        pytest.fail("it is tried for ever")
    assert all(one < other for one, other in pairwise(tried))


@pytest.mark.parametrize("code", sorted(schedule.NEVER_RETRIED))
def test_what_will_not_do_is_not_tried_again(code: str):
    assert refused(due_on=date(2026, 12, 5), today=date(2026, 12, 5), tries=0, code=code).retry_on is None


def test_a_bank_that_wants_its_customer_is_asked_once_more_at_the_end():
    due = date(2026, 12, 5)
    first = refused(due_on=due, today=due, tries=0, code=CONFIRM)
    assert first.retry_on == due + timedelta(days=14)
    assert refused(due_on=due, today=first.retry_on, tries=first.tries, code=CONFIRM).retry_on is None


def test_a_retry_is_over_before_the_next_instalment():
    assert max(schedule.RETRIED_AFTER) < schedule.APART


def test_a_debit_is_announced_two_days_before():
    assert announced_from(date(2027, 1, 1), 2) == date(2026, 12, 30)


@pytest.mark.parametrize(("today", "expected"), [(date(2026, 12, 30), False), (date(2026, 12, 31), True), (date(2027, 2, 1), True)])
def test_the_end_of_a_card_is_foreseen_a_month_before(today: date, expected: bool):
    assert is_foreseen(date(2027, 1, 31), today) is expected
