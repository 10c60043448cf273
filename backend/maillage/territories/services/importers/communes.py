"""Which seats a commune lies in, by surface, where no table says it."""

from collections import defaultdict

import numpy as np
import shapely

from maillage.territories.domain import SetUse
from maillage.territories.services.importers.harvest import Harvest
from maillage.territories.services.importers.shapes import Shapes

SHARE = 0.05
"""A seat that covers less of a commune than this is taken for the coarseness of the outlines."""


def seats_by_outline(*, harvest: Harvest, shapes: list[Shapes]) -> None:
    """Tie each commune to the seats that cover it, and one without outline to the seat over its point.

    An arrondissement is left with its commune's seats: outlines so coarse do not part a city, and say too much with one.
    """
    seat_kind = harvest.profile.seat_kind.code
    seats = next(item for item in shapes if item.spec.kind == seat_kind and item.spec.use == SetUse.LOCATE)
    communes = next((item for item in shapes if item.spec.kind == "commune"), None)
    tree = shapely.STRtree(seats.geometries)
    if communes:
        for code, covering in _shares(tree, communes.geometries, seats.geometries).items():
            harvest.within["commune", communes.codes[code]] |= {seats.codes[seat] for seat in covering}
    rest = [key for key, row in harvest.areas.items() if row.kind == "commune" and row.point and not harvest.within.get(key)]
    if rest:
        points = shapely.points(np.array([harvest.areas[key].point for key in rest]))
        for index, seat in tree.query_nearest(points, all_matches=False).T.tolist():
            harvest.within[rest[index]].add(seats.codes[seat])


def _shares(tree: shapely.STRtree, communes: np.ndarray, seats: np.ndarray) -> dict[int, list[int]]:
    inside, only = tree.query(communes, predicate="within")
    found: dict[int, list[int]] = defaultdict(list)
    for commune, seat in zip(inside.tolist(), only.tolist(), strict=True):
        found[commune].append(seat)
    open_ = np.array([index for index in range(len(communes)) if index not in found], dtype=int)
    which, across = tree.query(communes[open_], predicate="intersects")
    overlaps = shapely.area(shapely.intersection(communes[open_][which], seats[across]))
    shares = overlaps / shapely.area(communes[open_][which])
    best: dict[int, tuple[float, int]] = {}
    for index, seat, share in zip(open_[which].tolist(), across.tolist(), shares.tolist(), strict=True):
        best[index] = max(best.get(index, (0.0, seat)), (share, seat))
        if share >= SHARE:
            found[index].append(seat)
    for index, (_, seat) in best.items():
        if not found.get(index):
            found[index].append(seat)
    return found
