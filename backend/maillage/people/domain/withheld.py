"""Which figures about people can be shown, so that no subtraction leaves fewer than five of them.

A figure counts the people of a set of cells (a place and an outcome each). Whoever reads figures can add and subtract them.
Whatever can be worked out so is a union of *pieces*: cells that lie in exactly the same published figures. So it suffices that
each piece holds nobody or at least five. Figures are taken in the order in which they are wished for; one that would leave a
smaller piece is withheld, whatever its own size. A cell in no published figure belongs to no piece: nothing says it.
"""

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from maillage.people.domain.words import SMALLEST_SHOWN

Cell = TypeVar("Cell", bound=Hashable)


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
