"""What is somebody's own of records that were joined, as long as the join is an organiser's word alone (ADR 17)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from maillage.accounts import selectors as accounts
from maillage.kernel.text import fold
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Merge, MergeStep, Person
from maillage.people.selectors.contact import email_addresses
from maillage.people.selectors.family import family_ids, standing_id


@dataclass(frozen=True)
class Side:
    """The records that are one person's for sure: `record_id` would stand for them, were nothing joined that is not settled.

    `ids`: that record and those behind it. `unsettled`: the joins that tie the family to other records and are not settled,
    in order, and every later one, since they are taken apart from the last to the first. Empty: all of it is theirs.
    """

    record_id: UUID
    ids: tuple[UUID, ...]
    unsettled: tuple[Merge, ...] = ()


def side_of(record_id: UUID) -> Side:
    """Return what belongs for sure with a record, hidden or not. One query where nothing was joined."""
    near = dict(Person.objects.filter(Q(pk=record_id) | Q(merged_into=record_id)).values_list("pk", "merged_into_id"))
    if set(near) <= {record_id} and near.get(record_id) is None:
        return Side(record_id=record_id, ids=(record_id,))
    family = family_ids(standing_id(record_id))
    merges = list(Merge.objects.filter(absorbed__in=family, undone_at__isnull=True).order_by("pk"))
    first = next((place for place, merge in enumerate(merges) if merge.settled_at is None), len(merges))
    into = {merge.absorbed_id: merge.person_id for merge in merges[:first]}
    stands = {id: _climb(id, into) for id in family}
    own = stands[record_id]
    return Side(record_id=own, ids=tuple(id for id in family if stands[id] == own), unsettled=tuple(merges[first:]))


def record_of_user(user_id: UUID) -> UUID | None:
    """Return the record that brought an account, which is hidden where it was joined to another; None: nobody is behind it."""
    behind = Exists(Person.objects.filter(merged_into=OuterRef("pk")))
    found = Person.objects.filter(user_id=user_id).values_list("pk", behind).first()
    if found is None:
        return None
    person_id: UUID = found[0]
    if not found[1]:
        return person_id
    family = family_ids(person_id)
    given_up = MergeStep.objects.filter(
        merge__absorbed__in=family, merge__undone_at__isnull=True, model=Person._meta.label, column="user_id", after__isnull=True
    )
    row = given_up.filter(before=str(user_id)).order_by("pk").values_list("row", flat=True).first()
    return UUID(row) if row else person_id


def record_of_row(row: Any, column: str) -> UUID:
    """Return the record that brought a row: whose it was before it moved, or whose it is."""
    person_id: UUID = getattr(row, column)
    family = family_ids(standing_id(person_id))
    return _first_owner(row, column, family) or person_id


def is_guarded_by_account(record_id: UUID, *, now: datetime) -> bool:
    """Say whether the account of whoever proved a record to be theirs guards it better than a link in a mail does."""
    side = side_of(record_id)
    family = family_ids(standing_id(record_id)) if side.unsettled else side.ids
    users = Person.objects.filter(pk__in=family, user__isnull=False).values_list("user_id", flat=True)
    theirs = (id for id in users if id and (not side.unsettled or record_of_user(id) in side.ids))
    return any(accounts.is_guarded(id, now=now) for id in theirs)


def records_of_address(address: str, *, among: Iterable[UUID] | None = None) -> list[UUID]:
    """Return the records that an e-mail address proves to be its reader's, each that which stands for its side.

    An address that was proved on another record, and counts here since the two were joined, proves nothing here.
    """
    points = ContactPoint.objects.filter(
        channel=Channel.EMAIL, value=address, verified_at__isnull=False, person__erased_at__isnull=True
    ).order_by("pk")
    if among is not None:
        points = points.filter(person__in=among)
    found: dict[UUID, None] = {}
    for point in points:
        lent = MergeStep.objects.filter(model=ContactPoint._meta.label, row=str(point.pk), column="verified_at", before__isnull=True)
        side = side_of(record_of_row(point, "person_id"))
        if side.unsettled and lent.filter(merge__in=side.unsettled).exists():
            continue
        found.setdefault(side.record_id)
    return list(found)


def person_named_at(address: str, *, given_name: str, family_name: str) -> UUID | None:
    """Return whose a proved e-mail address is under these names; a couple that shares one is told apart by them. None: nobody's.

    A record that is hidden behind another, as long as the join is not settled, is nobody: what it is given would be the other's.
    """
    names = fold(f"{family_name} {given_name}")
    own = Person.objects.standing().filter(pk__in=records_of_address(address))
    return next((pk for pk, known in own.order_by("pk").values_list("pk", "folded_name") if known.strip() == names), None)


def record_reached(person_id: UUID, address: str) -> UUID | None:
    """Return whose choices and data a mail to somebody may lead to, given the address at which it is read; None: nobody's."""
    side = side_of(person_id)
    if not side.unsettled:
        return side.record_id
    family = family_ids(standing_id(person_id))
    proved = records_of_address(address, among=family)
    for user_id in Person.objects.filter(pk__in=family, user__email=address, user__is_active=True).values_list("user_id", flat=True):
        if user_id and (record_id := record_of_user(user_id)):
            proved.append(side_of(record_id).record_id)
    return side.record_id if side.record_id in proved else next(iter(proved), None)


def own_address(record_id: UUID) -> str:
    """Return the proved e-mail address at which only the reader of this record is reached; empty where it brought none."""
    side = side_of(record_id)
    if not side.unsettled:
        return email_addresses([side.record_id]).get(side.record_id, "")
    return next(_addresses_of(side), "")


def own_addresses(record_id: UUID) -> list[str]:
    """Return every proved e-mail address at which the reader of this record is reached, or signs in."""
    return list(_addresses_of(side_of(record_id)))


def _addresses_of(side: Side) -> Iterator[str]:
    family = family_ids(standing_id(side.record_id)) if side.unsettled else side.ids
    points = ContactPoint.objects.filter(person__in=family, channel=Channel.EMAIL, verified_at__isnull=False)
    for value in points.order_by("-is_preferred", "verified_at").values_list("value", flat=True):
        if not side.unsettled or side.record_id in records_of_address(value, among=family):
            yield value
    for user_id, email in Person.objects.filter(pk__in=family, user__is_active=True).values_list("user_id", "user__email"):
        if user_id and (not side.unsettled or record_of_user(user_id) in side.ids):
            yield str(email)


def _climb(record_id: UUID, into: dict[UUID, UUID]) -> UUID:
    while record_id in into:
        record_id = into[record_id]
    return record_id


def _first_owner(row: Any, column: str, family: list[UUID]) -> UUID | None:
    if len(family) == 1:
        return None
    steps = MergeStep.objects.filter(
        merge__absorbed__in=family, merge__undone_at__isnull=True, model=row._meta.label, row=str(row.pk), column=column
    )
    before = steps.order_by("pk").values_list("before", flat=True).first()
    return UUID(before) if before else None
