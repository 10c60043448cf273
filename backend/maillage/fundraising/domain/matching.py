"""Which entries of the books a line of the bank may be: by amount, by day, and by what its label says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from maillage.fundraising.domain.words import EntryKind

BEFORE = timedelta(days=3)
"""How long before its day in the books a movement may stand in a statement: a transfer that was written down later."""

AFTER = timedelta(days=14)
"""How long after: cheques take days, a payout a week."""

NEAR = timedelta(days=4)
MOST_OTHERS = 4


class Why(StrEnum):
    """What speaks for a proposal beside the amount."""

    REFERENCE = "reference"
    NEAR_DAY = "near_day"
    ONLY_ONE = "only_one"


@dataclass(frozen=True)
class Seen:
    """A line of the bank: cents, and the words of it as `kernel.text.fold` writes them."""

    id: UUID
    booked_on: date
    amount: int
    words: str


@dataclass(frozen=True)
class Booked:
    """An entry that touches the bank account: cents there, and words that its line may hold: a slip's number, a name.

    `said` tells it apart for people. `batch`: of transfers written down together, which a bank may tell in one line.
    """

    id: int
    kind: EntryKind
    booked_on: date
    amount: int
    hints: tuple[str, ...] = ()
    batch: UUID | None = None
    said: str = ""


@dataclass(frozen=True)
class Proposal:
    """The entries that a line may be. `is_sure`: nothing else comes into question, or the label names it."""

    line: UUID
    entries: tuple[int, ...]
    why: frozenset[Why]
    others: tuple[tuple[int, ...], ...] = ()

    @property
    def is_sure(self) -> bool:
        """Say whether it may be confirmed without a look at each."""
        return Why.REFERENCE in self.why or {Why.ONLY_ONE, Why.NEAR_DAY} <= self.why


_Candidate = tuple[tuple[int, ...], bool, timedelta]


def propose(lines: Iterable[Seen], entries: Iterable[Booked]) -> list[Proposal]:
    """Propose entries for lines, each entry for one line at most; what fits best is given first."""
    by_amount: Mapping[int, list[tuple[Booked, ...]]] = _by_amount(entries)
    found: dict[UUID, list[_Candidate]] = {}
    wanted: dict[tuple[int, ...], int] = defaultdict(int)
    for line in lines:
        candidates = [
            (tuple(entry.id for entry in group), _is_named(line, group), _distance(line, group))
            for group in by_amount.get(line.amount, ())
            if _is_within(line, group)
        ]
        if candidates:
            found[line.id] = sorted(candidates, key=lambda one: (not one[1], one[2], one[0]))
            for ids, _named, _away in candidates:
                wanted[ids] += 1
    taken: set[int] = set()
    proposals = []
    for line_id in sorted(found, key=lambda one: (not found[one][0][1], found[one][0][2], str(one))):
        free = [one for one in found[line_id] if not taken & set(one[0])]
        if not free:
            continue
        ids, is_named, away = free[0]
        taken |= set(ids)
        is_alone = len(found[line_id]) == 1 and wanted[ids] == 1
        why = {Why.REFERENCE: is_named, Why.NEAR_DAY: away <= NEAR, Why.ONLY_ONE: is_alone}
        others = tuple(one[0] for one in free[1 : MOST_OTHERS + 1])
        proposals.append(Proposal(line_id, ids, frozenset(reason for reason, holds in why.items() if holds), others))
    return proposals


def _by_amount(entries: Iterable[Booked]) -> dict[int, list[tuple[Booked, ...]]]:
    """Order entries by their amount, each alone and the transfers of a batch together."""
    groups: dict[int, list[tuple[Booked, ...]]] = defaultdict(list)
    batches: dict[UUID, list[Booked]] = defaultdict(list)
    for entry in entries:
        groups[entry.amount].append((entry,))
        if entry.batch is not None:
            batches[entry.batch].append(entry)
    for together in batches.values():
        if len(together) > 1:
            groups[sum(entry.amount for entry in together)].append(tuple(sorted(together, key=lambda entry: entry.id)))
    return groups


def _is_within(line: Seen, group: Sequence[Booked]) -> bool:
    return all(entry.booked_on - BEFORE <= line.booked_on <= entry.booked_on + AFTER for entry in group)


def _distance(line: Seen, group: Sequence[Booked]) -> timedelta:
    return max(abs(line.booked_on - entry.booked_on) for entry in group)


def _is_named(line: Seen, group: Sequence[Booked]) -> bool:
    """Say whether the line names each: a whole word of it, or a number within one."""
    words = set(line.words.split())
    return all(any(_holds(words, line.words, hint) for hint in entry.hints) for entry in group)


def _holds(words: set[str], text: str, hint: str) -> bool:
    if not hint:
        return False
    bare = hint.replace(" ", "")
    return hint in words or (" " in hint and f" {hint} " in f" {text} ") or (len(bare) >= 5 and any(bare in word for word in words))
