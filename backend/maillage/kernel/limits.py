"""How often something may happen to one address, whoever asks: counted in rows, which a lost Redis does not take away."""

from datetime import datetime, timedelta

from django.core.cache import cache

from maillage.kernel.sealing import HASHED, keyed_hashes


def happens_at_most(what: str, *, to: str, most: int, over: timedelta, now: datetime) -> bool:
    """Count that something happens to an address, and say whether it still may; one that may not is not counted.

    The instants of the last `most` times are kept under a keyed hash, for as long as they count, also when SECRET_KEY is changed.
    Two at the same instant may both be let through.
    """
    keys = _keys(what, to)
    kept = cache.get_many(keys)
    counted = next((kept[key] for key in keys if key in kept), ())
    lately = [instant for instant in counted if instant > now - over]
    if len(lately) >= most:
        return False
    cache.set(keys[0], [*lately, now], timeout=over.total_seconds())
    return True


def forget_how_often(what: str, *, to: str) -> None:
    """Begin to count anew: whose address it is wanted what happened."""
    cache.delete_many(_keys(what, to))


def _keys(what: str, to: str) -> list[str]:
    """Name the line of an address, under the present key, then the names that it had under the former ones."""
    return [f"{HASHED}limit:{what}:{hashed}" for hashed in keyed_hashes(to, purpose=what)]
