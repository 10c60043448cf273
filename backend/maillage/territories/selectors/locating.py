"""Which seat is this point in? One prepared statement for nearly every point, a slower and exact way near a border.

Exactness. Pieces are cut from the polygons as loaded, so more than a metre from any border they say what ST_Covers
says on the whole polygons. A point that no piece covers, or several, or that lies within `CAREFUL_METRES` of another
seat, is decided on the whole polygons: of those that cover it the lowest code, else the nearest outline, and of two
equally near ones the lowest code. The answer does not depend on ids, so it is the same after a reload.
"""
# ruff: noqa: S608  the statements are put together from the constants of this file; values are bound

import math
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from maillage.territories.domain import NEAREST_METRES, Confidence, Position, confidence, near_boundary_metres
from maillage.territories.selectors.prepared import asked

CAREFUL_METRES = 2.0
EQUALLY_NEAR_METRES = 0.01
FAR_METRES = 30_000.0
"""Beyond this distance the Mercator plane no longer orders distances well enough, and all outlines are compared."""

MERCATOR_RADIUS = 6_378_137.0
MERCATOR_LATITUDE = 85.05


@dataclass(frozen=True)
class Other:
    """Another seat that the point may belong to, and how far its territory is."""

    area_json: str
    metres: float


@dataclass(frozen=True)
class Located:
    """A point's seat. `area_json` and `ancestors_json` are written in the language asked for, ready to be sent."""

    area_id: UUID
    area_json: str
    ancestors_json: str
    confidence: Confidence
    metres_to_other: float | None
    locality_code: str | None
    locality_name: str | None
    set_hash: str
    approximate: bool
    alternatives: list[Other] = field(default_factory=list)


POINT = "ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)"
PLANE = "ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 3857)"
METRES = f"ST_Distance({POINT}::geography, ST_Transform(ST_ClosestPoint(b.line, {PLANE}), 4326)::geography)"

ANSWER = f"""
SELECT chosen.area_id, chosen.rank, chosen.doubtful, s.precision_m, s.approximate, s.hash, card.area_json, card.ancestors_json,
       near.metres, town.code AS town_code, town.name AS town_name
FROM {{chosen}} chosen
JOIN territories_boundaryset s ON s.id = chosen.boundary_set_id
JOIN territories_seatcard card ON card.area_id = chosen.area_id AND card.language = %(language)s
LEFT JOIN LATERAL (
    SELECT min({METRES}) AS metres
    FROM (
        SELECT line FROM territories_areaborder WHERE area_id <> chosen.area_id ORDER BY line <-> {PLANE} LIMIT 3
    ) b
) near ON true
LEFT JOIN LATERAL (
    SELECT a.code, a.name
    FROM (SELECT area_id FROM territories_locality WHERE seat_id = chosen.area_id ORDER BY geometry <-> {POINT} LIMIT 1) l
    JOIN territories_area a ON a.id = l.area_id
) town ON true
"""

BY_PIECE = (
    ANSWER.format(chosen="territories_areapiece")
    + f"WHERE chosen.geometry && {POINT} AND (chosen.is_box OR ST_Covers(chosen.geometry, {POINT})) ORDER BY chosen.rank"
)

BY_AREA = ANSWER.format(
    chosen="(SELECT %(area)s::uuid AS area_id, %(set)s::bigint AS boundary_set_id, 0 AS rank, %(doubtful)s::boolean AS doubtful)"
)

COVERING = f"""
SELECT a.id AS area, sh.boundary_set_id AS set, a.country, a.code, 0 AS rank, false AS doubtful
FROM territories_areashape sh
JOIN territories_boundaryset s ON s.id = sh.boundary_set_id AND s.in_force AND s.use = 'locate' AND NOT s.approximate
JOIN territories_areakind k ON k.id = s.kind_id AND k.bears_seats
JOIN territories_area a ON a.id = sh.area_id
WHERE ST_Covers(sh.geometry, {POINT})
UNION ALL
SELECT a.id, p.boundary_set_id, a.country, a.code, p.rank, p.doubtful
FROM territories_areapiece p
JOIN territories_boundaryset s ON s.id = p.boundary_set_id AND s.approximate
JOIN territories_area a ON a.id = p.area_id
WHERE ST_Covers(p.geometry, {POINT})
ORDER BY rank, country, code LIMIT 1
"""

NEAREST = f"""
SELECT b.area_id AS area, b.boundary_set_id AS set, a.country, a.code, b.metres
FROM (
    SELECT b.area_id, b.boundary_set_id, {METRES} AS metres
    FROM (SELECT * FROM territories_areaborder ORDER BY line <-> {PLANE} LIMIT 24) b
) b JOIN territories_area a ON a.id = b.area_id
"""

FAR = f"""
SELECT min({METRES}) AS metres
FROM (
    SELECT line FROM territories_areaborder
    WHERE area_id <> %(area)s::uuid
    ORDER BY ST_DistanceSphere(ST_Transform(ST_StartPoint(line), 4326), {POINT}) LIMIT 200
) b
"""

OTHERS = f"""
SELECT card.area_json, near.metres
FROM (
    SELECT b.area_id, min({METRES}) AS metres FROM territories_areaborder b
    WHERE b.line && ST_Expand({PLANE}, %(reach)s) AND b.area_id <> %(area)s::uuid GROUP BY b.area_id
) near
JOIN territories_area a ON a.id = near.area_id
JOIN territories_seatcard card ON card.area_id = near.area_id AND card.language = %(language)s
WHERE near.metres <= %(within)s
ORDER BY near.metres, a.country, a.code
"""


def located(*, position: Position, language: str) -> Located | None:
    """Find the seat of a position, None beyond 500 m of every seat that has a shape. The position is not kept."""
    values = {"lat": position.lat, "lon": position.lon, "language": language, **_plane(position)}
    rows = asked(BY_PIECE, values)
    seats = {row["area_id"] for row in rows if row["rank"] == rows[0]["rank"]}
    if len(seats) == 1 and (rows[0]["metres"] is None or rows[0]["metres"] > CAREFUL_METRES):
        return _answer(rows[0], values, inside=True)
    return _carefully(values)


def _carefully(values: dict[str, Any]) -> Located | None:
    inside = True
    chosen = next(iter(asked(COVERING, values)), None)
    if chosen is None:
        near = asked(NEAREST, values)
        least = min((row["metres"] for row in near), default=math.inf)
        if least > NEAREST_METRES:
            return None
        equal = [row for row in near if row["metres"] <= least + EQUALLY_NEAR_METRES]
        chosen = min(equal, key=lambda row: (row["country"], row["code"])) | {"doubtful": False}
        inside = least <= CAREFUL_METRES
    row = asked(BY_AREA, {**values, "area": chosen["area"], "set": chosen["set"], "doubtful": chosen["doubtful"]})[0]
    return _answer(row, values, inside=inside)


def _answer(row: dict[str, Any], values: dict[str, Any], *, inside: bool) -> Located:
    metres = row["metres"]
    if metres is not None and metres > FAR_METRES:
        metres = asked(FAR, {**values, "area": row["area_id"]})[0]["metres"]
    sure = confidence(inside=inside, doubtful=row["doubtful"], metres_to_other=metres, precision_m=row["precision_m"])
    return Located(
        area_id=row["area_id"],
        area_json=row["area_json"],
        ancestors_json=row["ancestors_json"],
        confidence=sure,
        metres_to_other=None if metres is None else round(metres, 1),
        locality_code=row["town_code"],
        locality_name=row["town_name"],
        set_hash=row["hash"],
        approximate=row["approximate"],
        alternatives=[] if sure == Confidence.CERTAIN else _others(row, values, inside=inside),
    )


def _others(row: dict[str, Any], values: dict[str, Any], *, inside: bool) -> list[Other]:
    within = max(near_boundary_metres(precision_m=row["precision_m"]), 0.0 if inside else NEAREST_METRES)
    stretch = 1.02 / max(math.cos(math.radians(values["lat"])), 0.01)
    found = asked(OTHERS, {**values, "area": row["area_id"], "within": within, "reach": within * stretch})
    return [Other(area_json=other["area_json"], metres=round(other["metres"], 1)) for other in found]


def _plane(position: Position) -> dict[str, float]:
    """Project to web Mercator, in which borders are kept."""
    lat = math.radians(min(max(position.lat, -MERCATOR_LATITUDE), MERCATOR_LATITUDE))
    return {"x": MERCATOR_RADIUS * math.radians(position.lon), "y": MERCATOR_RADIUS * math.asinh(math.tan(lat))}
