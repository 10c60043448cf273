"""Papers for the tax of who gave: those made here, and those that an authority makes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.fundraising.domain.receipts import WhyCancelled
from maillage.fundraising.models.donations import Donation
from maillage.fundraising.models.donors import KEPT, Donor, DonorCorrection
from maillage.fundraising.models.funds import Fund
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class ReceiptCount(models.Model):
    """The last number given to a receipt of a recipient in a year. Its row is locked by whoever gives the next one: no gap, no twin."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "year"], name="fundraising_one_receipt_count")]


class Receipt(models.Model):
    """A tax receipt that a recipient made, for one donation or for a year's instalments; never changed, but cancelled and replaced."""

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="receipts")
    year = models.PositiveSmallIntegerField(help_text="in which the donations were paid")
    number = models.PositiveIntegerField(help_text="from 1, without gaps in a year of a recipient")
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="receipts", help_text="who gave")
    printed = models.ForeignKey(
        DonorCorrection,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="names and address as they are printed, where the donor's were put right since",
    )
    amount = models.BigIntegerField(help_text="cents")
    currency = models.CharField(max_length=3)
    rules = models.CharField(max_length=48, help_text="version of the rules under which it was made")
    issued_at = models.DateTimeField(default=now)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    why_cancelled = models.CharField(max_length=16, choices=WhyCancelled.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "year", "number"], name="fundraising_one_receipt_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fundraising_receipt_is_something"),
            models.CheckConstraint(condition=Q(cancelled_at__isnull=True) ^ ~Q(why_cancelled=""), name="fundraising_cancelled_says_why"),
            models.CheckConstraint(condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="fundraising_replaces_another"),
        ]


class ReceiptDonation(models.Model):
    """A donation that a receipt is for: in one valid receipt at a time."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="parts")
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="receipt_parts")
    amount = models.BigIntegerField(help_text="cents, what was given back taken off")
    is_valid = models.BooleanField(default=True, help_text="false once the receipt was cancelled")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["donation"], condition=Q(is_valid=True), name="fundraising_one_valid_receipt"),
            models.UniqueConstraint(fields=["receipt", "donation"], name="fundraising_once_in_a_receipt"),
        ]


class DonorFile(models.Model):
    """A file of a year's donors that was taken for an authority; once it was handed in, the donations in it are transmitted."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="donor_files")
    year = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField(default=now, editable=False, help_text="what was booked later is not in it")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sent_on = models.DateField(null=True, blank=True, help_text="day on which it was handed in")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500, blank=True, help_text="how it was handed in, as the treasurer typed it")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sent_on__isnull=True) | ~Q(words=""), name="fundraising_sent_file_says_how"),
        ]
        indexes = [models.Index(fields=["fund", "year", "-taken_at"], name="fundraising_donor_file_list")]


class OfficialReceipt(models.Model):
    """A receipt that an authority numbers and makes, of which the state is followed here: transmitted, then issued."""

    erasure: ClassVar[Erasure] = KEPT

    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, primary_key=True, related_name="official_receipt")
    file = models.ForeignKey(
        DonorFile, on_delete=models.PROTECT, null=True, blank=True, related_name="receipts", help_text="that told the authority of it"
    )
    transmitted_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="when its donor was written to that it was issued")
    number = models.CharField(max_length=32, blank=True, help_text="that the authority printed on it")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(issued_at__isnull=True) | ~Q(number=""), name="fundraising_issued_has_a_number"),
        ]
        indexes = [models.Index(fields=["number"], condition=~Q(number=""), name="fundraising_official_number")]
