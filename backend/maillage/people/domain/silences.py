"""Addresses that asked for silence: higher floors keep them, as hashes, and say which of some addresses are among them."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

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


KeepRefusals = Callable[[UUID, Collection[str], datetime], None]
"""Keeps what a person refused with addresses and numbers that they part with, so that no older file brings them back."""

KEEPERS: dict[str, KeepRefusals] = {}
"""By the app's name, from its `apps.py`."""


def register_keeper(name: str, keep: KeepRefusals) -> None:
    """Say how refusals are kept without their person. Raises ValueError on a second one of that name."""
    if name in KEEPERS:
        raise ValueError(f"keeper {name} is registered twice")
    KEEPERS[name] = keep


def keep_refusals(person_id: UUID, values: Collection[str], now: datetime) -> None:
    """Let addresses and numbers that a person parts with say what that person refused."""
    for keep in KEEPERS.values():
        keep(person_id, values, now)


def silent_among(values: Collection[str], *, purpose: str, channel: Channel) -> set[str]:
    """Return which of these addresses or numbers asked anybody for silence."""
    return {value for silence in SILENCES.values() for value in silence(values, purpose, channel)} if values else set()
