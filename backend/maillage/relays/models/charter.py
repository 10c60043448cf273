"""What a network asks of whoever will hold a seat, and who was asked to read its charter."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import DocumentVersion, Person
from maillage.relays.models.seats import RelayNetwork


class RequiredQualification(models.Model):
    """A network asks for a qualification, by its code, before somebody holds a seat of it."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    network = models.ForeignKey(RelayNetwork, on_delete=models.CASCADE, related_name="required", db_index=False)  # one below begins with it
    code = models.SlugField(max_length=64)
    required_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "code"], name="relays_one_requirement_a_code")]


class RequiredQualificationText(models.Model):
    """What a required qualification is called in one language."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    required = models.ForeignKey(RequiredQualification, on_delete=models.CASCADE, related_name="texts", db_index=False)
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["required", "language"], name="relays_one_requirement_text")]


class CharterRequest(models.Model):
    """Somebody was asked by one mail to read a version of the charter and to agree to it: before they hold a seat, or anew."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="charter_requests")
    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="+", db_index=False)  # one below begins with it
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="nobody: the adoption"
    )

    class Meta:
        indexes = [models.Index(fields=["version", "person", "sent_at"], name="relays_charter_request")]
