"""Somebody reads, takes away or erases what is kept of them, while a join of their record is an organiser's word alone (ADR 17)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import services as accounts
from maillage.kernel.errors import Conflict, NotFound
from maillage.people.domain.merging import UNMERGE_SOURCE
from maillage.people.models import Merge, Person
from maillage.people.selectors.belongings import Moving, movings
from maillage.people.selectors.family import family_ids, standing_id
from maillage.people.selectors.own import export_of, own_data
from maillage.people.selectors.sides import Side, side_of
from maillage.people.services.erasure import erase_person
from maillage.people.services.merges import bring_back, has_later, lock_records, part

Told = TypeVar("Told")


def read_as_own(record_id: UUID, read: Callable[[UUID], Told], *, now: datetime) -> Told:
    """Read what is kept of the person who proved one record to be theirs: of joined records only that side, until it is settled.

    What each record had is known to one piece of code, that which takes them apart: so they are taken apart, read, and the
    transaction is rolled back. What came since the join is read by whom the account is that acts, else by nobody until it is
    settled: it may be either's.  Raises: Person.DoesNotExist, Conflict (`people_busy`).
    """
    side = side_of(record_id)
    if not side.unsettled:
        return read(side.record_id)
    try:
        with transaction.atomic():
            side = lock_side(record_id)
            _set_apart(side, now=now)
            told: Told = whole(read(side.record_id))
            transaction.set_rollback(True)
    except OperationalError:
        raise Conflict(_("Somebody is at work on your record at this moment. Try again."), code="people_busy") from None
    return told


def show_own_data(*, record_id: UUID, now: datetime) -> dict[str, Any]:
    """Say what is known of whoever proved a record to be theirs, as `own_data`, and that records were joined."""
    return read_as_own(record_id, own_data, now=now)


def copy_own_data(*, record_id: UUID, now: datetime) -> dict[str, Any]:
    """Say all that is kept of whoever proved a record to be theirs, as `export_of`.

    Of readings since a join that is not settled the reasons that were typed are left out, as `accesses_of` does.
    """
    since = min((merge.merged_at for merge in side_of(record_id).unsettled), default=None)
    copy = read_as_own(record_id, lambda id: export_of(id, now=now), now=now)
    for record in (copy, *copy.get("joined", [])):
        people = record["people"]
        people["consent_log"] = [line for line in people["consent_log"] if not (line["source"] == UNMERGE_SOURCE and line["at"] == now)]
        people["accesses"] = [line | ({"reason": ""} if since and line["at"] >= since else {}) for line in people["accesses"]]
    return copy


def erase_own(*, record_id: UUID, now: datetime) -> None:
    """Forget whoever proved a record to be theirs, in every hall: what an unsettled join tied to it is taken apart first and stays.

    What came since the join goes with whom the account is that acts; without an account it stays. Safe to repeat.
    Facts: person.unmerged, person.erased.  Raises: Person.DoesNotExist, Conflict (`last_administrator`).
    """
    with transaction.atomic():
        side = lock_side(record_id)
        if user_id := Person.objects.values_list("user_id", flat=True).get(pk=side.record_id):
            accounts.keep_an_administrator(but_user_id=user_id, now=now)
        for merge in reversed(side.unsettled):
            since, acting = _since(merge), _acting(merge)
            part(merge, by=None, now=now)
            kept, absorbed = merge.person_id, merge.absorbed_id
            to = acting or (absorbed if kept == side.record_id else kept)
            for moving, rows in since:
                _give(moving, rows, to)
        erase_person(person_id=side.record_id, now=now)


def agree_to_merge(*, merge_id: UUID, record_ids: set[UUID], now: datetime) -> bool:
    """Keep that a proved address of one record, or of both, says that the other is theirs too; say whether that settles the join.

    Both have to say so: an address speaks for what it brought, and opens nobody else's. Safe to repeat.
    Facts: person.merge_settled.  Raises: NotFound (`merge_gone`).
    """
    with transaction.atomic():
        merge = _locked_merge(merge_id)
        if merge.person_id in record_ids:
            merge.kept_agreed_at = merge.kept_agreed_at or now
        if merge.absorbed_id in record_ids:
            merge.absorbed_agreed_at = merge.absorbed_agreed_at or now
        merge.save(update_fields=["kept_agreed_at", "absorbed_agreed_at"])
        if merge.kept_agreed_at and merge.absorbed_agreed_at:
            _settle(merge, now=now)
    return merge.settled_at is not None


def settle_merge(*, merge_id: UUID, now: datetime) -> bool:
    """Settle a join to which nobody objected in time; say whether it was. Safe to repeat.  Facts: person.merge_settled.

    Never waits: whoever is at work on it may be taking several apart, the last first. It is looked at again within the hour.
    """
    with transaction.atomic():
        free = Merge.objects.select_for_update(of=("self",), skip_locked=True)
        merge = free.filter(pk=merge_id, undone_at__isnull=True, objected_at__isnull=True).first()
        if merge is None or merge.settled_at is not None:
            return False
        _settle(merge, now=now)
    return True


def object_to_merge(*, merge_id: UUID, now: datetime) -> bool:
    """Take two records apart since somebody to whom one of them belongs says that they are not both theirs; say whether they are.

    Where the record was joined to another one since, it never settles by itself any more, and an organiser takes it apart.
    Safe to repeat. Facts: person.unmerged, and those of consents.  Raises: NotFound (`merge_gone`).
    """
    with transaction.atomic():
        merge = Merge.objects.filter(pk=merge_id).first()
        if merge is None:
            raise NotFound(code="merge_gone")
        lock_records([merge.person_id, merge.absorbed_id])
        merge = _locked_merge(merge_id)
        if has_later(merge):
            merge.objected_at = merge.objected_at or now
            merge.save(update_fields=["objected_at"])
            return False
        part(merge, by=None, now=now)
    return True


def _settle(merge: Merge, *, now: datetime) -> None:
    if merge.settled_at is None:
        merge.settled_at = now
        merge.save(update_fields=["settled_at"])
        journal.record("person.merge_settled", subject=Person(pk=merge.person_id), at=now, merge_id=merge.pk)


def _locked_merge(merge_id: UUID) -> Merge:
    merge = Merge.objects.select_for_update(of=("self",)).filter(pk=merge_id, undone_at__isnull=True).first()
    if merge is None:
        raise NotFound(code="merge_gone")
    return merge


def lock_side(record_id: UUID) -> Side:
    """Lock a whole family, in the order of its keys, and return one side of it as it stands then: before anything else is locked of it.

    Raises: Person.DoesNotExist.
    """
    while True:
        family = family_ids(standing_id(record_id))
        if Person.objects.filter(pk__in=family, erased_at__isnull=True).count() < len(family):
            return side_of(record_id)  # erased with all that was theirs: there is nothing to set apart
        lock_records(family)
        if family_ids(standing_id(record_id)) == family:
            return side_of(record_id)


def _set_apart(side: Side, *, now: datetime) -> None:
    """Take the unsettled joins apart for one reading; what came since goes to whom the account is, else to nobody's record."""
    nobody = Person.objects.create()
    for merge in reversed(side.unsettled):
        since, acting = _since(merge), _acting(merge)
        bring_back(merge, now=now)
        to = acting if acting in side.ids else None
        for moving, rows in since:
            for pk in _give(moving, rows, to or nobody.pk):
                _give(moving, [pk], nobody.pk)


def _acting(merge: Merge) -> UUID | None:
    """Return which of two joined records brought the account that acts for both; None where neither has one."""
    kept = Person.objects.get(pk=merge.person_id)
    if kept.user_id is None:
        return None
    given_up = merge.steps.filter(model=Person._meta.label, row=str(merge.absorbed_id), column="user_id", after__isnull=True)
    return merge.absorbed_id if given_up.exists() else merge.person_id


def _since(merge: Merge) -> list[tuple[Moving, list[Any]]]:
    """Return what the record that stands has got since a join: neither record brought it. Nothing where nobody wrote down what stood."""
    found: list[tuple[Moving, list[Any]]] = []
    if not merge.steps.filter(before=F("after")).exists():
        return found
    for moving in movings(Person):
        known = set(merge.steps.filter(model=moving.model._meta.label, column=moving.column).values_list("row", flat=True))
        rows = moving.model._base_manager.filter(**{moving.column: merge.person_id}).values_list("pk", flat=True)
        if since := [pk for pk in rows if str(pk) not in known]:
            found.append((moving, since))
    return found


def _give(moving: Moving, rows: list[Any], to: UUID) -> list[Any]:
    """Give rows to a record, and return those of which it has the same already."""
    try:
        with transaction.atomic():
            moving.model._base_manager.filter(pk__in=rows).update(**{moving.column: to})
    except OperationalError:
        raise
    except DatabaseError:
        if len(rows) == 1:
            return rows
        return [left for pk in rows for left in _give(moving, [pk], to)]
    return []


def whole(told: Any) -> Any:
    """Read to the end what is still to be read, before it is rolled back."""
    if isinstance(told, Mapping):
        return {name: whole(value) for name, value in told.items()}
    return [whole(value) for value in told] if isinstance(told, list | tuple | QuerySet) else told
