"""Areas: by code in any spelling, above, below, beside."""

from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from maillage.kernel.errors import NotFound
from maillage.territories.domain import bare_code, profile_of
from maillage.territories.models import Area, AreaAlias, AreaNeighbour

LOCALITIES = ("commune", "country_abroad")
"""The kinds of areas of which people say that they live there (decision 3)."""


def seat_bearing_areas(country: str = "FR") -> QuerySet[Area]:
    """Give the areas of a country that bear a seat, of the cut in force, by code."""
    areas = Area.objects.filter(country=country, kind__bears_seats=True, valid_until=None)
    profile = profile_of(country)
    return (areas.filter(cut=profile.cut) if profile else areas).order_by("code")


def zone_of_country(country: str) -> str:
    """Give the time zone in which a country's days are said; the installation's where its territory is not loaded. One query."""
    zones = Area.objects.filter(kind__level=0, country=country).values_list("time_zone", flat=True)
    return zones.first() or settings.TIME_ZONE


def areas_below(area: Area | UUID, *, whole: bool = True) -> QuerySet[Area]:
    """Give what lies wholly in an area, itself included; with `whole=False`, also what lies there in part."""
    below = Q(above__ancestor_id=area.pk if isinstance(area, Area) else area)
    return Area.objects.filter(below & Q(above__whole=True) if whole else below).order_by("kind__level", "code")


def localities_of(area: Area | UUID) -> QuerySet[Area]:
    """Give the communes, or the countries abroad, that lie in an area wholly or in part, by name."""
    below = areas_below(area, whole=False).filter(kind__code__in=LOCALITIES, valid_until=None)
    return below.order_by("folded_name", "code")


def ancestors_of(area: Area | UUID) -> QuerySet[Area]:
    """Give what an area lies wholly in, the nearest first, itself left out."""
    pk = area.pk if isinstance(area, Area) else area
    return Area.objects.filter(below__descendant_id=pk, below__whole=True).exclude(pk=pk).order_by("-kind__level", "code")


def seats_of(area: Area | UUID) -> QuerySet[Area]:
    """Give the seats that an area lies in, wholly or in part, by code: several for a split commune."""
    pk = area.pk if isinstance(area, Area) else area
    return Area.objects.filter(below__descendant_id=pk, kind__bears_seats=True).order_by("code")


def neighbours_of(area: Area | UUID) -> QuerySet[AreaNeighbour]:
    """Give an area's neighbours, the longest shared border first; `shared_metres` is null for one that is only near."""
    pk = area.pk if isinstance(area, Area) else area
    rows = AreaNeighbour.objects.filter(area_id=pk).select_related("other", "other__kind")
    return rows.order_by("-shared_metres", "other__code")


def area_by_code(code: str, *, country: str | None = None, kind: str | None = None) -> Area:
    """Find an area by its code in any spelling: `7502`, `75-02`, `075-02`, `ZX01`; a seat unless `kind` names another kind.

    A code's own spelling wins over another area's alias. Raises: NotFound.
    """
    areas = Area.objects.select_related("kind", "parent")
    areas = areas.filter(kind__code=kind) if kind else areas.filter(kind__bears_seats=True)
    if country:
        areas = areas.filter(country=country)
    bare, spelled = bare_code(code)[:32], code.strip().upper()[:32]
    # Most codes have no sign, some do (AK-0): both spellings are asked, and the newest cut wins.
    found = areas.filter(code__in={bare, spelled}).order_by("country", "-cut", "code").first()
    if found is None:
        found = _by_alias(areas, Q(code=spelled)) or _by_alias(areas, Q(bare=bare))
    if found is None:
        raise NotFound(f"There is no place with the code {code[:32]}.", code="no_such_area")
    return found


def _by_alias(areas: QuerySet[Area], spelled: Q) -> Area | None:
    """Look among aliases; a spelling that two areas share names neither (`010-01` and `01001` differ by their sign only)."""
    aliases = AreaAlias.objects.filter(spelled).exclude(scheme="postal").values("area_id")
    several = list(areas.filter(pk__in=aliases).order_by("-cut", "code")[:2])
    return several[0] if len(several) == 1 else None
