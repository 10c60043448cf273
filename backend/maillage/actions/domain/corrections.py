"""Words of a launched brief corrected."""

from dataclasses import dataclass

CHANGED_MOST = 280
"""Letters of the sentence that says what changed."""


@dataclass(frozen=True)
class CorrectionPreview:
    """Whom a correction would tell now: who acts and opened an older version, `by_mail`; whom a human brought it, `by_hand` again.

    `unopened`: who acts and has not opened it yet: they read the new words. `unreached`: who read the old ones and whom nothing
    reaches, or who wants no more of it.
    """

    by_mail: int
    by_hand: int
    unopened: int
    unreached: int
