"""The national map as the page carries it: one drawing a panel, each seat a link that says its name and its state."""

from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from maillage.insights.domain import PlaceName
from maillage.insights.selectors.campaign import SeatLine
from maillage.relays.domain import SeatState
from maillage.territories.selectors.pictures import NationalMap, Panel, SeatPath


@dataclass(frozen=True)
class Drawing:
    """A panel as the template lays it out: `box` places it on the sheet of a desk; a panel of tiles has `tiles`, not `svg`."""

    key: str
    label: str
    label_at: str
    box: str
    ratio: str
    svg: SafeString
    tiles: list["Tile"]


@dataclass(frozen=True)
class Tile:
    """A seat without a shape: a numbered square."""

    code: str
    classes: str
    mark: str
    says: str


def drawings(picture: NationalMap, seats: dict[str, SeatLine], *, language: str) -> list[Drawing]:
    """Draw each panel, coloured by the seats' states; a seat without one (no campaign yet) is drawn plain."""
    return [_drawing(panel, seats, language) for panel in picture.panels]


def says(seat: SeatLine | None, name: PlaceName, *, language: str) -> str:
    """Say a seat in one line: `Drôme, 3e: vacant`."""
    words = {"place": name.short(language=language)}
    if seat is None:
        return words["place"]
    if seat.is_new:
        return _("%(place)s: filled this week") % words
    return _("%(place)s: %(state)s") % (words | {"state": seat.state.label})


def _drawing(panel: Panel, seats: dict[str, SeatLine], language: str) -> Drawing:
    is_drawn = panel.shape == "drawing"
    return Drawing(
        key=panel.key,
        label=panel.label(language),
        label_at=panel.label_at,
        box=f"--x:{panel.left:g}%;--y:{panel.top:g}%;--w:{panel.width:g}%;--h:{panel.height:g}%",
        ratio=_ratio(panel.view_box),
        svg=_svg(panel, seats, language) if is_drawn else mark_safe(""),
        tiles=[] if is_drawn else [_tile(path, seats.get(path.code), language) for path in panel.seats],
    )


def _ratio(view_box: str) -> str:
    _left, _top, width, height = view_box.split()
    return f"{width}/{height}"


def _svg(panel: Panel, seats: dict[str, SeatLine], language: str) -> SafeString:
    """Draw the vacant seats last, so that their warm edge lies over their neighbours'."""
    paths = sorted(panel.seats, key=lambda path: _state(seats, path) == SeatState.VACANT)
    cells = "".join(_cell(path, seats.get(path.code), language) for path in paths)
    knots = "".join(
        f'<circle class="knot" cx="{path.x:g}" cy="{path.y:g}" r="8"/>' for path in paths if (seat := seats.get(path.code)) and seat.is_new
    )
    borders = f'<path class="border" d="{panel.borders}"/>' if panel.borders else ""
    label = conditional_escape(panel.label(language) or _("Map of every seat, by state"))
    return mark_safe(  # noqa: S308 every name is escaped where it is written; path data are numbers of ours
        f'<svg class="map" viewBox="{panel.view_box}" role="group" aria-label="{label}">{cells}{borders}{knots}</svg>'
    )


def _state(seats: dict[str, SeatLine], path: SeatPath) -> SeatState | None:
    seat = seats.get(path.code)
    return seat.state if seat else None


def _cell(path: SeatPath, seat: SeatLine | None, language: str) -> str:
    classes = seat.classes if seat else "is-plain"
    if path.twin:
        return f'<path class="{classes}" data-twin="{path.code}" d="{path.d}"/>'
    name = seat.name if seat else PlaceName(own=path.name, parent="", number=None)
    # One address for 577 links: `places/2603/` is relative to the home page, /fr/.
    return format_html(
        '<a href="places/{}/" class="{}" aria-label="{}"><path d="{}"/></a>',
        path.code,
        classes,
        says(seat, name, language=language),
        path.d,
    )


def _tile(path: SeatPath, seat: SeatLine | None, language: str) -> Tile:
    name = seat.name if seat else PlaceName(own=path.name, parent="", number=None)
    return Tile(code=path.code, classes=seat.classes if seat else "is-plain", mark=path.mark, says=says(seat, name, language=language))
