"""Signed links by which an action is answered, printed or rehearsed without a login."""

ANSWER_LINK = "actions.answer"
"""Purpose of the signed link by which a mail is answered without a login: ids are the assignment and who acts on it."""

PAPER_LINK = "actions.paper"
"""Purpose of the signed link that shows a brief on paper: its ids are the assignment, and for the holder's own sheet the
holder, whose answer the code on it takes; else the assignment once more and the account whose copy it is."""

REHEARSAL_LINK = "actions.rehearsal"
"""Purpose of the signed link that shows the page of a rehearsal, which takes no answer: its ids are the rehearsal and who got it."""

TAKE_OVER_LINK = "actions.take_over"
"""Purpose of the signed link by which a neighbour answers whether they take an assignment over: its id is the question's."""
