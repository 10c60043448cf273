"""What placing a point reads: derived at import from the sets in force, never edited."""

from typing import ClassVar

from django.contrib.gis.db import models as gis
from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.territories.models.areas import Area
from maillage.territories.models.sets import BoundarySet


class AreaPiece(models.Model):
    """A small piece of a seat's territory; a point in it belongs to the seat.

    `is_box`: the piece fills its bounding box, so that the index alone answers. `doubtful`: the set is approximate and
    the piece lies in a commune of several seats.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="pieces")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", db_index=False)
    geometry = gis.PolygonField(srid=4326)
    is_box = models.BooleanField(default=False)
    doubtful = models.BooleanField(default=False)


class AreaBorder(models.Model):
    """A short stretch of the outline of a seat's territory, coasts included.

    Kept in web Mercator (EPSG:3857): it is conformal, so the nearest stretch on its plane is the nearest on Earth.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="borders")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", db_index=False)
    line = gis.LineStringField(srid=3857)


class SeatCard(models.Model):
    """What an answer says of a seat (kind, code, name, ancestors), written once at import instead of joined each time."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    area = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="card")
    area_json = models.TextField()
    ancestors_json = models.TextField()


class Findable(models.Model):
    """One spelling under which a place can be found: a postal code, a commune with or without its article, a country abroad.

    `folded` is `kernel.text.fold` of the spelling; `card` is the answer, with its seats; `weight` ranks (inhabitants).
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    folded = models.CharField(max_length=200)
    weight = models.PositiveIntegerField(default=0)
    card = models.TextField(help_text="JSON")

    class Meta:
        indexes = [
            models.Index(fields=["folded", "-weight"], name="territories_findable_folded", opclasses=["text_pattern_ops", "int4_ops"])
        ]
