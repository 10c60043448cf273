"""Days and hours as one says them, in the active language and the place's time zone."""

from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as date_as
from django.utils.translation import get_language

Moment = TypeVar("Moment", date, datetime)

NO_BREAK = "\N{NO-BREAK SPACE}"


def shifted(moment: Moment, by: timedelta) -> Moment:
    """Return a day or an instant earlier or later; itself where the calendar ends before that."""
    try:
        return moment + by
    except OverflowError:
        return moment


def day_in(value: datetime, zone: str) -> date:
    """Return which day it is somewhere at an instant."""
    return value.astimezone(ZoneInfo(zone)).date()


def day(value: date | datetime, zone: str) -> str:
    """Say a day without its year: mercredi 2 décembre, Wednesday 2 December."""
    local = _local(value, zone)
    return f"{date_as(local, 'l')} {_number(local)}{NO_BREAK}{date_as(local, 'F')}"


def dated(value: date | datetime, zone: str) -> str:
    """Say a day of any year: 7 juillet 2024, 1er décembre 2026."""
    local = _local(value, zone)
    return f"{_number(local)}{NO_BREAK}{date_as(local, 'F Y')}"


def hour(value: datetime, zone: str) -> str:
    """Say an hour: 18 h 10 and 9 h, 6:10 pm and 9 am."""
    local = value.astimezone(ZoneInfo(zone))
    if get_language() == "fr":
        return f"{local.hour}{NO_BREAK}h" + (f"{NO_BREAK}{local.minute:02}" if local.minute else "")
    return f"{local.hour % 12 or 12}" + (f":{local.minute:02}" if local.minute else "") + NO_BREAK + ("am" if local.hour < 12 else "pm")


def instant(value: datetime, zone: str) -> str:
    """Say a day and an hour: mardi 24 novembre, 18 h 10."""
    return f"{day(value, zone)}, {hour(value, zone)}"


def _local(value: date | datetime, zone: str) -> date:
    """Give the day that it is in a time zone; a day without an hour is the same everywhere."""
    return value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) else value


def _number(local: date) -> str:
    """Number a day; the first of a month orders in French, the others count."""
    return "1er" if get_language() == "fr" and local.day == 1 else date_as(local, "j")
