"""What becomes of a row when the person it speaks of asks to be erased (decision 8)."""

from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    """The fate that each model states as `erasure`; a test fails on a model without one."""

    DELETE = "delete"
    PSEUDONYMISE = "pseudonymise"
    NOT_PERSONAL = "not_personal"


@dataclass(frozen=True)
class KeepUntil:
    """The row outlives the person because a law says so, and for how long."""

    law: str
    years: int


Erasure = Fate | KeepUntil
