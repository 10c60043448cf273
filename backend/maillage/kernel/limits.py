"""How often something may happen to one address, whoever asks: counted in rows, which a lost Redis does not take away."""

from datetime import datetime, timedelta

from django.core.cache import cache

from maillage.kernel.sealing import HASHED, keyed_hashes


def happens_at_most(what: str, *, to: str, most: int, over: timedelta, now: datetime) -> bool:
    """Count that something happens to an address, and say whether it still may; one that may not is not counted.

    The instants of the last `most` times are kept under a keyed hash, for as long as they count, also when SECRET_KEY is changed.
    Two at the same instant may both be let through.
    """
    lately = _lately(what, to=to, over=over, now=now)
    if len(lately) >= most:
        return False
    cache.set(_keys(what, to)[0], [*lately, now], timeout=over.total_seconds())
    return True


def has_happened(what: str, *, to: str, times: int, over: timedelta, now: datetime) -> bool:
    """Say whether something happened to an address so many times already; nothing is counted."""
    return len(_lately(what, to=to, over=over, now=now)) >= times


def happens_with_few(what: str, *, to: str, whom: str, most: int, over: timedelta, now: datetime) -> bool:
    """Say whether something still may happen to an address with this one: with at most so many different ones in that time.

    Whom it happened with is kept under a keyed hash, beside the instant of the first time. The same is read and written whoever it is.
    """
    keys = _keys(what, to)
    kept = cache.get_many(keys)
    known: dict[str, datetime] = next((kept[key] for key in keys if key in kept), {})
    lately = {mark: first for mark, first in known.items() if first > now - over}
    marks = keyed_hashes(whom, purpose=what)
    is_one = any(mark in lately for mark in marks) or len(lately) < most
    if is_one and not any(mark in lately for mark in marks):
        lately[marks[0]] = now
    cache.set(keys[0], lately, timeout=over.total_seconds())
    return is_one


def forget_how_often(what: str, *, to: str) -> None:
    """Begin to count anew: whose address it is wanted what happened."""
    cache.delete_many(_keys(what, to))


def _lately(what: str, *, to: str, over: timedelta, now: datetime) -> list[datetime]:
    keys = _keys(what, to)
    kept = cache.get_many(keys)
    counted = next((kept[key] for key in keys if key in kept), ())
    return [instant for instant in counted if instant > now - over]


def _keys(what: str, to: str) -> list[str]:
    """Name the line of an address, under the present key, then the names that it had under the former ones."""
    return [f"{HASHED}limit:{what}:{hashed}" for hashed in keyed_hashes(to, purpose=what)]
