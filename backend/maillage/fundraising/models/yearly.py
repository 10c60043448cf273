"""What was told once a year to whoever gave."""

from typing import ClassVar

from django.db import models

from maillage.fundraising.models.donors import Donor
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class YearlyStatement(models.Model):
    """What was given in a year from one proved address was told there: one row an address and year, so that it is told once."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=64, help_text="keyed hash of the address")
    donor = models.ForeignKey(Donor, on_delete=models.CASCADE, related_name="yearly_statements", help_text="whose address it is")
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "year"], name="fundraising_one_yearly_statement")]
