"""From a file's geometries to one clean picture an area: repaired or refused, hashed, with a point inside."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
import shapely

from maillage.territories.domain import Origin, SetSpec
from maillage.territories.services.importers.rows import BoundariesRefused, Rows

SMALLEST_DEGREES = 1e-12
"""Below this surface (about 0.01 m²) a repaired part is a crack, not land."""


@dataclass
class Shapes:
    """The pictures of a set: a multipolygon an area, in the order of the codes."""

    spec: SetSpec
    origin: Origin
    source: str
    codes: list[str]
    geometries: np.ndarray[Any, Any]
    hash: str
    repaired: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def shapes_of(*, spec: SetSpec, origin: Origin, source: str, rows: Rows, code_of: Callable[[str], str | None]) -> Shapes:
    """Make a set's shapes from a file's rows; parts under one code are joined, what no code knows is left out and named.

    Raises: BoundariesRefused when a geometry cannot be repaired, lies outside the world, or when nothing is left.
    """
    column = next((name for name in origin.code if rows.rows and name in rows.rows[0]), None)
    if column is None:
        raise BoundariesRefused(
            f"{source} has none of the fields {', '.join(origin.code)}; it has {', '.join(rows.rows[0] if rows.rows else [])}."
        )
    parts: dict[str, list[int]] = defaultdict(list)
    unknown = []
    for index, row in enumerate(rows.rows):
        code = code_of(row[column])
        if code and rows.geometries[index] is not None:
            parts[code].append(index)
        else:
            unknown.append(row[column])
    if not parts:
        raise BoundariesRefused(f"{source} draws no place that is known by the field {column} (it says {', '.join(unknown[:3])}).")
    geometries = np.array(rows.geometries, dtype=object)
    repaired = _repair(geometries, [row[column] for row in rows.rows], source)
    codes = sorted(parts)
    whole = np.array([_joined(geometries[parts[code]]) for code in codes], dtype=object)
    return Shapes(spec, origin, source, codes, whole, _hash(spec, codes, whole), repaired, sorted(set(unknown)))


def _repair(geometries: np.ndarray[Any, Any], names: list[str], source: str) -> list[str]:
    """Make every geometry valid in place and name those that were not."""
    wrong = np.flatnonzero(~shapely.is_valid(geometries) & ~shapely.is_missing(geometries))
    geometries[wrong] = shapely.make_valid(geometries[wrong], method="structure", keep_collapsed=False)
    geometries[:] = shapely.force_2d(geometries)
    kinds = shapely.get_type_id(geometries)
    present = ~shapely.is_missing(geometries)
    for index in np.flatnonzero(present & ((kinds == 7) | shapely.is_empty(geometries) | ~np.isin(kinds, (3, 6)))):
        polygons = [
            part for part in shapely.get_parts(geometries[index]) if shapely.get_type_id(part) in (3, 6) and part.area > SMALLEST_DEGREES
        ]
        if not polygons:
            raise BoundariesRefused(f"{source}: the outline of {names[index]} cannot be repaired into a surface.")
        geometries[index] = shapely.union_all(polygons)
    west, south, east, north = shapely.total_bounds(geometries[present])
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BoundariesRefused(
            f"{source} is not in degrees of longitude and latitude (it spans {west:.0f} to {east:.0f}, {south:.0f} to {north:.0f})."
        )
    return sorted(names[index] for index in wrong)


def _joined(parts: np.ndarray[Any, Any]) -> Any:
    whole = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    return whole if whole.geom_type == "MultiPolygon" else shapely.multipolygons([whole])


def _hash(spec: SetSpec, codes: list[str], geometries: np.ndarray[Any, Any]) -> str:
    """Name the content for ever: the same outlines of the same places, for the same use."""
    digest = blake2b(f"{spec.kind} {spec.use} 1".encode(), digest_size=12)
    for code, wkb in zip(codes, shapely.to_wkb(geometries), strict=True):
        digest.update(code.encode() + b"\0")
        digest.update(wkb)
    return digest.hexdigest()


def inner_points(geometries: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Give a point inside each geometry."""
    return np.asarray(shapely.point_on_surface(geometries))


STRETCH = 24
"""Segments in a stretch of border: few enough that the nearest is found at once."""

LONGEST_DEGREES = 0.02
"""Longer segments are cut before projection: a straight line in degrees bends by up to 0.1 m in Mercator over this length."""

MERCATOR_RADIUS = 6_378_137.0
MERCATOR_LATITUDE = 85.05


def border_stretches(geometries: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Cut all rings into short lines in web Mercator; returns the lines and, beside them, the index of their geometry."""
    rings, owner = _rings(geometries)
    rings = shapely.segmentize(rings, LONGEST_DEGREES)
    coordinates, ring_of = shapely.get_coordinates(rings, return_index=True)
    lat = np.radians(np.clip(coordinates[:, 1], -MERCATOR_LATITUDE, MERCATOR_LATITUDE))
    plane = np.column_stack((MERCATOR_RADIUS * np.radians(coordinates[:, 0]), MERCATOR_RADIUS * np.arctanh(np.sin(lat))))
    starts = np.flatnonzero(np.r_[True, ring_of[1:] != ring_of[:-1]])
    counts = np.diff(np.r_[starts, len(ring_of)])
    place = np.arange(len(ring_of)) - np.repeat(starts, counts)
    # A vertex where a stretch ends also begins the next one.
    joint = (place % STRETCH == 0) & (place > 0) & (place < np.repeat(counts, counts) - 1)
    order = np.sort(np.r_[np.arange(len(ring_of)), np.flatnonzero(joint)])
    twice = np.r_[False, order[1:] == order[:-1]]
    first = np.r_[True, ring_of[order][1:] != ring_of[order][:-1]] | twice
    stretch = np.cumsum(first) - 1
    lines = shapely.linestrings(plane[order], indices=stretch)
    return lines, owner[ring_of[order][first]]


def _rings(geometries: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    polygons, owner = shapely.get_parts(geometries, return_index=True)
    rings, polygon_of = shapely.get_rings(polygons, return_index=True)
    return rings, owner[polygon_of]
