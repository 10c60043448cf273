"""What a person agreed to hold to, and what they have learnt."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.domain import AgreedBy
from maillage.people.models.documents import DocumentVersion
from maillage.people.models.persons import Person


class Agreement(models.Model):
    """A person agreed to one version of a document, at an instant. It is never changed: one takes it back by leaving the seat.

    When the person is erased the number of their paper goes, and that somebody agreed stays, as their term does.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements", db_index=False)  # one below begins with it
    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="agreements")
    at = models.DateTimeField()
    source = models.CharField(max_length=16, choices=AgreedBy.choices)
    language = models.CharField(max_length=8, help_text="in which it was read")
    paper_number = models.CharField(max_length=32, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="who entered a paper"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="people_one_agreement"),
            models.UniqueConstraint(fields=["paper_number"], condition=~Q(paper_number=""), name="people_one_agreement_a_paper"),
            models.CheckConstraint(condition=Q(source=AgreedBy.PAPER) | Q(paper_number=""), name="people_paper_number_of_paper"),
        ]


class Qualification(models.Model):
    """A person has learnt something that is asked for by its code, until a day or for good; several rows of a code are renewals."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="qualifications", db_index=False)  # one below begins with it
    code = models.SlugField(max_length=64)
    obtained_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="the last day on which it counts")
    recorded_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=64, help_text="by which form or path, by name")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("obtained_on")), name="people_qualification_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["person", "code"], name="people_qualification_code")]
