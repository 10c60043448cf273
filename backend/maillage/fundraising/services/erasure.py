"""What somebody gave, once they ask to be forgotten: what the law has kept stays, and nothing else."""

from datetime import datetime
from uuid import UUID

from maillage.fundraising.models import Donor, PaymentAttempt


def erase_donor(person_id: UUID, now: datetime) -> None:
    """Part a person from what they gave, and forget how they are reached; their declarations and the amounts are kept by law."""
    PaymentAttempt.objects.filter(donation__donor__person_id=person_id).delete()
    Donor.objects.filter(person_id=person_id).update(person=None, email="", area=None)
