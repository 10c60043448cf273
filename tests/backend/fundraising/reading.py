"""Pages as somebody reads them."""

import html
import json
import re
from typing import Any


def plain_text(page: str) -> str:
    """The words of a page, with single spaces; what no one sees (scripts, head) is left out."""
    body = re.sub(r"<(script|head|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return one_line(html.unescape(re.sub(r"<[^>]+>", " ", body)))


def props_of(page: str, *, island: str = "give") -> dict[str, Any]:
    """What a page tells one of its islands."""
    found = re.search(rf'data-island="{island}"><script[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found, page
    return dict(json.loads(found[1]))


def one_line(text: str) -> str:
    """A text with single spaces in place of any."""
    return " ".join(text.split())
