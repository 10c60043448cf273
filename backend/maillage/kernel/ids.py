"""Ids of what the API names: UUIDv7 (RFC 9562, section 5.7), which sort by the instant they were made."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """Make a UUIDv7 from the wall clock in milliseconds and 74 random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76  # version
    value = value & ~(0x3 << 62) | 0x2 << 62  # variant
    return UUID(int=value)


def read_uuid(text: str) -> UUID | None:
    """Read an id from an address; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
