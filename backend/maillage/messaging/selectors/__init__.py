"""Reads of messaging."""

from maillage.messaging.selectors.suppressions import address_hash, is_suppressed

__all__ = ["address_hash", "is_suppressed"]
