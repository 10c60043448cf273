"""Votes, and what they limit while they are near (decision 2)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.territories.domain import WindowKind
from maillage.territories.models.areas import Area
from maillage.territories.models.naming import languages_for


class Election(models.Model):
    """A vote in a territory: its first day and, where there is one, its second round."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    country = models.CharField(max_length=2)
    code = models.SlugField(max_length=64)
    name = models.JSONField(default=dict, help_text="by language")
    territory = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="elections")
    first_round_on = models.DateField()
    second_round_on = models.DateField(null=True, blank=True)
    is_confirmed = models.BooleanField(default=False, help_text="its days are fixed; until then they are those that are expected")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "code"], name="territories_one_election")]

    @property
    def called(self) -> str:
        """What the vote is called in the reader's language, else in the deployment's, else by its code."""
        return next((str(self.name[each]) for each in languages_for(get_language()) if each in self.name), self.code)


class ElectionWindow(models.Model):
    """From one local day to another, in one territory and its time zone, a vote limits what may be done."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="windows")
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="where, in its own time zone; a nearer place that has a window of the kind is asked first",
    )
    kind = models.CharField(max_length=16, choices=WindowKind.choices)
    starts_on = models.DateField(help_text="from 00:00 local")
    ends_on = models.DateField(help_text="until 24:00 local")
    law = models.CharField(max_length=200, help_text="the article it follows from")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "area", "kind", "starts_on"], name="territories_one_window"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="territories_window_ends_after_start"),
        ]
