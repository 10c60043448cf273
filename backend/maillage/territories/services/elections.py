"""The votes of a country and what they limit, as its file says them."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from maillage.territories.domain.profiles import ElectionRule, Profile, WindowRule
from maillage.territories.models import Area, Election, ElectionWindow

Dated = tuple[Area, WindowRule, date]
"""A window in a place, and its first day there."""


def load_elections(profile: Profile) -> None:
    """Write the elections of a country's file and their windows, in one transaction; safe to run again.

    Each window stands in the country and in every place that keeps its own time, so that its days are told there; where one votes
    on Saturdays it begins a day earlier. What the file does not say any more of an election goes; an election itself stays.
    """
    country = Area.objects.filter(country=profile.country, kind__level=0, valid_until=None).first()
    if country is None:
        return
    places = list(_places_with_a_clock(profile))
    with transaction.atomic():
        for rule in profile.elections:
            election, _is_new = Election.objects.update_or_create(
                country=profile.country,
                code=rule.code,
                defaults={
                    "name": rule.name,
                    "territory": country,
                    "first_round_on": rule.rounds[0],
                    "second_round_on": rule.rounds[1] if len(rule.rounds) > 1 else None,
                    "is_confirmed": rule.confirmed,
                },
            )
            election.windows.all().delete()
            ElectionWindow.objects.bulk_create(
                ElectionWindow(election=election, area=area, kind=window.kind, starts_on=starts_on, ends_on=window.ends_on, law=window.law)
                for area, window, starts_on in _dated(rule, [country, *places], profile)
            )


def _places_with_a_clock(profile: Profile) -> Iterator[Area]:
    for kind, clocks in profile.time_zones.items():
        found = Area.objects.filter(country=profile.country, kind__code=kind, valid_until=None).select_related("kind")
        yield from found.filter(code__in=clocks).order_by("code")


def _dated(rule: ElectionRule, areas: list[Area], profile: Profile) -> Iterator[Dated]:
    for window in rule.windows:
        for area in areas:
            is_early = window.saturday is not None and area.code in profile.saturday_voters.get(area.kind.code, [])
            yield area, window, window.saturday if is_early and window.saturday else window.starts_on
