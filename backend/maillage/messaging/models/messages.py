"""Everything that is sent."""

from typing import ClassVar

from django.db import models

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.messaging.domain import AttemptOutcome, Lane, MessageStatus, Reason, RecipientKind
from maillage.people.domain import Channel
from maillage.people.models import Person


class Message(models.Model):
    """One thing to be sent to one recipient: rendered when it leaves, from ids (decision 12).

    Its e-mail Message-ID derives from `id`, so a mail that leaves twice after a crash is one mail to its reader.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    lane = models.CharField(max_length=16, choices=Lane.choices)
    recipient_kind = models.CharField(max_length=8, choices=RecipientKind.choices)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    address = models.CharField(max_length=254, blank=True, help_text="of an office or a bare address; a person's is asked at send time")
    reply_to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=8)
    about_id = models.UUIDField(null=True, blank=True, help_text="the row that the purpose's renderer reads")
    secret = models.BinaryField(null=True, blank=True, help_text="encrypted, erased once sent: a sign-in code")
    status = models.CharField(max_length=8, choices=MessageStatus.choices, default=MessageStatus.QUEUED)
    refusal = models.CharField(max_length=32, blank=True, choices=Reason.choices, help_text="the gate's reason")
    queued_at = models.DateTimeField(default=now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "person", "about_id"],
                condition=models.Q(about_id__isnull=False, person__isnull=False),
                name="messaging_one_message_about",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "queued_at"], name="messaging_message_status"),
            models.Index(fields=["about_id"], condition=models.Q(about_id__isnull=False), name="messaging_message_about"),
        ]


class Attempt(models.Model):
    """One try to hand a message over, and what the other side answered."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=AttemptOutcome.choices)
    code = models.CharField(max_length=64, blank=True, help_text="the server's reply code or the exception's type; no address")


class Suppression(models.Model):
    """An address that is never written to again for a purpose (all when empty), kept as a salted hash."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address_hash = models.CharField(max_length=64)
    purpose = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "address_hash", "purpose"], name="messaging_one_suppression")]
