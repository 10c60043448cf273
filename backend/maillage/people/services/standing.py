"""The record that stands for a person, locked before something is written of them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from maillage.people.models import Person


def lock_standing(person_id: UUID) -> Person:
    """Lock a person's record against merging and return it: the one that absorbed it, where it was merged (ADR 17).

    One query as long as nobody merges them at this very moment.  Raises: Person.DoesNotExist.
    """
    while True:
        stands = Person.objects.filter(pk=person_id).values(stands=Coalesce(F("merged_into_id"), F("pk")))
        person = Person.objects.select_for_update(no_key=True, of=("self",)).only("pk", "merged_into_id").get(pk__in=stands)
        if person.merged_into_id is None:
            return person
        person_id = person.merged_into_id


def lock_all_standing(person_ids: Collection[UUID]) -> None:
    """Lock these records and those that stand for them, in the order of their keys: before any row that names one of them.

    Whoever writes of a person locks them first (`lock_standing`, an erasure, a join, a stop): rows taken before would wait for each other.
    """
    records = above = set(person_ids)
    while above:
        merged = Person.objects.filter(pk__in=above, merged_into__isnull=False)
        above = set(merged.values_list("merged_into_id", flat=True)) - records
        records = records | above
    list(Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=records).order_by("pk").values_list("pk"))
