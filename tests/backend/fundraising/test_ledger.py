"""The books: balanced, never changed, written once, and what they hold follows from what happened."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.fundraising.domain import postings
from maillage.fundraising.domain.payments import Movement, Refund
from maillage.fundraising.domain.words import Account, EntryKind, Nature
from maillage.fundraising.models import ClosedYear, LedgerEntry, LedgerLine
from maillage.fundraising.services import ledger
from maillage.kernel.clock import now
from tests.backend.accounts.factories import make_user
from tests.backend.fundraising.factories import make_envelope, make_fund, settled

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def posting(fund_id, lines, *, key="donation:ch_1", happened_at=AT):
    return postings.Posting(key=key, kind=EntryKind.DONATION, fund_id=fund_id, happened_at=happened_at, lines=lines)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_an_entry_that_is_not_balanced():
    fund = make_fund()
    unbalanced = posting(fund.pk, ((Account.PROVIDER, fund.pk, 500), (Account.DONATIONS, fund.pk, -499)))
    with pytest.raises(IntegrityError, match="not balanced"):
        ledger.post([unbalanced], now=AT)
    with pytest.raises(IntegrityError, match="not balanced"):
        ledger.post([posting(fund.pk, ())], now=AT)
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_line_added_to_an_entry_that_was_written():
    fund = make_fund()
    ledger.post([posting(fund.pk, ((Account.PROVIDER, fund.pk, 500), (Account.DONATIONS, fund.pk, -500)))], now=AT)
    with pytest.raises(IntegrityError, match="not balanced"), transaction.atomic():
        LedgerLine.objects.create(entry=LedgerEntry.objects.get(), account=Account.BANK, fund=fund, amount=1)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_balanced_lines_added_to_an_entry_that_was_written():
    fund = make_fund()
    ledger.post([posting(fund.pk, ((Account.PROVIDER, fund.pk, 500), (Account.DONATIONS, fund.pk, -500)))], now=AT)
    entry = LedgerEntry.objects.get()
    ClosedYear.objects.create(fund=fund, year=2026)
    added = [
        LedgerLine(entry=entry, account=account, fund=fund, amount=cents) for account, cents in ((Account.BANK, 7), (Account.DONATIONS, -7))
    ]
    with pytest.raises(IntegrityError, match="written already"), transaction.atomic():
        LedgerLine.objects.bulk_create(added)
    assert entry.lines.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["DELETE FROM fundraising_closedyear", "UPDATE fundraising_closedyear SET year = 2020"])
def test_the_database_refuses_to_open_a_closed_year_again(change):
    ClosedYear.objects.create(fund=make_fund(), year=2026)
    with pytest.raises((InternalError, ProgrammingError), match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db
def test_who_closed_a_year_may_be_forgotten():
    by = make_user("t@people.example")
    ClosedYear.objects.create(fund=make_fund(), year=2026, closed_by=by)
    by.delete()
    assert ClosedYear.objects.get().closed_by is None


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledgerentry", "ledgerline"])
@pytest.mark.parametrize("change", ["UPDATE fundraising_{} SET id = id", "DELETE FROM fundraising_{}"])
def test_the_database_refuses_to_change_or_delete_what_was_written(table, change):
    settled()
    with pytest.raises((InternalError, ProgrammingError), match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.django_db
def test_what_was_written_once_is_not_written_again():
    fund = make_fund()
    one = posting(fund.pk, ((Account.PROVIDER, fund.pk, 500), (Account.DONATIONS, fund.pk, -500)))
    assert ledger.post([one, None], now=AT) == ["donation:ch_1"]
    assert ledger.post([one], now=AT) == []
    assert LedgerLine.objects.count() == 2


@pytest.mark.django_db
def test_what_falls_into_a_closed_year_is_booked_on_the_first_open_day():
    fund = make_fund()
    ClosedYear.objects.create(fund=fund, year=2026)
    ledger.post([posting(fund.pk, ((Account.PROVIDER, fund.pk, 500), (Account.DONATIONS, fund.pk, -500)))], now=now())
    assert LedgerEntry.objects.get().booked_on == date(2027, 1, 1)
    assert LedgerEntry.objects.get().happened_at == AT


@pytest.mark.django_db
def test_the_database_refuses_an_entry_in_a_closed_year():
    fund = make_fund()
    ClosedYear.objects.create(fund=fund, year=2026)
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        LedgerEntry.objects.create(key="by-hand:1", kind=EntryKind.CORRECTION, fund=fund, happened_at=AT, booked_on=date(2026, 12, 31))


@pytest.mark.django_db
def test_the_day_in_the_books_is_that_of_the_recipient():
    fund = make_fund(time_zone="Pacific/Noumea")
    late = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
    ledger.post([posting(fund.pk, ((Account.PROVIDER, fund.pk, 5), (Account.DONATIONS, fund.pk, -5)), happened_at=late)], now=now())
    assert LedgerEntry.objects.get().booked_on == date(2027, 1, 1)


@pytest.mark.django_db
def test_a_donation_is_booked_whole_and_its_fee_apart_by_envelope():
    fund = make_fund()
    envelope = make_envelope(fund)
    donation = settled(fund, amount=5000, shares={envelope: 2000})
    lines = set(LedgerLine.objects.filter(entry__donation=donation).values_list("account", "fund", "amount"))
    assert lines == {
        ("provider", fund.pk, 5000),
        ("donations", fund.pk, -3000),
        ("donations", envelope.pk, -2000),
        ("fees", fund.pk, 100),
        ("provider", fund.pk, -100),
    }


parts = st.lists(st.integers(1, 100_000), min_size=0, max_size=5)


@given(parts, st.integers(0, 100_000), st.data())
@settings(max_examples=300)
def test_an_amount_is_parted_to_the_cent_and_in_proportion(shares, rest, data):
    amount = sum(shares) + rest
    if not amount:
        return
    donation = postings.Given(
        id=uuid4(), fund_id=uuid4(), nature=Nature.DONATION, amount=amount, shares={uuid4(): share for share in shares}
    )
    back = data.draw(st.integers(1, amount))
    split = dict(postings.split(back, donation))
    assert sum(split.values()) == back
    for fund, share in donation.shares.items():
        assert abs(split.get(fund, 0) - back * share / amount) < 1


def left_of(given_: postings.Given, *made: postings.Posting) -> dict[object, int]:
    """What is left of each envelope, where something is."""
    left: dict[object, int] = dict(postings.split(given_.amount, given_))
    for account, fund, cents in (line for posting in made for line in posting.lines):
        if account in (Account.REFUNDS, Account.DISPUTES):
            left[fund] -= cents
    return {fund: cents for fund, cents in left.items() if cents}


def test_what_goes_back_in_parts_leaves_nothing_on_an_envelope_once_all_is_gone():
    donation = postings.Given(id=uuid4(), fund_id=uuid4(), nature=Nature.DONATION, amount=5000, shares={uuid4(): 1667})

    def half(name: str, hours: int, back: int | None = None, **fields: Any) -> Refund:
        came_back_at = None if back is None else AT + timedelta(hours=back)
        at = AT + timedelta(hours=hours)
        return Refund(id=name, charge="ch", amount=2500, state="succeeded", happened_at=at, came_back_at=came_back_at, **fields)

    first, second = half("re_1", 0), half("re_2", 1)
    both = postings.of_refunds(donation, [second, first], {})
    assert left_of(donation, *both) == {}
    one = postings.of_refunds(donation, [first], {})
    gone = {one[0].key: {fund: cents for account, fund, cents in one[0].lines if account is Account.REFUNDS}}
    assert postings.of_refunds(donation, [first, second], gone) == both
    waits = postings.of_refunds(donation, [half("re_1", 0, has_moved=False), second], {})
    assert waits == both[1:]
    anew = postings.of_refunds(donation, [first, half("re_2", 1, 2), half("re_3", 3)], {})
    assert len(anew) == 4
    assert left_of(donation, *anew) == {}
    taken = Movement(id="txn_1", kind="adjustment", amount=-2500, fee=0, source="dp_1", happened_at=AT + timedelta(hours=1))
    won = Movement(id="txn_2", kind="adjustment", amount=2500, fee=0, source="dp_1", happened_at=AT + timedelta(hours=2))
    disputed = postings.of_disputes(donation, [taken], gone)
    assert left_of(donation, *one, *disputed) == {}
    assert left_of(donation, *one, *postings.of_disputes(donation, [won, taken], gone)) == left_of(donation, *one)


def test_a_refund_that_failed_is_written_both_ways():
    donation = postings.Given(id=uuid4(), fund_id=uuid4(), nature=Nature.DONATION, amount=5000, shares={})
    there = postings.of_refund(donation, Refund(id="re_1", charge="ch_1", amount=1200, state="failed", happened_at=AT))
    back = postings.turned(there, key="refund-back:re_1", kind=EntryKind.REFUND_FAILED, happened_at=AT)
    total: dict[tuple[Account, object], int] = {}
    for account, fund, cents in (*there.lines, *back.lines):
        total[account, fund] = total.get((account, fund), 0) + cents
    assert set(total.values()) == {0}
