"""Template filters: numbers, ordinals, days and instants as the reader's language writes them. Of an instant the time zone is named."""

import re
from datetime import date, datetime

from django import template
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from maillage.kernel import dates
from maillage.territories.domain import ordinal_suffix

register = template.Library()

ORDINAL = re.compile(r"(\d)(re|er|e|st|nd|rd|th)\b")


@register.filter
def figure(value: float | int | None, decimals: int = 0) -> str:
    """Write a number with its thousands apart: 134 840, 12,4."""
    return "" if value is None else number_format(value, decimal_pos=decimals, force_grouping=True)


@register.filter
def ordinal(number: int) -> SafeString:
    """Write a number that orders, its letters raised: 3ᵉ, 3ʳᵈ."""
    return format_html("{}<sup>{}</sup>", number, ordinal_suffix(number, language=get_language() or "fr"))


@register.filter
def raised(text: str) -> SafeString:
    """Write a text with the letters of its ordinals raised: Drôme, 3ᵉ; Paris 1ᵉʳ arrondissement; 1ᵉʳ décembre."""
    return mark_safe(ORDINAL.sub(r"\1<sup>\2</sup>", conditional_escape(text)))  # noqa: S308 escaped just before


@register.filter
def day(value: date | datetime, zone: str = "") -> SafeString:
    """Write a day without its year: mercredi 2 décembre, Wednesday 2 December."""
    return raised(dates.day(value, zone))


@register.filter
def dated(value: date | datetime, zone: str = "") -> SafeString:
    """Write a day of any year: 7 juillet 2024."""
    return raised(dates.dated(value, zone))


@register.filter
def hour(value: datetime, zone: str) -> str:
    """Write an hour: 18 h 10 and 9 h, 6:10 pm and 9 am."""
    return dates.hour(value, zone)


@register.filter
def instant(value: datetime, zone: str) -> SafeString:
    """Write a day and an hour: mardi 24 novembre, 18 h 10."""
    return raised(dates.instant(value, zone))


@register.filter
def initials(name: str) -> str:
    """Give the first letters of a name, two at most."""
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
