"""Addresses that asked for silence: higher floors keep them, as hashes, and say which of some addresses are among them."""

from collections.abc import Callable, Collection

from maillage.people.domain.words import Channel

Silence = Callable[[Collection[str], str, Channel], Collection[str]]
"""Says which of these addresses or numbers are never to be reached for a purpose on a channel."""

SILENCES: dict[str, Silence] = {}
"""By the app's name, from its `apps.py`."""


def register_silence(name: str, silence: Silence) -> None:
    """Tell which addresses asked for silence. Raises ValueError on a second one of that name."""
    if name in SILENCES:
        raise ValueError(f"silence {name} is registered twice")
    SILENCES[name] = silence


def silent_among(values: Collection[str], *, purpose: str, channel: Channel) -> set[str]:
    """Return which of these addresses or numbers asked anybody for silence."""
    return {value for silence in SILENCES.values() for value in silence(values, purpose, channel)} if values else set()
