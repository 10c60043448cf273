"""What can be read about people, by name: each reading of it is a line of the access log (decision 9)."""

from datetime import timedelta

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

ACCESSES_KEPT = timedelta(days=396)
"""Thirteen months."""

READINGS: dict[str, str | LazyText] = {
    "people.list": _("the list of people"),
    "people.card": _("your card"),
    "people.import": _("that you are known here, while a file was brought in"),
    "people.search": _("a search for somebody"),
    "people.comments": _("that you commented on a proposed charter"),
    "people.qualifications": _("what you have learnt"),
    "people.whole": _("everything that is kept of you"),
    "people.corrected": _("what was put right of you, at your request"),
    "people.duplicates": _("records that may be of one person"),
    "people.side_by_side": _("two records side by side, before they are joined"),
    "people.merges": _("records that were joined"),
    "people.file": _("a file of the list of people"),
}
"""What was read, as the person whom it is about is told; a hall adds its own from its `apps.py` (`register_reading`)."""


def register_reading(name: str, told: str | LazyText) -> None:
    """Add something that can be read about people. Raises ValueError on a second one of that name."""
    if name in READINGS:
        raise ValueError(f"reading {name} is registered twice")
    READINGS[name] = told
