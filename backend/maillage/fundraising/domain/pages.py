"""Words and limits of the pages on which supporters raise money among friends."""

from datetime import timedelta

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from maillage.kernel.text import plain

LONGEST = {"title": 80, "words": 3000, "first_name": 60, "goal": 24, "ends_on": 10}
"""The fields of a page and how many letters each takes, as they are typed."""

MESSAGE = 280
"""Letters of a giver's message."""

THANKS = 500
"""Letters of a thank-you note."""

REASONS = 2000
"""Letters of the reasons of a moderator, and of what an owner answers."""

CONFIRM_WITHIN = timedelta(days=7)
"""How long a page that was typed into the form waits for its owner to confirm it."""

MAILS_A_DAY = 3
"""Mails that one address gets of the form within a day, whoever types it."""

OPEN_AT_ONCE = 5
"""Pages that one person has open at the same time."""

PHOTO = (1200, 800)
"""Width and height of a page's photo, in pixels."""

MOST_GOAL = 100_000_000
"""Cents of a goal: what is above is a slip of the hand."""


class PageKind(models.TextChoices):
    """Whose page it is."""

    PERSONAL = "personal", _("personal page")
    TEAM = "team", _("team page")
    AREA = "area", _("page of a place")


class PageState(models.TextChoices):
    """Where a page stands, as its visitors read it."""

    WAITING = "waiting", _("waits for its owner to confirm it")
    OPEN = "open", _("open")
    OVER = "over", _("over")
    HIDDEN = "hidden", _("hidden by moderation")


class ShownAs(models.TextChoices):
    """How a giver's message is shown."""

    NOT = "not", _("not shown")
    ANONYMOUS = "anonymous", _("shown without a name")
    FIRST_NAME = "first_name", _("shown with the first name")
    NAMES = "names", _("shown with first and family name")


class HiddenBy(models.TextChoices):
    """Who took a giver's message away."""

    OWNER = "owner", _("the owner of the page")
    MODERATION = "moderation", _("moderation")


def slug_of(title: str, mark: str) -> str:
    """Write a title as the end of an address, with a mark that makes it nobody else's."""
    return f"{slugify(plain(title))[:40].strip('-') or 'page'}-{mark}"
