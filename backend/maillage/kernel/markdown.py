"""Markdown that people write, as HTML that is safe to show (CommonMark, then an allow-list: nh3) or as plain words."""

import re
from collections.abc import Iterator

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "blockquote", "code", "hr"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_PUNCTUATION = r"([!-/:-@\[-`{-~])"
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|https?://[^\s<>\\`\"]+")


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


def escaped(value: str) -> str:
    """Write a value into markdown so that it is read as it stands: one line, no mark, no tag."""
    return re.sub(_PUNCTUATION, r"\\\1", _BREAKS.sub(" ", value).strip())


def linked(address: str) -> str:
    """Write an e-mail or web address into markdown as a link that shows it; what is neither stands as it is, without a link."""
    return f"<{address}>" if _ADDRESS.fullmatch(address) else escaped(address)


def as_typed(source: str) -> str:
    """Read markdown as plain text: its marks stay, what was escaped is read as it is."""
    return re.sub(rf"\\{_PUNCTUATION}", r"\1", source)


def code_lines(source: str) -> set[int]:
    """Return the numbers, from 0, of the lines that are code: nothing in them is read as anything else."""
    return {
        line
        for token in _PARSER.parse(source)
        if token.type in ("code_block", "fence") and token.map
        for line in range(token.map[0], token.map[1])
    }


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
