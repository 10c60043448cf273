"""The record that stands for a person, locked before something is written of them."""

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
