"""How a seat's people are asked to agree to the charter."""

from datetime import timedelta

CHARTER_LINK = "relays.charter"
"""Purpose of the signed link to the page on which one person reads the charter and agrees to it: the id is the person."""

CHARTER_LINK_LASTS = timedelta(days=60)

CHARTER_AGAIN = timedelta(days=1)
"""How long an applicant who was sent the charter is left in peace."""

REMIND_AGAIN = timedelta(days=7)
"""How long a holder who was asked or reminded to agree is left in peace."""
