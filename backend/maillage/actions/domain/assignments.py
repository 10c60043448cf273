"""What one seat is asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What became of one seat's assignment, as its holder said it."""

    WAITING = "waiting", _("no answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    REPORTED = "reported", _("reported")
