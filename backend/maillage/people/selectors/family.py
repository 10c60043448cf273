"""Which record stands for a person, and which are hidden behind it (ADR 17)."""

from uuid import UUID

from maillage.people.models import Person


def standing_id(person_id: UUID) -> UUID:
    """Return the id of the record that stands for a person: their own, or the one that absorbed it."""
    while into := Person.objects.filter(pk=person_id).values_list("merged_into_id", flat=True).first():
        person_id = into
    return person_id


def family_ids(person_id: UUID) -> list[UUID]:
    """Return a record's id and those of all that are hidden behind it, in order; one query where there are none."""
    family, asked = {person_id}, {person_id}
    while asked:
        asked = set(Person.objects.filter(merged_into__in=asked).values_list("pk", flat=True)) - family
        family |= asked
    return sorted(family)
