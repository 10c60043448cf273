"""The link in a mail that stops its kind."""

from datetime import timedelta

STOP_LINK = "messaging.stop"
"""The salt of its token: ids are the message and the mailbox that received it."""

STOP_KEPT = timedelta(days=3 * 365)
"""How long the link in a mail stops its kind: as long as people may be kept without a sign of theirs (three years)."""
