"""What each hall keeps of a person: how it is told to them, and what becomes of it when they ask to be erased."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

Export = Callable[[UUID], Mapping[str, Any]]
"""Says what a hall keeps of a person, as plain data with words as keys."""

Erase = Callable[[UUID, datetime], None]
"""Applies the stated fates of a hall's models to a person's rows, inside the caller's transaction."""


@dataclass(frozen=True)
class Hall:
    """One app that keeps something of persons."""

    export: Export
    erase: Erase


HALLS: dict[str, Hall] = {}
"""By the app's name, from the lowest floor to the highest: each app adds itself from its `apps.py`."""


def register_hall(name: str, *, export: Export, erase: Erase) -> None:
    """Tell what an app keeps of persons. Raises ValueError on a second one of that name."""
    if name in HALLS:
        raise ValueError(f"hall {name} is registered twice")
    HALLS[name] = Hall(export=export, erase=erase)
