"""Two records side by side before they are joined, the merges that were made, and which record stands for whom."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from maillage.accounts.domain import GUARDED, Role
from maillage.accounts.models import Grant, User
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.pages import keyset_page
from maillage.people.domain import Channel
from maillage.people.domain.merging import BARS, MERGED_FIELDS, Kept
from maillage.people.models import ConsentState, ContactPoint, Merge, Person
from maillage.people.selectors.belongings import clashing, movings, rows_of
from maillage.people.selectors.listing import PeoplePage, page_of_cards
from maillage.people.selectors.persons import in_one_of, reach_of

_FIELDS = ("id", "person_id", "absorbed_id", "merged_at", "undone_at")


def both_organised(user: Actor, one_id: UUID, other_id: UUID, *, now: datetime) -> None:
    """Let through who organises the places of both people.  Raises: NotFound."""
    if _organised(user, now=now).filter(pk__in=[one_id, other_id]).count() < len({one_id, other_id}):
        raise NotFound


def bars_to(kept: Person, absorbed: Person, *, by: User, now: datetime) -> list[str]:
    """Say what stands in the way of joining two records, in words for who would join them; empty when nothing does.

    An organiser must not come by a role, or by somebody's file, by joining records: roles that an administrator gives never
    move, and nobody joins their own record to another.
    """
    bars = []
    if by.pk in (kept.user_id, absorbed.user_id):
        bars.append(_("One of these two is you: another organiser has to join them."))
    if absorbed.user_id and Grant.objects.running(now).filter(user_id=absorbed.user_id, role__in=GUARDED).exists():
        bars.append(
            _("%(name)s holds a role that was given to them: keep that record and join the other one to it, or have the role ended first.")
            % {"name": absorbed.full_name}
        )
    return bars + [bar for hall in BARS.values() for bar in hall(kept.pk, absorbed.pk)]


def merge_preview(user: User, *, kept_id: UUID, absorbed_id: UUID, now: datetime) -> tuple[dict[str, Any], PeoplePage]:
    """Show two records side by side, what is kept of each field, what moves, what stays and what stands in the way.

    Only what an organiser sees of people: names, place, contacts, and how much there is of what they did.
    Returns the preview and its two cards, for the access log.  Raises: NotFound.
    """
    both_organised(user, kept_id, absorbed_id, now=now)
    people = Person.objects.standing().select_related("locality", "area").in_bulk([kept_id, absorbed_id])
    if len(people) < 2:
        raise NotFound
    kept, absorbed = people[kept_id], people[absorbed_id]
    cards = page_of_cards(user, person_ids=[kept_id, absorbed_id], now=now)
    by_id = {card["id"]: card for card in cards.items}
    shown = {
        "kept": by_id[kept_id],
        "absorbed": by_id[absorbed_id],
        "compared": [_compared(name, kept, absorbed) for name in MERGED_FIELDS],
        "moves": _moves(kept, absorbed, now=now),
        "withdrawn": _withdrawn(kept_id, absorbed_id),
        "two_users": bool(kept.user_id and absorbed.user_id),
        "bars": bars_to(kept, absorbed, by=user, now=now),
    }
    return shown, cards


def merges_page(user: Actor, *, after: str | None, limit: int, now: datetime) -> tuple[dict[str, Any], list[UUID]]:
    """Return one page of the merges whose people a user organises, the latest first, and the ids that it names."""
    people = _organised(user, now=now)
    rows: QuerySet[Merge, dict[str, Any]] = Merge.objects.filter(person__in=people, absorbed__in=people).values(
        *_FIELDS,
        kept_name=F("person__given_name"),
        kept_family=F("person__family_name"),
        absorbed_name=F("absorbed__given_name"),
        absorbed_family=F("absorbed__family_name"),
        by_person=F("by__person__id"),
        by_given=F("by__person__given_name"),
        by_family=F("by__person__family_name"),
    )
    page = keyset_page(rows, keys=["-id"], after=after, limit=limit, shape=_shaped)
    named = {item[side] for item in page["items"] for side in ("person_id", "absorbed_id", "by_id")} - {None}
    return page, sorted(named)


def merge_reached(user: Actor, *, merge_id: UUID, now: datetime) -> Merge:
    """Return a merge of which a user organises both people.  Raises: NotFound."""
    people = _organised(user, now=now)
    merge = Merge.objects.filter(pk=merge_id, person__in=people, absorbed__in=people).first()
    if merge is None:
        raise NotFound
    return merge


def own_merges(record_ids: Collection[UUID]) -> list[dict[str, Any]]:
    """Say to a person that records of them were joined: when, by whom, named as readers of their data are, and whether for sure."""
    either = Q(person__in=record_ids) | Q(absorbed__in=record_ids)
    merges = Merge.objects.filter(either, undone_at__isnull=True).select_related("by__person").order_by("merged_at", "id")
    return [
        {
            "merged_at": merge.merged_at,
            "by": merge.by.person.full_name if merge.by and hasattr(merge.by, "person") else "",
            "role": str(Role.ORGANISER.label),
            "is_settled": merge.settled_at is not None,
        }
        for merge in merges
    ]


def addresses_of_merge(merge: Merge) -> dict[str, str]:
    """Return every proved e-mail address of the two records of a merge, with the language of whose it was."""
    languages = dict(Person.objects.filter(pk__in=[merge.person_id, merge.absorbed_id]).values_list("pk", "language"))
    found: dict[str, str] = {}
    for value, whose in _proved_on(merge):
        found.setdefault(value, languages[whose])
    return found


def records_proved_on(merge: Merge, address: str) -> set[UUID]:
    """Return for which of the two records of a merge a proved address speaks: whose it was before; for both, where both had proved it."""
    return {whose for value, whose in _proved_on(merge) if value == address}


def _proved_on(merge: Merge) -> list[tuple[str, UUID]]:
    """Each proved address of two joined records with the record that had proved it, an account's address last."""
    of_other = set(
        merge.steps.filter(model="people.ContactPoint", column="person_id", before=str(merge.absorbed_id)).values_list("row", flat=True)
    )
    lent = set(merge.steps.filter(model="people.ContactPoint", column="verified_at").values_list("row", flat=True))
    both = [merge.person_id, merge.absorbed_id]
    points = ContactPoint.objects.filter(person_id__in=both, channel=Channel.EMAIL, verified_at__isnull=False).order_by("pk")
    found = [
        (point.value, merge.absorbed_id if str(point.pk) in of_other else point.person_id) for point in points if str(point.pk) not in lent
    ]
    given_up = merge.steps.filter(model="people.Person", row=str(merge.absorbed_id), column="user_id", after__isnull=True).exists()
    for email, whose in Person.objects.filter(pk__in=both, user__isnull=False).values_list("user__email", "pk"):
        found.append((email, merge.absorbed_id if given_up and whose == merge.person_id else whose))
    return found


def _organised(user: Actor, *, now: datetime) -> QuerySet[Person]:
    """Everybody of the places that somebody organises, hidden records included."""
    organised = reach_of(user, now=now).organised
    if not organised:
        return Person.objects.none()
    return Person.objects.filter(in_one_of(organised), confirmed_at__isnull=False, erased_at__isnull=True)


def _compared(name: str, kept: Person, absorbed: Person) -> dict[str, Any]:
    own, other = _value(name, kept), _value(name, absorbed)
    says_more = not own or (name == "place" and kept.locality_id is None and kept.area_id == absorbed.area_id)
    chosen = Kept.ABSORBED if other not in ("", own) and says_more else Kept.KEPT
    return {"name": name, "kept": own, "absorbed": other, "differs": own != other, "chosen": chosen}


def _value(name: str, person: Person) -> str:
    if name == "place":
        return ", ".join(place.called for place in (person.locality, person.area) if place)
    value: str = getattr(person, name)
    return value


def _moves(kept: Person, absorbed: Person, *, now: datetime) -> list[dict[str, Any]]:
    """Count what moves, of what an organiser reads of people anyway: a number of the rest would tell who wrote, or to whom."""
    found: dict[str, dict[str, Any]] = {}
    owners = [(movings(Person), absorbed.pk, kept.pk)]
    if kept.user_id and absorbed.user_id:
        owners.append((movings(User), absorbed.user_id, kept.user_id))
    for columns, source, target in owners:
        for moving in columns:
            if not moving.told:
                continue
            rows = rows_of(moving, source, now=now)
            count, stays = rows.count(), clashing(moving, rows, target).count()
            if count:
                line = found.setdefault(str(moving.told), {"told": str(moving.told), "moves": 0, "stays": 0})
                line["moves"] += count - stays
                line["stays"] += stays
    return list(found.values())


def _withdrawn(kept_id: UUID, absorbed_id: UUID) -> int:
    """How many agreements of one end because the other record took them back."""
    states = ConsentState.objects.filter(person_id__in=[kept_id, absorbed_id])
    given = {(state.purpose, state.channel) for state in states if state.is_given}
    taken = {(state.purpose, state.channel) for state in states if not state.is_given}
    return len(given & taken)


def _shaped(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "person_id": row["person_id"],
        "absorbed_id": row["absorbed_id"],
        "person": f"{row['kept_name']} {row['kept_family']}".strip(),
        "absorbed": f"{row['absorbed_name']} {row['absorbed_family']}".strip(),
        "by_id": row["by_person"],
        "by": f"{row['by_given'] or ''} {row['by_family'] or ''}".strip(),
        "merged_at": row["merged_at"],
        "undone_at": row["undone_at"],
    }
