"""What placing and finding read: derived at import from what is in force, never edited.

Their keys are not checked again by the database: only an import writes them, from areas it has just written.
"""

from typing import ClassVar

from django.contrib.gis.db import models as gis
from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.territories.models.areas import Area
from maillage.territories.models.sets import BoundarySet


class AreaPiece(models.Model):
    """A small piece of a seat's territory; a point in it belongs to the seat.

    `is_box`: the piece fills its bounding box, so that the index alone answers. `rank`: of several pieces over a point
    the lowest counts (0; in an approximate set, 1 where no table of communes places it). `doubtful`: the set is
    approximate and the piece lies in a commune of several seats.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="pieces", db_constraint=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    geometry = gis.PolygonField(srid=4326)
    is_box = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField(default=0)
    doubtful = models.BooleanField(default=False)


class AreaBorder(models.Model):
    """A short stretch of the outline of a seat's territory, coasts included.

    Kept in web Mercator (EPSG:3857): it is conformal, so the nearest stretch on its plane is the nearest on Earth.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="borders", db_constraint=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    line = gis.LineStringField(srid=3857)


class Locality(models.Model):
    """A commune as far as it lies in a seat: its outline, or its inner point where no outline is known.

    Outlines come from an approximate set, so a point's locality is the nearest of those of its seat.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    seat = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    geometry = gis.GeometryField(srid=4326)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "seat"], name="territories_one_locality")]


class SeatCard(models.Model):
    """What an answer says of a seat in one language (kind, code, name; ancestors), written at import, not joined each time."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="cards", db_index=False)
    language = models.CharField(max_length=8)
    area_json = models.TextField()
    ancestors_json = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "language"], name="territories_one_card")]


class Findable(models.Model):
    """One spelling under which a place can be found: a postal code, a commune with or without its article, a country abroad.

    `folded` is `kernel.text.fold` of the spelling; `weight` ranks (inhabitants).
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    folded = models.CharField(max_length=200)
    weight = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "folded"], name="territories_one_spelling")]
        indexes = [
            models.Index(fields=["folded", "-weight"], name="territories_findable_folded", opclasses=["varchar_pattern_ops", "int4_ops"])
        ]
