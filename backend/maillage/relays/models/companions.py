"""Who welcomes newcomers, and who accompanies whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import ContactPoint, Person
from maillage.relays.domain import MOST_COMPANIONS, OPEN_COMPANION, CompanionKind, CompanionStatus
from maillage.relays.models.terms import Term
from maillage.territories.models import Area


class Welcome(models.Model):
    """A person agreed to welcome newcomers: as what, how many at once, and by which of their contacts.

    The agreement itself is a Consent; this row is what was chosen with it. `ended_at`: it was taken back.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="welcome")
    contact = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="+", help_text="what newcomers see")
    as_facilitator = models.BooleanField()
    as_buddy = models.BooleanField()
    places = models.PositiveSmallIntegerField(help_text="how many newcomers at once")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1, places__lte=MOST_COMPANIONS), name="relays_welcome_places"),
            models.CheckConstraint(condition=Q(as_facilitator=True) | Q(as_buddy=True), name="relays_welcome_as_something"),
        ]


class Companion(models.Model):
    """A facilitator or buddy of a newcomer, from the offer on: `person` accompanies the holder of `term`.

    Neither sees the other's name before both said yes. `place` is where the companion is relay, or what they organise.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="companions")
    kind = models.CharField(max_length=16, choices=CompanionKind.choices)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="accompanies")
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, choices=CompanionStatus.choices, default=CompanionStatus.OFFERED)
    newcomer_contact = models.ForeignKey(
        ContactPoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="what the companion sees"
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "kind"], condition=Q(status__in=OPEN_COMPANION), name="relays_one_companion_of_a_kind"),
            models.UniqueConstraint(fields=["term", "person"], condition=Q(status__in=OPEN_COMPANION), name="relays_one_companionship"),
            models.CheckConstraint(
                condition=~Q(status=CompanionStatus.RUNNING) | Q(asked_at__isnull=False, agreed_at__isnull=False),
                name="relays_companions_both_said_yes",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN_COMPANION, ended_at__isnull=True) | Q(ended_at__isnull=False), name="relays_companion_ended"
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(status__in=OPEN_COMPANION), name="relays_companion_open")]
