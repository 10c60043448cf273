"""Days on which people are away, or may not be asked."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.territories.domain import CalendarKind
from maillage.territories.models.areas import Area
from maillage.territories.models.naming import languages_for


class CalendarWindow(models.Model):
    """From one local day to another, in one territory or a whole country: a recess, holidays, a silence, as an organiser wrote it."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="calendar", help_text="and wholly below, in each place's time")
    kind = models.CharField(max_length=16, choices=CalendarKind.choices)
    starts_on = models.DateField(help_text="from 00:00 local")
    ends_on = models.DateField(help_text="until 24:00 local")
    labels = models.JSONField(default=dict, help_text="by language: what it is called")
    source = models.CharField(max_length=300, blank=True, help_text="where it can be read")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="territories_calendar_ends_after_start")]
        indexes = [models.Index(fields=["ends_on"], name="territories_calendar_end")]

    @property
    def called(self) -> str:
        """What it is called in the reader's language, else in the deployment's, else in any."""
        return next((str(self.labels[each]) for each in (*languages_for(get_language()), *self.labels) if self.labels.get(each)), "")
