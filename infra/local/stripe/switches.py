"""What may be made to go wrong, an account at a time. All is off at first."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

OUTAGES = ("", "429", "500", "503", "closed_before", "500_after", "closed_after")
YES = 1.0


class WrongSwitch(ValueError):
    """There is no such switch, or it cannot stand so."""


@dataclass(frozen=True)
class Webhooks:
    """How webhooks are delivered. Shares are from 0 to 1 of the attempts, drawn by `seed` where one is given."""

    copies: int = 1
    shuffle: bool = False
    delay: float = 0.0
    hold: bool = False
    drop: float = 0.0
    forge: float = 0.0
    stale: float = 0.0
    cut: float = 0.0
    seed: int | None = None


@dataclass(frozen=True)
class Api:
    """How the API answers requests of a `method` to what begins with `path`; of any, where they are empty.

    `outage` is met by a `share` of them, `times` at most (0: no end).

    Seconds pass `before` anything comes of a request, its key being in use, and `after` its effect took place. `twice`: each
    request is taken twice, as by a proxy that repeats it, and both answers are sent.
    """

    outage: str = ""
    share: float = YES
    times: int = 0
    path: str = ""
    method: str = ""
    before: float = 0.0
    after: float = 0.0
    twice: bool = False


@dataclass(frozen=True)
class Bank:
    """How long money takes: working days until a debit settles, until its refund does, and until funds are available.

    `refunds_wait`: a refund is pending and takes nothing from the balance until it arrives.
    """

    debit_days: int = 2
    refund_days: int = 3
    available_days: int = 2
    refunds_wait: bool = False


@dataclass(frozen=True)
class Switches:
    """All of an account's switches."""

    webhooks: Webhooks = field(default_factory=Webhooks)
    api: Api = field(default_factory=Api)
    bank: Bank = field(default_factory=Bank)

    def with_change(self, group: str, change: dict[str, Any]) -> "Switches":
        """Turn some switches of a group.

        Raises: WrongSwitch.
        """
        kind = {"webhooks": Webhooks, "api": Api, "bank": Bank}[group]
        known = {one.name: one for one in fields(kind)}
        if unknown := change.keys() - known.keys():
            raise WrongSwitch(f"{', '.join(sorted(unknown))}: {group} has {', '.join(known)}")
        turned = asdict(self)[group] | {name: _typed(known[name].default, value, name) for name, value in change.items()}
        if turned.get("outage", "") not in OUTAGES:
            raise WrongSwitch(f"outage is one of {', '.join(OUTAGES[1:])}")
        return read_switches(asdict(self) | {group: turned})


def read_switches(kept: dict[str, Any]) -> Switches:
    """Read switches as they were kept."""
    return Switches(Webhooks(**kept.get("webhooks", {})), Api(**kept.get("api", {})), Bank(**kept.get("bank", {})))


def _typed(default: Any, value: Any, name: str) -> Any:
    if default is None:
        return None if value is None else int(value)
    try:
        return type(default)(value)
    except (TypeError, ValueError):
        raise WrongSwitch(f"{name} cannot be {value!r}") from None
