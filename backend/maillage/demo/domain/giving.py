"""Who gives how much when, in the demo: a long tail of small donations over half a year, drawn once and the same on every machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

GIVERS = 2_420
DAYS = 180
EVENING_BEFORE = 20
"""Days ago, on a television evening, several ordinary days' worth came within hours."""
MONTHLY_IN = 9
"""One giver in so many gives each month."""
ZONE = ZoneInfo("Europe/Paris")
CARD, IBAN = "4000002500000003", "FR1420041010050500013M02606"
"""Test numbers of the payment provider's documentation, by which all is given: a French card, and an account whose debits are paid."""
LATEST = timedelta(minutes=5)
"""How long ago the last donation was made at least, so that it is paid by now; what goes back was given a day ago."""

_AMOUNTS = (500, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 10000, 20000, 50000)
_WEIGHTS = (9, 30, 6, 26, 5, 11, 3, 8, 3, 0.8, 0.12)
_MONTHLY = (500, 1000, 1500, 2000, 3000)
_OF_DAY = (2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 10, 9, 7, 7, 7, 8, 10, 12, 15, 15, 11, 6)
_SOURCES = ("", "mail-octobre", "mail-novembre", "site", "tract-gare", "emission", "affiche")
_SOURCE_WEIGHTS = (40, 18, 20, 12, 4, 3, 3)


@dataclass(frozen=True)
class Gift:
    """One donation to be: by which giver, cents, when; `monthly` numbers the instalments of a monthly donation from 1; 0: made once."""

    giver: int
    amount: int
    at: datetime
    source: str
    method: str = "card"
    monthly: int = 0
    state: str = "settled"
    failure: str = ""
    back: int = 0
    """Cents given back."""
    envelope: int = -1
    """Which envelope has a share; -1: none."""


def gifts(*, now: datetime, seed: str = "giving") -> list[Gift]:
    """Draw them all, the earliest first; none lies in the future."""
    drawn: list[Gift] = []
    for giver in range(GIVERS):
        draw = Random(f"{seed} {giver}")  # noqa: S311  nothing is kept secret by it
        if giver % MONTHLY_IN == 0:
            drawn += _monthly(giver, draw, now)
        else:
            drawn += (_once(giver, draw, now) for _time in range(1 + (draw.random() < 0.12)))
    return sorted((gift for gift in drawn if gift.at < now - LATEST), key=lambda gift: (gift.at, gift.giver))


def _once(giver: int, draw: Random, now: datetime) -> Gift:
    amount = _amount(draw)
    chance = draw.random()
    state, failure = "settled", ""
    if chance < 0.03:
        state, failure = "failed", draw.choice(("insufficient_funds", "expired_card", "generic_decline"))
    elif chance < 0.05:
        state = "ended"
    is_back = state == "settled" and draw.random() < 0.006
    at = _instant(draw, now)
    return Gift(
        giver=giver,
        amount=amount,
        at=at,
        source=draw.choices(_SOURCES, _SOURCE_WEIGHTS)[0],
        method="sepa_debit" if draw.random() < 0.07 and state == "settled" else "card",
        state=state,
        failure=failure,
        back=amount if is_back and at < now - timedelta(days=1) else 0,
        envelope=draw.choices((-1, 0, 1, 2), (46, 26, 18, 10))[0],
    )


def _monthly(giver: int, draw: Random, now: datetime) -> Iterator[Gift]:
    amount, first = draw.choice(_MONTHLY), _instant(draw, now)
    method, source = ("sepa_debit" if draw.random() < 0.3 else "card"), draw.choices(_SOURCES, _SOURCE_WEIGHTS)[0]
    for number in range(7):
        due = _month_later(first, number)
        if due >= now or (number and draw.random() < 0.03):
            return  # stopped, or not due yet
        yield Gift(giver=giver, amount=amount, at=due, source=source if number == 0 else "", method=method, monthly=number + 1)


def _amount(draw: Random) -> int:
    """Mostly what the page suggests; else a sum of their own, log-normal, in whole euros."""
    if draw.random() < 0.85:
        return draw.choices(_AMOUNTS, _WEIGHTS)[0]
    return 100 * min(1500, max(3, round(draw.lognormvariate(2.9, 0.8))))


def _instant(draw: Random, now: datetime) -> datetime:
    """More each month, most in the evening, and one television evening."""
    today = now.astimezone(ZONE).date()
    if draw.random() < 0.09:
        begins = datetime.combine(today - timedelta(days=EVENING_BEFORE), time(20, 45), tzinfo=ZONE)
        return begins + timedelta(minutes=min(420, draw.expovariate(1 / 70)))
    day = today - timedelta(days=int(DAYS * draw.random() ** 1.6))
    hour = draw.choices(range(24), _OF_DAY)[0]
    return datetime.combine(day, time(hour, draw.randrange(60), draw.randrange(60)), tzinfo=ZONE)


def _month_later(first: datetime, months: int) -> datetime:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return first.replace(year=year, month=month + 1, day=min(first.day, 28), hour=6, minute=10) if months else first
