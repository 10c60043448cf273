"""What is drawn once, when a set of boundaries is loaded, and served as it is for ever."""

from typing import ClassVar

from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.territories.models.sets import BoundarySet


class NationalPicture(models.Model):
    """A set's whole country on one sheet: for programs (`sheet`, JSON) and for browsers (`svg`), both gzip.

    `fingerprint` names what was drawn (outlines, names, layout, manner): an unchanged one is not drawn again.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    boundary_set = models.OneToOneField(BoundarySet, on_delete=models.CASCADE, primary_key=True, related_name="picture")
    fingerprint = models.CharField(max_length=32)
    sheet = models.BinaryField()
    svg = models.BinaryField()


class BakedTile(models.Model):
    """One vector tile of a low zoom (`body`, gzip), from outlines simplified together. No row: nothing lies there."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="tiles", db_index=False)
    z = models.PositiveSmallIntegerField()
    x = models.PositiveIntegerField()
    y = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["boundary_set", "z", "x", "y"], name="territories_one_tile")]
