"""Stolen cards that are tried out with small donations: how much is let through before somebody looks. All its figures stand here.

No picture puzzle: they keep out who sees badly, and not who pays for having them solved.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Origin:
    """Where a try comes from: keyed hashes of its network, and of network and browser together; empty where nobody knows."""

    network: str = ""
    device: str = ""


NOWHERE = Origin()

TRIES = "fundraising.tries"
"""For what the marks of an origin are made."""


@dataclass(frozen=True)
class TryLimit:
    """How many tries are let through `over` a time from one origin; `declined` counts those only that a bank refused."""

    most: int
    over: timedelta
    declined: bool = False


OF_NETWORK = (TryLimit(600, timedelta(hours=1)), TryLimit(15, timedelta(hours=1), declined=True))
"""A meeting gives from one network, and all that one telephone company connects may be one: many tries, few of them declined."""

OF_DEVICE = (TryLimit(120, timedelta(hours=1)), TryLimit(8, timedelta(hours=1), declined=True))
"""Telephones of one model say the same of themselves: at a meeting they are one device."""

OF_CARD = (TryLimit(5, timedelta(days=1), declined=True),)
OF_DONATION = (TryLimit(10, timedelta(days=1), declined=True),)

WATCHED = timedelta(minutes=10)
"""Over how long the tries with new cards at one recipient are watched."""

ALARM_FROM = 20
"""Declines within that time from which there may be an alarm."""

ALARM_PERCENT = 50
"""Percent of the tries that were declined from which there is one: on a good evening one card in ten is."""

SAME_AMOUNT = 12
"""Declines of one and the same amount within that time that are an alarm whatever else is tried: who tests cards types one amount."""

CLOSED_FOR = timedelta(minutes=30)
"""How long new cards are not taken. Longer than `WATCHED`: what closed them is not seen again once they are open."""

MARKS_KEPT = timedelta(days=1)
"""How long a try says from which network and browser it came."""

TRIES_KEPT = timedelta(days=90)


def is_attack(*, tries: int, declined: int, of_one_amount: int) -> bool:
    """Say whether the tries at one recipient look like cards being tested; `of_one_amount`: declines of the commonest amount."""
    many = declined >= ALARM_FROM and declined * 100 >= tries * ALARM_PERCENT
    return many or (of_one_amount >= SAME_AMOUNT and of_one_amount * 100 >= tries * ALARM_PERCENT)
