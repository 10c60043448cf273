"""Seats as one fabric: what two of them share is one line, and stays one however coarse the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely

from maillage.territories.services.pictures.projections import Plane

Shapes = npt.NDArray[np.object_]

FINEST = 0.0008
"""No picture shows what is smaller than a square of this side (degrees, some 70 m): dropping it first saves half the work."""


@dataclass(frozen=True)
class Fabric:
    """Seats that fit together without gap or overlap. The arrays go together, in the order of the codes."""

    codes: npt.NDArray[np.str_]
    parents: npt.NDArray[np.str_]
    shapes: Shapes

    @classmethod
    def woven(cls, *, codes: Sequence[str], parents: Sequence[str], shapes: Sequence[shapely.Geometry]) -> "Fabric":
        """Weave raw polygons in degrees: slivers between neighbours are closed, and shared borders get the same vertices."""
        order = np.argsort(np.array(codes, dtype=str))
        raw = np.array(shapes, dtype=object)[order]
        if len(raw):
            raw = shapely.coverage_simplify(raw, FINEST)
            raw = raw if shapely.coverage_is_valid(raw) else _cleaned(raw)
        return cls(np.array(codes, dtype=str)[order], np.array(parents, dtype=str)[order], raw)

    def __len__(self) -> int:
        return len(self.codes)

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Fabric":
        """Keep the seats where `chosen` is true."""
        return Fabric(self.codes[chosen], self.parents[chosen], self.shapes[chosen])

    def on(self, plane: Plane) -> "Fabric":
        """Project every vertex."""
        return replace(self, shapes=shapely.transform(self.shapes, plane))

    def simplified(self, tolerance: float) -> "Fabric":
        """Drop what is smaller than about a square of `tolerance` (in the plane's unit), along shared borders alike."""
        if not len(self):
            return self
        return replace(self, shapes=shapely.coverage_simplify(self.shapes, tolerance))

    def without_islets(self, smallest: float) -> "Fabric":
        """Leave out parts below an area (in the plane's unit, squared); the largest part of a seat always stays."""
        return replace(self, shapes=np.array([_without_islets(shape, smallest) for shape in self.shapes], dtype=object))


def _without_islets(shape: shapely.Geometry, smallest: float) -> shapely.Geometry:
    parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
    return shapely.multipolygons([part for place, part in enumerate(parts) if not place or part.area >= smallest])


def _cleaned(shapes: Shapes) -> Shapes:
    """Clean a coverage; a seat that cleaning would swallow (drawn twice at the source) keeps its raw shape."""
    cleaned = shapely.coverage_clean(shapes, gap_width=FINEST)
    return np.where(shapely.is_empty(cleaned), shapes, cleaned)
