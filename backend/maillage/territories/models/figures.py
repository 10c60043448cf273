"""Numbers about places: aggregates only, never a person."""

from typing import ClassVar

from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.territories.models.areas import Area


class Indicator(models.Model):
    """A figure that is known of many areas: share of students, electors on the rolls."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    country = models.CharField(max_length=2)
    code = models.CharField(max_length=64)
    name = models.JSONField(default=dict, help_text="by language")
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "code"], name="territories_one_indicator")]

    def __str__(self) -> str:
        return self.code


class AreaFigure(models.Model):
    """The value of an indicator for an area. The whole country's row is its average or total, as its source says."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="figures")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="figures")
    value = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "indicator"], name="territories_one_figure")]
