"""Reads of messaging."""

from maillage.messaging.selectors.suppressions import address_hash, is_suppressed, suppressed_among

__all__ = ["address_hash", "is_suppressed", "suppressed_among"]
