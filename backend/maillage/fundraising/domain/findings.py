"""What figures of donations say, as sentences: a title is a finding. Pure, in the active language."""

from collections.abc import Sequence
from datetime import date
from statistics import median

from django.utils.dateformat import format as date_as
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.fundraising.domain.amounts import amount_said, percent_said
from maillage.fundraising.domain.longtail import Part
from maillage.fundraising.domain.regular import RANGE, Foretold, Kept
from maillage.kernel.dates import day as said_day

NEAR_A_TENTH = 0.01
"""How near to a whole tenth a share is told as that tenth."""

STANDS_OUT = 2
"""So many times the ordinary day a day stands out."""

LEAST_DAYS = 7
"""Days that are over before any of them is called ordinary."""


def small_ones_said(part: Part, *, under: int, currency: str) -> str:
    """Say which part of the money comes from donations under an amount: "Nearly 8 euros in 10 come from donations under €50"."""
    amount = amount_said(under, currency)
    if not part.of_cents:
        return _("Nothing was given yet.")
    if not part.number:
        return _("No donation is under %(amount)s.") % {"amount": amount}
    if part.number == part.of_number:
        return _("All of the money comes from donations under %(amount)s.") % {"amount": amount}
    share = part.share_of_cents
    if currency.lower() != "eur":
        return _("%(percent)s of the money comes from donations under %(amount)s.") % {
            "percent": percent_said(round(100 * share)),
            "amount": amount,
        }
    tenths = min(max(round(10 * share), 1), 9)
    off = share - tenths / 10
    words = {"tenths": tenths, "amount": amount}
    if share < 0.1 - NEAR_A_TENTH:
        return _("Less than 1 euro in 10 comes from donations under %(amount)s.") % words
    if share > 0.9 + NEAR_A_TENTH:
        return _("More than 9 euros in 10 come from donations under %(amount)s.") % words
    if abs(off) <= NEAR_A_TENTH:
        said = ngettext(
            "%(tenths)s euro in 10 comes from donations under %(amount)s.",
            "%(tenths)s euros in 10 come from donations under %(amount)s.",
            tenths,
        )
    elif off < 0:
        said = ngettext(
            "Nearly %(tenths)s euro in 10 comes from donations under %(amount)s.",
            "Nearly %(tenths)s euros in 10 come from donations under %(amount)s.",
            tenths,
        )
    else:
        said = ngettext(
            "More than %(tenths)s euro in 10 comes from donations under %(amount)s.",
            "More than %(tenths)s euros in 10 come from donations under %(amount)s.",
            tenths,
        )
    return said % words


def both_ends_said(part: Part, top: Part, *, under: int, top_from: int, currency: str) -> str:
    """Say how many donations are small, and what the largest weigh."""
    if not part.of_cents:
        return ""
    hundredths = round(100 * part.share_of_number)
    said = _("%(number)s donations in 100 are under %(amount)s.") % {"number": hundredths, "amount": amount_said(under, currency)}
    if not top.number:
        return said
    largest = ngettext(
        "The largest one, of %(amount)s or more, weighs %(percent)s.",
        "The %(number)s largest, of %(amount)s and more, weigh %(percent)s.",
        top.number,
    ) % {
        "number": number_format(top.number, force_grouping=True),
        "amount": amount_said(top_from, currency),
        "percent": percent_said(round(100 * top.share_of_cents)),
    }
    return f"{said} {largest}"


def bar_said(part: Part, *, under: int, currency: str) -> str:
    """Say whether small donations bring more than half of the sum: the bar that the campaign sets itself."""
    amount = amount_said(under, currency)
    if not part.of_cents:
        return ""
    if part.passes_the_bar:
        return _("The bar is passed: donations under %(amount)s bring more than half of the sum.") % {"amount": amount}
    return _("The bar is not passed: donations under %(amount)s bring %(percent)s of the sum, and more than half is wanted.") % {
        "amount": amount,
        "percent": percent_said(min(round(100 * part.share_of_cents), 50)),
    }


def largest_givers_said(part: Part) -> str:
    """Say what the tenth of givers who gave most bring."""
    if not part.of_cents:
        return _("Nothing was given yet.")
    return _("The tenth of people who gave most bring %(percent)s of the money.") % {
        "percent": percent_said(round(100 * part.share_of_cents))
    }


def days_said(days: Sequence[tuple[date, int]]) -> tuple[str, date | None]:
    """Say which day stands out of days that are over, and its date; or that none does. An ordinary day is the middle one."""
    if not any(cents for _day, cents in days):
        return _("Nothing was given on these days."), None
    day, most = max(days, key=lambda each: each[1])
    ordinary = median(cents for _day, cents in days)
    words = {"day": said_day(day, "UTC")}
    if len(days) < LEAST_DAYS or not ordinary:
        return _("The most came on %(day)s.") % words, day
    times = int(most / ordinary)
    if times < STANDS_OUT:
        return _("No day stands out."), None
    return _("On %(day)s came as much as on %(times)s ordinary days.") % (words | {"times": times}), day


def first_time_said(new: int, people: int) -> str:
    """Say how many gave for the first time."""
    if not people:
        return ""
    return _("%(percent)s give for the first time.") % {"percent": percent_said(round(100 * new / people))}


def kept_said(last: Kept | None) -> str:
    """Say how many of those who gave monthly went on in the last month that is over."""
    if last is None or last.churn is None:
        return _("Too few months are over to say how many go on.")
    gone = round(100 * last.churn)
    if not gone:
        return _("Of 100 who gave the month before, all went on in %(month)s.") % {"month": month_said(last.month)}
    return _("Of 100 who gave the month before, %(stayed)s went on in %(month)s.") % {"stayed": 100 - gone, "month": month_said(last.month)}


def foretold_said(foretold: Sequence[Foretold], *, currency: str) -> str:
    """Say what next month brings, with its range."""
    if not foretold:
        return _("Three months have to be over before anything can be foretold.")
    first = foretold[0]
    words = {
        "month": month_said(first.month),
        "low": amount_said(first.low // 100 * 100, currency),
        "high": amount_said(first.high // 100 * 100, currency),
        "times": round(10 * RANGE),
    }
    return _("In %(month)s, between %(low)s and %(high)s come from who gives now, in %(times)s months of 10.") % words


def method_said() -> str:
    """Say how months to come are foretold."""
    return _(
        "What is promised a month now, less what usually stops: each month keeps the share that the middle one of the last twelve "
        "months kept. The range is what comes if each keeps as little, or as much, as a tenth of them did. Who comes new is not counted."
    )


def month_said(month: str) -> str:
    """Say a month such as 2026-11: November 2026."""
    return date_as(date(int(month[:4]), int(month[5:]), 1), "F Y")
