"""Who gives how much when, in the demo."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from maillage.demo.domain.giving import EVENING_BEFORE, MONTHLY_IN, ZONE, gifts

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_some_three_thousand_donations_of_half_a_year_most_of_them_small() -> None:
    drawn = gifts(now=NOW)
    assert 2_700 < len(drawn) < 3_300
    assert drawn == gifts(now=NOW), "the same on every machine"
    assert all(NOW - timedelta(days=190) < gift.at < NOW for gift in drawn)
    received = [gift.amount for gift in drawn if gift.state == "settled"]
    assert sum(amount for amount in received if amount < 5_000) * 2 > sum(received), "most of the sum comes from under 50 euros"
    assert sorted(received)[len(received) // 2] == 2_000
    assert {gift.state for gift in drawn} == {"settled", "failed", "ended"}
    assert any(gift.back for gift in drawn)


def test_a_television_evening_stands_out() -> None:
    days = Counter(gift.at.astimezone(ZONE).date() for gift in gifts(now=NOW))
    ((day, count), (_next, second)) = days.most_common(2)
    assert day == (NOW - timedelta(days=EVENING_BEFORE)).date()
    assert count > 2 * second


def test_monthly_ones_come_each_month_with_one_instalment_a_day() -> None:
    monthly = [gift for gift in gifts(now=NOW) if gift.monthly]
    assert all(gift.giver % MONTHLY_IN == 0 for gift in monthly)
    assert len({(gift.giver, gift.at.date()) for gift in monthly}) == len(monthly)
    assert max(gift.monthly for gift in monthly) >= 6
