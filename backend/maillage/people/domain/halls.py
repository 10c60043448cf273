"""What each hall keeps of a person: how it is told to them, what becomes of it when they are erased, and when they last gave a sign."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

Export = Callable[[UUID], Mapping[str, Any]]
"""Says what a hall keeps of a person, as plain data with words as keys."""

Erase = Callable[[UUID, datetime], None]
"""Applies the stated fates of a hall's models to a person's rows, inside the caller's transaction."""

Signs = Callable[[Sequence[UUID], datetime], Mapping[UUID, datetime]]
"""Says of many persons at once when each last gave a sign of life in a hall: one query, whatever their number.

What the person did themself: a consent, an answer, a message, a form. Never what was done to them, a call or a mail that was
opened. What holds as long as it runs (a term, a role) is a sign of the instant that was passed. Who gave none is left out.
"""


@dataclass(frozen=True)
class Hall:
    """One app that keeps something of persons."""

    export: Export
    erase: Erase
    signs: Signs
    confided: tuple[str, ...] = ()


HALLS: dict[str, Hall] = {}
"""By the app's name, from the lowest floor to the highest: each app adds itself from its `apps.py`."""


def register_hall(name: str, *, export: Export, erase: Erase, signs: Signs, confided: tuple[str, ...] = ()) -> None:
    """Tell what an app keeps of persons. Raises ValueError on a second one of that name.

    `confided`: parts of its export that the person was promised that nobody else reads; only they themself take them away.
    """
    if name in HALLS:
        raise ValueError(f"hall {name} is registered twice")
    HALLS[name] = Hall(export=export, erase=erase, signs=signs, confided=confided)
