"""Addresses that are never written to again."""

from maillage.kernel.sealing import keyed_hash
from maillage.messaging.models import Suppression
from maillage.people.domain import Channel


def address_hash(address: str) -> str:
    """Hash an address as suppressions keep it; case and outer spaces do not count."""
    return keyed_hash(address.strip().lower(), purpose="suppression")


def is_suppressed(address: str, *, purpose: str, channel: Channel = Channel.EMAIL) -> bool:
    """Say whether an address asked for silence on a purpose, or on all."""
    return Suppression.objects.filter(channel=channel, address_hash=address_hash(address), purpose__in=["", purpose]).exists()
