"""What dashboards read: the donations counted, and sums of them by day, amount, giver, place and source (ADR 34).

Written by `services.rollups` alone, in the transaction that writes the books. Sums stand in slots: each transaction adds to one
that nobody else adds to meanwhile, so that donations of one instant do not wait for each other; who reads adds the slots up.
`period` is a month (2026-11), a year (2026), or empty: all that was ever given.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maillage.fundraising.domain.words import MonthlyState
from maillage.fundraising.models.campaign_pages import FundraisingPage
from maillage.fundraising.models.donations import Donation
from maillage.fundraising.models.donors import KEPT
from maillage.fundraising.models.funds import Fund
from maillage.kernel.fates import Erasure, Fate
from maillage.territories.models import Area


class CountedDonation(models.Model):
    """A donation as the sums hold it: for its recipient, and once more for each envelope that has a share of it.

    `giver` is whoever gives as one, for counting (`domain.longtail`): no name, and it outlives the person as the donation does.
    """

    erasure: ClassVar[Erasure] = KEPT

    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="counted")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", help_text="the recipient, or an envelope of it")
    giver = models.UUIDField()
    day = models.DateField(help_text="of the payment, where the recipient is")
    gross = models.BigIntegerField(help_text="cents that came")
    cents = models.BigIntegerField(help_text="cents that stayed: less what was given back, or taken back by a bank")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    source = models.CharField(max_length=64, blank=True)
    monthly = models.UUIDField(null=True, blank=True, help_text="of an instalment: its monthly donation")
    due_on = models.DateField(null=True, blank=True, help_text="of an instalment")
    page = models.UUIDField(null=True, blank=True, help_text="on which it was given")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["donation", "fund"], name="fundraising_counted_once")]
        indexes = [
            models.Index(fields=["fund", "giver"], name="fundraising_counted_giver"),
            models.Index(fields=["page"], condition=Q(page__isnull=False), name="fundraising_counted_page"),
        ]


class Slotted(models.Model):
    """A sum in slots."""

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="+", db_index=False, help_text="recipient or envelope")
    slot = models.PositiveSmallIntegerField()
    donations = models.IntegerField(default=0, help_text="of which something stayed")
    cents = models.BigIntegerField(default=0, help_text="that stayed")

    class Meta:
        abstract = True


class DayTotal(Slotted):
    """What the donations of a day came to."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    day = models.DateField()
    back = models.BigIntegerField(default=0, help_text="cents of them that went back since")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "day", "slot"], name="fundraising_day_total")]


class AmountBin(Slotted):
    """Donations of like amounts: `bin` is the least of them, in cents (`domain.longtail.bin_of`)."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    period = models.CharField(max_length=7, blank=True)
    bin = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "period", "bin", "slot"], name="fundraising_amount_bin")]


class GiverBin(Slotted):
    """Givers who gave like amounts in a period."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    period = models.CharField(max_length=7, blank=True)
    bin = models.BigIntegerField()
    givers = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "period", "bin", "slot"], name="fundraising_giver_bin")]


class GiverTotal(Slotted):
    """All givers of a period, and whether they gave to this fund before it."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    period = models.CharField(max_length=7, blank=True)
    is_new = models.BooleanField(help_text="nothing of theirs was counted before the period")
    givers = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "period", "is_new", "slot"], name="fundraising_giver_total")]


class AreaTotal(Slotted):
    """What the givers of a place gave in a period. Each is counted in one place: where they last gave from in it."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    period = models.CharField(max_length=7, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    givers = models.IntegerField(default=0)
    small = models.IntegerField(default=0, help_text="donations under the recipient's threshold")
    small_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "period", "area", "slot"], name="fundraising_area_total")]


class SourceTotal(Slotted):
    """What came by links of one source in a period."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    period = models.CharField(max_length=7, blank=True)
    source = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "period", "source", "slot"], name="fundraising_source_total")]


class PageTotal(Slotted):
    """What was given on a supporter's page, and by how many."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    page = models.ForeignKey(FundraisingPage, on_delete=models.CASCADE, related_name="totals")
    givers = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "page", "slot"], name="fundraising_page_total")]


class CohortTotal(Slotted):
    """Of the monthly donations whose first instalment was of a month, those that paid for another: how many, and cents.

    A month is that for which an instalment was due (2026-11), however late it was paid. `donations` counts each monthly one once.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    began = models.CharField(max_length=7)
    month = models.CharField(max_length=7)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "began", "month", "slot"], name="fundraising_cohort_total")]


class MonthlyTotal(Slotted):
    """How many monthly donations stand in a state, and cents a month. The database keeps it (`models.standing`)."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    state = models.CharField(max_length=16, choices=MonthlyState.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "state", "slot"], name="fundraising_monthly_total")]
