"""How long somebody is kept who gives no sign of life, and when they are asked whether to stay."""

from datetime import datetime, timedelta

KEPT_AFTER_LAST_SIGN = timedelta(days=3 * 365)
"""What the register promises: at most three years after a person's last sign. A day or less under three years of the calendar."""

ASKED_BEFORE = timedelta(days=30)
"""How long before their end they are asked, so that who was on a long journey still reads it in time."""

STAY_LINK = "people.stay"
"""Purpose of the signed link in that mail: the id is the StayQuestion."""

ASKED_A_MINUTE = 60
"""How many are asked in a minute: a whole import may fall silent on one day, and a mail server that suddenly sends a million is
taken for a spammer's. 86,400 a day."""


def falls_silent_at(last_sign: datetime) -> datetime:
    """When somebody is to be asked whether to stay, whose last sign was at this instant."""
    return last_sign + KEPT_AFTER_LAST_SIGN - ASKED_BEFORE


def may_be_forgotten(*, last_sign: datetime, asked_at: datetime | None, now: datetime) -> bool:
    """Say whether a person's time is over: three years without a sign, and a month since they were asked."""
    return asked_at is not None and now >= asked_at + ASKED_BEFORE and now >= last_sign + KEPT_AFTER_LAST_SIGN
