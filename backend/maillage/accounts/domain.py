"""Roles that a person can be granted in a place, and what `accounts/me/` asks of higher floors."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from maillage.accounts.models import User


class Role(models.TextChoices):
    """What a grant lets its holder be, in its area and wholly below: the closed list of decision 10."""

    RELAY = "relay", _("relay")
    STAND_IN = "stand_in", _("stand-in")
    ORGANISER = "organiser", _("organiser")
    TREASURER = "treasurer", _("treasurer")
    MODERATOR = "moderator", _("moderator")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data-protection officer")
    ADMINISTRATOR = "administrator", _("administrator")


HOLDERS = (Role.RELAY, Role.STAND_IN)
"""Roles that come with a seat."""

AboutMe = Callable[["User"], Mapping[str, Any] | None]
ABOUT_ME: dict[str, AboutMe] = {}
"""What higher floors say of the signed-in user in `accounts/me/`, by key; filled from their `apps.py`."""

DEMO_KINDS = {
    "supporter": _("supporter"),
    "relay": _("relay"),
    "department_organiser": _("department organiser"),
    "national_organiser": _("national organiser"),
    "administrator": _("administrator"),
}
"""What each demo account shows; their addresses are in the settings."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]", "testserver"})
"""Names by which only this machine is reached; the last is Django's test client."""


def demo_sign_in_trouble(*, settings_module: str, public_url: str, allowed_hosts: Iterable[str]) -> str:
    """Say why signing in as a demo account would be a danger here; empty when it is not (decision 16)."""
    if settings_module.rpartition(".")[2] == "production":
        return "demo sign-in meets production settings"
    if (host := urlsplit(public_url).hostname or "") not in LOOPBACK:
        return f"demo sign-in meets a public address ({host})"
    strangers = sorted(set(allowed_hosts) - LOOPBACK)
    return f"demo sign-in meets hosts that are not loopback ({', '.join(strangers)})" if strangers else ""
