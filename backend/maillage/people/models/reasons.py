"""Why somebody reads what their role does not show them by itself."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.domain import ReasonKind
from maillage.people.models.persons import Person


class AccessReason(models.Model):
    """A reader typed why, and may read for an hour what the kind says; the access log names this row (decision 9).

    The data-protection officer's is narrowed to one person by the first card that it opens. The words stand here, in a
    mutable table, since they may name somebody: they go with the person, and with the log after thirteen months.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=ReasonKind.choices)
    words = models.CharField(max_length=500)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="people_reason_made")]
