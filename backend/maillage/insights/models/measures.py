"""What was said in public about people."""

from typing import ClassVar

from django.db import models

from maillage.insights.domain.withheld import Measured
from maillage.kernel.fates import Erasure, Fate
from maillage.relays.models import RelayNetwork
from maillage.territories.models import Area


class Measure(models.Model):
    """A public figure about the people of one place and four fixed weeks; null where it is withheld (`people.domain.withheld`).

    Written once, when the period is over, and never again, so that no two editions of it can be subtracted.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    network = models.ForeignKey(RelayNetwork, on_delete=models.CASCADE, related_name="measures")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(help_text="the Monday on which the four weeks begin")
    what = models.CharField(max_length=16, choices=Measured.choices)
    people = models.PositiveIntegerField(null=True, help_text="null: withheld")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "starts_on", "area", "what"], name="insights_one_measure"),
            models.CheckConstraint(
                condition=models.Q(people__isnull=True) | models.Q(people=0) | models.Q(people__gte=5), name="insights_no_few_people"
            ),
        ]
