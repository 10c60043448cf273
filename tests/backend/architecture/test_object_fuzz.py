"""Every id of every other person on every endpoint that takes one, as every role: nothing is done, named or broken.

*Ids*: of each model whose rows are somebody's (its fate on erasure says so), every id of every row. *Endpoints*: each line
of the permission matrix, each place of it where an id stands, in the address or in the body; tokens are signed, and nobody
makes another's.

*One rule* says what is a reader's business (`Business`), from the roles that they hold and the table of who sees what: their
own; what lies in a place that they organise or hold; what was given to a recipient whose books they keep; of a person as much
as their role may see of them. Whatever it leaves out must be refused, and no answer may hold a name or address that it leaves
out, whoever is asked about.

*How all of them are tried.* A view tells ids apart by what the database says of them. Each reader first asks each endpoint
about an id that nobody has, and with which columns it is compared is noted; an id that stands in none of these is for the
database the same as that one, and one of them is asked about for all. The others, and all that are of the right kind, are
asked about one by one. Each is counted.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.accounts.selectors.appointments import appointments
from maillage.actions.models import Assignment, Report
from maillage.fundraising.models import Fund, PageMessage
from maillage.fundraising.selectors.treasury import recipients_kept
from maillage.kernel.clock import now
from maillage.kernel.fates import Fate
from maillage.people.domain import Seen
from maillage.people.domain.promises import StepKind
from maillage.people.domain.sight import sight_of
from maillage.people.models import ConsentState, DocumentComment, Import, Person, Promise, PromiseStep
from maillage.people.selectors.persons import people_within, reach_of
from maillage.relays.models import Companion
from maillage.territories.models import Area, AreaClosure
from tests.backend.architecture.asking import Reader, compared, forget_limits, ids_in
from tests.backend.architecture.permission_matrix import BODIES, ROLES, Line
from tests.backend.architecture.test_permission_matrix import LINES
from tests.backend.architecture.world import A_MARK, World

pytestmark = pytest.mark.django_db

AN_ID = re.compile(r"\{((?!\w*_token|next_week)\w+)\}")
REFUSED = {400, 401, 403, 404, 405, 409}
MODELS = [model for app in settings.MAILLAGE_APPS for model in apps.get_app_config(app.rpartition(".")[2]).get_models()]


@dataclass
class Row:
    """Something that is kept of somebody: whom it names, the places it is about."""

    kind: str
    ids: set[UUID]
    names: set[UUID] = field(default_factory=set)
    places: set[UUID] = field(default_factory=set)
    funds: set[UUID] = field(default_factory=set)


class Business:
    """What is a reader's business, from their roles and the table of who sees what."""

    def __init__(self, user: User | None) -> None:
        held = {grant.role: grant.area_id for grant in user.grants.running(now())} if user else {}
        reach = reach_of(user, now=now()) if user else None
        self.places = {*reach.organised, *reach.held} if reach else set()
        self.own = {user.pk, *Person.objects.filter(user=user).values_list("pk", flat=True)} if user else set()
        self.kept = {*recipients_kept(user, now=now()).values_list("pk", flat=True)} if user else set()
        self.givers = {*Person.objects.filter(donors__donations__fund__in=self.kept).values_list("pk", flat=True)}
        self.settings: set[UUID] = set()
        if Role.ADMINISTRATOR in held:  # who appoints, and writes the charter
            self.settings = {grant.pk for grant in appointments(now=now())} | {*DocumentComment.objects.values_list("pk", flat=True)}
        if reach and reach.organised:  # who organises the same places with them, to whom work is handed on
            above = AreaClosure.objects.filter(descendant__in=reach.organised).values("ancestor")
            organising = Grant.objects.running(now()).filter(role=Role.ORGANISER, area__in=above)
            self.settings |= {*organising.values_list("user_id", flat=True)}
        self.seen: dict[UUID, frozenset[Seen]] = {}
        if reach:
            self.seen = {person.pk: sight_of(reach.role_in(person.area_id)) for person in people_within(reach) if person.area_id}
            for person in Person.objects.filter(area__in=reach.organised):  # confirmed or not
                self.seen[person.pk] = sight_of(Role.ORGANISER)
        for pair in Companion.objects.filter(Q(person__in=self.own) | Q(term__person__in=self.own)):  # who accompany each other
            for other in {pair.person_id, pair.term.person_id} - self.own:
                self.seen.setdefault(other, frozenset({Seen.GIVEN_NAME, Seen.FAMILY_NAME, Seen.CONTACT_POINTS}))
        for role, area in held.items():
            if Seen.ALL in sight_of(Role(role)):
                everybody = Person.objects.filter(area__in=AreaClosure.objects.filter(ancestor=area).values("descendant"))
                self.seen |= dict.fromkeys([*everybody.values_list("pk", flat=True)], frozenset({Seen.ALL}))
        accounts = Person.objects.filter(pk__in=self.seen, user__isnull=False)
        if Role.MODERATOR in held:  # who decides about what others show
            self.settings |= {*PageMessage.objects.values_list("pk", flat=True)}
        self.people = {*self.seen, *self.own, *accounts.values_list("user_id", flat=True)}

    def includes(self, row: Row) -> bool:
        """Say whether a row is their business: theirs, of somebody whom they see, of a place or recipient of theirs, what they settle."""
        return bool(row.names & self.people or row.places & self.places or row.ids & self.settings or row.funds & self.kept)

    def may_read(self, marks: "Marks") -> set[str]:
        """The names and addresses of others that their answers may hold; an organiser answers by name for what they owe and read."""
        organising = Person.objects.filter(user__grants__role=Role.ORGANISER).values_list("pk", flat=True)
        allowed = {mark[person] for person in organising for mark in (marks.given, marks.family) if person in mark}
        allowed |= {mark[person] for person in self.givers for mark in (marks.given, marks.family, marks.address) if person in mark}
        for person, seen in self.seen.items():
            is_all = Seen.ALL in seen
            allowed |= {marks.given[person]} if is_all or Seen.GIVEN_NAME in seen else set()
            allowed |= {marks.family[person]} if is_all or Seen.FAMILY_NAME in seen else set()
            if is_all or Seen.CONTACT_POINTS in seen or (Seen.CHOSEN_CONTACT in seen and marks.has_agreed[person]):
                allowed |= {marks.address[person]}
        return allowed | {mark[person] for person in self.own for mark in (marks.given, marks.family, marks.address) if person in mark}


@dataclass
class Marks:
    """Names and addresses that nobody else in the world bears."""

    given: dict[UUID, str] = field(default_factory=dict)
    family: dict[UUID, str] = field(default_factory=dict)
    address: dict[UUID, str] = field(default_factory=dict)
    has_agreed: dict[UUID, bool] = field(default_factory=dict)

    @property
    def all(self) -> set[str]:
        """Every one of them."""
        return {*self.given.values(), *self.family.values(), *self.address.values()}


@pytest.fixture(scope="module")
def marks(world: World) -> Marks:
    """The marks of everybody; the world has a report and a step of a promise besides."""
    marks = Marks()
    for person in Person.objects.prefetch_related("contact_points"):
        marks.given[person.pk], marks.family[person.pk] = person.given_name, person.family_name
        marks.address[person.pk] = f"zzmail{person.given_name.removeprefix('Zzgiven')}@people.example"
        marks.has_agreed[person.pk] = ConsentState.objects.filter(person=person, is_given=True).exists()
    for assignment in Assignment.objects.filter(holder__user=world.actors["relay_elsewhere"]):
        Report.objects.create(assignment=assignment, author=assignment.holder, met="staff", met_on=now().date(), quote="Rien.")
    promise = Promise.objects.filter(area__isnull=False).order_by("pk")[0]
    PromiseStep.objects.create(promise=promise, number=1, kind=StepKind.REMINDER, area=promise.area, at=now(), tell_at=now())
    return marks


@pytest.fixture(scope="module")
def rows(marks: Marks) -> list[Row]:
    """All that is kept of people in this world."""
    return rows_of_people()


def rows_of_people() -> list[Row]:
    """All that is kept of people under an id, by what their models say."""
    return [
        row_of(kept)
        for model in MODELS
        if vars(model)["erasure"] is not Fate.NOT_PERSONAL and ids_of(model)
        for kept in model._default_manager.all()
    ]


def ids_of(model: type[models.Model]) -> list[Any]:
    """The columns by which a row of a model is named to the outside."""
    return [one for one in model._meta.concrete_fields if isinstance(one, models.UUIDField) and one.unique]


def row_of(kept: Any) -> Row:
    """Read whom and what a row is about, through whatever it belongs to."""
    row = Row(kept._meta.label, {getattr(kept, one.attname) for one in ids_of(type(kept))} - {None})
    if isinstance(kept, User | Person):
        row.names |= row.ids
        row.names |= {kept.user_id} if isinstance(kept, Person) and kept.user_id else set()
    if isinstance(kept, Import):  # of who left, it is taken over by whoever organises all of its places
        row.places |= {*kept.areas}
    for relation in kept._meta.concrete_fields:
        other = getattr(kept, relation.name) if relation.is_relation else None
        if isinstance(other, Area):
            row.places |= {other.pk}
        elif isinstance(other, Fund):
            row.funds |= {other.pk}
        elif other is not None and hasattr(other, "area_id") and vars(type(other))["erasure"] is Fate.NOT_PERSONAL:
            row.places |= {other.area_id}  # a seat
        elif other is not None and vars(type(other)).get("erasure") is not Fate.NOT_PERSONAL:
            row.names |= row_of(other).names
            row.funds |= row_of(other).funds
        elif hasattr(other, "fund_id"):  # a batch, a statement
            row.funds |= {other.fund_id}
    return row


@cache
def askings() -> tuple[tuple[Line, str], ...]:
    """Each line of the API that takes an id, with each name under which it takes one."""
    found = []
    for line in LINES:
        names = [*AN_ID.findall(line.path), *AN_ID.findall(str(BODIES.get(line.name, {})))]
        found += [(line, name) for name in dict.fromkeys(names) if line.path.startswith("/api/")]
    return tuple(found)


@dataclass
class Tried:
    """What was asked, and what was wrong with it."""

    one_by_one: int = 0
    by_one_for_all: int = 0
    opened: list[str] = field(default_factory=list)


def ask_all(role: str, world: World, marks: Marks, rows: list[Row]) -> Tried:
    """Ask as one role about every id in every place where one stands."""
    user = world.actors[role]
    reader, business, tried = Reader(user), Business(user), Tried()
    kinds, may_read = {id: row for row in rows for id in row.ids}, business.may_read(marks)
    for line, name in askings():
        forget_limits()
        nobodys = uuid4()
        with compared(nobodys) as found:
            unknown = reader.asks(line, world.rows | {name: nobodys})
        right = kinds[world.rows[name]].kind if world.rows.get(name) in kinds else ""
        met = (ids_in(found) & set(kinds)) | {id for id, row in kinds.items() if row.kind == right}
        one_for_all = sorted(set(kinds) - met)[:1]
        tried.by_one_for_all += len(kinds) - len(met) - len(one_for_all)
        for id in [*sorted(met), *one_for_all]:
            tried.one_by_one += 1
            status, text = reader.asks(line, world.rows | {name: id})
            if status == 429:
                forget_limits()
                status, text = reader.asks(line, world.rows | {name: id})
            said = f"{line.name} as {role}, {name} = a {kinds[id].kind}: {status}"
            if id not in met and status != unknown[0]:
                tried.opened.append(f"{said}, though the database compared it with nothing of the kind")
            if status not in REFUSED and status < 300 and unknown[0] in REFUSED and not business.includes(kinds[id]):
                tried.opened.append(said)
            if status >= 500:
                tried.opened.append(said)
            if leaked := set(A_MARK.findall(text)) - may_read:
                tried.opened.append(f"{said}, names {sorted(leaked)}")
    return tried


@pytest.mark.parametrize("role", ROLES.values())
def test_ids_of_others_open_nothing(world: World, marks: Marks, rows: list[Row], role: str) -> None:
    ids = {id for row in rows for id in row.ids}
    assert {row.kind for row in rows} >= {"people.Person", "accounts.User", "relays.Application", "relays.Term", "actions.Assignment"}
    tried = ask_all(role, world, marks, rows)
    assert tried.one_by_one + tried.by_one_for_all == len(ids) * len(askings()), "an id was left out"
    assert tried.one_by_one >= len(askings())
    assert not tried.opened, f"{len(tried.opened)} of {tried.one_by_one}:\n" + "\n".join(tried.opened)


def test_each_kind_that_is_kept_of_people_stands_in_the_world(rows: list[Row]) -> None:
    there = {row.kind for row in rows}
    personal = {
        model._meta.label
        for model in MODELS
        if vars(model)["erasure"] is not Fate.NOT_PERSONAL and isinstance(model._meta.pk, models.UUIDField)
    }
    assert sorted(personal - there - NO_ADDRESS_NAMES_THEM) == [], "make one in world.py"


NO_ADDRESS_NAMES_THEM = {"journal.Inbound", "relays.CharterRequest", "relays.QuietAnswer"}
"""Kinds that no endpoint names: what comes in from machines, and what is only read with what it belongs to."""
