"""Which figures about people can be made public, so that no subtraction leaves fewer than five of them.

A figure counts the people of a set of cells (a place and an outcome each). Whoever reads figures can add and subtract them.
Whatever can be worked out so is a union of *pieces*: cells that lie in exactly the same published figures. So it suffices that
each piece holds nobody or at least five. Figures are taken in the order in which they are wished for; one that would leave a
smaller piece is withheld, whatever its own size. A cell in no published figure belongs to no piece: nothing says it.

In time: figures are published for fixed periods that do not overlap, once, when they are over, and never written again. So the
periods share no application, and one edition cannot be subtracted from another. Within one, each person stands in one cell.
"""

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.people.domain import SMALLEST_SHOWN

Cell = TypeVar("Cell", bound=Hashable)


class Measured(models.TextChoices):
    """What a public figure counts of the people who asked for a seat in its period."""

    APPLICATIONS = "applications", _("asked for a seat")
    CALLED_IN_TIME = "called_in_time", _("were called within 48 hours")
    CALLED_AT_LEAST = "called_at_least", _("were called within 48 hours, at least")


PERIOD = timedelta(weeks=4)
_FIRST_MONDAY = date(2024, 1, 1)

SETTLED_AFTER = timedelta(days=3)
"""How long after its end a period is published: the 48 hours of its last application have passed everywhere."""


def may_be_published(counts: Mapping[Cell, int], wishes: Sequence[AbstractSet[Cell]], *, least: int = SMALLEST_SHOWN) -> list[bool]:
    """Say of each wished figure, the most wanted first, whether it is published."""
    pieces: dict[Cell, tuple[int, ...]] = dict.fromkeys(counts, ())
    answers = []
    for number, wish in enumerate(wishes):
        finer = {cell: (*known, number) if cell in wish else known for cell, known in pieces.items()}
        sizes: dict[tuple[int, ...], int] = {}
        for cell, known in finer.items():
            if known:
                sizes[known] = sizes.get(known, 0) + counts[cell]
        answers.append(is_safe := all(size == 0 or size >= least for size in sizes.values()))
        if is_safe:
            pieces = finer
    return answers


def period_of(day: date) -> date:
    """Give the first day, a Monday, of the fixed four weeks in which a day lies."""
    return _FIRST_MONDAY + (day - _FIRST_MONDAY) // PERIOD * PERIOD


def periods_over(*, first: date, today: date, most: int) -> list[date]:
    """Give the first days of the latest periods that are over and settled, none before the one of `first`, the oldest first."""
    found: list[date] = []
    begins = period_of(today - SETTLED_AFTER) - PERIOD
    while begins >= period_of(first) and len(found) < most:
        found.append(begins)
        begins -= PERIOD
    return found[::-1]
