"""The whole demo campaign, made once on whatever territories are loaded."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from maillage import journal
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.demo.domain.spread import spread
from maillage.demo.domain.texts import NETWORK, ORGANISATION
from maillage.demo.services.action import ask_every_seat
from maillage.demo.services.around import fall_silent, join_two_records, take_part
from maillage.demo.services.bringing import leave_a_file
from maillage.demo.services.care import look_after_each_other
from maillage.demo.services.charter import adopt_first, propose_next, propose_words
from maillage.demo.services.donations import give
from maillage.demo.services.filling import look_for_somebody
from maillage.demo.services.messages import write_to_one_place
from maillage.demo.services.money import raise_money
from maillage.demo.services.passing import write_notes
from maillage.demo.services.people import Population
from maillage.demo.services.positions import say_where_they_stand
from maillage.demo.services.seats import settle_seat
from maillage.kernel.errors import Conflict
from maillage.people import services as people
from maillage.people.domain import LegalKind
from maillage.people.models import Person
from maillage.relays import services as relays
from maillage.relays.domain import SeatState
from maillage.relays.models import RelayNetwork, Seat
from maillage.territories.models import Area

OPENED_BEFORE = timedelta(days=200)
DEPARTMENTS_WITH_AN_ORGANISER = 3
"""One department in this many has an organiser of its own; elsewhere the country's answers."""


def make_campaign(*, now: datetime, say: Callable[[str], None]) -> RelayNetwork:
    """Open a network with its organisers, seats, demo accounts and an action some days ahead, all or nothing.

    `say` receives a line a step. Raises: Conflict (`demo_exists`) when a network is there already, Invalid (no seats).
    """
    if RelayNetwork.objects.exists():
        raise Conflict("There is a network already; the demo is made on an empty installation only.", code="demo_exists")
    with transaction.atomic():
        country = _country_with_most_seats()
        _describe_the_house(country, now=now)
        network = relays.open_network(slug="personne-hors-ligne", country=country, names=NETWORK, now=now - OPENED_BEFORE)
        seats = list(Seat.objects.filter(network=network).select_related("area__parent").order_by("area__code"))
        states = spread([seat.area.code for seat in seats])
        population = Population(now=now - OPENED_BEFORE)
        population.load_localities()
        say(f"{len(seats)} seats laid over {country.name}")
        shown = _shown_parent(seats, states)
        national = population.appoint(Role.ORGANISER, home=seats[0].area, of=country, email=settings.DEMO_ACCOUNTS["national_organiser"])
        organisers = _organisers(seats, shown=shown, population=population)
        charter = adopt_first(by=national, now=now - OPENED_BEFORE)
        _make_who_holds_no_seat(seats[-1], country=country, population=population)
        relay = next(seat for seat in seats if seat.area.parent_id == shown and states[seat.area.code] == SeatState.FILLED)
        for seat in seats:
            settle_seat(
                seat,
                states[seat.area.code],
                population=population,
                decided_by=organisers.get(seat.area.parent_id, national),
                now=now,
                charter=charter,
                email=settings.DEMO_ACCOUNTS["relay"] if seat == relay else "",
            )
        _meet_some_twice(shown, population=population, now=now)
        look_for_somebody(seats, states, organisers=organisers, otherwise=national, population=population, now=now)
        join_two_records(relay, by=organisers.get(shown, national), population=population, now=now)
        take_part(relay, population=population, now=now)
        fall_silent(relay, population=population, now=now)
        say(f"{population.made} people invented")
        propose_next(by=national, now=now)
        propose_words(by=national, now=now)
        look_after_each_other(network, now=now)
        subject = say_where_they_stand(network, national=national, now=now)
        ask_every_seat(network, subject_id=subject.pk, by=national, now=now, say=say)
        write_notes(network, shown=shown, now=now)
        write_to_one_place(relay, named=national, now=now)
        party, _association = raise_money(home=seats[-1].area, country=country, shown=shown, population=population, now=now)
        give(party, [seat.area for seat in seats], population=population, now=now, say=say)
        people.open_to_public(now=now)
        here = [seat for seat in seats if seat.area.parent_id == shown]
        leave_a_file(here, by=organisers.get(shown, national), population=population, now=now)
        for name in ("insights.note_coverage", "insights.publish_measures"):  # else the past is empty until tonight
            journal.jobs.enqueue(name)
    return network


def _describe_the_house(country: Area, *, now: datetime) -> None:
    """Say who runs the demo, an invented association."""
    people.describe_organisation(
        name=ORGANISATION["name"],
        country=country.country,
        legal_kind=LegalKind.ASSOCIATION,
        languages=[code for code, _name in settings.LANGUAGES],
        address=ORGANISATION["address"],
        email=ORGANISATION["email"],
        officer=ORGANISATION["officer"],
        publisher=ORGANISATION["publisher"],
        host=ORGANISATION["host"],
        now=now,
    )


def _country_with_most_seats() -> Area:
    countries = Area.objects.filter(kind__level=0, below__descendant__kind__bears_seats=True)
    found = countries.annotate(inside=Count("below")).order_by("-inside", "code").first()
    if found is None:
        raise Conflict("Load territories first: no place bears a seat yet.", code="no_territories")
    return found


def _shown_parent(seats: list[Seat], states: Mapping[str, SeatState]) -> UUID | None:
    """Choose the department of the demo accounts: the one whose few seats show the most different states."""
    by_parent: dict[UUID | None, set[SeatState]] = {}
    sizes: dict[UUID | None, int] = {}
    for seat in seats:
        by_parent.setdefault(seat.area.parent_id, set()).add(states[seat.area.code])
        sizes[seat.area.parent_id] = sizes.get(seat.area.parent_id, 0) + 1
    with_relay = [parent for parent, found in by_parent.items() if SeatState.FILLED in found]
    return max(with_relay, key=lambda parent: (len(by_parent[parent]), -sizes[parent]))


def _organisers(seats: list[Seat], *, shown: UUID | None, population: Population) -> dict[UUID | None, User]:
    """Give every third department, and the one of the demo accounts, an organiser of its own."""
    homes: dict[UUID | None, Seat] = {}
    for seat in seats:
        homes.setdefault(seat.area.parent_id, seat)
    return {
        parent_id: population.appoint(
            Role.ORGANISER,
            home=seat.area,
            of=seat.area.parent,
            email=settings.DEMO_ACCOUNTS["department_organiser"] if parent_id == shown else "",
        )
        for number, (parent_id, seat) in enumerate(homes.items())
        if seat.area.parent is not None and (parent_id == shown or number % DEPARTMENTS_WITH_AN_ORGANISER == 0)
    }


def _meet_some_twice(shown: UUID | None, *, population: Population, now: datetime) -> None:
    """Let three people of the shown department stand here twice, so that an organiser sees records to join."""
    first = Person.objects.filter(area__parent_id=shown, user__isnull=False).order_by("created_at", "pk")[:3]
    people.compare_people(person_ids=[population.again(person).pk for person in first], now=now)


def _make_who_holds_no_seat(home: Seat, *, country: Area, population: Population) -> None:
    """Make the supporter, who holds nothing, the administrator, who sees no people, and the officer, who types why before seeing one."""
    population.account(population.person(area=home.area, met_at=population.now, email=settings.DEMO_ACCOUNTS["supporter"]))
    population.appoint(Role.ADMINISTRATOR, home=home.area, of=country, email=settings.DEMO_ACCOUNTS["administrator"])
    population.appoint(Role.DATA_PROTECTION_OFFICER, home=home.area, of=country, email=settings.DEMO_ACCOUNTS["data_protection_officer"])
