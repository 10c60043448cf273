"""Who signs in but is nobody here yet: whoever was appointed by their address says what they are called, or goes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import Grant, User
from maillage.kernel.errors import Invalid
from maillage.kernel.text import typed
from maillage.people.domain import Channel
from maillage.people.domain.merging import SETTLES
from maillage.people.domain.naming import wrong_names
from maillage.people.domain.staying import KEPT_AFTER_LAST_SIGN
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors.own import export_of, own_person_id
from maillage.people.selectors.sides import record_of_user, side_of
from maillage.people.services.contact_points import verify_contact_point
from maillage.people.services.corrections import correct_name
from maillage.people.services.erasure import erase_person
from maillage.people.services.persons import proved_point
from maillage.people.services.sides import copy_own_data, erase_own, whole

FORGOTTEN_AT_ONCE = 500
"""How many accounts that nobody is behind one run forgets; the next one takes the rest."""


def say_name(*, user: User, given_name: str, family_name: str, now: datetime) -> None:
    """Keep what somebody is called who signs in: of whom nothing is known yet, `name_account`; else it is put right.

    Safe to repeat. Raises: as `name_account` and `correct_name`.
    """
    if own_person_id(user) is None and name_account(user=user, given_name=given_name, family_name=family_name, now=now):
        return
    if person_id := own_person_id(user):
        correct_name(person_id=person_id, given_name=given_name, family_name=family_name, by_id=user.pk, now=now)


def name_account(*, user: User, given_name: str, family_name: str, now: datetime) -> Person | None:
    """Keep who stands behind an account that nobody is known behind, since they were appointed by their address; None: somebody is.

    Who proved the same address under the same name is they, so that a volunteer stays one person; else they are met here, and the
    address counts as proved, since its mailbox signs in. A record that is joined to another one and not settled, or that signs in
    with an account already, is left to itself. What they were given without an account, such as a seat, comes to it.
    Facts: account.named; of somebody new person.met, contact_point.verified, person.confirmed.
    Raises: Invalid by field.
    """
    if fields := wrong_names(given_name=given_name, family_name=family_name):
        raise Invalid(_("Some fields need another look."), fields=fields)
    with transaction.atomic():
        known = proved_point(user.email, given_name=given_name, family_name=family_name)  # a person is locked before an account
        if not _is_nobodys(user.pk):
            return None
        if known and known.person.user_id is None and not side_of(known.person_id).unsettled:
            person = known.person
            person.user = user
            person.save(update_fields=["user"])
        else:
            person = _put_behind(user, given_name=given_name, family_name=family_name, now=now)
        for settle in SETTLES.values():
            list(settle(person.pk, now))
        journal.record("account.named", subject=person, at=now, actor_id=user.pk)
    return person


def copy_account(*, user: User, now: datetime) -> dict[str, Any]:
    """Say all that is kept of who signs in, as `copy_own_data`, also where they have not said what they are called.

    Raises: User.DoesNotExist, Conflict (`people_busy`).
    """
    with transaction.atomic():
        if _is_nobodys(user.pk):
            copy: dict[str, Any] = whole(export_of(_put_behind(user, now=now).pk, now=now))
            transaction.set_rollback(True)
            return copy
    if (record_id := record_of_user(user.pk)) is None:
        raise User.DoesNotExist
    return copy_own_data(record_id=record_id, now=now)


def erase_account(*, user_id: UUID, now: datetime) -> None:
    """Forget who signs in, in every hall, as `erase_own`, also where they have not said what they are called. Safe to repeat.

    Facts: those of `erase_own`.  Raises: Conflict (`last_administrator`).
    """
    with transaction.atomic():
        if _is_nobodys(user_id):
            _put_behind(User.objects.get(pk=user_id), now=now)
        if record_id := record_of_user(user_id):
            erase_own(record_id=record_id, now=now)


def forget_silent_accounts(*, now: datetime) -> int:
    """Forget whoever signs in, is nobody here, holds nothing any more and gave no sign for three years; say how many.

    A sign is a sign-in, or a role as long as it ran. What somebody else has at that address, a record, a conversation, stays: nobody
    said that it is theirs. Each in a transaction of its own. Facts: those of `erase_person`.
    """
    silent = _silent(now).values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]
    return sum(_forget(user_id, now=now) for user_id in list(silent))


def _forget(user_id: UUID, *, now: datetime) -> bool:
    with transaction.atomic():
        if not _is_nobodys(user_id) or not _silent(now).filter(pk=user_id).exists():  # who signs in at this moment comes first
            return False
        person = Person.objects.create(user_id=user_id, created_at=now)  # not reached at the address: others may write from that mailbox
        erase_person(person_id=person.pk, now=now)
    return True


def _is_nobodys(user_id: UUID) -> bool:
    """Lock an account that nobody is behind, until the transaction ends; False: it is gone, or somebody is.

    A person is locked before their account, here as elsewhere, so one that is somebody's is not held here.
    """
    nobodys = User.objects.select_for_update(of=("self",)).filter(pk=user_id, person__isnull=True).first()
    return nobodys is not None and own_person_id(nobodys) is None


def _silent(now: datetime) -> QuerySet[User]:
    last = Greatest("created_at", "seen_at", Max("grants__ends_at"))
    nobody = User.objects.filter(person__isnull=True).exclude(pk__in=Grant.objects.running(now).values("user"))
    return nobody.annotate(last=last).filter(last__lte=now - KEPT_AFTER_LAST_SIGN).order_by("last", "pk")


def _put_behind(user: User, *, given_name: str = "", family_name: str = "", now: datetime) -> Person:
    """Make the person behind an account, who is reached at its address."""
    names = {"given_name": typed(given_name).strip(), "family_name": typed(family_name).strip()}
    person = Person.objects.create(user=user, language=user.language, created_at=now, **names)
    journal.record("person.met", subject=person, at=now)
    point = ContactPoint.objects.create(person=person, channel=Channel.EMAIL, value=user.email, is_preferred=True)
    return verify_contact_point(contact_point_id=point.pk, now=now).person
