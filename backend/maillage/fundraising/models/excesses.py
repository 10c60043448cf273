"""What was given beyond a cap, and who may be one person: for the treasurer to decide."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.fundraising.domain.identity import Near
from maillage.fundraising.domain.words import ExcessState, NearState
from maillage.fundraising.models.donations import Donation
from maillage.fundraising.models.donors import KEPT, DonorIdentity
from maillage.fundraising.models.funds import Fund
from maillage.fundraising.models.treasury import RefundAuthorisation
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure
from maillage.kernel.ids import uuid7


class Excess(models.Model):
    """Cents of a settled donation by which a person passed a cap in a period: they go back, with the agent's authorisation.

    Counted anew after each payment and refund; what the treasurer decided of it stands.
    """

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", help_text="the legal recipient")
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="excesses")
    cap = models.CharField(max_length=48, help_text="code of the cap")
    period = models.CharField(max_length=48, help_text="a year, or the id of an election")
    cents = models.BigIntegerField()
    refunded_before = models.BigIntegerField(default=0, help_text="cents of the donation that had gone back when it was counted")
    state = models.CharField(max_length=16, choices=ExcessState.choices, default=ExcessState.FOUND)
    reason = models.TextField(blank=True, help_text="why it stays, as the treasurer wrote it")
    authorisation = models.ForeignKey(RefundAuthorisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["donation", "cap", "period"], condition=Q(state="found"), name="fundraising_one_excess_found"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="fundraising_excess_is_something"),
            models.CheckConstraint(condition=~Q(state="dismissed") | ~Q(reason=""), name="fundraising_dismissed_for_a_reason"),
        ]
        indexes = [models.Index(fields=["fund", "state", "-found_at", "-id"], name="fundraising_excess_list")]


class NearIdentity(models.Model):
    """Two identities that gave and may be one person, and what the treasurer said. `one` is the older of the two.

    `DonorIdentity.counts_as` follows from the pairs that are the same, and from nothing else.
    """

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    one = models.ForeignKey(DonorIdentity, on_delete=models.PROTECT, related_name="near_later")
    other = models.ForeignKey(DonorIdentity, on_delete=models.PROTECT, related_name="near_before")
    why = models.CharField(max_length=24, choices=[(near.value, near.value) for near in Near])
    state = models.CharField(max_length=16, choices=NearState.choices, default=NearState.OPEN)
    found_at = models.DateTimeField(default=now, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="fundraising_one_near_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="fundraising_near_in_order"),
        ]
        indexes = [models.Index(fields=["state", "-found_at", "-id"], name="fundraising_near_list")]
