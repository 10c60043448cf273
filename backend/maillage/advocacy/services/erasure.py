"""What a person said of office holders, parted from them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from maillage.advocacy.models import Contact, ContactStep, Position, PositionDispute
from maillage.advocacy.services.positions import follow_positions, settle_forgotten


def erase_sayings(person_id: UUID, now: datetime) -> None:
    """Take a person out of what they heard and logged: what the office holder said stays, and why they found something wrong goes.

    Nobody could answer for a dispute of theirs that is open: the position stands. What they wrote to settle one goes. Where they were
    one of the two people who knew a position, it makes others stop no more once both are gone.
    """
    theirs = Q(author_id=person_id) | Q(by__person=person_id)
    heard = Position.objects.filter(theirs)
    touched = set(heard.values_list("subject_id", "holder_id"))
    heard.update(author=None, by=None)
    Contact.objects.filter(theirs).update(author=None, by=None)
    ContactStep.objects.filter(theirs).update(author=None, by=None)
    disputed = PositionDispute.objects.filter(by__person=person_id)
    waiting = sorted(disputed.filter(settled_at=None).values_list("position_id", flat=True))
    disputed.update(by=None, reason="")
    PositionDispute.objects.filter(settled_by__person=person_id).update(settled_by=None, words="")
    follow_positions(touched)
    for position_id in waiting:
        settle_forgotten(position_id=position_id, now=now)
