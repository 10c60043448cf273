"""Forms on paper."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models.persons import Person


class PaperForm(models.Model):
    """A relay or organiser read the notice aloud to somebody, who filled in a numbered paper: the proof of what they agreed to.

    `waiting` are the wordings (versions) agreed to by e-mail, which count once that address is confirmed from its own mailbox.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=32, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="papers")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField()
    waiting = ArrayField(models.CharField(max_length=64), default=list, blank=True)
