"""A sheet for a country that nobody laid out: the mainland large, what lies far away and what is too dense below it."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import shapely

from maillage.territories.services.pictures.coverage import Fabric
from maillage.territories.services.pictures.layouts import Box, Inset, Layout, Tiles
from maillage.territories.services.pictures.projections import EARTH_RADIUS_M, Azimuthal, Conic, Plane

WIDTH = 1000.0
FAR_M = 250_000.0
"""What lies farther than this from everything else is another panel: Hawaii is, Corsica or Shetland is not."""
ROUGH_DEGREES = 0.01
"""How finely outlines are looked at to compose the sheet."""
TOO_SMALL = 9.0
"""A seat narrower than this many sheet units can hardly be hit with a finger or a mouse."""
FAR_SHARE = 0.03
"""Of a far panel's largest land: smaller islets, often hundreds of kilometres off, would leave the rest a dot."""
DENSE_FROM = 8
DENSE_MOST = 4
FAR_BOX, DENSE_BOX, GAP = (110.0, 84.0), (210.0, 190.0), 28.0
LABEL = 30.0

Labels = dict[str, str]


def composed(*, fabric: Fabric, parent_names: dict[str, str], seat_names: dict[str, str]) -> Layout:
    """Compose a sheet by rule: clusters of seats within 250 km, the one with most seats as the mainland.

    Groups of at least eight touching seats too small to be hit are enlarged in a panel of their own. Labels are the
    name of the common parent, else of the only seat, else nothing.
    """
    if not len(fabric):
        return Layout(width=WIDTH, insets=(), tiles=_tiles(top=0.0))
    fabric = fabric.simplified(ROUGH_DEGREES)
    groups = sorted(_clusters(fabric), key=len, reverse=True)
    main = fabric.only(_mask(fabric, groups[0]))
    plane = _plane(main)
    shapes = main.on(plane).shapes
    left, top, right, bottom = shapely.total_bounds(shapes).tolist()
    scale = min(WIDTH / (right - left), WIDTH / (bottom - top))
    width, height = (right - left) * scale, (bottom - top) * scale
    dense = sorted(_dense(main, shapes, scale), key=len, reverse=True)[:DENSE_MOST]
    panels = [*((seats, "main", DENSE_BOX) for seats in dense), *((seats, "", FAR_BOX) for seats in groups[1:])]
    boxes = _below([box for _, _, box in panels], top=height + GAP)
    insets = [Inset(key="main", plane=plane, box=((WIDTH - width) / 2, 0.0, width, height), tolerance=1.3)]
    for number, ((seats, enlarges, _), box) in enumerate(zip(panels, boxes, strict=True), start=1):
        part = fabric.only(_mask(fabric, seats))
        labels = _labels(part, fabric, parent_names, seat_names)
        codes, share = tuple(sorted(seats)), 0.0 if enlarges else FAR_SHARE
        key = f"p{number}"
        insets.append(Inset(key=key, plane=_plane(part), box=box, codes=codes, labels=labels, enlarges=enlarges, smallest_share=share))
    floor = max(each.box[1] + each.box[3] for each in insets)
    return Layout(width=WIDTH, insets=tuple(insets), tiles=_tiles(top=floor + LABEL + GAP))


def _tiles(*, top: float) -> Tiles:
    return Tiles(key="abroad", labels={}, label_at="left", side=42, gap=6, right=WIDTH, top=top)


def _mask(fabric: Fabric, codes: Iterable[str]) -> npt.NDArray[np.bool_]:
    return np.isin(fabric.codes, sorted(codes))


def _plane(fabric: Fabric) -> Plane:
    """Choose a conic for what is wide and away from the equator, else an azimuthal around the middle."""
    corners = np.concatenate([_on_sphere(shape) for shape in fabric.shapes])
    low, high = corners.min(axis=0), corners.max(axis=0)
    x, y, z = (low + high) / 2
    lon, lat = float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y))))
    lats = np.degrees(np.arcsin(np.clip(corners[:, 2], -1, 1)))
    south, north = float(lats.min()), float(lats.max())
    wide_m = np.linalg.norm(high[:2] - low[:2]) * EARTH_RADIUS_M
    if wide_m < 2_500_000 or abs(lat) < 20:
        return Azimuthal(lon=round(lon, 3), lat=round(lat, 3))
    inwards = (north - south) / 6
    return Conic(south=round(south + inwards, 3), north=round(north - inwards, 3), lon=round(lon, 3), lat=round(lat, 3))


def _on_sphere(shape: shapely.Geometry) -> npt.NDArray[np.float64]:
    """Give a shape's outermost points as unit vectors, so that the 180th meridian is nowhere."""
    lon, lat = np.radians(shapely.get_coordinates(shapely.convex_hull(shapely.get_parts(shape)))).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def _clusters(fabric: Fabric) -> Iterator[set[str]]:
    """Join touching seats, then groups of seats that are less than 250 km apart."""
    groups = [set(codes) for codes in _touching(fabric.codes, fabric.shapes)]
    points = [np.concatenate([_on_sphere(shape) for shape in fabric.shapes[_mask(fabric, codes)]]) for codes in groups]
    chord = 2 * np.sin(FAR_M / EARTH_RADIUS_M / 2)
    pairs = [
        (one, other) for one in range(len(groups)) for other in range(one + 1, len(groups)) if _nearest(points[one], points[other]) < chord
    ]
    for joined in _joined(len(groups), pairs):
        yield set().union(*(groups[place] for place in joined))


def _nearest(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    return math.sqrt(min(float(((other - point) ** 2).sum(axis=1).min()) for point in one))


def _touching(codes: npt.NDArray[np.str_], shapes: npt.NDArray[np.object_]) -> Iterator[list[str]]:
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for joined in _joined(len(codes), zip(one.tolist(), other.tolist(), strict=True)):
        yield [str(codes[place]) for place in joined]


def _joined(count: int, pairs: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Gather what a chain of pairs connects, in the order of the first member."""
    leader = list(range(count))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for one, other in pairs:
        low, high = sorted((lead(one), lead(other)))
        leader[high] = low
    gathered: dict[int, list[int]] = {}
    for place in range(count):
        gathered.setdefault(lead(place), []).append(place)
    yield from gathered.values()


def _dense(fabric: Fabric, shapes: npt.NDArray[np.object_], scale: float) -> Iterator[list[str]]:
    small = np.sqrt(shapely.area(shapes)) * scale < TOO_SMALL
    for codes in _touching(fabric.codes[small], fabric.shapes[small]):
        if len(codes) >= DENSE_FROM:
            yield codes


def _below(sizes: Sequence[tuple[float, float]], *, top: float) -> Iterator[Box]:
    """Lay boxes in rows from the left, each with room for its label."""
    left, tallest = 0.0, 0.0
    for width, height in sizes:
        if left and left + width > WIDTH:
            left, top, tallest = 0.0, top + tallest + LABEL + GAP, 0.0
        yield left, top, width, height
        left, tallest = left + width + GAP, max(tallest, height)


def _labels(part: Fabric, whole: Fabric, parent_names: dict[str, str], seat_names: dict[str, str]) -> Labels:
    parents = Counter(parent for parent in part.parents.tolist() if parent)
    most, count = next(iter(parents.most_common(1)), ("", 0))
    # A parent of which most lies elsewhere says nothing: England is no name for London.
    if count > 0.6 * len(part) and count > 0.3 * whole.parents.tolist().count(most):
        return {"*": parent_names.get(most) or most}
    if len(part) == 1:
        code = str(part.codes[0])
        return {"*": seat_names.get(code, code)}
    return {}
