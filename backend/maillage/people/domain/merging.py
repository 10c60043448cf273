"""Two records of one person: why they may be, what moves when they are joined, and what a hall has to say first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

MERGE_SOURCE = "merge"
"""What the log of consents names when two records were joined."""

UNMERGE_SOURCE = "unmerge"
"""What it names when they were taken apart."""

NEAR_NAMES = 0.55
"""How near two whole names are, of 1, to be proposed in one place (pg_trgm): a letter or two of a usual name."""

NEAR_GIVEN_NAMES = 0.4
"""How near two first names are at one address: "Jean" and "Jean-Pierre" are, "Jean" and "Jeanne" are, "Paul" and "Anne" are not."""

SETTLED_AFTER = timedelta(minutes=2)
"""How old somebody's confirmation is before the search passes by: what confirms them has committed by then."""

SEARCHED_AGAIN_AFTER = timedelta(days=7)
"""How long after one search of everybody the next one begins: it finds what was changed meanwhile."""


OBJECTED_WITHIN = timedelta(days=14)
"""How long after every proved address of both records was written to, and nobody objected, a join is settled. Until then each
mailbox and account reads only what it brought: an organiser chooses which records are joined, and might choose somebody's file
and their own mailbox. A fortnight, so that who is on holiday or opens their mails at the weekend reads it in time."""


class Alike(models.TextChoices):
    """Why two records may be of one person."""

    EMAIL = "email", _("same e-mail address, like first names")
    PHONE = "phone", _("same telephone number, like first names")
    NAME_LOCALITY = "name_locality", _("same name, same commune")
    NAME_AREA = "name_area", _("same name, same constituency")
    NEAR_LOCALITY = "near_locality", _("nearly the same name, same commune")
    NEAR_AREA = "near_area", _("nearly the same name, same constituency")


WEIGHTS: dict[Alike, int] = {
    Alike.EMAIL: 50,
    Alike.PHONE: 40,
    Alike.NAME_LOCALITY: 35,
    Alike.NAME_AREA: 25,
    Alike.NEAR_LOCALITY: 15,
    Alike.NEAR_AREA: 5,
}
"""How strong each reason is; those of a pair are added up, at most one of each of address, number and name."""


class Kept(StrEnum):
    """Which of the two records a value is taken from."""

    KEPT = "kept"
    ABSORBED = "absorbed"


EITHER = tuple(Kept)
"""The choices of who reads both, under one name in the API's schema."""


MERGED_FIELDS: dict[str, tuple[str, ...]] = {
    "given_name": ("given_name",),
    "family_name": ("family_name",),
    "place": ("locality_id", "area_id", "placed_by", "placed_with"),
}
"""What the reader chooses from one record or the other, and the columns of `Person` that go together."""


@dataclass(frozen=True)
class Belonging:
    """A column that names a person (or a user): its rows go to the record that stays.

    `told` is what the rows are to an organiser who compares the two records: said, and counted, of what they read of people
    anyway. Empty: nothing is said, since that such a row exists is none of their business.

    `gives_way` names the constraints of flags of which the other record's are
    dropped rather than kept apart: the column, and what it becomes.
    """

    model: str
    column: str
    told: str | LazyText = ""
    gives_way: Mapping[str, tuple[str, object]] = field(default_factory=dict)
    only_running: bool = False


BELONGINGS: list[Belonging] = []
"""Filled from each app's `apps.py`, in the order in which rows move. A column that points at a person and that nobody named
here moves all the same: a record must not stay behind unseen."""


def register_belonging(belonging: Belonging) -> None:
    """Tell what moves with a person. Raises ValueError on a second one of that column."""
    if any((known.model, known.column) == (belonging.model, belonging.column) for known in BELONGINGS):
        raise ValueError(f"{belonging.model}.{belonging.column} is registered twice")
    BELONGINGS.append(belonging)


STAYING: set[str] = set()
"""Models of which no row goes to another record, by label: each app adds its own from its `apps.py`."""


def register_staying(model: str) -> None:
    """Tell that what a model keeps of a person is that record's alone. Raises ValueError on a second time."""
    if model in STAYING:
        raise ValueError(f"{model} is registered twice")
    STAYING.add(model)


Bars = Callable[[UUID, UUID], Iterable[str]]
"""Says why a hall cannot have the second record join the first now, in words for who would join them."""

BARS: dict[str, Bars] = {}
"""By the app's name; a hall adds its own from its `apps.py`."""


def register_bars(name: str, bars: Bars) -> None:
    """Let a hall say what has to be settled before two records are joined. Raises ValueError on a second one of that name."""
    if name in BARS:
        raise ValueError(f"bars of {name} are registered twice")
    BARS[name] = bars


class Change(Protocol):
    """Sets a column of some rows, which held `before`, and writes it down: it is undone when the two are taken apart."""

    def __call__(self, model: type[models.Model], rows: Iterable[Any], column: str, *, before: Any, after: Any) -> None: ...


Prepare = Callable[[Change, UUID, UUID, datetime], None]
"""Settles, before anything moves, what the two records cannot both have: by what the former undoes."""

PREPARES: dict[str, Prepare] = {}
"""By the app's name; a hall adds its own from its `apps.py`."""


def register_prepare(name: str, prepare: Prepare) -> None:
    """Let a hall make room before rows move. Raises ValueError on a second one of that name."""
    if name in PREPARES:
        raise ValueError(f"preparing of {name} is registered twice")
    PREPARES[name] = prepare


Settle = Callable[[UUID, datetime], Iterable[models.Model]]
"""Makes what a person's record lacks once rows moved to it, and returns the new rows: they go when the two are taken apart."""

SETTLES: dict[str, Settle] = {}
"""By the app's name; a hall adds its own from its `apps.py`."""


def register_settle(name: str, settle: Settle) -> None:
    """Let a hall complete a record that rows moved to. Raises ValueError on a second one of that name."""
    if name in SETTLES:
        raise ValueError(f"settling of {name} is registered twice")
    SETTLES[name] = settle
