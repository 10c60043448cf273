"""The register of processing (GDPR article 30), kept in code: the privacy notice is printed from it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise as LazyText

Text = str | LazyText


@dataclass(frozen=True)
class Kept:
    """A duration that the register promises, and what keeps the promise: a periodic job (`app.verb`) or a setting (`SO_WRITTEN`).

    The Processing's `duration` says it in words; a test compares the two.
    """

    at_most: timedelta
    by: str


@dataclass(frozen=True)
class Processing:
    """One use of personal data: why, by which right, whose, what, who receives it, how long.

    `kept` are the durations of `duration` that a machine keeps.
    """

    name: str
    title: Text
    purpose: Text
    basis: Text
    data: Text
    recipients: Text
    duration: Text
    kept: tuple[Kept, ...] = ()


REGISTER: dict[str, Processing] = {}


def register_processing(processing: Processing) -> None:
    """Add a line to the register; called from an app's `apps.py`. Raises ValueError on a second one of that name."""
    if processing.name in REGISTER:
        raise ValueError(f"processing {processing.name} is registered twice")
    REGISTER[processing.name] = processing
