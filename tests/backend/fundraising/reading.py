"""Pages as somebody reads them."""

import html
import re


def plain_text(page: str) -> str:
    """The words of a page, with single spaces; what no one sees (scripts, head) is left out."""
    body = re.sub(r"<(script|head|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return one_line(html.unescape(re.sub(r"<[^>]+>", " ", body)))


def one_line(text: str) -> str:
    """A text with single spaces in place of any."""
    return " ".join(text.split())
