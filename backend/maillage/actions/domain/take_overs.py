"""A neighbour is asked to take one seat's assignment over."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TakeOverStatus(models.TextChoices):
    """What became of asking a neighbour."""

    ASKED = "asked", _("asked")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_TAKE_OVER = (TakeOverStatus.ASKED, TakeOverStatus.ACCEPTED)
"""An assignment has one of these at most."""
