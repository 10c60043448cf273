"""Reasons typed before reading (decision 9)."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.kernel.text import typed
from maillage.people.domain import REASON_LASTS, ReasonKind
from maillage.people.domain.reasons import LONGEST_REASON, SHORTEST_REASON
from maillage.people.models import AccessReason, Person
from maillage.people.selectors.officer import people_inspected, running_reason
from maillage.people.selectors.sides import is_guarded_by_account
from maillage.people.services.sides import erase_own


def give_reason(*, reader: User, kind: ReasonKind, words: str, now: datetime) -> AccessReason:
    """Keep why somebody is about to read; it opens for an hour what its kind says.

    Facts: access_reason.given.  Raises: Invalid (reason).
    """
    said = " ".join(typed(words).split())
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        sentence = _("Say why in %(least)s to %(most)s letters: the people concerned read it.")
        raise Invalid(code="reason_missing", fields={"reason": [sentence % {"least": SHORTEST_REASON, "most": LONGEST_REASON}]})
    with transaction.atomic():
        reason = AccessReason.objects.create(reader=reader, kind=kind, words=said, made_at=now, ends_at=now + REASON_LASTS)
        journal.record("access_reason.given", subject=reason, at=now, actor_id=reader.pk, kind=str(kind))
    return reason


def give_file_reason(*, reader: User | AnonymousUser, words: str, now: datetime) -> UUID:
    """Keep why somebody takes a table of people away, and return the reason's id, which each line of the access log then names.

    Facts: access_reason.given.  Raises: Invalid (reason), Forbidden (`organisers_only`).
    """
    if not isinstance(reader, User):
        raise Forbidden(code="organisers_only")
    return give_reason(reader=reader, kind=ReasonKind.EXPORT, words=words, now=now).pk


def erase_for_reason(*, reason_id: UUID, reader: User, now: datetime) -> None:
    """Forget the person of an officer's reason, who asked for it and cannot press it themself: on paper, by telephone, by post.

    Whom an account guards (a role, a second factor) does it from their own page. What the officer typed goes with the person.
    Facts: person.erasure_requested, person.erased.
    Raises: NotFound, Forbidden (`reason_ended`), Conflict (`reason_open`, `account_open`).
    """
    with transaction.atomic():
        reason = running_reason(reason_id, reader=reader, now=now, is_locked=True)
        if reason.person_id is None:
            raise reason_open()
        if is_guarded_by_account(reason.person_id, now=now):
            said = _("They hold a role here, or have a second factor: they erase themselves from their own page, once signed in.")
            raise Conflict(said, code="account_open")
        person = Person.objects.get(pk=reason.person_id)
        journal.record("person.erasure_requested", subject=person, at=now, actor_id=reader.pk)
        erase_own(record_id=person.pk, now=now)


def reason_open() -> Conflict:
    """Why nothing is read or done for a reason that is about nobody yet."""
    return Conflict(_("Choose first whom the reason is about."), code="reason_open")


def narrow_reason(*, reason_id: UUID, reader: User, person_id: UUID, now: datetime) -> AccessReason:
    """Narrow an officer's reason to the one person whom it is about. Safe to repeat.

    Raises: NotFound (reason or person), Forbidden (`reason_ended`), Conflict (`reason_used`: it was for somebody else).
    """
    with transaction.atomic():
        reason = running_reason(reason_id, reader=reader, now=now, is_locked=True)
        if reason.person_id not in (None, person_id):
            raise Conflict(_("This reason was for somebody else. Type a new one."), code="reason_used")
        if reason.person_id is None:
            if not people_inspected(reader, now=now).filter(pk=person_id).exists():
                raise NotFound
            reason.person_id = person_id
            reason.save(update_fields=["person"])
    return reason
