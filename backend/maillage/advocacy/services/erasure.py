"""What a person said of office holders, parted from them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from maillage.advocacy.models import Contact, ContactStep, Position, PositionDispute
from maillage.advocacy.services.positions import follow_positions


def erase_sayings(person_id: UUID, now: datetime) -> None:
    """Take a person out of what they heard and logged: what the office holder said stays, and why they found something wrong goes.

    Where they were one of the two people who knew a position, it makes others stop no more once both are gone.
    """
    theirs = Q(author_id=person_id) | Q(by__person=person_id)
    heard = Position.objects.filter(theirs)
    touched = set(heard.values_list("subject_id", "holder_id"))
    heard.update(author=None, by=None)
    Contact.objects.filter(theirs).update(author=None, by=None)
    ContactStep.objects.filter(theirs).update(author=None, by=None)
    PositionDispute.objects.filter(by__person=person_id).update(by=None, reason="")
    follow_positions(touched)
