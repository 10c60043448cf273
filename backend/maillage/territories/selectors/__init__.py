"""What is asked of places."""

from maillage.territories.selectors.areas import (
    ancestors_of,
    area_by_code,
    areas_below,
    neighbours_of,
    seat_bearing_areas,
    seats_of,
    zone_of_country,
)
from maillage.territories.selectors.bulk import seats_of_points
from maillage.territories.selectors.finding import FoundPlace, FoundSeat, places_found
from maillage.territories.selectors.likeness import LikePlace, LikePlaces, Measure, places_like
from maillage.territories.selectors.locating import Located, Other, located
from maillage.territories.selectors.sets import boundaries_are_approximate, placing_set, sets_in_force

__all__ = [
    "FoundPlace",
    "FoundSeat",
    "LikePlace",
    "LikePlaces",
    "Located",
    "Measure",
    "Other",
    "ancestors_of",
    "area_by_code",
    "areas_below",
    "boundaries_are_approximate",
    "located",
    "neighbours_of",
    "places_found",
    "places_like",
    "placing_set",
    "seat_bearing_areas",
    "seats_of",
    "seats_of_points",
    "sets_in_force",
    "zone_of_country",
]
