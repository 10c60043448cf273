"""Who works for an office holder: for the time of the mandate, by what their office says of them."""

from django.utils.translation import gettext as _

NAME_MOST = 100
ROLE_MOST = 120
STAFF_MOST = 20
"""How many one mandate has."""

_PRIVATE = frozenset(
    f"{name}.{end}"
    for name, ends in {
        "gmail": "com",
        "googlemail": "com",
        "icloud": "com",
        "me": "com",
        "yahoo": "com fr",
        "hotmail": "com fr",
        "live": "com fr",
        "outlook": "com fr",
        "proton": "me",
        "protonmail": "com",
        "orange": "fr",
        "wanadoo": "fr",
        "free": "fr",
        "sfr": "fr",
        "laposte": "net",
        "gmx": "com fr net",
    }.items()
    for end in ends.split()
)
"""Where people have addresses of their own."""


def staff_troubles(*, name: str, role: str, office_email: str) -> dict[str, list[str]]:
    """Say what is wrong with what is noted of somebody, by field; empty when nothing is."""
    troubles: dict[str, list[str]] = {}
    if not 0 < len(name.strip()) <= NAME_MOST:
        troubles["name"] = [_("Give their name, of at most 100 letters.")]
    if not 0 < len(role.strip()) <= ROLE_MOST:
        troubles["role"] = [_("Say in at most 120 letters what they do there.")]
    if office_email.rpartition("@")[2].lower() in _PRIVATE:
        troubles["office_email"] = [_("This is a private address. Note the one of their office, or none.")]
    return troubles
