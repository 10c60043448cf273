"""How somebody signs in, told to them."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from maillage.accounts.models import AddressChange, Session, User
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


def kept_of(user: User) -> dict[str, Any]:
    """Return all that is kept of how a user signs in, for the file that they take away: no key, no code, no hash of either.

    Sessions and what browsers keep for them also stand here when they ended and were not swept yet.
    """
    security = security_of(user)
    roles = user.grants.select_related("area").order_by("starts_at", "pk")
    return {
        "email": user.email,
        "address_change": AddressChange.objects.filter(user=user).values("email", "asked_at", "ends_at").first(),
        "language": user.language,
        "created_at": user.created_at,
        "seen_at": user.seen_at,
        "has_password": security["has_password"],
        "authenticator_app": security["totp"],
        "passkeys": [{key: passkey[key] for key in ("name", "created_at", "last_used_at")} for passkey in security["passkeys"]],
        "recovery_codes": security["recovery_codes"],
        "sessions": list(user.sessions.order_by("started_at").values("browser", "system", "started_at", "seen_at")),
        "kept_in_browsers": list(user.vaults.order_by("made_at").values("made_at", "seen_on", "is_over")),
        "roles": [
            {"role": grant.role, "place": grant.area.called, "starts_at": grant.starts_at, "ends_at": grant.ends_at} for grant in roles
        ],
    }


def _instants(one: Authenticator) -> dict[str, Any]:
    return {"created_at": one.created_at, "last_used_at": one.last_used_at}
