"""Coverage in time, and what it aims at."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from maillage.kernel.fates import Erasure, Fate
from maillage.relays.models import RelayNetwork
from maillage.territories.models import Area


class Snapshot(models.Model):
    """Where the seats of a network wholly within one area stood at the end of one day of its country (decision 18).

    Written once, at night, for the country and whatever lies between it and the seats. `is_rebuilt`: worked out later from
    terms and applications, as `insights.domain.coverage` says.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    network = models.ForeignKey(RelayNetwork, on_delete=models.CASCADE, related_name="snapshots")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    total = models.PositiveIntegerField()
    filled = models.PositiveIntegerField()
    stand_in = models.PositiveIntegerField()
    applied = models.PositiveIntegerField()
    vacant = models.PositiveIntegerField()
    dormant = models.PositiveIntegerField()
    is_rebuilt = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "area", "day"], name="insights_one_snapshot_a_day"),
            models.CheckConstraint(
                condition=Q(total=F("filled") + F("stand_in") + F("applied") + F("vacant") + F("dormant")),
                name="insights_states_sum_to_total",
            ),
        ]
        indexes = [models.Index(fields=["network", "day"], name="insights_snapshot_day")]


class Target(models.Model):
    """The share of its seats that a network wants covered, and by which day where one is said. Without a row: a third."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    network = models.OneToOneField(RelayNetwork, primary_key=True, on_delete=models.CASCADE, related_name="target")
    percent = models.DecimalField(max_digits=5, decimal_places=2, help_text="of the seats")
    by_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="insights_target_is_a_share")]
