"""Small secrets at rest: unreadable without the installation's key."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

HASHED = "hashed:"
"""So begins the name of a line of the cache in which `keyed_hash` stands for what nobody may read there."""


def seal(text: str) -> bytes:
    """Encrypt a text with a key derived from SECRET_KEY."""
    return _keys(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).encrypt(text.encode())


def unseal(sealed: bytes | str) -> str:
    """Decrypt what `seal` made, with the present key or a former one. Raises: ValueError for anything else."""
    try:
        return _keys(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).decrypt(sealed).decode()
    except InvalidToken:
        raise ValueError("not sealed with a key of this installation") from None


def keyed_hash(text: str, *, purpose: str) -> str:
    """Hash a text so that who lacks SECRET_KEY cannot guess it back; 64 hexadecimal digits, the same each time."""
    return _hash(text, purpose, settings.SECRET_KEY)


def keyed_hashes(text: str, *, purpose: str) -> list[str]:
    """Hash a text as `keyed_hash` does and did: under the present key, then under the former ones, by which it may have been kept."""
    return [_hash(text, purpose, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _hash(text: str, purpose: str, secret: str) -> str:
    key = hashlib.sha256(f"maillage.{purpose}:{secret}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """Name a line of the cache, so that the address or network in its name cannot be read there (Django's KEY_FUNCTION).

    What stands in a name that begins with `HASHED` cannot be read: it stays as it is, so that it is found when SECRET_KEY is changed.
    """
    if key.startswith(HASHED):
        return f"{key_prefix}:{version}:{key}"
    return keyed_hash(f"{key_prefix}:{version}:{key}", purpose="cache")


@lru_cache(maxsize=4)
def _keys(present: str, former: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derive(key)) for key in (present, *former)])


def _derive(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"maillage.sealing:{secret}".encode()).digest())
