"""Which role a user holds in which place."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from maillage.accounts.domain import Role
from maillage.accounts.models.users import User
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.territories.models import Area


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants, by instant."""

    def running(self, now: datetime) -> "GrantQuerySet":
        """Keep those that have begun and not ended."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now)


class Grant(models.Model):
    """A user holds a role in an area and wholly below it, from an instant to another (decision 10).

    `origin` says why: `term:<id>`, `appointed:<user id>`, `installation`, `demo`.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32, choices=Role.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Grant"]] = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="accounts_grant_ends_after_start"
            ),
            models.UniqueConstraint(fields=["user", "role", "area", "origin"], name="accounts_one_grant"),
        ]
        indexes = [
            models.Index(fields=["user", "role"], name="accounts_grant_user"),
            models.Index(fields=["area", "role"], name="accounts_grant_area"),
            models.Index(fields=["origin"], name="accounts_grant_origin"),
        ]

    def is_running(self, now: datetime) -> bool:
        """Say whether the role is held at this instant."""
        return self.starts_at <= now and (self.ends_at is None or self.ends_at > now)
