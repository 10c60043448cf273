"""Codes by which somebody shows that an address is theirs."""

from typing import ClassVar

from django.db import models

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class AddressProof(models.Model):
    """Somebody asks to prove an address: a code was mailed there, or their session proves it.

    It stands for an hour at most, says nothing of who is known, and is forgotten then. The code goes when it was right.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mark = models.CharField(max_length=64, help_text="keyed hash of the address, by which it is found")
    address = models.BinaryField(help_text="sealed")
    code = models.BinaryField(null=True, blank=True, help_text="sealed; gone once it was right")
    tries = models.PositiveSmallIntegerField(default=0, help_text="wrong codes that were typed for this address since")
    made_at = models.DateTimeField(default=now, editable=False)
    proved_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["mark"], name="fundraising_proof_mark"),
            models.Index(fields=["ends_at"], name="fundraising_proof_ends"),
        ]
