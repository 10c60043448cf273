"""Words of a launched brief corrected."""

from dataclasses import dataclass

CHANGED_MOST = 280
"""Letters of the sentence that says what changed."""


@dataclass(frozen=True)
class CorrectionPreview:
    """Whom a correction would tell now: who acts and got or opened an older version, `by_mail`; whom a human brought it, `by_hand` again.

    `unread`: who acts and neither got nor opened it yet: they read the new words. `unreached`: who has the old ones and whom
    nothing reaches, or who wants no more of it.
    """

    by_mail: int
    by_hand: int
    unread: int
    unreached: int
