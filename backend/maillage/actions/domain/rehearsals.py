"""How often, and with how many, a brief is rehearsed."""

from datetime import timedelta

COLLEAGUES_MOST = 5
"""To how many, beside whoever rehearses, a rehearsal goes at once."""

REHEARSALS_AN_HOUR = 6
"""How many rehearsals one organiser sends within an hour."""

REHEARSAL_OPENS = timedelta(days=14)
"""How long the link of a rehearsal opens its page."""
