"""How often something may happen to one address, whoever asks: counted in rows, which a lost Redis does not take away."""

from datetime import datetime, timedelta

from django.core.cache import cache

from maillage.kernel.sealing import keyed_hash


def happens_at_most(what: str, *, to: str, most: int, over: timedelta, now: datetime) -> bool:
    """Count that something happens to an address, and say whether it still may; one that may not is not counted.

    The instants of the last `most` times are kept under a keyed hash, for as long as they count. Two at the same instant may
    both be let through.
    """
    key = _key(what, to)
    lately = [instant for instant in cache.get(key, ()) if instant > now - over]
    if len(lately) >= most:
        return False
    cache.set(key, [*lately, now], timeout=over.total_seconds())
    return True


def forget_how_often(what: str, *, to: str) -> None:
    """Begin to count anew: whose address it is wanted what happened."""
    cache.delete(_key(what, to))


def _key(what: str, to: str) -> str:
    return f"limit:{what}:{keyed_hash(to, purpose=what)}"
