"""Signed links by which an action is answered or printed without a login."""

ANSWER_LINK = "actions.answer"
"""Purpose of the signed link by which a mail is answered without a login: ids are the assignment and its holder."""

PAPER_LINK = "actions.paper"
"""Purpose of the signed link that shows a brief on paper: its ids are the assignment, and for the holder's own sheet the
holder, whose answer the code on it takes."""
