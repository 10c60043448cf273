"""Reasons that somebody types before reading."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

REASON_LASTS = timedelta(hours=1)
"""How long one reads for a reason; afterwards it is typed again."""

SHORTEST_REASON = 10
LONGEST_REASON = 500


class ReasonKind(models.TextChoices):
    """What a typed reason opens."""

    OFFICER = "officer", _("the data-protection officer reads one person")
    EXPORT = "export", _("a list is taken out as a file")
