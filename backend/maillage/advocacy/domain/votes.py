"""How office holders voted, as the record of their assembly says it, and whether that is what they had said. Computed on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy

from maillage.advocacy.domain.bounds import ROLL_CALL_MOST, require_fitting
from maillage.advocacy.domain.positions import Stance


class Choice(models.TextChoices):
    """What the record says that somebody did at a roll call. Who is in no list of it has none: the assembly prints no absences."""

    FOR = "for", gettext_lazy("for")
    AGAINST = "against", gettext_lazy("against")
    ABSTAINED = "abstained", gettext_lazy("abstained")
    NOT_VOTING = "not_voting", gettext_lazy("did not vote")
    ABSENT = "absent", gettext_lazy("absent")


class Side(models.TextChoices):
    """Which vote is for a subject: an amendment that takes an article away may be voted against by those who want it."""

    FOR = "for", gettext_lazy("for")
    AGAINST = "against", gettext_lazy("against")


class Result(models.TextChoices):
    """What came of a roll call."""

    ADOPTED = "adopted", gettext_lazy("adopted")
    REJECTED = "rejected", gettext_lazy("rejected")


TIED_MOST = 30
"""How many roll calls are shown beside one subject."""

_OTHER = {Choice.FOR: Choice.AGAINST, Choice.AGAINST: Choice.FOR}
_SPOKEN_FOR = {Stance.FOR: Choice.FOR, Stance.AGAINST: Choice.AGAINST}


@dataclass(frozen=True)
class Tally:
    """How many voted how, as the record counts them."""

    for_it: int
    against: int
    abstained: int


@dataclass(frozen=True)
class Record:
    """One roll call as its assembly publishes it; who voted is named by the number that the assembly gives them.

    `meant`: what somebody had corrected in the record since, as what they wished to vote; the vote itself stays what it was.
    """

    external_id: str
    number: str
    on: date
    title: str
    tally: Tally
    result: Result | None = None
    address: str = ""
    choices: Mapping[str, Choice] = field(default_factory=dict)
    meant: Mapping[str, Choice] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_fitting(self, ROLL_CALL_MOST)


@dataclass(frozen=True)
class RecordsLoaded:
    """What loading records changed; `unknown` are the numbers of voters whom we know by no list of office holders."""

    read: int
    written: int
    votes: int
    unknown: tuple[str, ...]


def on_subject(choice: Choice, favourable: Side) -> Choice:
    """Say a vote as for or against the subject; whoever took no side took none."""
    return choice if favourable == Side.FOR else _OTHER.get(choice, choice)


def is_as_said(stance: Stance | None, voted: Choice | None) -> bool | None:
    """Whether somebody voted as they had said; None where nobody can tell.

    Only who said plainly `for` or `against` is held to it, and only by a vote for or against: who leans, abstains, presides or is
    not in the list broke no word.
    """
    said = _SPOKEN_FOR.get(stance) if stance is not None else None
    return None if said is None or voted not in _OTHER else said == voted
