"""Addresses that are never written to again."""

from collections.abc import Collection
from datetime import datetime

from maillage.kernel.sealing import keyed_hash, keyed_hashes
from maillage.messaging.models import Suppression
from maillage.people.domain import Channel

LEFT_BEHIND = "erased"
"""Why an address is suppressed of which somebody who is erased had refused a purpose."""


def address_hash(address: str) -> str:
    """Hash an address as suppressions keep it; case and outer spaces do not count."""
    return keyed_hash(address.strip().lower(), purpose="suppression")


def address_hashes(address: str) -> list[str]:
    """Hash an address as suppressions keep it, or kept it before SECRET_KEY was changed."""
    return keyed_hashes(address.strip().lower(), purpose="suppression")


def is_suppressed(address: str, *, purpose: str, channel: Channel = Channel.EMAIL, of_somebody: bool = False) -> bool:
    """Say whether an address asked for silence on a purpose, or on all.

    `of_somebody`: it is asked for a person, whose own yes or no counts, not what somebody erased had refused there.
    """
    asked = Suppression.objects.filter(channel=channel, address_hash__in=address_hashes(address), purpose__in=["", purpose])
    return (asked.exclude(reason=LEFT_BEHIND) if of_somebody else asked).exists()


def noted_among(addresses: Collection[str], *, purpose: str, reason: str, since: datetime | None = None) -> set[str]:
    """Return which of these addresses are noted under a purpose for a reason (since an instant); one query."""
    hashes = _by_hash(addresses)
    noted = Suppression.objects.filter(channel=Channel.EMAIL, purpose=purpose, reason=reason, address_hash__in=hashes)
    if since is not None:
        noted = noted.filter(at__gt=since)
    return {hashes[found] for found in noted.values_list("address_hash", flat=True)}


def suppressed_among(addresses: Collection[str], purpose: str, channel: Channel, *, of_somebody: bool = False) -> set[str]:
    """Return which of these addresses asked for silence on a purpose, or on all; two queries, for any number of them.

    `of_somebody`: as for `is_suppressed`.
    """
    asked = Suppression.objects.filter(channel=channel, purpose__in=["", purpose])
    if of_somebody:
        asked = asked.exclude(reason=LEFT_BEHIND)
    if not asked.exists():
        return set()
    hashes = _by_hash(addresses)
    return {hashes[found] for found in asked.filter(address_hash__in=hashes).values_list("address_hash", flat=True)}


def _by_hash(addresses: Collection[str]) -> dict[str, str]:
    return {hashed: address for address in addresses for hashed in address_hashes(address)}
