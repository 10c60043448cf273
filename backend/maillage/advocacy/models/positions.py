"""What office holders said: lines that are never changed, and the state that they leave (decision 13, ADR 36)."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.advocacy.domain import KnownBy, Outcome, Stance
from maillage.advocacy.models.contacts import Contact
from maillage.advocacy.models.office_holders import OfficeHolder
from maillage.advocacy.models.subjects import Subject
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.territories.models import Area


class Position(models.Model):
    """An office holder said on a day where they stand on a subject, as somebody heard or read it.

    Append-only: it can be undone once, with words, and whoever said it may be forgotten; the database refuses everything else.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    holder = models.ForeignKey(OfficeHolder, on_delete=models.PROTECT, related_name="positions", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="positions", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="the place for which they sat then")
    stance = models.SmallIntegerField(choices=Stance.choices)
    known_by = models.CharField(max_length=16, choices=KnownBy.choices)
    source_url = models.URLField(max_length=500, blank=True, help_text="where anybody reads or hears it")
    said_on = models.DateField()
    quote = models.CharField(max_length=500, blank=True, help_text="a sentence of theirs")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="positions")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    undone_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stance__gte=-2, stance__lte=2), name="advocacy_stance_on_the_scale"),
            models.CheckConstraint(
                condition=Q(known_by="public") & ~Q(source_url="") | ~Q(known_by="public") & Q(source_url=""),
                name="advocacy_public_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_why="") | Q(undone_at__isnull=False) & ~Q(undone_why=""),
                name="advocacy_undone_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "holder"], name="advocacy_position_about"),
            models.Index(fields=["-said_on", "-recorded_at", "-id"], name="advocacy_position_newest"),
            models.Index(fields=["holder", "-said_on", "-recorded_at", "-id"], name="advocacy_position_latest"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="as_it_was_said", exclude=["author", "by", "undone_at", "undone_by", "undone_why"]),
            pgtrigger.Protect(
                name="undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False)
                & (
                    pgtrigger.Q(old__undone_at__df=pgtrigger.F("new__undone_at"))
                    | pgtrigger.Q(old__undone_why__df=pgtrigger.F("new__undone_why"))
                ),
            ),
        ]


class PositionDispute(models.Model):
    """Somebody says that a position is wrong, and why; one at a time. Settled, it says what came of it, in words."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="disputes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField(default=now)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    words = models.CharField(max_length=500, blank=True, help_text="why it was settled so")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["position"], condition=Q(settled_at__isnull=True), name="advocacy_one_open_dispute")]


class PositionState(models.Model):
    """Where an office holder stands on a subject by the lines above; written with them, compared with them nightly.

    Time alone changes what holds of it: who reads it compares its two ends with the day (`domain.positions.Standing.on`).
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="states", db_index=False)  # the constraint begins with it
    holder = models.ForeignKey(OfficeHolder, on_delete=models.PROTECT, related_name="states")
    stance = models.SmallIntegerField(choices=Stance.choices, null=True, blank=True)
    since = models.DateField(null=True, blank=True, help_text="the first day of the run that still lasts")
    expires_on = models.DateField(null=True, blank=True, help_text="the first day on which the stance is unknown again")
    convinced_until = models.DateField(null=True, blank=True, help_text="the first day on which it makes nobody stop any more")
    latest = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    is_disputed = models.BooleanField(default=False, help_text="somebody says that the latest line is wrong")
    lines = models.PositiveIntegerField(default=0, help_text="statements that stand, old ones too")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "holder"], name="advocacy_one_position_state")]
