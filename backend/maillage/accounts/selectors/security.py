"""How somebody signs in, told to them."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from maillage.accounts.models import Session, User
from maillage.accounts.selectors.proofs import ways_open_to


def security_of(user: User) -> dict[str, Any]:
    """Return a user's factors, whether they have a password, and the ways in which they prove themselves."""
    kept: dict[str, list[Authenticator]] = {}
    for one in Authenticator.objects.filter(user=user).order_by("created_at", "pk"):
        kept.setdefault(one.type, []).append(one)
    apps, codes = (kept.get(kind, []) for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES))
    return {
        "has_password": user.has_usable_password(),
        "totp": _instants(apps[0]) if apps else None,
        "passkeys": [{"id": one.pk, "name": one.wrap().name, **_instants(one)} for one in kept.get(Authenticator.Type.WEBAUTHN, [])],
        "recovery_codes": {"total": len(codes[0].wrap().generate_codes()), "unused": len(codes[0].wrap().get_unused_codes())}
        if codes
        else None,
        "ways": [str(way) for way in ways_open_to(user)],
    }


def sessions_of(user: User, *, key: str | None, now: datetime) -> list[dict[str, Any]]:
    """Return the running sessions of a user, the last used first; `key` is the one that asks."""
    rows = Session.objects.filter(user=user, expire_date__gt=now).order_by("-seen_at", "-started_at")
    return [
        {
            "id": row.public_id,
            "browser": row.browser,
            "system": row.system,
            "started_at": row.started_at,
            "seen_at": row.seen_at,
            "is_this_one": row.session_key == key,
        }
        for row in rows
    ]


def _instants(one: Authenticator) -> dict[str, Any]:
    return {"created_at": one.created_at, "last_used_at": one.last_used_at}
