"""Ids of what the API names: UUIDv7 (RFC 9562, section 5.7), which sort by the instant they were made."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """Make a UUIDv7: 48 bits of the wall clock in milliseconds, 12 of the fraction of one, 62 at random.

    The fraction (section 6.2, method 3) keeps the rows of one bulk insert in the order in which they were made.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = (nanoseconds << 12) // 1_000_000
    random = int.from_bytes(os.urandom(8)) >> 2
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | random)


UUID7 = """encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
    FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid"""
"""The same as an expression of PostgreSQL, for rows that a statement makes by the thousand."""


def read_uuid(text: str) -> UUID | None:
    """Read an id from an address; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
