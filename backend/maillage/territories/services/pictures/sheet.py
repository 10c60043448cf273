"""The national map: a sheet of panels, each with its seats as paths."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from maillage.territories.services.pictures import strokes, svg
from maillage.territories.services.pictures.coverage import Fabric, Shapes
from maillage.territories.services.pictures.layouts import Inset, Layout, Tiles

HEAVIEST = 43_500
"""A sheet whose file weighs more (gzip, bytes) is drawn again, coarser: a first paint carries it."""
COARSER = 1.04
UNITS = 1.6
"""Whole numbers a sheet unit, in every panel alike: a hatching and a knot are then of one size on the whole sheet."""
SMALLEST_ISLAND = 0.5
"""Islands below this many square sheet units are left out, unless they are all that a seat has."""
LABEL = 30
"""Room for a label under a panel, in sheet units."""


@dataclass(frozen=True)
class Seat:
    """What the sheet says of a seat besides its outline."""

    code: str
    name: str
    parent: str = ""
    parent_name: str = ""
    number: int | None = None


def drawn(*, layout: Layout, fabric: Fabric, seats: Sequence[Seat]) -> dict[str, Any]:
    """Draw the sheet: `{width, height, panels: [...]}`, ready to be stored, as `selectors.pictures` reads it.

    Every seat occurs once, besides its twins; the same fabric gives the same sheet.
    """
    drawings = [_Drawing.begun(inset, part, twins) for inset, part, twins in _shares(layout, fabric)]
    by_code = {seat.code: seat for seat in seats}
    shapeless = sorted((seat for seat in seats if seat.code not in set(fabric.codes.tolist())), key=lambda seat: seat.code)
    coarse = 1.0
    while True:
        panels = [drawing.panel(by_code, coarse) for drawing in drawings]
        if shapeless:
            panels.append(_tiles(layout.tiles, shapeless))
        sheet = {"width": layout.width, "height": round(max(_bottom(panel) for panel in panels)), "panels": panels}
        weight = len(gzip.compress(svg.written(sheet=sheet).encode(), 6))
        if weight <= HEAVIEST:
            return sheet
        coarse *= max(COARSER, weight / HEAVIEST)


def _bottom(panel: dict[str, Any]) -> float:
    return float(panel["top"] + panel["height"] + (LABEL if panel["label_at"] == "below" and panel["labels"] else 0))


def _shares(layout: Layout, fabric: Fabric) -> list[tuple[Inset, Fabric, frozenset[str]]]:
    """Give each inset its seats; one that is enlarged elsewhere keeps those seats as twins."""
    taken = np.zeros(len(fabric), dtype=bool)
    own = {}
    for inset in layout.insets:
        if not inset.takes_the_rest:
            own[inset.key] = np.array([inset.takes(code) for code in fabric.codes.tolist()], dtype=bool) & ~taken
            taken |= own[inset.key]
    shares = []
    for inset in layout.insets:
        mine = own.get(inset.key, ~taken)
        twins = np.zeros(len(fabric), dtype=bool)
        for other in layout.insets:
            if other.enlarges == inset.key:
                twins |= own[other.key]
        if (mine | twins).any():
            shares.append((inset, fabric.only(mine | twins), frozenset(fabric.codes[twins].tolist())))
    return shares


@dataclass(frozen=True)
class _Drawing:
    """One inset on its plane, with nothing in it finer than will be drawn; `scale` is sheet units a metre."""

    inset: Inset
    fabric: Fabric
    twins: frozenset[str]
    scale: float
    knots: Shapes

    @classmethod
    def begun(cls, inset: Inset, fabric: Fabric, twins: frozenset[str]) -> "_Drawing":
        plane = _arranged(fabric, inset).on(inset.plane)
        if inset.smallest_share:
            plane = plane.without_islets(inset.smallest_share * max(shapely.area(shapely.get_parts(plane.shapes))))
        left, top, right, bottom = shapely.total_bounds(plane.shapes).tolist()
        scale = min(inset.box[2] / (right - left), inset.box[3] / (bottom - top))
        islands = plane.without_islets(SMALLEST_ISLAND / scale**2).simplified(inset.tolerance / scale)
        return cls(inset, islands, twins, scale, strokes.inner_points(islands.shapes))

    def panel(self, by_code: dict[str, Seat], coarse: float) -> dict[str, Any]:
        inset, scale = self.inset, self.scale
        fabric = self.fabric.simplified(inset.tolerance * coarse / scale) if coarse > 1 else self.fabric
        left, top, right, bottom = shapely.total_bounds(fabric.shapes).tolist()
        box_left, box_top, width, height = inset.box
        if inset.takes_the_rest:
            width, height = (right - left) * scale, (bottom - top) * scale
        # An inset fills its box, so that insets in a row are of one size; over a label it stands on the box's floor.
        if inset.label_at == "below":
            top = bottom - height / scale
        grid = strokes.Grid(left=left, top=top, scale=scale * UNITS)
        rings = [grid.outline(shape) for shape in fabric.shapes]
        knots = [grid.point(point) for point in self.knots]
        # The twins are too small to bear lines between their parents: those stand where they are enlarged.
        codes = fabric.codes.tolist()
        parents = ["" if code in self.twins else parent for code, parent in zip(codes, fabric.parents.tolist(), strict=True)]
        return {
            "key": inset.key,
            "shape": "drawing",
            "labels": inset.labels,
            "label_at": inset.label_at,
            "left": round(box_left, 2),
            "top": round(box_top, 2),
            "width": round(width, 2),
            "height": round(height, 2),
            "units": [round(width * UNITS), round(height * UNITS)],
            "seats": [
                [code, by_code[code].name, by_code[code].parent, strokes.path(outline, closed=True), *knot, "", code in self.twins]
                for code, outline, knot in zip(codes, rings, knots, strict=True)
            ],
            "borders": strokes.path(strokes.borders(rings, parents), closed=False),
        }


def _tiles(tiles: Tiles, seats: Sequence[Seat]) -> dict[str, Any]:
    step, side = round((tiles.side + tiles.gap) * UNITS), round(tiles.side * UNITS)
    across = step * len(seats) - round(tiles.gap * UNITS)
    return {
        "key": tiles.key,
        "shape": "tiles",
        "labels": tiles.labels,
        "label_at": tiles.label_at,
        "left": round(tiles.right - across / UNITS, 2),
        "top": round(tiles.top, 2),
        "width": round(across / UNITS, 2),
        "height": round(side / UNITS, 2),
        "units": [across, side],
        "seats": [
            [
                *(seat.code, seat.name, seat.parent, f"M{place * step} 0h{side}v{side}h-{side}z"),
                *(place * step + side // 2, side // 2, _mark(seat), False),
            ]
            for place, seat in enumerate(seats)
        ],
        "borders": "",
    }


def _mark(seat: Seat) -> str:
    return str(seat.number) if seat.number else seat.code[-2:].lstrip("0")


def _arranged(fabric: Fabric, inset: Inset) -> Fabric:
    """Leave out the islets outside the window and bring the moved ones near."""
    if inset.within is None and not inset.moved:
        return fabric
    return replace(fabric, shapes=np.array([_arranged_shape(shape, inset) for shape in fabric.shapes], dtype=object))


def _arranged_shape(shape: shapely.Geometry, inset: Inset) -> shapely.Geometry:
    kept = []
    for part in shapely.get_parts(shape):
        lon, lat = part.centroid.x, part.centroid.y
        if inset.within is None or inset.within.holds(lon, lat):
            by = next((by for window, by in inset.moved if window.holds(lon, lat)), None)
            kept.append(part if by is None else shapely.transform(part, lambda points, by=by: points + by))
    return shapely.multipolygons(kept or [max(shapely.get_parts(shape), key=shapely.area)])
