"""Who is next to whom: a shared border of more than 100 m, else the nearest inner points (decision 2)."""

from collections import defaultdict
from typing import Any

import numpy as np
import shapely

from maillage.kernel.geo import EARTH_METRES_PER_DEGREE
from maillage.territories.models import AreaNeighbour
from maillage.territories.services.importers.harvest import Harvest, Key
from maillage.territories.services.importers.merging import Merged, merge
from maillage.territories.services.importers.shapes import Shapes, inner_points
from maillage.territories.services.importers.writing import OF_COUNTRY, Ids

SHARED_METRES = 100
NEAREST = 3
NEAREST_METRES = 100_000
MATCHED_SHARE = 0.5
"""An outline that shares less than this of its length with others is an island, or its file splits borders differently."""

TOUCH_DEGREES = 2e-4
"""Outlines that are this close (about 20 m) and share no vertex are measured as touching: some files split borders differently."""


def shared_borders(geometries: np.ndarray[Any, Any]) -> dict[tuple[int, int], float]:
    """Measure the border that each pair of geometries shares, in metres, by index (lower first)."""
    metres = _by_segments(geometries)
    matched = np.zeros(len(geometries))
    for (one, other), length in metres.items():
        matched[one] += length
        matched[other] += length
    loose = matched < MATCHED_SHARE * _metres(shapely.boundary(geometries))
    tree = shapely.STRtree(geometries)
    left, right = tree.query(geometries[loose], predicate="dwithin", distance=TOUCH_DEGREES)
    for one, other in {(min(pair), max(pair)) for pair in zip(np.flatnonzero(loose)[left].tolist(), right.tolist(), strict=True)}:
        if one != other and metres.get((one, other), 0) <= SHARED_METRES:
            edge, beyond = shapely.boundary(geometries[one]), shapely.boundary(geometries[other])
            length = float(_metres(np.array([shapely.intersection(edge, shapely.buffer(beyond, TOUCH_DEGREES))]))[0])
            # Two ends that merely come near each other run along for a few times the tolerance.
            if length > SHARED_METRES + 8 * TOUCH_DEGREES * EARTH_METRES_PER_DEGREE:
                metres[one, other] = length
    return {pair: length for pair, length in metres.items() if length > SHARED_METRES}


def _by_segments(geometries: np.ndarray[Any, Any]) -> dict[tuple[int, int], float]:
    """Match equal segments: exact and quick where a file keeps its shared borders."""
    parts, part_of = shapely.get_parts(geometries, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    owner = part_of[ring_part[ring_of]]
    same = ring_of[1:] == ring_of[:-1]
    ends = np.round(np.hstack((xy[:-1], xy[1:]))[same] * 1e7).astype(np.int64)
    area = owner[:-1][same]
    backwards = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    ends[backwards] = ends[backwards][:, [2, 3, 0, 1]]
    order = np.argsort(_one_number(ends), kind="stable")
    ends, area = ends[order], area[order]
    equal = (ends[1:] == ends[:-1]).all(axis=1) & (area[1:] != area[:-1])
    at = np.flatnonzero(equal)
    low, high = np.minimum(area[at], area[at + 1]), np.maximum(area[at], area[at + 1])
    line = ends[at] / 1e7
    length = (
        np.hypot((line[:, 2] - line[:, 0]) * np.cos(np.radians((line[:, 1] + line[:, 3]) / 2)), line[:, 3] - line[:, 1])
        * EARTH_METRES_PER_DEGREE
    )
    metres: dict[tuple[int, int], float] = defaultdict(float)
    for one, other, part in zip(low.tolist(), high.tolist(), length.tolist(), strict=True):
        metres[one, other] += part
    return metres


def _one_number(ends: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Mix the four numbers of a segment into one that sorts equal segments together."""
    mixed = np.zeros(len(ends), dtype=np.uint64)
    for column in ends.T.astype(np.uint64):
        mixed = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _metres(lines: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Measure lines in metres, well enough to compare: degrees of longitude shrink with the latitude of each line's middle."""
    bounds = shapely.bounds(lines)
    middle = np.radians(np.nan_to_num((bounds[:, 1] + bounds[:, 3]) / 2))
    xy, line_of = shapely.get_coordinates(lines, return_index=True)
    parts = shapely.get_parts(lines, return_index=True)
    step = np.hypot((np.diff(xy[:, 0]) * np.cos(middle[line_of[1:]])), np.diff(xy[:, 1])) * EARTH_METRES_PER_DEGREE
    ends = np.cumsum(shapely.get_num_coordinates(parts[0]))[:-1]
    step[ends - 1] = 0.0
    return np.bincount(line_of[1:], weights=step, minlength=len(lines))


def neighbours_of(*, shapes: Shapes) -> dict[tuple[str, str], int | None]:
    """Derive `(code, neighbour's code) -> shared metres`, None for one that is near without a common border."""
    codes = shapes.codes
    found: dict[tuple[str, str], int | None] = {}
    for (one, other), length in shared_borders(shapes.geometries).items():
        found[codes[one], codes[other]] = found[codes[other], codes[one]] = round(length)
    bordering = {one for one, _ in found}
    points = shapely.get_coordinates(inner_points(shapes.geometries))
    for index, code in enumerate(codes):
        if code not in bordering:
            metres = _distances(points, index)
            nearest = [other for other in np.argsort(metres, kind="stable") if other != index and metres[other] <= NEAREST_METRES]
            found |= {(code, codes[other]): None for other in nearest[:NEAREST]}
    return found


def _distances(points: np.ndarray[Any, Any], index: int) -> np.ndarray[Any, Any]:
    """Great-circle distances from one point to all, in metres."""
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    half = np.sin((lat - lat[index]) / 2) ** 2 + np.cos(lat) * np.cos(lat[index]) * np.sin((lon - lon[index]) / 2) ** 2
    return np.asarray(2 * 6_371_008.8 * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def write_neighbours(*, harvest: Harvest, shapes: Shapes, ids: Ids) -> Merged:
    """Write the neighbours of the seats and, from theirs, of what they lie in."""
    kind = shapes.spec.kind
    pairs: dict[tuple[Key, Key], int | None] = {}
    for (one, other), metres in neighbours_of(shapes=shapes).items():
        pairs[(kind, one), (kind, other)] = metres
        above, beyond = harvest.areas[kind, one].parent, harvest.areas[kind, other].parent
        while metres and above and beyond and above != beyond and above[0] == beyond[0]:
            pairs[above, beyond] = (pairs.get((above, beyond)) or 0) + metres
            above, beyond = harvest.areas[above].parent, harvest.areas[beyond].parent
    return merge(
        AreaNeighbour,
        ["area", "other", "shared_metres"],
        [(ids[one], ids[other], metres) for (one, other), metres in pairs.items()],
        key=["area", "other"],
        gone=OF_COUNTRY.format(column="area_id"),
        values={"country": harvest.profile.country, "cut": harvest.profile.cut},
    )
