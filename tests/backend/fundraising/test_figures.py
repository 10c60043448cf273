"""Amounts and days as people and banks write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.fundraising.domain.figures import read_cents, read_day


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12", 1200),
        ("12,5", 1250),
        ("12.50", 1250),
        ("1 234,56", 123456),
        ("1\u202f234,56 €", 123456),
        ("1\u00a0234\u00a0567,00 EUR", 123456700),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1.234", 123400),
        ("1’234.50", 123450),
        ("-12,00", -1200),
        ("12,00-", -1200),
        ("\N{MINUS SIGN}12,00", -1200),
        ("(12,00)", -1200),
        ("+12,00", 1200),
        ('="12,00"', 1200),
        ("0,05", 5),
    ],
)
def test_an_amount_is_read(text, cents):
    assert read_cents(text) == cents


@pytest.mark.parametrize(
    "text", ["", " ", "-", "()", "€", "douze", "1,234", "1,2345", "12,345.6.7", "1.23.456", "12 000,000", "1e5", "９", "9" * 40, "--5"]
)
def test_what_is_no_amount_or_finer_than_a_cent_is_refused(text):
    assert read_cents(text) is None


@given(st.integers(-(10**11), 10**11), st.sampled_from([(" ", ","), ("\u202f", ","), ("", ","), ("", "."), (",", "."), (".", ",")]))
def test_an_amount_is_read_as_it_was_written(cents, marks):
    thousands, mark = marks
    units, rest = divmod(abs(cents), 100)
    written = f"{units:,}".replace(",", thousands) + f"{mark}{rest:02}"
    assert read_cents(f"-{written}" if cents < 0 else written) == cents


@pytest.mark.parametrize(
    "text",
    [
        "03/11/2026",
        "3/11/26",
        "03-11-2026",
        "03.11.2026",
        "2026-11-03",
        "2026-11-03T08:00:00",
        "20261103",
        "3 nov. 2026",
        "03 novembre 2026",
    ],
)
def test_a_day_is_read(text):
    assert read_day(text) == date(2026, 11, 3)


def test_a_day_is_read_with_the_month_first_where_it_is_so():
    assert read_day("11/03/2026", month_first=True) == date(2026, 11, 3)
    assert read_day("1er décembre 2026") == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["", "31/02/2026", "00/00/0000", "2026", "32/01/2026", "12 foo 2026", "hier", "１/1/2026x"])
def test_what_is_no_day_is_refused(text):
    assert read_day(text) is None


MONTHS = ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]


@given(st.integers(0, 30_000))
def test_a_day_is_read_as_it_was_written(days):
    day = date(2000, 1, 1) + timedelta(days=days)
    named = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    for written in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%Y%m%d}", named):
        assert read_day(written) == day
