"""When one spoke with an office holder: what a register of interests asks, and what the next person should know."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.advocacy.domain import ContactKind, Initiative, ReadableBy, StepKind
from maillage.advocacy.models.office_holders import OfficeHolder
from maillage.advocacy.models.subjects import Subject
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.territories.models import Area


class Contact(models.Model):
    """One entry into communication with an office holder, from the request to the minutes.

    Its words are written to be read by the person they speak of. They change, and what stood is not kept: only that it was corrected.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    holder = models.ForeignKey(OfficeHolder, on_delete=models.PROTECT, related_name="contacts", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="the place for which they sat then")
    initiative = models.CharField(max_length=8, choices=Initiative.choices)
    kind = models.CharField(max_length=16, choices=ContactKind.choices)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts")
    decision = models.CharField(max_length=200, blank=True, help_text="the decision aimed at, where no subject says it")
    readable_by = models.CharField(max_length=16, choices=ReadableBy.choices)
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="nobody, of a report"
    )
    by_report = models.BooleanField(default=False, help_text="a report of a meeting wrote it, nobody by hand; erasure leaves this")
    logged_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1, help_text="grows with each change; a PATCH names the one it read")
    corrected_at = models.DateTimeField(null=True, blank=True)
    counts_on = models.DateField(null=True, blank=True, help_text="since when it is an entry into communication: `domain.counts_on`")
    latest_on = models.DateField(help_text="the day of its last step")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(subject__isnull=False) | ~Q(decision=""), name="advocacy_contact_aims_at_something")
        ]
        indexes = [
            models.Index(fields=["-latest_on", "-id"], name="advocacy_contact_newest"),
            models.Index(fields=["holder", "-latest_on", "-id"], name="advocacy_contact_latest"),
            models.Index(fields=["holder", "counts_on"], condition=Q(counts_on__isnull=False), name="advocacy_contact_counts"),
        ]


class ContactStep(models.Model):
    """Something that happened on a day of a contact, in the words of whoever wrote it."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=16, choices=StepKind.choices)
    on = models.DateField()
    words = models.CharField(max_length=1000, blank=True)
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")


class AnswerQuestion(models.Model):
    """Whoever logged a request is asked whether it was answered: after two weeks (1) and after three (2). What they say is a step."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="questions", db_index=False
    )  # the constraint begins with it
    number = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=now)
    was_answered = models.BooleanField(null=True, blank=True, help_text="null until they say")
    said_at = models.DateTimeField(null=True, blank=True)
    step = models.ForeignKey(
        ContactStep, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="what they said, while it stands there"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "number"], name="advocacy_one_answer_question"),
            models.CheckConstraint(
                condition=Q(was_answered__isnull=True, said_at__isnull=True) | Q(was_answered__isnull=False, said_at__isnull=False),
                name="advocacy_said_when_it_was_said",
            ),
        ]
