"""The user of a request, with what every request asks of them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from maillage.accounts.domain import GUARDED
from maillage.accounts.models import Grant, User
from maillage.kernel.clock import now


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, which also reads in the same statement whether a role asks for a second factor."""

    def get_user(self, user_id: Any) -> User | None:
        """Return an active user; None signs the session out."""
        guarded = Grant.objects.filter(user=OuterRef("pk"), role__in=GUARDED).running(now())
        user = User.objects.filter(pk=user_id, is_active=True).annotate(is_guarded=Exists(guarded)).first()
        if user is not None:
            user.holds_guarded_role = user.is_guarded
        return user
