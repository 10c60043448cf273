"""Who read something about whom."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from maillage.accounts.domain import Role
from maillage.kernel.fates import Erasure, Fate


class Access(models.Model):
    """Somebody read something about these people, at an instant, because of a role: one line for a whole page (decision 9).

    Append-only, ids only, kept 13 months: the table is cut by month, and a month that is past is dropped whole.
    The migration writes the table itself, since Django knows no partitions.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    reader_id = models.UUIDField(help_text="a user's id; no foreign key, so that the log outlives the row")
    role = models.CharField(max_length=32, choices=Role.choices)
    reading = models.CharField(max_length=64, help_text="what was read, one of READINGS")
    person_ids = ArrayField(models.UUIDField())
    reason_id = models.UUIDField(null=True, help_text="the AccessReason that was typed first, where one is asked for")

    class Meta:
        verbose_name_plural = "accesses"
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
