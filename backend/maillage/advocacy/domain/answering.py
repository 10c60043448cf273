"""Did they answer? Asked of whoever wrote, after two weeks and after three, and never again."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from maillage.advocacy.domain.contacts import ContactKind, StepKind

ANSWERED_LINK = "advocacy.answered"

ASKED_AFTER = (timedelta(weeks=2), timedelta(weeks=3))
"""How long after the first request each of the two questions is asked."""

ASKED_UNTIL = timedelta(weeks=5)
"""After which nobody is asked any more: who logs an old letter is asked at most once, an older one not at all."""

LINK_LASTS = timedelta(weeks=4)

WAITED_FOR = frozenset({ContactKind.LETTER, ContactKind.MESSAGE, ContactKind.MEETING, ContactKind.CALL})
"""What awaits an answer; a public post does not."""

ANSWERS = frozenset({StepKind.CONFIRMATION, StepKind.MEETING, StepKind.MINUTES, StepKind.ANSWER})
"""What says that there was one."""

COUNTED_FOR = timedelta(days=365)
"""The rate is that of the requests of a year."""

WhoPauses = Callable[[Collection[UUID]], Collection[UUID]]
PAUSING: dict[str, WhoPauses] = {}


@dataclass(frozen=True)
class Rate:
    """Of how many requests it is known what came of them, and how many were answered."""

    asked: int
    answered: int


def register_pausing(hall: str, who_pauses: WhoPauses) -> None:
    """Say who of some people is left alone for now. Raises: ValueError when a hall does so twice."""
    if hall in PAUSING:
        raise ValueError(f"{hall} says twice who pauses")
    PAUSING[hall] = who_pauses


def question_due(*, asked_on: date, steps: Iterable[StepKind], asked: Collection[int], today: date) -> int | None:
    """Say which question is due about a request: 1, 2 or none. `asked`: those that were put already.

    Whoever wrote down by themself that nobody answered is not asked; who said so to the first question is asked the second.
    """
    kinds, waited = set(steps), today - asked_on
    if kinds & ANSWERS or (StepKind.NO_ANSWER in kinds and not asked) or waited >= ASKED_UNTIL:
        return None
    number = sum(waited >= after for after in ASKED_AFTER)
    return number if number and number not in asked else None
