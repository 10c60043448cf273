"""Notes of a seat: what its holder knows and the next person should. Computed on paper: no clock, no table."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoteKind(models.TextChoices):
    """What a note is about, in the order in which the next person reads them."""

    OFFICE_HOLDER = "office_holder", _("the representative: positions and manners")
    PROMISED = "promised", _("what was promised")
    HELP = "help", _("who helps here")
    NEXT = "next", _("what to do next")


DATED = (NoteKind.PROMISED, NoteKind.NEXT)
"""Notes that may name a day by which something is due."""

NOTE_MOST = 500
"""Letters of one note: two or three sentences, since whoever comes next reads them all on one page."""

NOTES_MOST = 40
"""Notes that one author keeps for one seat."""

NOTES_KEPT = timedelta(days=365)
"""How long notes that were handed on are kept: by then the next person has their own, or nobody needs them."""
