"""What changed between two texts, paragraph by paragraph and, within a changed paragraph, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from maillage.kernel.markdown import plain_words

ALIKE = 0.5
"""From which share of common words on a paragraph counts as changed; below, as one removed and another added."""

_BLANK = re.compile(r"\n\s*\n")
_WORDS = re.compile(r"\s+|[^\s]+")

Kind = Literal["same", "added", "removed", "changed"]


@dataclass(frozen=True)
class Piece:
    """Some words of a changed paragraph: kept, added or removed."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class Difference:
    """A paragraph: `index` is its place in the newer text, None where it was removed; `pieces` are its words where it changed."""

    kind: Kind
    text: str
    index: int | None
    pieces: tuple[Piece, ...] = ()


def paragraphs(body: str) -> list[str]:
    """Split a text (markdown) into its paragraphs, headings and lists: what blank lines part."""
    return [part.strip() for part in _BLANK.split(body.replace("\r\n", "\n").replace("\r", "\n")) if part.strip()]


def differences(before: str, after: str) -> list[Difference]:
    """Compare two texts, in the order in which a reader meets the newer one."""
    old, new = paragraphs(before), paragraphs(after)
    found: list[Difference] = []
    for verb, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            found += [Difference("same", new[index], index) for index in range(new_from, new_to)]
            continue
        for was, index in zip_longest(old[old_from:old_to], range(new_from, new_to)):
            found += _pair(was, None if index is None else new[index], index)
    return found


def _pair(was: str | None, now: str | None, index: int | None) -> list[Difference]:
    if was is not None and now is not None:
        matcher = SequenceMatcher(None, _WORDS.findall(was), _WORDS.findall(now), autojunk=False)
        if matcher.ratio() >= ALIKE:
            return [Difference("changed", now, index, _pieces(was, now))]
    removed = [Difference("removed", was, None)] if was is not None else []
    added = [Difference("added", now, index)] if now is not None else []
    return removed + added


def _pieces(was: str, now: str) -> tuple[Piece, ...]:
    """Compare word by word, without the signs of markdown, unless they are all that changed."""
    said_before, said_after = plain_words(was), plain_words(now)
    if said_before == said_after:
        said_before, said_after = was, now
    before, after = _WORDS.findall(said_before), _WORDS.findall(said_after)
    pieces: list[Piece] = []
    for verb, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            pieces.append(Piece("same", "".join(after[new_from:new_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece("removed", "".join(before[old_from:old_to])))
        if new_to > new_from:
            pieces.append(Piece("added", "".join(after[new_from:new_to])))
    return tuple(pieces)
