"""Records joined, and all that is needed to take them apart again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models.persons import Person


class Merge(models.Model):
    """Two records were of one person: `absorbed` is hidden behind `person`, until they are taken apart.

    `consents` holds the states that both had before, since the log of consents can only go forward. Until `settled_at` it is
    an organiser's word alone: the mailboxes and the account of each record read as their own what that record brought.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    merged_at = models.DateTimeField()
    consents = models.JSONField(default=list)
    kept_agreed_at = models.DateTimeField(null=True, blank=True, help_text="a proved address of the record that stands said yes")
    absorbed_agreed_at = models.DateTimeField(null=True, blank=True, help_text="a proved address of the hidden record said yes")
    objected_at = models.DateTimeField(null=True, blank=True, help_text="somebody said no, and it could not be undone at once")
    settled_at = models.DateTimeField(null=True, blank=True, help_text="both said yes, or nobody objected in time")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["absorbed"], condition=Q(undone_at__isnull=True), name="people_absorbed_once"),
            models.CheckConstraint(condition=~Q(person=F("absorbed")), name="people_merge_of_two"),
        ]
        indexes = [
            models.Index(fields=["merged_at"], condition=Q(settled_at__isnull=True, undone_at__isnull=True), name="people_merge_unsettled")
        ]


class MergeStep(models.Model):
    """One column of one row that a merge changed, or (`column` empty) one row that it made.

    Where `before` and `after` are one, nothing was changed: the row was the record's that stays, before the other's came to it.

    Taking apart goes through them from the last to the first and undoes each where the row is still there and still says
    what the merge wrote. Values stand here because they may be a name: they go when the two are taken apart, or erased.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.BigAutoField(primary_key=True)
    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="steps")
    model = models.CharField(max_length=64)
    row = models.CharField(max_length=64)
    column = models.CharField(max_length=64, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
