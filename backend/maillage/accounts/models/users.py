"""Who signs in."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail; nobody has a user name."""

    def create_user(self, email: str, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_unusable_password()
        user.save()
        return user


class User(AbstractBaseUser):
    """Someone who can sign in: an e-mail address and what signing in needs, nothing else (decision 9).

    The address is kept in lower case, by constraint, so that uniqueness means what people mean by it.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    language = models.CharField(max_length=8, default="fr")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now, editable=False)
    last_login = None  # `seen_at` says it
    seen_at = models.DateTimeField(null=True, blank=True, help_text="last sign of life: sign-in, answer, report; never a mail open")

    holds_guarded_role: bool | None = None
    """Whether a role of theirs asks for a second factor; the authentication backend says it of a request's user."""

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="accounts_email_in_lower_case")]

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def notice_life(self, *, at: datetime) -> bool:
        """Move the last sign of life forward, never back; say whether it moved."""
        if self.seen_at is not None and self.seen_at >= at:
            return False
        self.seen_at = at
        return True
