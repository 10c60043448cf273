"""Pairs of records that may be of one person, for who organises both places."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from maillage.accounts.selectors.grants import Actor
from maillage.kernel.rest.pages import keyset_page
from maillage.people.domain.merging import Alike
from maillage.people.models import Likeness, ToldApart
from maillage.people.selectors.listing import PeoplePage, page_of_cards
from maillage.people.selectors.persons import in_one_of, reach_of

_FIELDS = ("id", "weight", "reasons", "person_id", "other_id")
MOST_COUNTED = 1000
"""Beyond so many pairs, the desk says "more than 1,000"."""


def likenesses_page(user: Actor, *, after: str | None, limit: int, now: datetime) -> tuple[dict[str, Any], PeoplePage]:
    """Return one page of the pairs whose both people a user organises, the strongest first, and the cards that it shows.

    Who was told apart, or is merged already, is left out. At most six queries.  Raises: Invalid (after).
    """
    rows: QuerySet[Likeness, dict[str, Any]] = _likenesses(user, now=now).values(*_FIELDS)
    page = keyset_page(rows, keys=["-weight", "id"], after=after, limit=limit)
    ids: list[UUID] = [row[side] for row in page["items"] for side in ("person_id", "other_id")]
    cards = page_of_cards(user, person_ids=ids, now=now)
    by_id = {card["id"]: card for card in cards.items}
    items = [
        {
            "id": row["id"],
            "reasons": [{"code": code, "told": str(Alike(code).label)} for code in row["reasons"]],
            "people": [by_id[row["person_id"]], by_id[row["other_id"]]],
        }
        for row in page["items"]
        if {row["person_id"], row["other_id"]} <= by_id.keys()
    ]
    return {**page, "items": items}, cards


def likenesses_count(user: Actor, *, now: datetime) -> tuple[int, bool]:
    """Count these pairs; beyond a thousand say that there are more."""
    counted = _likenesses(user, now=now).values("pk")[: MOST_COUNTED + 1].count()
    return min(counted, MOST_COUNTED), counted > MOST_COUNTED


def _likenesses(user: Actor, *, now: datetime) -> QuerySet[Likeness]:
    organised = reach_of(user, now=now).organised
    if not organised:
        return Likeness.objects.none()
    standing = {
        f"{side}__{field}": value
        for side in ("person", "other")
        for field, value in (("confirmed_at__isnull", False), ("erased_at__isnull", True), ("merged_into__isnull", True))
    }
    told = ToldApart.objects.filter(person_id=OuterRef("person_id"), other_id=OuterRef("other_id"))
    return Likeness.objects.filter(
        in_one_of(organised), in_one_of(organised, "person__area_id"), in_one_of(organised, "other__area_id"), ~Exists(told), **standing
    )
