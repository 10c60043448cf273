"""What is known of who takes part around a place, or could stay when their application is taken back."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from maillage.accounts.models import Grant
from maillage.people.domain import Channel
from maillage.people.models import Person
from maillage.people.selectors import may_contact
from maillage.relays.domain.joining import JOIN_WORDINGS
from maillage.relays.models import Application, Joining


def joined_of(application: Application) -> Joining | None:
    """Return what an applicant joined at the place of their application; None where they did not."""
    theirs = Joining.objects.filter(Q(person=application.person_id) | Q(person__absorbed=application.person_id))
    return theirs.select_related("seat__area", "person__area").filter(seat=application.seat_id, confirmed_at__isnull=False).first()


def agreed_already(person_id: UUID) -> set[str]:
    """Name the boxes of `JOIN_WORDINGS` that a person has agreed to, by mail, before."""
    return {
        name for name, wording in JOIN_WORDINGS.items() if may_contact(person_id=person_id, purpose=wording.purpose, channel=Channel.EMAIL)
    }


def holds_more(person: Person, *, now: datetime) -> bool:
    """Say whether somebody holds a role, which their account guards better than a link in a mail does."""
    return person.user_id is not None and Grant.objects.filter(user_id=person.user_id).running(now).exists()
