"""From degrees to a plane in metres, y downwards as on a screen: two formulae are enough for every country.

On a sphere: the pictures are a thousand units wide, and the flattening of the Earth would move nothing by half a unit.
Source: J. P. Snyder, Map Projections: A Working Manual (USGS 1395), chapters 15, 24 and 7.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Plane = Callable[[Points], Points]

EARTH_RADIUS_M = 6_371_000.0
MERCATOR_RADIUS_M = 6_378_137.0
MERCATOR_MAX_LAT = 85.0511287798


@dataclass(frozen=True)
class Conic:
    """Lambert's conformal conic with two standard parallels: what a wide country of middle latitudes looks right in.

    With 44, 49 and the meridian 3 it is the national projection of France (Lambert-93) to within the flattening.
    """

    south: float
    north: float
    lon: float
    lat: float

    def __call__(self, points: Points) -> Points:
        south, north, lat0 = np.radians((self.south, self.north, self.lat))
        cone = np.sin(south) if south == north else np.log(np.cos(south) / np.cos(north)) / np.log(_stretch(north) / _stretch(south))
        radius = EARTH_RADIUS_M * np.cos(south) * _stretch(south) ** cone / cone
        # A hair short of the pole, where one of the two cones has no end.
        lat = np.radians(np.clip(points[:, 1], -89.9, 89.9))
        r = radius / _stretch(lat) ** cone
        angle = cone * np.radians(_turned(points[:, 0] - self.lon))
        return np.column_stack((r * np.sin(angle), r * np.cos(angle) - radius / _stretch(lat0) ** cone))


@dataclass(frozen=True)
class Azimuthal:
    """Lambert's azimuthal equal-area around a point: right for anything compact, at any latitude, over the 180th meridian."""

    lon: float
    lat: float

    def __call__(self, points: Points) -> Points:
        lat0, lat, lon = np.radians(self.lat), np.radians(points[:, 1]), np.radians(points[:, 0] - self.lon)
        facing = 1 + np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(lon)
        k = EARTH_RADIUS_M * np.sqrt(2 / np.maximum(facing, 1e-9))
        x = k * np.cos(lat) * np.sin(lon)
        y = k * (np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(lon))
        return np.column_stack((x, -y))


def web_mercator(points: Points) -> Points:
    """Project to EPSG:3857, y upwards: the plane of vector tiles."""
    lat = np.radians(np.clip(points[:, 1], -MERCATOR_MAX_LAT, MERCATOR_MAX_LAT))
    return np.column_stack((np.radians(points[:, 0]) * MERCATOR_RADIUS_M, np.log(_stretch(lat)) * MERCATOR_RADIUS_M))


def _stretch(lat: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    return np.tan(np.pi / 4 + np.asarray(lat) / 2)


def _turned(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Bring differences of longitude into -180..180, so that a country may lie across the 180th meridian."""
    return (degrees + 180) % 360 - 180
