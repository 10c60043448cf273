"""Publications of boundaries and the pictures that they hold."""

from typing import ClassVar

from django.contrib.gis.db import models as gis
from django.db import models
from django.db.models import Q

from maillage.kernel.fates import Erasure, Fate
from maillage.territories.domain import SetUse
from maillage.territories.models.areas import Area, AreaKind


class BoundarySet(models.Model):
    """One publication's pictures of the areas of a kind and cut, with what its licence obliges us to say.

    Several stand side by side (fine for placing, coarse for the national map); one of each use is in force. `hash`
    names its content for ever: what is drawn from it is cached under it.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    kind = models.ForeignKey(AreaKind, on_delete=models.PROTECT, related_name="sets")
    cut = models.CharField(max_length=32, blank=True)
    use = models.CharField(max_length=16, choices=SetUse.choices, default=SetUse.LOCATE)
    hash = models.CharField(max_length=32)
    precision_m = models.PositiveIntegerField(help_text="how far a drawn line may be from the legal one, in metres")
    licence = models.CharField(max_length=120)
    attribution = models.CharField(max_length=300, help_text="shown under every map drawn from this set")
    source = models.CharField(max_length=300, help_text="file name or address")
    approximate = models.BooleanField(default=False, help_text="places 1 commune in 100 wrongly; screens say so")
    in_force = models.BooleanField(default=False)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "cut", "use", "hash"], name="territories_one_set"),
            models.UniqueConstraint(fields=["kind", "cut", "use"], condition=Q(in_force=True), name="territories_one_set_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.cut} {self.use} {self.hash[:8]}"


class AreaShape(models.Model):
    """One publication's picture of one area; both null for a seat abroad, which has no shape by nature."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="shapes")
    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="shapes")
    geometry = gis.MultiPolygonField(srid=4326, null=True, blank=True)
    inner_point = gis.PointField(srid=4326, null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["boundary_set", "area"], name="territories_one_shape")]


class Dataset(models.Model):
    """One table of a country that is in force (its communes, its postal codes), where it came from and under which licence.

    `fingerprint` covers the bytes read and the way of reading: an unchanged one is not read again.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    country = models.CharField(max_length=2)
    name = models.SlugField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=120)
    attribution = models.CharField(max_length=300)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "name"], name="territories_one_dataset")]
