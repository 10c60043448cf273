"""What came of an assignment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.advocacy.domain import Stance

TEXT_MOST = 500


class Met(models.TextChoices):
    """Whom the relay met."""

    HOLDER = "holder", _("the representative in person")
    STAFF = "staff", _("someone of their staff")
    NOBODY = "nobody", _("nobody")


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
