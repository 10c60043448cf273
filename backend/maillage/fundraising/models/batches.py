"""Money that came by hand: on paper, in an envelope, straight into the bank."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.fundraising.domain.words import BY_HAND, CancelledFor
from maillage.fundraising.models.donations import Donation
from maillage.fundraising.models.donors import KEPT
from maillage.fundraising.models.funds import Fund
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class Batch(models.Model):
    """Cheques or cash that go to the bank with one deposit slip, or transfers that came there by themselves.

    While it is open its rows may be changed; once deposited it is locked, its donations are received, and what was wrong is put
    right by a correction in the books.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="batches", help_text="the legal recipient")
    method = models.CharField(max_length=16, choices=[(method.value, method.label) for method in BY_HAND])
    slip = models.CharField(max_length=32, blank=True, help_text="number of the deposit slip")
    bank = models.CharField(max_length=80, blank=True, help_text="where it was deposited")
    deposited_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(default=now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    deposited_at = models.DateTimeField(null=True, blank=True, help_text="when it was locked")
    deposited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "slip"], condition=~Q(slip=""), name="fundraising_one_slip"),
            models.CheckConstraint(condition=Q(method__in=BY_HAND), name="fundraising_batch_is_by_hand"),
            models.CheckConstraint(
                condition=Q(deposited_at__isnull=True) | Q(deposited_on__isnull=False), name="fundraising_deposited_on_a_day"
            ),
        ]
        indexes = [models.Index(fields=["fund", "-opened_at", "-id"], name="fundraising_batch_list")]


class BatchRow(models.Model):
    """One donation of a batch, as the paper says it. Until the batch is deposited the donation is on its way, and counts as such."""

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, related_name="batch_row")
    position = models.PositiveIntegerField()
    received_on = models.DateField(help_text="day on which the recipient had it in hand, or in the bank")
    paper = models.CharField(max_length=64, blank=True, help_text="reference of the declaration that the donor signed")
    cheque = models.CharField(max_length=32, blank=True, help_text="number of the cheque")
    drawn_on = models.CharField(max_length=80, blank=True, help_text="bank of the cheque")
    cancelled_for = models.CharField(max_length=16, choices=CancelledFor.choices, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="fundraising_one_row_a_place"),
            models.CheckConstraint(
                condition=Q(cancelled_for="") ^ Q(cancelled_at__isnull=False), name="fundraising_cancelled_for_a_reason"
            ),
        ]
