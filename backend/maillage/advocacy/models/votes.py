"""How office holders voted, as the record of their assembly says it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.advocacy.domain import Choice, Result, Side
from maillage.advocacy.domain.bounds import ROLL_CALL_MOST
from maillage.advocacy.models.office_holders import OfficeHolder
from maillage.advocacy.models.subjects import Subject
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class RollCall(models.Model):
    """An assembly voted by name on a day. Who organises the country may tie it to a subject, and then says which vote is for that."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.CharField(max_length=32, help_text="the assembly: `fr-assemblee`")
    external_id = models.CharField(max_length=ROLL_CALL_MOST["external_id"], help_text="what the assembly calls the record")
    number = models.CharField(max_length=ROLL_CALL_MOST["number"])
    on = models.DateField()
    title = models.CharField(max_length=ROLL_CALL_MOST["title"])
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    address = models.URLField(max_length=ROLL_CALL_MOST["address"], blank=True, help_text="where anybody reads the record")
    tally_for = models.PositiveIntegerField()
    tally_against = models.PositiveIntegerField()
    tally_abstained = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="of what was written of the record: the same again is left alone")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="roll_calls")
    favourable = models.CharField(max_length=8, choices=Side.choices, blank=True, help_text="which vote is for the subject")
    tied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    tied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "external_id"], name="advocacy_one_roll_call"),
            models.CheckConstraint(
                condition=Q(subject__isnull=True, favourable="") | Q(subject__isnull=False) & ~Q(favourable=""),
                name="advocacy_tied_says_which_side",
            ),
        ]
        indexes = [models.Index(fields=["-on", "-id"], name="advocacy_roll_call_newest")]


class Vote(models.Model):
    """What the record says that one office holder did; `meant` is what they had put on record since as what they wished to vote."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    roll_call = models.ForeignKey(RollCall, on_delete=models.CASCADE, related_name="votes", db_index=False)  # the constraint begins with it
    holder = models.ForeignKey(OfficeHolder, on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=12, choices=Choice.choices, blank=True, help_text="empty: only what they meant is known")
    meant = models.CharField(max_length=12, choices=Choice.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roll_call", "holder"], name="advocacy_one_vote")]
