"""What is told of a month of donations to whoever is not a treasurer: once, when it is over (ADR 34)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maillage.fundraising.models.funds import Fund
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.people.domain import SMALLEST_SHOWN
from maillage.territories.models import Area


class Edition(models.Model):
    """A month of one recipient: of everybody, and of each place in which somebody gave. Written once, never again.

    So what was given back later changes nothing that was published, and no two editions can be subtracted. Of a place whose people
    are too few, or would follow from the others, all numbers are null (`people.domain.withheld`).
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="editions", help_text="the legal recipient")
    month = models.CharField(max_length=7)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="empty: everybody")
    people = models.IntegerField(null=True)
    donations = models.IntegerField(null=True)
    cents = models.BigIntegerField(null=True)
    small_under = models.BigIntegerField(help_text="the threshold, cents")
    steps = models.JSONField(
        default=list,
        help_text="of everybody, donations by rising amount: [[from cents, donations, cents], …], five people at least in each",
    )
    published_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "month", "area"], nulls_distinct=False, name="fundraising_one_edition"),
            models.CheckConstraint(
                condition=Q(people__isnull=True, cents__isnull=True, donations__isnull=True) | Q(people=0) | Q(people__gte=SMALLEST_SHOWN),
                name="fundraising_edition_of_no_few",
            ),
        ]
