"""Lists that somebody comes back to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.territories.models import Area


class SavedView(models.Model):
    """A reader's filters and order of the list of people, under a name; no search, which could name somebody.

    Shared where `area` is set: organisers whose role stands in that very area see it too, and each sees their own people.
    Deleted ones are kept for a day, so that it can be undone.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], condition=Q(deleted_at__isnull=True), name="people_one_view_of_a_name")
        ]
