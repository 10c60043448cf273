"""The list of people and one card of it, in the shape of the API: each person as much as the reader may see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import F, FloatField, Func, Q, QuerySet, UUIDField, Value
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Invalid
from maillage.kernel.sealing import seal, unseal
from maillage.kernel.text import fold
from maillage.people.domain import RELAY_CONTACT, Seen
from maillage.people.domain.listing import MOST_COUNTED, Asked, Sort
from maillage.people.domain.sight import sight_of
from maillage.people.models import Person
from maillage.people.selectors.asked import people_asked, reach_asked
from maillage.people.selectors.names import (
    Place,
    are_common,
    are_few,
    are_very_few,
    first_named,
    longest,
    near_words,
    nearest_named,
    seen_name,
    sorted_after,
)
from maillage.people.selectors.organisation import zone_of_house
from maillage.people.selectors.persons import Reach, is_any_of, people_within, reach_of
from maillage.territories.models import Area, called

MOST_WEIGHED = 500
"""How many near names are compared: of a very common one more would be as near as these."""
COMMON = 2_000
"""Up to so many people are found and sorted at once; where more bear such names, some are read in order first."""
TRIED = 10
"""How many times a page is read by name where people are left out by more than that."""
_COLUMNS = ("pk", "given_name", "family_name", "folded_name", "confirmed_at", "area_id", "locality_id")


@dataclass(frozen=True)
class PeoplePage:
    """Some people in the order asked for, in the shape of the API, and as what the reader sees each: for the access log.

    `is_near`: nobody bears the names as they were typed; these are near them, the nearest first, on one page.
    """

    items: list[dict[str, Any]]
    next: str | None
    read_as: dict[Role, list[UUID]]
    is_near: bool = False


@dataclass(frozen=True)
class Order:
    """An order of the list: its columns, the last of which is unique, and which way both run."""

    column: str
    is_latest_first: bool = False

    @property
    def by(self) -> tuple[str, str]:
        """Say it to the database."""
        sign = "-" if self.is_latest_first else ""
        return f"{sign}{self.column}", f"{sign}pk"

    @property
    def once_found(self) -> tuple[Any, ...]:
        """Say it to the database as something to do at the end, not as a way of finding people."""
        return tuple(OrderBy(column, descending=self.is_latest_first) for column in (sorted_after(self.column), F("pk")))


ORDERS = {Sort.NAME: Order("folded_name"), Sort.JOINED: Order("confirmed_at", is_latest_first=True)}
BY_SEEN_NAME = Order("seen_name")


def _order_of(reach: Reach, asked: Asked) -> Order:
    return BY_SEEN_NAME if asked.sort == Sort.NAME and reach.held else ORDERS[asked.sort]


def people_page(user: Actor, *, asked: Asked, after: str | None, limit: int, now: datetime) -> PeoplePage:
    """Return one page of the people whom a user reaches, as they ask; at most eight queries, one more a filter of places.

    `q` searches the beginning of first and family names, all its words in any order; of people whom the reader sees as
    their relay only the first name, so that typing does not reveal the rest. Where nobody is found, names near the typed
    ones are. `next` is sealed: the name in it would tell a relay what they may not see.  Raises: Invalid (after).
    """
    reach = reach_asked(user, asked, now=now)
    order = _order_of(reach, asked)
    rows = _in_order(reach, asked, after=_read_cursor(after, asked.sort) if after else None, most=limit + 1, now=now)
    if rows or after or not asked.q:
        last = rows[limit - 1] if len(rows) > limit else None
        return _page(rows[:limit], reach, after=_cursor(asked.sort, last[order.column], last["pk"]) if last else None)
    return _page(_nearest(reach, asked, limit=limit, now=now), reach, is_near=True)


def people_count(user: Actor, *, asked: Asked, now: datetime) -> tuple[int, bool]:
    """Count the people of the list as asked; beyond 10,000 say that there are more (decision 17)."""
    people = people_asked(reach_asked(user, asked, now=now), asked, now=now)
    counted = people.values("pk")[: MOST_COUNTED + 1].count()
    return min(counted, MOST_COUNTED), counted > MOST_COUNTED


def person_card(user: Actor, *, person_id: UUID, now: datetime) -> PeoplePage:
    """Return the page of this one person, empty when the user does not reach them."""
    reach = reach_of(user, now=now)
    return _page(list(people_within(reach).filter(pk=person_id).values(*_COLUMNS)), reach)


def _in_order(reach: Reach, asked: Asked, *, after: Place | None, most: int, now: datetime) -> list[dict[str, Any]]:
    """The first people as asked, found in the way that `names` explains; a relay's few are found in any way."""
    order = _order_of(reach, asked)

    def rows(asked: Asked, *, are_names_common: bool = False) -> QuerySet[Person, dict[str, Any]]:
        people = people_asked(reach, asked, now=now, are_names_common=are_names_common)
        columns = {*_COLUMNS, order.column}
        if order == BY_SEEN_NAME:
            people = people.annotate(seen_name=seen_name(reach.held))
        if after:
            people = people.filter(_beyond(after, order))
        found: QuerySet[Person, dict[str, Any]] = people.values(*columns)
        return found

    is_by_place = are_few(reach.organised) and asked.sort == Sort.NAME
    if reach.held or not (asked.q or is_by_place):
        return list(rows(asked).order_by(*order.by)[:most])
    words, are_names_common = fold(asked.q).split(), False
    if is_by_place or (not are_few(reach.organised) and are_common(words, than=COMMON)):
        tried = most * TRIED if asked.asks_more_than_names else most
        ids, are_all = first_named(reach.organised, words, most=tried, enough=most, sort=asked.sort, after=after)
        found = list(rows(replace(asked, q="")).filter(is_any_of("id", ids)).order_by(*order.once_found)[:most]) if ids else []
        if len(found) == most or are_all:
            return found
        are_names_common = len(ids) >= most
    return list(rows(asked, are_names_common=are_names_common).order_by(*order.once_found)[:most])


def page_of_cards(user: Actor, *, person_ids: Collection[UUID], now: datetime) -> PeoplePage:
    """Return the page of these people, as far as the user reaches them, in the order of their ids."""
    reach = reach_of(user, now=now)
    return _page(list(people_within(reach).filter(pk__in=person_ids).order_by("pk").values(*_COLUMNS)), reach)


def _nearest(reach: Reach, asked: Asked, *, limit: int, now: datetime) -> list[dict[str, Any]]:
    words = fold(asked.q).split()
    if are_very_few(reach.organised) and not reach.held:
        ids = nearest_named(reach.organised, words, most=MOST_WEIGHED)
        people = people_asked(reach, replace(asked, q=""), now=now)
        order: list[Any] = [Func(Value(ids, output_field=ArrayField(UUIDField())), F("id"), function="array_position")]
    else:
        words = longest(words)
        near = near_words(words) if reach.organised else []
        words = [found[0] if found else word for word, found in zip_longest(words, near)]
        name = seen_name(reach.held) if reach.held else F("folded_name")
        order = [Func(Value(" ".join(words)), name, function="word_similarity", output_field=FloatField()).desc(), name, "pk"]
        ids, people = _meant(reach, asked, near, nearest_first=order, enough=limit, now=now), Person.objects.all()
    return list(people.filter(is_any_of("id", ids)).order_by(*order).values(*_COLUMNS)[:limit]) if ids else []


def _meant(reach: Reach, asked: Asked, near: list[list[str]], *, nearest_first: list[Any], enough: int, now: datetime) -> list[UUID]:
    """Find who bears the nearest words, or where they are too few for a page any near ones too.

    In a few places all of them are read at once and put in order: of the many who may be meant, the nearest are among those weighed.
    """
    if are_few(reach.organised):
        return list(people_asked(reach, asked, now=now, near=near).order_by(*nearest_first).values_list("pk", flat=True)[:MOST_WEIGHED])
    ids: list[UUID] = []
    for tried in ([words[:1] for words in near], near):
        found = people_asked(reach, asked, now=now, near=tried).values_list("pk", flat=True)[:MOST_WEIGHED]
        ids += [id for id in found if id not in ids]
        if len(ids) >= enough or tried == near:
            break
    return ids


def _read_cursor(after: str, sort: Sort) -> Place:
    try:
        order, value, last = orjson.loads(unseal(after))
        if order != sort:
            raise ValueError("another order")
        return value, UUID(last)
    except (ValueError, TypeError):
        raise Invalid(_("This page's address is broken. Start again from the first page."), code="bad_cursor") from None


def _beyond(after: Place, order: Order) -> Q:
    value, last = after
    column, later = order.column, "lt" if order.is_latest_first else "gt"
    return Q(**{f"{column}__{later}e": value}) & (Q(**{f"{column}__{later}": value}) | Q(**{column: value, f"pk__{later}": last}))


def _cursor(sort: Sort, value: object, last: UUID) -> str:
    return seal(orjson.dumps([sort, value, last]).decode()).decode()


def _page(rows: list[dict[str, Any]], reach: Reach, *, after: str | None = None, is_near: bool = False) -> PeoplePage:
    read_as: dict[Role, list[UUID]] = {}
    for row in rows:
        read_as.setdefault(reach.role_in(row["area_id"]), []).append(row["pk"])
    return PeoplePage(items=_shaped(rows, reach), next=after, read_as=read_as, is_near=is_near)


def _shaped(rows: list[dict[str, Any]], reach: Reach) -> list[dict[str, Any]]:
    contacts = _contacts(row["pk"] for row in rows)
    places = _places(row[field] for row in rows for field in ("area_id", "locality_id"))
    return [_person(row, contacts.get(row["pk"], []), places, sight_of(reach.role_in(row["area_id"]))) for row in rows]


def _person(
    row: dict[str, Any], contacts: list[Mapping[str, Any]], places: Mapping[UUID, dict[str, str]], seen: frozenset[Seen]
) -> dict[str, Any]:
    shown = [contact for contact in contacts if Seen.CONTACT_POINTS in seen or (Seen.CHOSEN_CONTACT in seen and contact["is_chosen"])]
    return {
        "id": row["pk"],
        "given_name": row["given_name"] if Seen.GIVEN_NAME in seen else "",
        "initial": row["family_name"][:1] if Seen.INITIAL in seen else "",
        "family_name": row["family_name"] if Seen.FAMILY_NAME in seen else None,
        "locality": places.get(row["locality_id"]) if Seen.LOCALITY in seen else None,
        "area": places.get(row["area_id"]),
        "joined_on": day_in(row["confirmed_at"], zone_of_house()) if Seen.HISTORY in seen and row["confirmed_at"] else None,
        "contacts": [{key: contact[key] for key in _POINT} for contact in shown],
    }


def _places(ids: Iterable[UUID | None]) -> dict[UUID, dict[str, str]]:
    # Asked apart: joined, the planner may compare every person of a large answer with every place.
    rows = Area.objects.filter(pk__in={id for id in ids if id}).values_list("pk", "code", called())
    return {id: {"code": code, "name": name} for id, code, name in rows}


def _contacts(person_ids: Iterable[UUID]) -> dict[UUID, list[Mapping[str, Any]]]:
    found: dict[UUID, list[Mapping[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, {"purpose": RELAY_CONTACT.purpose, "people": list(person_ids)})
        for person_id, *point in cursor.fetchall():
            found.setdefault(person_id, []).append(dict(zip(_POINT, point, strict=True)))
    return found


_POINT = ("channel", "value", "is_verified", "is_chosen")
# Written out: a page of a relay holds a few people, and to build this statement anew took longer than to run it.
_CONTACTS = """
SELECT point.person_id, point.channel, point.value, point.verified_at IS NOT NULL,
       EXISTS (SELECT FROM people_consentstate state
               WHERE (state.person_id, state.purpose, state.channel) = (point.person_id, %(purpose)s, point.channel) AND state.is_given)
FROM people_contactpoint point
WHERE point.person_id = ANY(%(people)s)
ORDER BY point.person_id, point.is_preferred DESC, point.id
"""
