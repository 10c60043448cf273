"""What keeps a year of the books from being closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Bar(StrEnum):
    """Something that is still to be done before a year is closed."""

    NOT_OVER = "not_over"
    EARLIER_OPEN = "earlier_open"
    OPEN_BATCHES = "open_batches"
    OPEN_LINES = "open_lines"
    UNSEEN_ENTRIES = "unseen_entries"
    STATEMENTS_DIFFER = "statements_differ"
    NOT_READ_BACK = "not_read_back"
    OPEN_DIFFERENCES = "open_differences"


@dataclass(frozen=True)
class Unseen:
    """An entry that no line of the bank has: `of` names the donation or payout that it comes from, cents are what it moved.

    `is_correction`: it says that an entry was wrong, and moved nothing by itself.
    """

    id: int
    of: str
    booked_on: date
    amount: int
    is_correction: bool = False


def cancelled_out(entries: Iterable[Unseen], *, until: date) -> set[int]:
    """Return the ids of entries of which the bank has nothing to tell: what came and what was taken out again are as much.

    A transfer that never came and its correction are, whenever each was booked; what was typed wrongly and what replaces it are where
    both were booked until a day. What was paid back is no correction: another donation that never came says nothing of it.
    """
    found = sorted(entries, key=lambda each: each.id)
    came = [each for each in found if each.amount > 0]
    out: set[int] = set()
    for is_its_own in (True, False):
        for went in found:
            if went.amount > 0 or went.id in out or not (is_its_own or went.is_correction):
                continue
            twins = (
                each
                for each in came
                if each.id not in out
                and each.amount == -went.amount
                and (each.of == went.of if is_its_own else max(each.booked_on, went.booked_on) <= until)
            )
            if (twin := next(twins, None)) is not None:
                out |= {went.id, twin.id}
    return out
