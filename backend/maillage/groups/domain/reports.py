"""Why somebody reports what another wrote, and what came of it."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

REPORT_WORDS = 2000
"""Letters of what somebody reports."""

ANSWER = 2000
"""Letters of the reasons of a decision."""

REPORT_KEPT = timedelta(days=180)
"""How long the words and the address of a report stay once it was decided: for as long as one may come back to it."""


class ReportReason(models.TextChoices):
    """What is wrong with what is reported."""

    ILLEGAL = "illegal", _("It is against the law")
    HATE = "hate", _("It insults, threatens or stirs up hatred")
    IMPERSONATION = "impersonation", _("Somebody passes for somebody else")
    PRIVACY = "privacy", _("It shows somebody who did not agree to it")
    MISLEADING = "misleading", _("It misleads about where the money goes")
    OTHER = "other", _("Something else")


class ReportOutcome(models.TextChoices):
    """What was decided of it."""

    OPEN = "open", _("waits for a decision")
    KEPT = "kept", _("stays as it is")
    HIDDEN = "hidden", _("is not shown any more")
