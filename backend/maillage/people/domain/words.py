"""Words of the people floor: channels, how a place was decided, what a consent says."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

CONTACT_PROMISE = timedelta(hours=48)
"""Wall-clock time in which a human contacts whoever asked (decision 18)."""

UNCONFIRMED_KEPT = timedelta(days=30)
"""How long someone is kept who was typed into a form and never confirmed it: they may not know of it."""


ALONE_FROM = 15
"""From this age somebody agrees alone to an on-line service (law 78-17 of 6 January 1978, article 45); younger, a parent has to."""

SMALLEST_SHOWN = 5
"""Figures about fewer people than this are not shown: somebody could be recognised."""


class Channel(models.TextChoices):
    """A way to reach a person."""

    EMAIL = "email", _("e-mail")
    SMS = "sms", _("text message")
    PHONE = "phone", _("telephone")
    POST = "post", _("post")


class PlacedBy(models.TextChoices):
    """How a person's constituency was decided (decision 3)."""

    CERTAIN = "certain", _("the commune or point lies in one seat")
    CONFIRMED = "confirmed", _("confirmed by the person")
    CHOSEN = "chosen", _("chosen by the person")


class ConsentAct(models.TextChoices):
    """What a line of the consent log says."""

    GIVEN = "given", _("given")
    WITHDRAWN = "withdrawn", _("withdrawn")
    UNDONE = "undone", _("written down by mistake")  # an import undone: as if nothing had been said
    MOVED = "moved", _("said with the record that this one was joined to")  # a merge: nothing is said here meanwhile
