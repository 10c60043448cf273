"""What a person agreed to: an append-only log and the state that it leaves (decision 13)."""

from typing import ClassVar

import pgtrigger
from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.domain import Channel, ConsentAct
from maillage.people.models.persons import Person


class Controller(models.Model):
    """Who answers in law for the data that a consent covers; one row, the organisation (decision 1)."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, unique=True)


class Consent(models.Model):
    """A person gave or withdrew consent for a purpose on a channel, at an instant, having read a wording.

    Append-only: the database refuses UPDATE and DELETE. No name, address, text or IP stands here (decision 8).
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField(help_text="a person's id; no foreign key, so that the log outlives the row")
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    act = models.CharField(max_length=16, choices=ConsentAct.choices)
    wording = models.CharField(max_length=64, help_text="version of the text that the person read")
    source = models.CharField(max_length=64, help_text="the form or link, by name")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_id", "purpose", "channel", "-id"], name="people_consent_latest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class ConsentState(models.Model):
    """What the log says now, for one person, purpose and channel; written with it, checked against it nightly."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents", db_index=False)  # one below begins with it
    purpose = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    is_given = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "purpose", "channel"], name="people_one_consent_state")]
        indexes = [models.Index(fields=["purpose", "channel", "person"], condition=models.Q(is_given=True), name="people_consent_given")]
