"""Addresses and numbers proved."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.people.models import ContactPoint, Person
from maillage.people.services.standing import lock_standing


def verify_contact_point(*, contact_point_id: UUID, now: datetime) -> ContactPoint:
    """Keep that a person proved that a contact point is theirs, once; from then on they are known.

    Called from a POST that carries a signed link, never from a GET: mail scanners open links.
    Facts: contact_point.verified, person.confirmed.  Raises: ContactPoint.DoesNotExist.
    """
    with transaction.atomic():
        standing = lock_standing(ContactPoint.objects.values_list("person_id", flat=True).get(pk=contact_point_id))
        point = ContactPoint.objects.select_for_update(of=("self",)).select_related("person").get(pk=contact_point_id)
        if point.person.merged_into_id is not None:  # the same address stands with the record that absorbed theirs
            same = ContactPoint.objects.filter(channel=point.channel, value=point.value, person_id=standing.pk)
            point = same.select_for_update(of=("self",)).select_related("person").get()
        if point.verified_at is not None:
            return point
        point.verified_at = now
        point.save(update_fields=["verified_at"])
        journal.record("contact_point.verified", subject=point, at=now, person_id=point.person_id, channel=point.channel)
        if Person.objects.filter(pk=point.person_id, confirmed_at__isnull=True).update(confirmed_at=now):
            point.person.confirmed_at = now
            journal.record("person.confirmed", subject=point.person, at=now, area_id=point.person.area_id)
    return point
