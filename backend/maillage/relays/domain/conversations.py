"""Words and rules of writing to whoever answers for a place."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConversationStatus(models.TextChoices):
    """Whose turn it is when somebody from outside writes to whoever answers for a place."""

    UNCONFIRMED = "unconfirmed", _("waiting for its confirming mail")
    WAITING = "waiting", _("waiting for an answer")
    ANSWERED = "answered", _("answered")
    ENDED = "ended", _("ended")


class Side(models.TextChoices):
    """Who says a turn of a conversation."""

    WRITER = "writer", _("who wrote")
    SEAT = "seat", _("who answers for the place")


LONGEST_WORDS = 2000
"""Letters of one turn of a conversation."""

MOST_TURNS = 4
"""Asked, answered, asked once more, answered: what needs longer is said at a table or on the telephone."""

CONVERSATION_KEPT = timedelta(days=365)
"""A conversation is forgotten this long after its last turn; the links in its mails lead there until then."""

WRITE_LINK = "relays.write"
"""Purpose of the signed link that confirms what was written to a seat: the id is the conversation."""

CONFIRM_CONVERSATION = "relays.confirm_conversation"
"""Purpose of the mail that asks whoever wrote; an address for which it is suppressed was blocked, everywhere here."""

BLOCKED = "blocked"
"""Why it is suppressed; a writer who asked for silence themself is not given back by anybody else."""

CONVERSATION_LINK = "relays.conversation"
"""Purpose of the signed link to one's own conversation with a seat: the id is the conversation."""
