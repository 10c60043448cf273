"""Networks and their seats."""

from typing import ClassVar

from django.db import models

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.territories.models import Area, AreaKind


class RelayNetwork(models.Model):
    """A campaign's net over a territory: one seat for each area of one kind and cut."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=64, unique=True)
    country = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="the territory that it covers")
    kind = models.ForeignKey(
        AreaKind,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="of the areas that have a seat; null: those that bear seats",
    )
    default_language = models.CharField(max_length=8, default="fr")
    opens_at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField(null=True, blank=True)


class RelayNetworkText(models.Model):
    """A network's name and purpose in one language."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    network = models.ForeignKey(RelayNetwork, on_delete=models.CASCADE, related_name="texts", db_index=False)  # one below begins with it
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    office = models.CharField(
        max_length=80, blank=True, help_text="whom its relays meet, as one says it after 'your': senator; empty: member of parliament"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "language"], name="relays_one_network_text")]


class Seat(models.Model):
    """The place of one accountable person for one area in a network. Its state is derived, never stored."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    network = models.ForeignKey(RelayNetwork, on_delete=models.CASCADE, related_name="seats", db_index=False)  # one below begins with it
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "area"], name="relays_one_seat_an_area")]
