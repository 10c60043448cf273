"""What came of an assignment."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.advocacy.domain import Stance

TEXT_MOST = 500

PHOTO_SIDE = 1280
"""Pixels of the longer side of a photo that comes with a report: a page of a notice can be read, and it weighs some 200 kB."""

PHOTO_HEAVIEST = 1_500_000
"""Bytes of one that is sent: the telephone has drawn it smaller before."""

PHOTOS_KEPT = timedelta(days=365)
"""After the end of the action."""


class Met(models.TextChoices):
    """Whom the relay met."""

    HOLDER = "holder", _("the representative in person")
    STAFF = "staff", _("someone of their staff")
    NOBODY = "nobody", _("nobody")


def day_troubles(met_on: date, *, launched_on: date, today: date) -> dict[str, list[str]]:
    """Say what is wrong with the day of a meeting, in the days of the place; empty when nothing is."""
    if met_on > today:
        return {"met_on": [str(_("This day has not come yet."))]}
    if met_on < launched_on:
        return {"met_on": [str(_("The action had not been launched on that day."))]}
    return {}


def report_troubles(*, met: Met, stance: Stance | None, quote: str, failed: str) -> dict[str, list[str]]:
    """Say what is wrong with a report, by field; empty when nothing is."""
    troubles: dict[str, list[str]] = {}
    if met == Met.NOBODY:
        if stance is not None:
            troubles["stance"] = [str(_("Nobody was met, so nobody took a position."))]
        if quote.strip():
            troubles["quote"] = [str(_("Nobody was met, so nobody said this. Write what did not work below."))]
        if not failed.strip():
            troubles["failed"] = [str(_("Say in a few words what did not work: it helps the next attempt."))]
    elif met == Met.HOLDER and stance is None:
        troubles["stance"] = [str(_("Choose a position. «Does not say» is one."))]
    for name, text in (("quote", quote), ("failed", failed)):
        if len(text) > TEXT_MOST:
            troubles[name] = [str(_("At most 500 letters fit here."))]
    return troubles
