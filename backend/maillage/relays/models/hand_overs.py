"""Seats that pass from one person to the next."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.models.terms import Term


class HandOver(models.Model):
    """A holder leaves on a day that they chose, perhaps to somebody whom they propose; one at a time for each term.

    `gives_notes` is the holder's own consent that their notes of the seat go along; nobody else gives it.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="hand_overs")
    status = models.CharField(max_length=16, choices=HandOverStatus.choices, default=HandOverStatus.BEGUN)
    ends_on = models.DateField(help_text="the last day of the term, in the time of the place")
    gives_notes = models.BooleanField(default=False)
    successor = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="whom the holder proposes"
    )
    words = models.CharField(max_length=1000, blank=True, help_text="a word to the organisers")
    begun_at = models.DateTimeField(default=now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term"], condition=Q(status=HandOverStatus.BEGUN), name="relays_one_hand_over_under_way"),
            models.CheckConstraint(condition=Q(status=HandOverStatus.BEGUN) | Q(settled_at__isnull=False), name="relays_hand_over_settled"),
        ]
        indexes = [models.Index(fields=["ends_on"], condition=Q(status=HandOverStatus.BEGUN), name="relays_hand_over_due")]
