"""Signed links to what somebody gave (decision 15): what each is for, and how long it opens."""

from datetime import timedelta

DONATION_LINK = "fundraising.donation"
"""Follows one donation; says its amount and state, never a name or a card."""

DONATION_LINK_LASTS = timedelta(days=400)
"""Long enough to find the receipt when the tax of the year after is declared."""
