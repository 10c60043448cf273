"""The people whom a reader reaches, narrowed as they ask."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import reduce
from operator import and_, or_
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, FloatField, Func, OuterRef, Q, QuerySet, Value
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import Invalid
from maillage.kernel.text import fold
from maillage.people.domain import RELAY_CONTACT
from maillage.people.domain.listing import NEW_FOR, PLACE_FILTERS, Agreed, Asked, Sort
from maillage.people.domain.sight import sight_of
from maillage.people.models import Person
from maillage.people.selectors.consents import people_who_agreed
from maillage.people.selectors.names import CLOSE, are_few, folded, read_name
from maillage.people.selectors.organisation import zone_of_house
from maillage.people.selectors.persons import Reach, in_one_of, people_within, reach_of

SHORTEST_SEARCH = 2
LONGEST_SEARCH = 100
NOBODY = Q(pk__in=())


def read_asked(said: Mapping[str, str]) -> Asked:
    """Read filters and order from an address or a saved view; what is not known is refused by field.  Raises: Invalid."""
    places = {name: said[name] for name in PLACE_FILTERS if said.get(name)}
    for name, value in places.items():
        try:
            PLACE_FILTERS[name](value)
        except ValueError:
            raise _unknown(name) from None
    return Asked(
        q=_searched(said.get("q", "")),
        area=_area(said.get("area", "")),
        role=_one_of(Role.values, said, "role"),
        agreed=Agreed(agreed) if (agreed := _one_of([*Agreed], said, "agreed")) else None,
        joined_since=_day(said.get("joined_since", "")),
        is_new=bool(_one_of(["1"], said, "is_new")),
        places=places,
        sort=Sort(_one_of([*Sort], said, "sort") or Sort.NAME),
    )


def reach_asked(user: Actor, asked: Asked, *, now: datetime) -> Reach:
    """Return whom a reader reaches, narrowed to the places asked for; one query, and one a filter of places."""
    reach = reach_of(user, now=now, within=asked.area)
    for name, value in (asked.places or {}).items():
        kept = PLACE_FILTERS[name](value)
        reach = replace(
            reach,
            organised=reach.organised & kept,
            held={area: role for area, role in reach.held.items() if area in kept},
        )
    return reach


def people_asked(
    reach: Reach, asked: Asked, *, now: datetime, near: Sequence[Sequence[str]] | None = None, are_names_common: bool = False
) -> QuerySet[Person]:
    """Return the people within a reach, narrowed as asked. `near`: for each typed word those that it may have been meant as.

    `are_names_common`: so many bear these names that they are not looked up; whoever else fits is asked for their name.

    Of people whom the reader sees as their relay, only first names are searched; they are left out where the answer would tell
    what a relay does not see, a role or the day on which they joined.
    """
    people = people_within(reach)
    hidden = {area: role for area, role in reach.held.items() if not asked.told <= sight_of(role)}
    if hidden:
        people = people.exclude(in_one_of(hidden))
    if asked.q:
        if near is not None:
            nearness = Func(Value(fold(asked.q)), folded("given_name"), function="similarity", output_field=FloatField())
            people = people.alias(given_nearness=nearness, read_name=read_name).filter(_near(near, reach))
        elif are_names_common and not reach.held:
            people = people.alias(read_name=read_name).filter(_named("read_name", asked.q))
        else:
            people = people.filter(_matching(asked.q, reach))
    if asked.role:
        running = Grant.objects.filter(user_id=OuterRef("user_id"), role=asked.role).running(now)
        people = people.filter(Exists(running), user__isnull=False)
    if asked.agreed is not None:
        channel = None if asked.agreed in (Agreed.ANY, Agreed.NONE) else asked.agreed
        agreed = people_who_agreed(purpose=RELAY_CONTACT.purpose).filter(person=OuterRef("pk"))
        has_agreed = Exists(agreed.filter(channel=channel) if channel else agreed)
        people = people.filter(~has_agreed if asked.agreed == Agreed.NONE else has_agreed)
    if asked.joined_since is not None:
        people = people.filter(confirmed_at__gte=datetime.combine(asked.joined_since, time(), tzinfo=ZoneInfo(zone_of_house())))
    if asked.is_new:
        people = people.filter(confirmed_at__gte=now - NEW_FOR)
    return people


def _matching(q: str, reach: Reach) -> Q:
    words = fold(q)
    by_any_name = _named("folded_name", words)
    if not reach.held:
        return by_any_name
    by_given_name = in_one_of(reach.held) & Q(given_name__unaccent__istartswith=words)
    return by_given_name | (in_one_of(reach.organised) & by_any_name) if reach.organised else by_given_name


def _named(column: str, q: str) -> Q:
    return reduce(and_, (Q(**{f"{column}__contains": f" {word}"}) for word in fold(q).split()))


def _near(near: Sequence[Sequence[str]], reach: Reach) -> Q:
    # In a few places everybody's name is read: to look common ones up in the whole country's index takes longer.
    column = "read_name" if are_few(reach.organised) else "folded_name"
    is_borne = (reduce(or_, (Q(**{f"{column}__contains": f" {one}"}) for one in words)) for words in near)
    by_any_name = reduce(and_, is_borne) if near and all(near) else NOBODY
    if not reach.held:
        return by_any_name
    by_given_name = in_one_of(reach.held) & Q(given_nearness__gte=CLOSE)
    return by_given_name | (in_one_of(reach.organised) & by_any_name) if reach.organised else by_given_name


def _searched(q: str) -> str:
    if not q.strip():
        return ""
    if len(fold(q)) < SHORTEST_SEARCH:
        raise Invalid(fields={"q": [_("Give at least two letters.")]})
    if len(q) > LONGEST_SEARCH:
        raise Invalid(fields={"q": [_("At most %(most)s letters fit here.") % {"most": LONGEST_SEARCH}]})
    return q


def _area(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(fields={"area": [_("This is not an id.")]}) from None


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Invalid(fields={"joined_since": [_("Give a day, such as 2026-03-01.")]})
    return day


def _one_of(known: list[str], said: Mapping[str, str], name: str) -> str:
    value = said.get(name, "")
    if value and value not in known:
        raise _unknown(name)
    return value


def _unknown(name: str) -> Invalid:
    return Invalid(fields={name: [_("This filter has no such value.")]})
