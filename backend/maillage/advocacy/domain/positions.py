"""What an office holder said on a subject, and what follows from it. Computed on paper: no clock, no table (ADR 36)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Stance(models.IntegerChoices):
    """What somebody who decides said on a subject, as it was heard; who is undecided does not say.

    *Unknown* is none of these: that nothing stands.
    """

    AGAINST = -2, gettext_lazy("against")
    RATHER_AGAINST = -1, gettext_lazy("rather against")
    SILENT = 0, gettext_lazy("does not say")
    RATHER_FOR = 1, gettext_lazy("rather for")
    FOR = 2, gettext_lazy("for")


class KnownBy(models.TextChoices):
    """How a position is known."""

    MEETING = "meeting", gettext_lazy("heard from themself")
    STAFF = "staff", gettext_lazy("heard from their staff")
    PUBLIC = "public", gettext_lazy("said in public")
    WRITTEN = "written", gettext_lazy("written to us")


class Outcome(models.TextChoices):
    """What came of a dispute."""

    UPHELD = "upheld", gettext_lazy("the position stands")
    UNDONE = "undone", gettext_lazy("the position was undone")


HOLDS = timedelta(days=183)
"""Six months: how long after its day a statement still says where somebody stands."""

QUOTE_MOST = WHY_MOST = 500

CORRECTED = "#corrected"
"""Why a position was undone that its author corrected by another report: a sign of ours, said in the reader's language."""

FORGOTTEN = "#forgotten"
"""Why a dispute was settled of which whoever opened it asked to be forgotten, as above."""

OUR_SIGNS = frozenset({CORRECTED, FORGOTTEN})
"""What stands in place of somebody's words: nobody may type it."""


@dataclass(frozen=True)
class Said:
    """One statement. `author` tells people apart: those who were erased are None, and count as one together."""

    id: UUID
    stance: Stance
    said_on: date
    recorded_at: datetime
    author: UUID | None
    is_public: bool = False
    is_disputed: bool = False
    is_undone: bool = False

    @property
    def place(self) -> tuple[date, datetime, UUID]:
        """Where it stands among others: by its day, then by when it was written down."""
        return self.said_on, self.recorded_at, self.id


@dataclass(frozen=True)
class Standing:
    """Where somebody stands on a subject, as long as nothing else is said: until when, and until when it makes others stop.

    `expires_on` and `convinced_until` are the first day on which it holds no more; `convinced_until` is None where it makes nobody
    stop. `is_disputed`: somebody says that the latest statement is wrong. `lines` counts the statements that stand, old ones too.
    """

    stance: Stance | None = None
    since: date | None = None
    expires_on: date | None = None
    convinced_until: date | None = None
    latest_id: UUID | None = None
    is_disputed: bool = False
    lines: int = 0

    def on(self, today: date) -> "Standing":
        """Say what of it still holds on a day: nothing else than time has to pass."""
        if self.expires_on is None or self.expires_on <= today:
            return Standing(lines=self.lines)
        has_lapsed = self.convinced_until is not None and self.convinced_until <= today
        return replace(self, convinced_until=None) if has_lapsed else self


def standing_of(lines: Iterable[Said]) -> Standing:
    """Say where somebody stands by what was said, in whichever order it comes; what was undone was never said.

    The latest statement is the stance, for six months. It makes others stop (*convinced*) where it is `for` and nobody disputes it,
    as long as one of the undisputed statements of the same run, none older than six months, has a source that anybody can open, or
    two people heard them. A run goes back to the last time that something else was said.
    """
    standing = sorted((line for line in lines if not line.is_undone), key=lambda line: line.place, reverse=True)
    if not standing:
        return Standing()
    latest = standing[0]
    run = list(takewhile(lambda line: line.stance == latest.stance, standing))
    return Standing(
        stance=latest.stance,
        since=run[-1].said_on,
        expires_on=latest.said_on + HOLDS,
        convinced_until=_convinced_until(latest, run),
        latest_id=latest.id,
        is_disputed=latest.is_disputed,
        lines=len(standing),
    )


def _convinced_until(latest: Said, run: list[Said]) -> date | None:
    """Say until when a run makes others stop: its last open source, or the last day on which the second of its people heard it."""
    if latest.stance != Stance.FOR or latest.is_disputed:
        return None
    evidence = [line for line in run if not line.is_disputed]
    heard: dict[UUID | None, date] = {}
    for line in evidence:
        heard[line.author] = max(line.said_on, heard.get(line.author, line.said_on))
    proofs = [line.said_on for line in evidence if line.is_public] + sorted(heard.values(), reverse=True)[1:2]
    return max(proofs) + HOLDS if proofs else None


def position_troubles(*, known_by: KnownBy, source_url: str, quote: str, said_on: date, today: date) -> dict[str, list[str]]:
    """Say what is wrong with a position, by field; empty when nothing is."""
    troubles: dict[str, list[str]] = {}
    if known_by == KnownBy.PUBLIC and not source_url:
        troubles["source_url"] = [_("Give the address where anybody can read or hear it.")]
    if known_by != KnownBy.PUBLIC and source_url:
        troubles["source_url"] = [_("Only what was said in public has an address.")]
    if said_on > today:
        troubles["said_on"] = [_("This day has not come yet.")]
    if len(quote) > QUOTE_MOST:
        troubles["quote"] = [_("At most 500 letters fit here.")]
    return troubles


def said_why(words: str) -> str:
    """Say why a position was undone, or a dispute of it settled: in the words of whoever did it, or in ours."""
    if words == FORGOTTEN:
        return _("Nobody upholds this dispute any more.")
    return _("Corrected by its author.") if words == CORRECTED else words


def why_troubles(field: str, words: str) -> dict[str, list[str]]:
    """Say what is wrong with a reason: whom it concerns reads it."""
    if not words.strip():
        return {field: [_("Say why in a few words: whoever said it reads them.")]}
    if words.strip() in OUR_SIGNS:
        return {field: [_("Say it in your own words.")]}
    return {field: [_("At most 500 letters fit here.")]} if len(words) > WHY_MOST else {}
