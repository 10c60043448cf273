"""The list of people and one card of it, in the shape of the API: each person as much as the reader may see."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import Invalid
from maillage.kernel.text import fold
from maillage.people.domain import RELAY_CONTACT, Seen
from maillage.people.domain.sight import sight_of
from maillage.people.models import Person
from maillage.people.selectors.persons import Reach, in_one_of, people_within, reach_of
from maillage.territories.models import Area

SHORTEST_SEARCH = 2
_COLUMNS = ("pk", "given_name", "family_name", "area_id", "locality_id")


def people_page(user: Actor, *, q: str, area: str, after: str | None, limit: int, now: datetime) -> dict[str, Any]:
    """Return one page of the people whom a user reaches, in the order of their names: `{items, next}`; at most five queries.

    `q` searches the beginning of first and family names; of people whom the reader sees as their relay only the first
    name, so that typing does not reveal the rest. `next` is the last person's id: a name in it would tell a relay what
    they may not see.  Raises: Invalid (q, area, after).
    """
    reach = reach_of(user, now=now, within=_uuid(area, "area") if area else None)
    people = people_within(reach)
    if q.strip():
        people = people.filter(_matching(q, reach))
    if after:
        people = people.filter(_beyond(_uuid(after, "after"), people))
    rows = list(people.order_by("folded_name", "pk").values(*_COLUMNS)[: limit + 1])
    page = rows[:limit]
    return {"items": _shaped(page, reach), "next": str(page[-1]["pk"]) if len(rows) > limit else None}


def person_card(user: Actor, *, person_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Return one person as the user may see them; None when the user does not reach them."""
    reach = reach_of(user, now=now)
    rows = list(people_within(reach).filter(pk=person_id).values(*_COLUMNS))
    return _shaped(rows, reach)[0] if rows else None


def _matching(q: str, reach: Reach) -> Q:
    words = fold(q)
    if len(words) < SHORTEST_SEARCH:
        raise Invalid(fields={"q": [_("Give at least two letters.")]})
    by_any_name = Q(folded_name__contains=f" {words}")
    if not reach.held:
        return by_any_name
    by_given_name = in_one_of(reach.held) & Q(given_name__unaccent__istartswith=words)
    return by_given_name | (in_one_of(reach.organised) & by_any_name) if reach.organised else by_given_name


def _beyond(last: UUID, people: QuerySet[Person]) -> Q:
    name = people.filter(pk=last).values_list("folded_name", flat=True).first()
    if name is None:
        raise Invalid(_("This page's address is broken. Start again from the first page."), code="bad_cursor")
    return Q(folded_name__gte=name) & (Q(folded_name__gt=name) | Q(folded_name=name, pk__gt=last))


def _shaped(rows: list[dict[str, Any]], reach: Reach) -> list[dict[str, Any]]:
    contacts = _contacts(row["pk"] for row in rows)
    places = _places(row[field] for row in rows for field in ("area_id", "locality_id"))
    by_role = {role: sight_of(role) for role in (Role.ORGANISER, Role.RELAY)}
    return [
        _person(row, contacts.get(row["pk"], []), places, by_role[Role.ORGANISER if row["area_id"] in reach.organised else Role.RELAY])
        for row in rows
    ]


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
