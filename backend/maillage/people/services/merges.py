"""Two records of one person joined, and taken apart again (ADR 17)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import services as accounts
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.people.domain.merging import MERGED_FIELDS, PREPARES, SETTLES, Kept
from maillage.people.models import ContactPoint, Merge, Person
from maillage.people.selectors.belongings import movings
from maillage.people.selectors.merges import bars_to, both_organised, merge_reached
from maillage.people.services.merge_consents import join_consents, part_consents
from maillage.people.services.merge_steps import Steps, undo_steps

_OF_USERS = Q(model__in=["accounts.User", "accounts.Grant"]) | Q(model="people.Person", column="user_id")
"""Steps after whose undoing somebody signs in as somebody else, or with fewer roles."""


def merge_people(*, kept_id: UUID, absorbed_id: UUID, values: Mapping[str, Kept], by: User, now: datetime) -> Merge:
    """Join two records of one person: one stays and gets what belongs to the other, which is hidden behind it.

    `values` says of each name and of the place which record's is kept; the one that stays keeps its own of what is not said.
    All or nothing; every change is written down, so that `take_apart` undoes it. What a unique constraint refuses stays with
    the hidden record. A withdrawn consent stays withdrawn, whichever record it stood on. Of two users the one of the record
    that stays signs in; the other's running roles go to it and its sessions end.
    Facts: person.merged, and those of consents.
    Raises: NotFound (not both reached), Invalid (`same_record`, values), Conflict (`merged_already`, `merge_barred` with
    `bars`, `people_busy`).
    """
    if kept_id == absorbed_id:
        raise Invalid(_("Choose two records."), code="same_record")
    if unknown := set(values) - set(MERGED_FIELDS):
        raise Invalid(fields={"values": [_("There is nothing to choose of this: %(name)s.") % {"name": min(unknown)}]})
    with transaction.atomic():
        found = lock_records([kept_id, absorbed_id])
        both_organised(by, kept_id, absorbed_id, now=now)
        kept, absorbed = found[kept_id], found[absorbed_id]
        if kept.merged_into_id or absorbed.merged_into_id:
            raise Conflict(_("One of these two was joined to another record already. Look again."), code="merged_already")
        if bars := bars_to(kept, absorbed, by=by, now=now):
            raise Conflict(bars[0], code="merge_barred", bars=bars)
        merge = Merge.objects.create(person=kept, absorbed=absorbed, by=by, merged_at=now)
        steps = Steps(merge)
        merge.consents = join_consents(kept_id=kept_id, absorbed_id=absorbed_id, now=now)
        merge.save(update_fields=["consents"])
        _prove_shared_contacts(steps)
        for prepare in PREPARES.values():
            prepare(steps.change, kept_id, absorbed_id, now)
        steps.stood_itself()
        for moving in movings(Person):
            steps.stood(moving, target=kept_id)
            steps.move(moving, source=absorbed_id, target=kept_id, now=now)
        _join_users(steps, kept, absorbed, now=now)
        _take_values(steps, kept, absorbed, values)
        absorbed.merged_into = kept
        absorbed.save(update_fields=["merged_into"])
        for settle in SETTLES.values():
            for row in settle(kept_id, now):
                steps.made(row)
        steps.keep()
        journal.record("person.merged", subject=kept, at=now, actor_id=by.pk, absorbed_id=absorbed_id, merge_id=merge.pk)
        journal.jobs.enqueue("people.compare_person", person_id=kept_id)
    return merge


def take_apart(*, merge_id: UUID, by: User, now: datetime) -> Merge:
    """Undo a merge: what was moved and still exists goes back, what was overwritten is written again, both consents return.

    What came since stays with the record that stood for both; a consent withdrawn since is withdrawn for both. Safe to repeat.
    Facts: person.unmerged, and those of consents.
    Raises: NotFound (not reached, or erased since), Conflict (`merged_since`: a later merge has to be taken apart first).
    """
    with transaction.atomic():
        merge = merge_reached(by, merge_id=merge_id, now=now)
        lock_records([merge.person_id, merge.absorbed_id])
        merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge_id)
        if merge.undone_at is not None:
            return merge
        if has_later(merge):
            raise Conflict(_("This record was joined to another one since. Take that apart first."), code="merged_since")
        return part(merge, by=by, now=now)


def has_later(merge: Merge) -> bool:
    """Say whether its record was joined to another one since: that is taken apart first."""
    later = Q(person_id=merge.person_id, pk__gt=merge.pk) | Q(absorbed_id=merge.person_id)
    return Merge.objects.filter(later, undone_at__isnull=True).exists()


def part(merge: Merge, *, by: User | None, now: datetime) -> Merge:
    """Undo a merge in the caller's transaction, which has locked both records; `by` None: one of the two whom it concerns said so.

    Facts: person.unmerged, and those of consents.
    """
    kept, absorbed = Person.objects.get(pk=merge.person_id), Person.objects.get(pk=merge.absorbed_id)
    changed_users = [id for id in (kept.user_id, absorbed.user_id) if id] if merge.steps.filter(_OF_USERS).exists() else []
    bring_back(merge, now=now)
    for user_id in changed_users:
        accounts.end_sessions(user_id=user_id)  # what a browser still shows of the other record is not asked for again
    merge.steps.all().delete()
    merge.consents, merge.undone_at, merge.undone_by = {}, now, by
    merge.save(update_fields=["consents", "undone_at", "undone_by"])
    journal.record("person.unmerged", subject=kept, at=now, actor_id=by.pk if by else None, absorbed_id=absorbed.pk, merge_id=merge.pk)
    for person_id in (kept.pk, absorbed.pk):
        journal.jobs.enqueue("people.compare_person", person_id=person_id)
    return merge


def bring_back(merge: Merge, *, now: datetime) -> None:
    """Give both records what was theirs before a merge, the consents too; the merge itself stays written down."""
    Person.objects.filter(pk=merge.absorbed_id).update(merged_into=None)
    undo_steps(merge)
    _fold_names(Person.objects.get(pk=merge.person_id))
    part_consents(merge, now=now)


def lock_records(person_ids: list[UUID]) -> dict[UUID, Person]:
    """Lock some records in the order of their keys, against any row that would come to name one of them.

    Raises: NotFound (gone or erased).
    """
    locked = Person.objects.select_for_update(of=("self",)).filter(pk__in=person_ids, erased_at__isnull=True).order_by("pk")
    found = {person.pk: person for person in locked}
    if len(found) < len(set(person_ids)):
        raise NotFound
    return found


def _prove_shared_contacts(steps: Steps) -> None:
    """An address that both hold, and of which one proved that it is theirs, is proved."""
    merge = steps.merge
    proved = {
        (point.channel, point.value): point.verified_at
        for point in ContactPoint.objects.filter(person_id=merge.absorbed_id, verified_at__isnull=False)
    }
    for point in ContactPoint.objects.filter(person_id=merge.person_id, verified_at__isnull=True):
        if verified_at := proved.get((point.channel, point.value)):
            steps.change(ContactPoint, [point.pk], "verified_at", before=None, after=verified_at)


def _join_users(steps: Steps, kept: Person, absorbed: Person, *, now: datetime) -> None:
    """Leave one way to sign in: the kept record's own, else the other's."""
    if absorbed.user_id is None:
        return
    if kept.user_id is None:
        user_id = absorbed.user_id
        steps.change(Person, [absorbed.pk], "user_id", before=user_id, after=None)
        steps.change(Person, [kept.pk], "user_id", before=None, after=user_id)
        kept.user_id, absorbed.user_id = user_id, None
        return
    for moving in movings(User):
        steps.move(moving, source=absorbed.user_id, target=kept.user_id, now=now)
    active = User.objects.filter(pk=absorbed.user_id, is_active=True).values_list("pk", flat=True)
    steps.change(User, list(active), "is_active", before=True, after=False)
    accounts.end_sessions(user_id=absorbed.user_id)


def _take_values(steps: Steps, kept: Person, absorbed: Person, values: Mapping[str, Kept]) -> None:
    """Write the values chosen from the other record over those of the one that stays."""
    for name, columns in MERGED_FIELDS.items():
        if values.get(name) == Kept.ABSORBED:
            for column in columns:
                _overwrite(steps, kept, column, getattr(absorbed, column))
    # Showing one's first name in public is chosen record by record, and a seat may just have moved.
    _overwrite(steps, kept, "shows_given_name", kept.shows_given_name and absorbed.shows_given_name)
    _fold_names(kept)


def _overwrite(steps: Steps, kept: Person, column: str, value: object) -> None:
    if getattr(kept, column) != value:
        steps.change(Person, [kept.pk], column, before=getattr(kept, column), after=value)


def _fold_names(person: Person) -> None:
    """Let the searched name follow what was written past it."""
    person.refresh_from_db()
    person.save(update_fields=["folded_name"])


def forget_merges(person_id: UUID) -> None:
    """Forget that a record was joined to another, and what had been overwritten then: they go with the person."""
    Merge.objects.filter(Q(person_id=person_id) | Q(absorbed_id=person_id)).delete()
