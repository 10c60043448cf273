"""Records that may be of one person, and those that are known not to be."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.domain.merging import Alike
from maillage.people.models.persons import Person
from maillage.territories.models import Area


class Likeness(models.Model):
    """Two records that may be of one person, and why; found by a job, read by organisers who reach both.

    `person` has the smaller id, so that a pair is one row. `area` is that of `person`: narrows before anything is joined.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)  # one below begins with it
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    reasons = ArrayField(models.CharField(max_length=16, choices=Alike.choices))
    weight = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "likenesses"
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="people_one_likeness"),
            models.CheckConstraint(condition=Q(person__lt=F("other")), name="people_likeness_of_two"),
        ]
        indexes = [
            models.Index(fields=["-weight", "id"], name="people_likeness_strongest"),
            models.Index(fields=["area", "-weight", "id"], name="people_likeness_area"),
        ]


class ToldApart(models.Model):
    """An organiser said that two records are of two people, a couple perhaps: the pair is proposed no more."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)  # one below begins with it
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "told apart"
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="people_told_apart_once"),
            models.CheckConstraint(condition=Q(person__lt=F("other")), name="people_told_apart_two"),
        ]


class LikenessSearch(models.Model):
    """How far the search for second records has come, in the order in which people were confirmed; one row."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    began_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True, help_text="when the last person behind it was confirmed")
    passed_id = models.UUIDField(null=True, help_text="and their id; no foreign key: they may go")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="people_one_likeness_search")]
