"""Roles that a person can be granted in a place, and what `accounts/me/` asks of higher floors."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
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

GUARDED = tuple(role for role in Role if role not in HOLDERS)
"""Roles that open nothing in a session where no second factor was proved (ADR 15)."""


class SecondFactor(models.TextChoices):
    """Where a session stands with the second factor that a guarded role asks for."""

    OPTIONAL = "optional", _("no role of yours asks for one")
    TO_SET_UP = "to_set_up", _("a role of yours asks for one, and you have none yet")
    TO_PROVE = "to_prove", _("a role of yours asks for one, and this session has not proved it")
    PROVED = "proved", _("proved in this session")


class Way(models.TextChoices):
    """How somebody can prove once more that it is they."""

    PASSKEY = "passkey", _("passkey")
    TOTP = "totp", _("authenticator app")
    PASSWORD = "password", _("password")
    CODE = "code", _("code by mail")


CHANGE_LASTS = timedelta(days=1)
"""How long another address waits for its confirmation."""

PROOF_LASTS = timedelta(minutes=15)
"""How long after a proof what asks for a recent one is open."""

RECORDS = Sequence[Mapping[str, Any]]
"""What a session proved so far, as allauth keeps it: `method`, `at` (seconds), and for a factor its `type`."""

DEMO_METHOD = "demo"
"""The method that the one click of a demonstration writes down."""

AboutMe = Callable[["User"], Mapping[str, Any] | None]
ABOUT_ME: dict[str, AboutMe] = {}
"""What higher floors say of the signed-in user in `accounts/me/`, by key; filled from their `apps.py`."""

HOUSE_NAME: list[Callable[[], str]] = [lambda: "Maillage"]
"""How authenticator apps and passkeys name this installation: the last one counts, which people adds from its `apps.py`."""

DEMO_KINDS = {
    "supporter": _("supporter"),
    "relay": _("relay"),
    "department_organiser": _("department organiser"),
    "national_organiser": _("national organiser"),
    "treasurer": _("treasurer"),
    "administrator": _("administrator"),
    "data_protection_officer": _("data-protection officer"),
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


DEVICE = "maillage_device"
"""Where a session keeps the names of its browser and system, given by `device_of` when it began."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> tuple[str, str]:
    """Name the browser and the system of a client in words that its owner knows; empty where none is recognised.

    The first that holds, since browsers claim to be one another: Edge says Chrome, Chrome says Safari.
    """
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    return browser, next((name for mark, name in SYSTEMS if mark in user_agent), "")
