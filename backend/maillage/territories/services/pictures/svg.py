"""The standalone file of a sheet: the same panels and classes as a page draws, to be inlined and coloured.

It has presentation attributes and no style sheet: inlined, its rules would reach the whole page.
"""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

TEXT = 'font-family="sans-serif" font-size="15" fill="#5d6372" stroke="none"'
LABEL_UP, LABEL_DOWN, LABEL_ASIDE = 10, 22, 12


def written(*, sheet: dict[str, Any], language: str = "fr", title: str = "", attribution: str = "") -> str:
    """Write a sheet as one SVG; names and codes are escaped, and the licence's line is in the file."""
    width, height = sheet["width"], sheet["height"]
    panels = "".join(_panel(panel) for panel in sheet["panels"])
    labels = "".join(_label(panel, language) for panel in sheet["panels"])
    frame = f'viewBox="0 0 {width:g} {height:g}" class="map" role="group" aria-label={quoteattr(title)}'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>'
        f"<title>{escape(title)}</title><desc>{escape(attribution)}</desc>{panels}{labels}</svg>"
    )


def _panel(panel: dict[str, Any]) -> str:
    place = " ".join(f'{name}="{panel[key]:g}"' for name, key in (("x", "left"), ("y", "top"), ("width", "width"), ("height", "height")))
    units = " ".join(str(unit) for unit in panel["units"])
    hairline = panel["units"][0] / panel["width"]
    ink = f'fill="#d1daf5" stroke="#fff" stroke-width="{hairline:.2g}" stroke-linejoin="round"'
    seats = "".join(_seat(*seat) for seat in panel["seats"])
    border = f'<path class="border" fill="none" stroke-width="{2 * hairline:.2g}" d="{panel["borders"]}"/>' if panel["borders"] else ""
    return f'<svg id={quoteattr(panel["key"])} class="panel" {place} viewBox="0 0 {units}" overflow="visible" {ink}>{seats}{border}</svg>'


def _seat(code: str, name: str, _parent: str, d: str, x: int, y: int, mark: str, twin: bool) -> str:
    if twin:
        return f'<path data-code={quoteattr(code)} data-twin="" stroke-width=".3" d="{d}"/>'
    number = f'<text x="{x}" y="{y + 9}" text-anchor="middle" {TEXT.replace("15", "26")}>{escape(mark)}</text>' if mark else ""
    return f'<path data-code={quoteattr(code)} d="{d}" aria-label={quoteattr(name)}/>{number}'


def _label(panel: dict[str, Any], language: str) -> str:
    text = panel["labels"].get(language) or panel["labels"].get("*", "")
    if not text:
        return ""
    x, y = panel["left"], panel["top"]
    if panel["label_at"] == "above":
        return f'<text class="label" {TEXT} x="{x:g}" y="{y - LABEL_UP:g}">{escape(text)}</text>'
    if panel["label_at"] == "left":
        middle = y + panel["height"] / 2 + 5
        return f'<text class="label" {TEXT} x="{x - LABEL_ASIDE:g}" y="{middle:g}" text-anchor="end">{escape(text)}</text>'
    return f'<text class="label" {TEXT} x="{x:g}" y="{y + panel["height"] + LABEL_DOWN:g}">{escape(text)}</text>'
