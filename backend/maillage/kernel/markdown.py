"""Markdown that people write, as HTML that is safe to show (CommonMark, then an allow-list: nh3) or as plain words."""

from collections.abc import Iterator

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "blockquote", "code", "hr"}
_SCHEMES = {"http", "https", "mailto", "tel"}


def safe_html(source: str) -> SafeString:
    """Draw markdown as HTML: headings from the second level down, none passed over at the start.

    Links pass nothing on; no picture, no raw HTML.
    """
    tokens = _PARSER.parse(source)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + 2, 4)}"
    drawn = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(drawn, tags=_TAGS, attributes={"a": {"href", "title"}}, url_schemes=_SCHEMES, link_rel="noopener noreferrer nofollow")
    return SafeString(clean)


def plain_words(source: str) -> str:
    """Read markdown as the words alone, to quote it: a line for each paragraph, heading or point of a list."""
    return "\n".join(_plain_lines(_PARSER.parse(source)))


def _plain_lines(tokens: list[Token]) -> Iterator[str]:
    begins_point = False
    for token in tokens:
        if token.type == "list_item_open":
            begins_point = True
        elif token.type == "inline":
            words = "".join(_plain_piece(piece) for piece in token.children or [])
            yield f"\u2022 {words}" if begins_point else words
            begins_point = False
        elif token.type in ("code_block", "fence"):
            yield token.content.rstrip()


def _plain_piece(piece: Token) -> str:
    return "\n" if piece.type in ("softbreak", "hardbreak") else piece.content
