"""What a register of interests asks of a year of contacts, and when somebody has had so many that it may bind them.

A rule is a row with its first day and its source: laws change, and other countries bring their own. France: who represents interests
(law 2013-907, article 18-2) declares activities, each by its object, the decisions aimed at, the kinds of action and the categories
of those addressed (decree 2017-867, article 3), in the words of the register's own lists. What the organisation did not begin
itself is none, and a request that nobody answered is none either (`counts_on`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maillage.advocacy.domain.contacts import ContactKind
from maillage.advocacy.domain.office_holders import FR_ASSEMBLEE, FR_SENAT

_PARLIAMENT = "Député ; sénateur ; collaborateur parlementaire ou agents des services des assemblées parlementaires"
_TALKS = "Organiser des discussions informelles ou des réunions en tête-à-tête"
_LETTERS = "Etablir une correspondance régulière (par courriel, par courrier…)"
_IN_PUBLIC = "Organiser des débats publics, des marches, des stratégies d'influence sur internet"


@dataclass(frozen=True)
class Register:
    """The rule of a country since a day: who has begun `binds_at` contacts in twelve months may have to be declared."""

    country: str
    since: date
    name: str
    source: str
    language: str
    binds_at: int
    warns_at: int
    actions: Mapping[ContactKind, str]
    categories: Mapping[str, str]


REGISTERS = (
    Register(
        country="FR",
        since=date(2017, 7, 1),
        name="HATVP",
        source="loi n° 2013-907 du 11 octobre 2013, article 18-2 ; décret n° 2017-867 du 9 mai 2017, articles 1 et 3",
        language="fr",
        binds_at=10,
        warns_at=8,
        actions={
            ContactKind.MEETING: _TALKS,
            ContactKind.CALL: _TALKS,
            ContactKind.LETTER: _LETTERS,
            ContactKind.MESSAGE: _LETTERS,
            ContactKind.PUBLIC_POST: _IN_PUBLIC,
        },
        categories={FR_ASSEMBLEE: _PARLIAMENT, FR_SENAT: _PARLIAMENT},
    ),
)


class Missing(StrEnum):
    """What of an activity the register asks and nobody wrote down."""

    LANGUAGE = "language"
    DECISION = "decision"
    CATEGORY = "category"


@dataclass(frozen=True)
class Entry:
    """One contact that counts: on which day, how, with a member of which assembly, about what.

    `about` holds those together that are of one activity. `is_translated`: title and decision are in the register's language.
    """

    about: str
    title: str
    decision: str
    kind: ContactKind
    body: str
    on: date
    is_translated: bool = True


@dataclass(frozen=True)
class Activity:
    """One activity of the year, as the register's form takes it, and what is missing from it."""

    title: str
    decision: str
    actions: tuple[str, ...]
    categories: tuple[str, ...]
    first_on: date
    last_on: date
    entries: int
    missing: tuple[Missing, ...]


def register_of(country: str, day: date) -> Register | None:
    """The rule of a country on a day; None where we know none."""
    running = [register for register in REGISTERS if register.country == country and register.since <= day]
    return max(running, key=lambda register: register.since, default=None)


def activities_of(entries: Iterable[Entry], register: Register) -> list[Activity]:
    """Put the contacts of a year together by what they were about, the busiest first."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.about, []).append(entry)
    found = [_activity(group, register) for group in grouped.values()]
    return sorted(found, key=lambda activity: (-activity.entries, activity.title))


def a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February, the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _activity(group: list[Entry], register: Register) -> Activity:
    first = group[0]
    kinds = [kind for kind in ContactKind if any(entry.kind == kind for entry in group)]
    bodies = {entry.body for entry in group}
    missing = {
        Missing.LANGUAGE: not first.is_translated,
        Missing.DECISION: not first.decision,
        Missing.CATEGORY: not bodies <= register.categories.keys(),
    }
    return Activity(
        title=first.title,
        decision=first.decision,
        actions=tuple(dict.fromkeys(register.actions[kind] for kind in kinds)),
        categories=tuple(sorted({register.categories[body] for body in bodies & register.categories.keys()})),
        first_on=min(entry.on for entry in group),
        last_on=max(entry.on for entry in group),
        entries=len(group),
        missing=tuple(what for what, is_missing in missing.items() if is_missing),
    )
