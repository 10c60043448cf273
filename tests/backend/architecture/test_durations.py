"""A duration that the register of processing promises is kept by a job or a setting, and said in the words that are printed."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation

from config.schedule import SCHEDULE
from maillage.journal.domain import JOBS
from maillage.people.domain import REGISTER, Kept, Processing

NUMBERS = {"one": 1, "a": 1, "two": 2, "three": 3, "ten": 10, "thirteen": 13, "thirty": 30}
NUMBERS |= {"un": 1, "une": 1, "deux": 2, "trois": 3, "dix": 10, "treize": 13, "trente": 30}
DAY, YEAR = 24 * 60, 365 * 24 * 60
UNITS = {"minute": 1, "day": DAY, "week": 7 * DAY, "month": YEAR // 12, "year": YEAR}
UNITS |= {"jour": DAY, "semaine": 7 * DAY, "mois": YEAR // 12, "année": YEAR, "an": YEAR}
SAID = re.compile(rf"\b(\d+|{'|'.join(NUMBERS)})[ \u00a0\u202f]({'|'.join(UNITS)})s?\b", re.IGNORECASE)
NOT_OF_KEEPING = {"messaging.letters": {timedelta(weeks=1), timedelta(days=30)}}
"""Durations in the same sentence that say until when something is undone, not until when it is kept."""


def said_in(text: str) -> set[timedelta]:
    return {timedelta(minutes=(NUMBERS.get(number.lower()) or int(number)) * UNITS[unit.lower()]) for number, unit in SAID.findall(text)}


def is_near(one: timedelta, other: timedelta) -> bool:
    """Months and years are no number of days: within a day for most of a year."""
    return abs(one - other) <= timedelta(days=max(one, other).days // 300)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_printed_is_what_is_kept(language: str) -> None:
    for processing in REGISTER.values():
        with translation.override(language):
            said = said_in(str(processing.duration)) - NOT_OF_KEEPING.get(processing.name, set())
        name = f"{processing.name} ({language})"
        for duration in said:
            assert any(is_near(kept.at_most, duration) for kept in processing.kept), f"{name}: who keeps {duration}?"
        for kept in processing.kept:
            assert any(is_near(kept.at_most, duration) for duration in said), f"{name}: {kept} is not said"


PROMISED = [(processing, kept) for processing in REGISTER.values() for kept in processing.kept]


@pytest.mark.parametrize(("processing", "kept"), PROMISED, ids=lambda one: getattr(one, "name", None) or getattr(one, "by", ""))
def test_somebody_keeps_each_promise(processing: Processing, kept: Kept) -> None:
    if kept.by.isupper():
        assert timedelta(seconds=getattr(settings, kept.by)) == kept.at_most
    else:
        assert kept.by in JOBS
        assert kept.by in {periodic.job for periodic in SCHEDULE}, f"{kept.by} is never due"
