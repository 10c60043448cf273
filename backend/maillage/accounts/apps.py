from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import checks


class AccountsConfig(AppConfig):
    name = "maillage.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hook into the framework: the check that guards demo sign-in, and Django's news that somebody signed in or out."""
        checks.register(no_demo_sign_in_outside, "accounts")
        user_logged_in.connect(note_sign_in, dispatch_uid="accounts.note_sign_in")
        user_logged_out.connect(note_sign_out, dispatch_uid="accounts.note_sign_out")


def no_demo_sign_in_outside(app_configs: Any, **_: Any) -> list[checks.CheckMessage]:
    """Stop the start when anyone could sign in as a demo account from elsewhere (decision 16)."""
    from django.conf import settings

    from maillage.accounts.selectors import demo_trouble

    trouble = demo_trouble() if settings.DEMO_SIGN_IN else ""
    hint = "Demo sign-in belongs to the local settings, on addresses of this machine only."
    return [checks.Error(trouble, hint=hint, id="accounts.E001")] if trouble else []


def note_sign_in(sender: Any, request: Any, user: Any, **_: Any) -> None:
    """Signing in is a sign of life; the list of sessions says on what."""
    from maillage.accounts import services
    from maillage.accounts.domain import DEVICE, device_of
    from maillage.kernel.clock import now

    request.session[DEVICE] = device_of(request.META.get("HTTP_USER_AGENT", ""))
    services.note_sign_in(user_id=user.pk, now=now())


def note_sign_out(sender: Any, request: Any, user: Any, **_: Any) -> None:
    """What was asked for in a session ends with it."""
    from maillage.accounts import services

    public_id = getattr(request.session, "public_id", None)
    if user is not None and public_id is not None:
        services.note_sign_out(user_id=user.pk, public_id=public_id)
