"""One entry into communication with an office holder, and when it counts as one (HATVP; ADR 36)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Initiative(models.TextChoices):
    """Who began."""

    OURS = "ours", gettext_lazy("ours")
    THEIRS = "theirs", gettext_lazy("theirs")


class ContactKind(models.TextChoices):
    """How one spoke."""

    MEETING = "meeting", gettext_lazy("meeting")
    LETTER = "letter", gettext_lazy("letter")
    CALL = "call", gettext_lazy("call or video")
    MESSAGE = "message", gettext_lazy("message")
    PUBLIC_POST = "public_post", gettext_lazy("public post that names them")


class StepKind(models.TextChoices):
    """What happened on a day of one contact."""

    REQUEST = "request", gettext_lazy("asked for, or sent")
    CONFIRMATION = "confirmation", gettext_lazy("agreed to")
    MEETING = "meeting", gettext_lazy("took place")
    MINUTES = "minutes", gettext_lazy("minutes sent")
    NO_ANSWER = "no_answer", gettext_lazy("no answer")
    ANSWER = "answer", gettext_lazy("they answered")


class ReadableBy(models.TextChoices):
    """Who reads a contact, beside whoever wrote it."""

    RELAYS = "relays", gettext_lazy("the relay of the place and the organisers above")
    ORGANISERS = "organisers", gettext_lazy("the organisers above only")


STEPS_MOST = 30
WORDS_MOST = 1000
DECISION_MOST = 200

REMOVED_WITHIN = timedelta(days=1)
"""How long after it was logged its author may take a contact away: a mistake, not a change of mind."""

_SPOKEN = frozenset({ContactKind.MEETING, ContactKind.CALL})


@dataclass(frozen=True)
class Step:
    """Something that happened on a day, in words written to be read by whom they speak of."""

    kind: StepKind
    on: date
    words: str = ""


def counts_on(kind: ContactKind, steps: Iterable[Step]) -> date | None:
    """Say from which day a contact is an entry into communication; None while it is none.

    One is spoken (meeting, call) once it took place: a request that nobody answered is none. What is written counts as it is sent.
    """
    days = [step.on for step in steps if (step.kind == StepKind.MEETING if kind in _SPOKEN else step.kind != StepKind.NO_ANSWER)]
    return min(days, default=None)


def contact_troubles(*, has_subject: bool, decision: str, steps: Sequence[Step], today: date) -> dict[str, list[str]]:
    """Say what is wrong with a contact, by field; empty when nothing is."""
    troubles: dict[str, list[str]] = {}
    if not has_subject and not decision:
        troubles["decision"] = [_("Say which decision it was about: a subject, or your own words.")]
    if len(decision) > DECISION_MOST:
        troubles["decision"] = [_("At most 200 letters fit here.")]
    if not steps:
        troubles["steps"] = [_("Say what happened, and on which day.")]
    elif len(steps) > STEPS_MOST:
        troubles["steps"] = [_("At most 30 steps fit in one contact.")]
    elif any(step.on > today for step in steps):
        troubles["steps"] = [_("This day has not come yet.")]
    elif any(len(step.words) > WORDS_MOST for step in steps):
        troubles["steps"] = [_("At most 1,000 letters fit in one step.")]
    return troubles
