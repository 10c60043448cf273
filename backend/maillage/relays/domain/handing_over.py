"""Handing a seat over. Computed on paper: no clock, no table."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandOverStatus(models.TextChoices):
    """Where a hand-over stands."""

    BEGUN = "begun", _("under way")
    DONE = "done", _("done")
    TAKEN_BACK = "taken_back", _("taken back")


LONGEST_AHEAD = timedelta(days=92)
"""How far ahead the last day may lie: a quarter is enough to find somebody."""

NEW_HOLDER = timedelta(days=30)
"""How long a new holder finds the one page of their place on the first screen."""
