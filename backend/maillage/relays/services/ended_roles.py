"""What somebody had taken on with a role goes on to others once the role has ended."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage.accounts import selectors as accounts
from maillage.accounts.models import User
from maillage.people.models import Person
from maillage.relays.selectors.concerns import MAY_BE_NAMED
from maillage.relays.selectors.welcomes import may_welcome_as
from maillage.relays.services.companions import stop_accompanying
from maillage.relays.services.concerns import give_back_concerns


def follow_ended_role(*, grant_id: UUID, now: datetime) -> None:
    """Give back what was told in confidence, and end what somebody does as a companion, where no role of theirs allows it any more.

    Whoever holds another such role, or the same one again, keeps all. Safe to repeat.
    Facts: concern.given_back, companion.ended, companion.refused, each.
    """
    user = User.objects.filter(grants=grant_id).first()
    if user is None:
        return
    with transaction.atomic():
        if not accounts.holds_role(user, roles=MAY_BE_NAMED, now=now):
            give_back_concerns(user_id=user.pk, now=now)
        person_id = Person.objects.filter(user=user).values_list("pk", flat=True).first()
        if person_id is not None and not may_welcome_as(person_id, now=now):
            stop_accompanying(person_id=person_id, now=now)
