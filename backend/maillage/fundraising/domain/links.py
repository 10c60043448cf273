"""Signed links to what somebody gave (decision 15): what each is for, and how long it opens."""

from datetime import timedelta

DONATION_LINK = "fundraising.donation"
"""Follows one donation; says its amount and state, never a name or a card."""

DONATION_LINK_LASTS = timedelta(days=550)
"""Long enough to find the receipt when the tax of the year after is declared: from January to the next year's June."""

MONTHLY_LINK = "fundraising.monthly"
"""A donor's own page of a monthly donation: whoever holds it may pause, go on or stop; it shows no name, amount or card."""

MONTHLY_LINK_LASTS = timedelta(days=400)
"""Each mail about it brings a new one; a year is longer than the longest pause that ends by itself."""

UNDO_LINK = "fundraising.monthly_undo"
"""Undoes one change of a monthly donation; goes to its donor alone, in the mail that tells the change."""

CONFIRM_LINK = "fundraising.monthly_confirm"
"""Leads a donor to their bank, which wants to hear from them before it pays an instalment."""

CONFIRM_LINK_LASTS = timedelta(days=30)
"""Until then the next instalment is due, and the bank asks again."""

PROOF_LINK = "fundraising.proof"
"""Says in the body of a form that whoever sends it proved an address; its row says which, and how long."""

MONTHLY_PROOF_LINK = "fundraising.monthly_proof"
"""Kept by the browser of a donor who typed the code that came to their mailbox: until it ends, their page shows all and changes all."""

MONTHLY_PROOF_LASTS = timedelta(minutes=30)

ADDRESS_LINK = "fundraising.address"
"""Asks whoever was thanked whether the address is theirs; the id is the Donor."""

ADDRESS_LINK_LASTS = timedelta(days=90)
"""Whoever does not look at their mail for a season is asked with their next donation."""

FORGOTTEN_AFTER = timedelta(days=7)
"""How long an address that somebody denied is kept: whoever holds a forwarded mail can deny it, and its owner can undo that."""

PAGE_LINK = "fundraising.page"
"""Leads the owner of a page to where they look after it, without login."""

PAGE_LINK_LASTS = timedelta(days=400)
"""Each mail about it brings a new one."""

PAGE_OPEN_LINK = "fundraising.page_open"
"""Confirms a page from its owner's mailbox: ids are the page and the contact point."""

PAGE_NOTES_LINK = "fundraising.page_notes"
"""Lets whoever gave on a page refuse further notes of its owner: the id is that of their message."""

PAGE_NOTES_LINK_LASTS = timedelta(days=400)
"""As long as the other links about a donation."""

YEAR_LINK = "fundraising.year"
"""Shows what was given in a year from one address; it goes to that mailbox alone, and names nobody."""

YEAR_LINK_LASTS = timedelta(days=365 * 4)
"""As long as the tax office may ask."""
