"""Letters as people type them."""

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[^0-9a-z]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def fold(text: str) -> str:
    """Reduce a text to lower-case words of a-z and 0-9: accents, case, hyphens and apostrophes do not count."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_LETTERS.sub(" ", plain).strip()


def typed(text: str) -> str:
    """Drop from a text what no keyboard types and no column holds: control characters, but not tabs and line breaks."""
    return "".join(letter for letter in text if letter in "\t\n\r" or unicodedata.category(letter) not in ("Cc", "Cs"))
