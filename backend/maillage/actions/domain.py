"""Words of coordinated actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionStatus(models.TextChoices):
    """Where an action stands."""

    DRAFT = "draft", _("draft")
    LAUNCHED = "launched", _("launched")
    STOPPED = "stopped", _("stopped")
    CLOSED = "closed", _("closed")


class Answer(models.TextChoices):
    """What became of one seat's assignment, as its holder said it."""

    WAITING = "waiting", _("no answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    REPORTED = "reported", _("reported")


class BoardState(models.TextChoices):
    """How the board counts a seat, first that holds; exclusive, they sum to the assignments."""

    REPORTED = "reported", _("reported")
    LATE = "late", _("late")
    ACCEPTED = "accepted", _("accepted")
    NO_ANSWER = "no_answer", _("no answer")
    EMPTY = "empty", _("empty")


class Met(models.TextChoices):
    """Whom the relay met."""

    HOLDER = "holder", _("the representative in person")
    STAFF = "staff", _("someone of their staff")
    NOBODY = "nobody", _("nobody")


class Stance(models.IntegerChoices):
    """What the representative said, as the relay heard it."""

    AGAINST = -2, _("against")
    RATHER_AGAINST = -1, _("rather against")
    SILENT = 0, _("does not say")
    RATHER_FOR = 1, _("rather for")
    FOR = 2, _("for")
