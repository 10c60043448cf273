"""Another address with which somebody signs in: asked for, stopped, or confirmed from its own mailbox."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.domain import CHANGE_LASTS
from maillage.accounts.models import AddressChange, Session, User
from maillage.accounts.services.sessions import end_sessions
from maillage.kernel.errors import Conflict, Invalid, NotFound, Refusal
from maillage.kernel.limits import happens_at_most

ASKED_A_DAY = 3
"""How often a day one address is written to, and one account asks, whoever types it."""


class AskedTooOften(Refusal):
    """One account asked for another address too often today."""

    status = 429
    code = "asked_too_often"


def ask_address_change(*, user: User, email: str, session_key: str | None, now: datetime) -> AddressChange:
    """Keep that somebody wants to sign in with another address, written in lower case; nothing changes before that is confirmed.

    Whether the address is known here changes neither the answer nor the time. One that was typed too often today gets no mail.
    Facts: address_change.asked.  Raises: Invalid (email: it is theirs already), AskedTooOften.
    """
    if email == user.email:
        raise Invalid(fields={"email": [_("This is the address with which you sign in already.")]})
    if not happens_at_most("accounts.address_change", to=str(user.pk), most=ASKED_A_DAY, over=timedelta(days=1), now=now):
        raise AskedTooOften(_("You asked for another address too often today. Nothing was changed; try again tomorrow."))
    is_written_to = happens_at_most("accounts.new_address", to=email, most=ASKED_A_DAY, over=timedelta(days=1), now=now)
    asked_in = Session.objects.filter(session_key=session_key or "", user=user).first()
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        AddressChange.objects.filter(user=user).delete()
        change = AddressChange.objects.create(user=user, email=email, asked_at=now, ends_at=now + CHANGE_LASTS, asked_in=asked_in)
        journal.record("address_change.asked", subject=change, at=now, actor_id=user.pk, is_written_to=is_written_to)
    return change


def stop_address_change(*, change_id: UUID, is_strangers: bool, now: datetime) -> bool:
    """Give a change of address up, from either mailbox; say whether there was one.

    `is_strangers`: who reads the former address did not ask, so somebody else did, in one of their sessions: all of them end.
    Facts: address_change.stopped.
    """
    with transaction.atomic():
        change = AddressChange.objects.select_for_update().filter(pk=change_id).first()
        if change is None:
            return False
        journal.record("address_change.stopped", subject=change, at=now, is_strangers=is_strangers)
        change.delete()
        if is_strangers:
            end_sessions(user_id=change.user_id)
    return True


def change_address(*, change_id: UUID, now: datetime) -> tuple[User, str]:
    """Let somebody sign in with the address that they confirmed, and return them with the former one; their other sessions end.

    Facts: user.address_changed.  Raises: NotFound (`change_gone`), Conflict (`address_taken`: it signs another account in).
    """
    with transaction.atomic():
        # the user first, as whoever sets a password does: the other way round the two would wait for each other
        user = User.objects.select_for_update(of=("self",)).filter(address_change=change_id).first()
        change = (
            AddressChange.objects.select_for_update(of=("self",)).select_related("asked_in").filter(pk=change_id, ends_at__gt=now).first()
        )
        if user is None or change is None:
            raise change_gone()
        former, user.email = user.email, change.email
        try:
            with transaction.atomic():
                user.save(update_fields=["email"])
        except IntegrityError:
            raise Conflict(_("This address signs in another account here. Nothing was changed."), code="address_taken") from None
        key = change.asked_in.session_key if change.asked_in else None
        change.delete()
        end_sessions(user_id=user.pk, but_key=key)
        journal.record("user.address_changed", subject=user, at=now, actor_id=user.pk)
    return user, former


def change_gone() -> NotFound:
    """Why there is nothing to confirm."""
    said = _("Nothing waits here any more: it was confirmed, stopped, asked for anew, given up by signing out, or its day is over.")
    return NotFound(said, code="change_gone")


def forget_address_changes(*, now: datetime) -> int:
    """Delete the changes that nobody confirmed in their day; say how many."""
    deleted, _by_model = AddressChange.objects.filter(ends_at__lt=now).delete()
    return deleted
