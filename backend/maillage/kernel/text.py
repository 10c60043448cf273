"""Letters as people type them."""

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[^0-9a-z]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


class _Plain(dict[int, int | None]):
    """Which letters stay once accents stand apart: a table for `str.translate` that learns each letter when it meets it."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_PLAIN = _Plain()


def plain(text: str) -> str:
    """Take case, accents and ligatures off a text; letters of other scripts, marks and spaces stay."""
    lower = text.casefold()
    return lower if lower.isascii() else unicodedata.normalize("NFKD", lower.translate(_LIGATURES)).translate(_PLAIN)


def fold(text: str) -> str:
    """Reduce a text to lower-case words of a-z and 0-9: accents, case, hyphens and apostrophes do not count."""
    return _NOT_LETTERS.sub(" ", plain(text)).strip()


def typed(text: str) -> str:
    """Drop from a text what no keyboard types and no column holds: control characters, but not tabs and line breaks."""
    return "".join(letter for letter in text if letter in "\t\n\r" or unicodedata.category(letter) not in ("Cc", "Cs"))
