"""What must be so before the public may come in, besides the legal notice: each hall says what it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as LazyText


@dataclass(frozen=True)
class Condition:
    """One thing that a hall asks for: what it is in words, on which screen it is done, and whether it is so.

    `done_at`: the path of the screen behind `/app`, with the name of its part.
    """

    name: str
    text: str | LazyText
    done_at: str
    is_met: Callable[[datetime], bool]


CONDITIONS: dict[str, Condition] = {}
"""By name: each app adds its own from its `apps.py`."""


def register_condition(condition: Condition) -> None:
    """Ask for something before the public may come in. Raises ValueError on a second one of that name."""
    if condition.name in CONDITIONS:
        raise ValueError(f"condition {condition.name} is registered twice")
    CONDITIONS[condition.name] = condition


def unmet_conditions(now: datetime) -> list[Condition]:
    """Return what is asked for and not so at an instant."""
    return [condition for condition in CONDITIONS.values() if not condition.is_met(now)]
