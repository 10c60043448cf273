"""Who opened which version of a brief."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.actions.domain import Way
from maillage.actions.models.actions import Action
from maillage.kernel.fates import Erasure, Fate
from maillage.people.models import Person
from maillage.relays.models import Seat


class Opening(models.Model):
    """Somebody opened the brief of a seat: which version, where, when. Written, never changed; it goes after thirteen months.

    `user` stands for who organises and is no person of the files (an appointed address).
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.BigAutoField(primary_key=True)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="openings", db_index=False)  # one below begins with it
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(help_text="of the action, when it was opened")
    way = models.CharField(max_length=16, choices=Way.choices)
    opened_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, user__isnull=True) | Q(person__isnull=True, user__isnull=False),
                name="actions_opening_has_a_reader",
            )
        ]
        indexes = [models.Index(fields=["action", "seat", "person", "version"], name="actions_opening_of_seat")]
        triggers = [pgtrigger.ReadOnly(name="as_it_was_opened", exclude=["person"])]  # records of one person are joined
