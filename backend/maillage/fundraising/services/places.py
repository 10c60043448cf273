"""From where donors give, kept beside them, and the sums by place that follow (ADR 34)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from maillage.fundraising.models import Donor
from maillage.fundraising.selectors.places import places_of
from maillage.fundraising.services.rollups import recount_donors

AT_ONCE = 1000


def place_donors(donor_ids: Iterable[UUID]) -> int:
    """Let donors give from where their address and their record say now; the sums follow. Say how many moved. Safe to repeat."""
    with transaction.atomic():
        donors = list(Donor.objects.select_for_update(of=("self",)).filter(pk__in=list(donor_ids)).order_by("pk"))
        found = places_of(donors)
        moved = [donor for donor in donors if donor.area_id != found.get(donor.pk)]
        for donor in moved:
            donor.area_id = found.get(donor.pk)
        Donor.objects.bulk_update(moved, ["area"])
        recount_donors([donor.pk for donor in moved])
    return len(moved)


def place_people(person_ids: Iterable[UUID]) -> int:
    """Let whoever gives under a record follow where it says that they live."""
    return place_donors(Donor.objects.filter(person__in=list(person_ids)).values_list("pk", flat=True))


def place_unplaced() -> int:
    """Look again for the place of every donor who has none: it may be known by now. Some at a time; say how many got one."""
    unknown = Donor.objects.filter(~Q(postcode="") | Q(person__area__isnull=False), area=None).order_by("pk")
    placed, ids = 0, list(unknown.values_list("pk", flat=True)[:AT_ONCE])
    while ids:
        placed += place_donors(ids)
        ids = list(unknown.filter(pk__gt=ids[-1]).values_list("pk", flat=True)[:AT_ONCE])
    return placed
