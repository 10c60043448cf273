"""How a term ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TermEnding(models.TextChoices):
    """The way in which a term ended; empty while it runs, and of terms that ended before this was kept."""

    HANDED_OVER = "handed_over", _("handed over")
    STEPPED_DOWN = "stepped_down", _("stepped down")
    ENDED_BY_ORGANISER = "ended_by_organiser", _("ended by an organiser")
    BECAME_RELAY = "became_relay", _("the stand-in became the relay")
    RELAY_CAME = "relay_came", _("a relay took the seat where they stood in")
    ERASED = "erased", _("the holder was forgotten")
