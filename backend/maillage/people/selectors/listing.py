"""The list of people and one card of it, in the shape of the API: each person as much as the reader may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import Invalid
from maillage.kernel.sealing import seal, unseal
from maillage.kernel.text import fold
from maillage.people.domain import RELAY_CONTACT, Seen
from maillage.people.domain.sight import sight_of
from maillage.people.selectors.persons import Reach, in_one_of, people_within, reach_of
from maillage.territories.models import Area

SHORTEST_SEARCH = 2
_COLUMNS = ("pk", "given_name", "family_name", "folded_name", "area_id", "locality_id")


@dataclass(frozen=True)
class PeoplePage:
    """Some people in the order of their names, in the shape of the API, and as what the reader sees each: for the access log."""

    items: list[dict[str, Any]]
    next: str | None
    read_as: dict[Role, list[UUID]]


def people_page(user: Actor, *, q: str, area: str, after: str | None, limit: int, now: datetime) -> PeoplePage:
    """Return one page of the people whom a user reaches, in the order of their names; at most four queries.

    `q` searches the beginning of first and family names, all its words in any order; of people whom the reader sees as
    their relay only the first name, so that typing does not reveal the rest. `next` is sealed: the name in it would tell a
    relay what they may not see.  Raises: Invalid (q, area, after).
    """
    reach = reach_of(user, now=now, within=_uuid(area, "area") if area else None)
    people = people_within(reach)
    if q.strip():
        people = people.filter(_matching(q, reach))
    if after:
        people = people.filter(_beyond(after))
    rows = list(people.order_by("folded_name", "pk").values(*_COLUMNS)[: limit + 1])
    return _page(rows[:limit], reach, has_more=len(rows) > limit)


def person_card(user: Actor, *, person_id: UUID, now: datetime) -> PeoplePage:
    """Return the page of this one person, empty when the user does not reach them."""
    reach = reach_of(user, now=now)
    return _page(list(people_within(reach).filter(pk=person_id).values(*_COLUMNS)), reach, has_more=False)


def _matching(q: str, reach: Reach) -> Q:
    words = fold(q)
    if len(words) < SHORTEST_SEARCH:
        raise Invalid(fields={"q": [_("Give at least two letters.")]})
    by_any_name = reduce(and_, (Q(folded_name__contains=f" {word}") for word in words.split()))
    if not reach.held:
        return by_any_name
    by_given_name = in_one_of(reach.held) & Q(given_name__unaccent__istartswith=words)
    return by_given_name | (in_one_of(reach.organised) & by_any_name) if reach.organised else by_given_name


def _beyond(after: str) -> Q:
    try:
        name, last = orjson.loads(unseal(after))
    except ValueError:
        raise Invalid(_("This page's address is broken. Start again from the first page."), code="bad_cursor") from None
    return Q(folded_name__gte=name) & (Q(folded_name__gt=name) | Q(folded_name=name, pk__gt=last))


def _page(rows: list[dict[str, Any]], reach: Reach, *, has_more: bool) -> PeoplePage:
    read_as: dict[Role, list[UUID]] = {}
    for row in rows:
        read_as.setdefault(reach.role_in(row["area_id"]), []).append(row["pk"])
    after = seal(orjson.dumps([rows[-1]["folded_name"], rows[-1]["pk"]]).decode()).decode() if has_more else None
    return PeoplePage(items=_shaped(rows, reach), next=after, read_as=read_as)


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
        "contacts": [{key: contact[key] for key in ("channel", "value", "is_verified")} for contact in shown],
    }


def _places(ids: Iterable[UUID | None]) -> dict[UUID, dict[str, str]]:
    # Asked apart: joined, the planner may compare every person of a large answer with every place.
    rows = Area.objects.filter(pk__in={id for id in ids if id}).values_list("pk", "code", "name")
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


def _uuid(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(fields={field: [_("This is not an id.")]}) from None
