"""Numbers about the Earth that are nobody's domain."""

EARTH_METRES_PER_DEGREE = 111_320.0
"""Length of a degree of latitude, in metres (WGS 84 mean, rounded)."""
