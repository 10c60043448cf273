"""Roles that a person can be granted in a place: the closed list of decision 10."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a grant lets its holder be, in its area and wholly below."""

    RELAY = "relay", _("relay")
    STAND_IN = "stand_in", _("stand-in")
    ORGANISER = "organiser", _("organiser")
    TREASURER = "treasurer", _("treasurer")
    MODERATOR = "moderator", _("moderator")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data-protection officer")
    ADMINISTRATOR = "administrator", _("administrator")
