"""Who wants to take part around a place without holding its seat."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.relays.models.seats import Seat
from maillage.territories.models import Area


class Joining(models.Model):
    """Somebody joins a place as a volunteer: typed into a form, and theirs once they confirmed it from their own mailbox.

    It says that they came, when and to which place. Who may contact them is said by their consents, and nowhere else.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="joinings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="joinings")
    locality = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the commune that they chose",
    )
    wordings = ArrayField(models.CharField(max_length=64), default=list, help_text="versions of the texts ticked; recorded when confirmed")
    is_of_age = models.BooleanField(default=False, help_text="said on the form that they may agree alone (15 in France); no birth date")
    created_at = models.DateTimeField(default=now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], condition=Q(confirmed_at__isnull=True), name="relays_joining_unconfirmed"),
        ]
