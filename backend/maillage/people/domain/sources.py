"""Where a consent was given or taken back, by name, as it is told to the person."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

SOURCES: dict[str, str | LazyText] = {
    "my_data": _("on the page of your data"),
    "preferences": _("on the page of your choices"),
    "people.officer": _("by the data-protection officer, who put a number right at your request"),
    "mail_link": _("by the link in a mail"),
    "paper": _("on paper, read aloud to you"),
    "address_confirmed": _("in a list that was brought in, and you confirmed your address"),
    "merge": _("when two records of you were joined"),
    "unmerge": _("when two records were taken apart"),
}
"""A hall adds its forms from its `apps.py` (`register_source`)."""


def register_source(name: str, told: str | LazyText) -> None:
    """Add a form or link by which one agrees or takes it back. Raises ValueError on a second one of that name."""
    if name in SOURCES:
        raise ValueError(f"source {name} is registered twice")
    SOURCES[name] = told
