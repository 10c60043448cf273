"""E-mail addresses that somebody else wrote down: when their owners are asked, and how many at a time."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

ASKED_FROM = timedelta(hours=1)
"""How long after the end of an import the first owner is asked: until then it is undone without anybody having been written to."""

ASKED_A_MINUTE = 60
"""How many owners are asked in a minute, whatever was brought in: a mail server that suddenly sends a million is taken for a
spammer's, and people who say "this was not me" should be heard before everybody was asked. 86,400 a day."""

ASKED_AGAIN_AFTER = timedelta(days=365)
"""One question, no reminder: an address that did not answer is not asked again before, whoever brings it in."""

ASKED_ON_PAPER = 3
"""How many papers make us ask one address in that time: each is filled in by hand, and two people may share an address; who types
somebody else's on many papers does not fill their mailbox."""


class WaitingState(models.TextChoices):
    """How far a waiting address is; one of which the owner says that it is not them is gone."""

    WAITING = "waiting", _("not asked yet")
    ASKED = "asked", _("asked")
    PASSED_OVER = "passed", _("not asked: it was asked less than a year ago, or wants no such question")
    CONFIRMED = "said_yes", _("its owner said that it is theirs")
