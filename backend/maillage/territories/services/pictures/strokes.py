"""From polygons in metres to whole numbers and the shortest path data that draws them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Point = tuple[int, int]
Ring = list[Point]


@dataclass(frozen=True)
class Grid:
    """Whole numbers over a plane: `scale` units a metre, with (left, top) at zero."""

    left: float
    top: float
    scale: float

    def outline(self, shape: shapely.Geometry) -> list[Ring]:
        """Round the rings of a shape; what falls onto itself goes. Neighbours round a common vertex to the same point.

        A seat too small for the grid is drawn as a square of one unit: it is never missing.
        """
        polygons = shapely.get_parts(shape)
        rounded = (self._rounded(ring) for polygon in polygons for ring in (polygon.exterior, *polygon.interiors))
        if rings := [ring for ring in rounded if encloses(ring)]:
            return rings
        x, y = self.point(shape.centroid)
        return [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]]

    def point(self, point: shapely.Point) -> Point:
        """Round a point."""
        return round((point.x - self.left) * self.scale), round((point.y - self.top) * self.scale)

    def _rounded(self, ring: shapely.LinearRing) -> Ring:
        places = (shapely.get_coordinates(ring)[:-1] - (self.left, self.top)) * self.scale
        return without_spikes([(x, y) for x, y in np.rint(places).astype(int).tolist()])


def without_spikes(ring: Ring) -> Ring:
    """Drop repeated points and needles (there and back); points on a straight line stay, a neighbour may end there."""
    while len(ring) >= 3:
        kept: Ring = []
        for index, point in enumerate(ring):
            before = kept[-1] if kept else ring[-1]
            if point != before and before != ring[(index + 1) % len(ring)]:
                kept.append(point)
        if len(kept) == len(ring):
            return ring
        ring = kept
    return []


def encloses(ring: Ring) -> bool:
    """Say whether a ring has an inside (twice its signed area is not zero)."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)) != 0


def straightened(points: Sequence[Point], *, closed: bool) -> list[Point]:
    """Leave out points on a straight stretch: the line is the same and shorter to say."""
    kept: list[Point] = []
    last = len(points) - 1
    for index, (x, y) in enumerate(points):
        if not closed and index in (0, last):
            kept.append((x, y))
            continue
        ax, ay = kept[-1] if kept else points[-1]
        bx, by = points[(index + 1) % len(points)]
        if (x - ax) * (by - y) != (y - ay) * (bx - x) or (x - ax) * (bx - x) + (y - ay) * (by - y) < 0:
            kept.append((x, y))
    return kept


def path(lines: Iterable[Sequence[Point]], *, closed: bool) -> str:
    """Write path data, relative and with as few signs as SVG allows."""
    said: list[str] = []
    here = (0, 0)
    for line in lines:
        points = straightened(line, closed=closed)
        said.append(("m" if said else "M") + _pair(points[0][0] - here[0], points[0][1] - here[1]))
        here = points[0]
        for number, point in enumerate(points[1:]):
            step = _pair(point[0] - here[0], point[1] - here[1])
            said.append(step if number and step[0] == "-" else ("l" if not number else " ") + step)
            here = point
        if closed:
            said.append("z")
            here = points[0]
    return "".join(said)


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def borders(rings: Sequence[Sequence[Ring]], parents: Sequence[str]) -> list[list[Point]]:
    """Find the lines between seats of different parents, merged into runs as long as possible."""
    owner: dict[tuple[Point, Point], str] = {}
    shared: list[tuple[Point, Point]] = []
    for seat, parent in zip(rings, parents, strict=True):
        for ring in seat:
            for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
                edge = (a, b) if a < b else (b, a)
                if owner.setdefault(edge, parent) != parent:
                    shared.append(edge)
    if not shared:
        return []
    merged = shapely.line_merge(shapely.multilinestrings([shapely.linestrings(np.array(shared, dtype=float))]))
    runs = [[(int(x), int(y)) for x, y in shapely.get_coordinates(run)] for run in shapely.get_parts(merged)]
    return sorted(runs)


def inner_points(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Find, in the largest part of each shape, the middle of the widest circle that fits."""
    largest = [max(shapely.get_parts(shape), key=shapely.area) for shape in shapes]
    radii = shapely.maximum_inscribed_circle(largest, tolerance=np.sqrt(shapely.area(largest)) / 50)
    return shapely.get_point(radii, 0)  # type: ignore[no-any-return]
