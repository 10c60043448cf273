"""Seats to fill as situations: volunteers somewhere, places next door, outlines and centres."""

from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from maillage.kernel.clock import now
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import Person
from maillage.relays.domain.filling import SEAT_ASKING
from maillage.territories.models import AreaKind, AreaNeighbour, AreaShape, BoundarySet
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork


def make_volunteer(
    net: SmallNetwork, code: str, *, commune: str = "", name: str = "Awa Diop", channel: Channel = Channel.EMAIL, email: str | None = None
) -> Person:
    """Somebody of a constituency who agreed to be asked about seats near them."""
    given, _, family = name.partition(" ")
    address = f"{given.lower()}.{family.lower()}@people.example" if email is None else email
    person = make_person(
        given_name=given,
        family_name=family,
        email=address,
        phone="+33600000000" if channel == Channel.PHONE else "",
        area=net.country.area(code),
        locality=net.country.area(commune, "commune") if commune else None,
    )
    people.record_consent(
        person_id=person.pk, purpose=SEAT_ASKING.purpose, channel=channel, wording=SEAT_ASKING.version, source="tests", now=now()
    )
    return person


def make_next_door(net: SmallNetwork, *codes: str) -> None:
    """Lay places side by side: the first next to each of the others, the longest border first."""
    first, *others = codes
    for length, code in enumerate(reversed(others), start=1):
        for one, other in ((first, code), (code, first)):
            AreaNeighbour.objects.get_or_create(
                area=net.country.area(one), other=net.country.area(other), defaults={"shared_metres": length * 1000}
            )


def draw(net: SmallNetwork, squares: dict[str, tuple[float, float]], communes: dict[str, tuple[float, float]]) -> None:
    """Draw constituencies as squares of one degree from their lower left corner (lon, lat), and communes as points."""
    for kind, use in (("constituency", "locate"), ("commune", "locate")):
        BoundarySet.objects.create(
            kind=AreaKind.objects.get(country="XM", code=kind),
            use=use,
            hash=f"drawn-{kind}",
            precision_m=1,
            licence="CC0",
            attribution="tests",
            source="tests",
            in_force=True,
            loaded_at=now(),
        )
    drawn, dotted = BoundarySet.objects.get(hash="drawn-constituency"), BoundarySet.objects.get(hash="drawn-commune")
    for code, (x, y) in squares.items():
        outline = MultiPolygon(Polygon.from_bbox((x, y, x + 1, y + 1)), srid=4326)
        AreaShape.objects.create(
            area=net.country.area(code), boundary_set=drawn, geometry=outline, inner_point=Point(x + 0.5, y + 0.5, srid=4326)
        )
    for code, (x, y) in communes.items():
        AreaShape.objects.create(area=net.country.area(code, "commune"), boundary_set=dotted, inner_point=Point(x, y, srid=4326))
