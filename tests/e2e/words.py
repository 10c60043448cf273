"""The application's own texts, so that a journey presses what its reader reads, in both languages."""

import json
import re
from functools import cache
from pathlib import Path

I18N = Path(__file__).resolve().parents[2] / "frontend" / "src" / "i18n"


@cache
def _catalogue(language: str, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((I18N / language / f"{name}.json").read_text())
    return found


def words(language: str, key: str) -> str | re.Pattern[str]:
    """Find a text by `catalogue:path.to.key`; one that holds a `{{value}}` as a pattern in which it may be anything."""
    name, _, path = key.partition(":")
    text: object = _catalogue(language, name)
    for part in path.split("."):
        assert isinstance(text, dict), key
        text = text[part]
    assert isinstance(text, str), key
    text = text.replace("'", "’")  # as the application writes it
    pieces = re.split(r"\{\{[^}]+\}\}", text)
    return text if len(pieces) == 1 else re.compile(".+".join(re.escape(piece) for piece in pieces))
