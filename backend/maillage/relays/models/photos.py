"""What a relay shows of themself."""

from typing import ClassVar

from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person


class RelayPhoto(models.Model):
    """The photo that somebody who holds a seat shows on its public page, by their own choice: a small JPEG drawn by us.

    The agreement itself is a Consent. The row goes with it, and with the last term: there is no file besides, and nothing
    to be forgotten elsewhere. Another photo is another row, so that an address shows one picture or none.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="relay_photo")
    jpeg = models.BinaryField()
    shown_since = models.DateTimeField()
