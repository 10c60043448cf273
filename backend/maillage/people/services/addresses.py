"""Another e-mail address: asked for in the app, confirmed from its own mailbox."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage.accounts import services as accounts
from maillage.accounts.models import AddressChange, User
from maillage.people.domain import Channel, normal_value
from maillage.people.domain.silences import keep_refusals
from maillage.people.domain.waiting import WaitingState
from maillage.people.models import ContactPoint, Person, WaitingAddress
from maillage.people.services.corrections import correcting, give_up_behind, record_corrected


def ask_new_address(*, person_id: UUID, user: User, email: str, session_key: str | None, now: datetime) -> None:
    """Ask that another address stand for somebody and sign them in; mails go to it and to the one that they have.

    Facts: address_change.asked.  Raises: Invalid (email), AskedTooOften, Conflict (`join_unsettled`).
    """
    address = normal_value(Channel.EMAIL, email)
    with correcting(person_id):
        accounts.ask_address_change(user=user, email=address, session_key=session_key, now=now)


def confirm_new_address(*, change_id: UUID, now: datetime) -> None:
    """Put a confirmed address in the place of the one with which somebody signed in: for mails, for what shows it, for sign-in.

    What they agreed to by e-mail goes on, since they asked to be reached there; a list's agreement that waited for the former
    address goes. Called from a POST of the mail's link alone.
    Facts: user.address_changed, person.corrected.  Raises: NotFound (`change_gone`), Conflict (`address_taken`, `join_unsettled`).
    """
    with transaction.atomic():
        asked = AddressChange.objects.filter(pk=change_id).first()
        person = Person.objects.filter(user_id=asked.user_id).first() if asked else None
        if person is None:
            raise accounts.change_gone()
        with correcting(person.pk) as locked:
            user, former = accounts.change_address(change_id=change_id, now=now)
            keep_refusals(locked.pk, [former], now)
            give_up_behind(locked.pk, Channel.EMAIL, former)
            points = ContactPoint.objects.filter(person=locked, channel=Channel.EMAIL)
            point = points.filter(value=former).first() or points.filter(value=user.email).first()
            if point is None:
                point = ContactPoint(person=locked, channel=Channel.EMAIL)
            points.filter(value=user.email).exclude(pk=point.pk).delete()
            points.exclude(pk=point.pk).update(is_preferred=False)
            WaitingAddress.objects.filter(point_id=point.pk, state__in=(WaitingState.WAITING, WaitingState.ASKED)).delete()
            point.value, point.verified_at, point.is_preferred = user.email, now, True
            point.save()
            record_corrected(locked, "address", by_id=user.pk, now=now)
