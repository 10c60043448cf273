"""What a part of the territory adds to a brief."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.actions.models.actions import Action
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.territories.models import Area


class LocalParagraph(models.Model):
    """A paragraph, in one language, that the seats at and below an area read at the end of an action's brief; in markdown."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="paragraphs", db_index=False)  # one below begins with it
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    words = models.TextField()
    version = models.PositiveIntegerField(default=1, help_text="grows with each edit; a change names the one it read")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "area", "language"], name="actions_one_paragraph_an_area")]
