"""Addresses from files that wait for their owners."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maillage.kernel.fates import Erasure, Fate
from maillage.people.domain.waiting import WaitingState
from maillage.people.models.imports import Import
from maillage.people.models.persons import ContactPoint


class WaitingAddress(models.Model):
    """A file says that somebody agreed to be written to at an e-mail address; it counts once the address's owner says "this is me".

    A paper proves what somebody agreed to, never whose mailbox it is (ADR 17). `columns` are the agreements: places in
    `Import.consents`. The key of the import is not checked by the database: a million checks of one row.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.BigAutoField(primary_key=True)
    point = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="waiting")
    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="waiting", db_constraint=False, db_index=False)
    columns = ArrayField(models.PositiveSmallIntegerField())
    state = models.CharField(max_length=8, choices=WaitingState.choices, default=WaitingState.WAITING)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "waiting addresses"
        constraints = [models.CheckConstraint(condition=~Q(state=WaitingState.ASKED) | Q(asked_at__isnull=False), name="people_asked_at")]
        indexes = [models.Index(fields=["batch", "state", "id"], name="people_waiting_in_turn")]
