"""Who opened a brief."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """Where somebody opened a brief. A mail that was sent, or opened, is none."""

    PAGE = "page", _("the page behind the link of a mail")
    PAPER = "paper", _("the page that prints it")
    APP = "app", _("the application")
    PREVIEW = "preview", _("a preview by who organises")
    REHEARSAL = "rehearsal", _("a rehearsal")


SHOWN_TO_WHO_ORGANISES = (Way.PREVIEW, Way.REHEARSAL)
"""Openings by somebody who looks how others will read it: who acts on the seat has not read it by them."""

OPENED_AGAIN_AFTER = timedelta(hours=1)
"""Whoever opens the same version the same way within this time opened it once."""

OPENINGS_KEPT = timedelta(days=396)
"""How long it is kept who opened what: thirteen months, as the access log."""
