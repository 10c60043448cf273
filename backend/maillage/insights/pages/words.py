"""Template filters: numbers, ordinals and instants as the reader's language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.dateformat import format as date_as
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from maillage.insights.domain import ordinal_suffix

register = template.Library()
NO_BREAK = "\N{NO-BREAK SPACE}"


@register.filter
def figure(value: float | int | None, decimals: int = 0) -> str:
    """Write a number with its thousands apart: 134 840, 12,4."""
    return "" if value is None else number_format(value, decimal_pos=decimals, force_grouping=True)


@register.filter
def ordinal(number: int) -> SafeString:
    """Write a number that orders, its letters raised: 3ᵉ, 3ʳᵈ."""
    return format_html("{}<sup>{}</sup>", number, ordinal_suffix(number, language=get_language() or "fr"))


@register.filter
def day(value: date | datetime, zone: str = "Europe/Paris") -> str:
    """Write a day without its year: mercredi 2 décembre, Wednesday 2 December."""
    local = value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) else value
    number = "1er" if get_language() == "fr" and local.day == 1 else date_as(local, "j")
    return f"{date_as(local, 'l')} {number}{NO_BREAK}{date_as(local, 'F')}"


@register.filter
def dated(value: date | datetime, zone: str = "Europe/Paris") -> str:
    """Write a day of any year: 7 juillet 2024."""
    local = value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) else value
    number = "1er" if get_language() == "fr" and local.day == 1 else date_as(local, "j")
    return f"{number}{NO_BREAK}{date_as(local, 'F Y')}"


@register.filter
def hour(value: datetime, zone: str = "Europe/Paris") -> str:
    """Write an hour: 18 h 10 and 9 h, 6:10 pm and 9 am."""
    local = value.astimezone(ZoneInfo(zone))
    if get_language() == "fr":
        return f"{local.hour}{NO_BREAK}h" + (f"{NO_BREAK}{local.minute:02}" if local.minute else "")
    return f"{local.hour % 12 or 12}" + (f":{local.minute:02}" if local.minute else "") + NO_BREAK + ("am" if local.hour < 12 else "pm")


@register.filter
def instant(value: datetime, zone: str = "Europe/Paris") -> str:
    """Write a day and an hour: mardi 24 novembre, 18 h 10."""
    return f"{day(value, zone)}, {hour(value, zone)}"


@register.filter
def initials(name: str) -> str:
    """Give the first letters of a name, two at most."""
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
