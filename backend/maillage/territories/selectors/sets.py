"""Boundary sets in force, and what must be said of them."""

from django.db.models import QuerySet

from maillage.territories.models import BoundarySet


def sets_in_force(*, country: str | None = None) -> QuerySet[BoundarySet]:
    """Give the sets in force, the coarsest kind first."""
    sets = BoundarySet.objects.filter(in_force=True).select_related("kind").order_by("kind__country", "kind__level", "use")
    return sets.filter(kind__country=country) if country else sets


def boundaries_are_approximate(*, country: str = "FR") -> bool:
    """Say whether the seats in force are drawn coarsely: every screen that places a person must then say so."""
    return sets_in_force(country=country).filter(kind__bears_seats=True, approximate=True).exists()


def placing_set(*, country: str = "FR") -> BoundarySet | None:
    """Give the set that places people in a country, whose hash is stored with whom it placed."""
    return sets_in_force(country=country).filter(kind__bears_seats=True, use="locate").first()
