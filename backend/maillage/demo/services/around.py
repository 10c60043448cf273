"""Who holds no seat: some take part around a place since lately, one stood here twice, some gave no sign for nearly three years."""

from datetime import datetime, timedelta

from maillage.accounts.models import User
from maillage.demo.services.people import Population
from maillage.messaging.services.staying import ask_silent_people
from maillage.people import services as people
from maillage.people.domain.staying import ASKED_BEFORE, KEPT_AFTER_LAST_SIGN
from maillage.people.models import StayQuestion
from maillage.relays import services as relays
from maillage.relays.domain.joining import JOIN_WORDINGS
from maillage.relays.models import Joining, Seat
from maillage.relays.selectors.joining import join_boxes

LATELY: tuple[tuple[int, tuple[str, ...]], ...] = (
    (2, tuple(JOIN_WORDINGS)),
    (6, ("agrees_to_contact",)),
    (11, ("agrees_to_contact", "agrees_to_news")),
    (17, ("agrees_to_news",)),
)
"""How many days ago somebody filled in the form to take part, and what they ticked: the last one is not for the relay to greet."""

CONFIRMED_AFTER = timedelta(minutes=12)
JOINED_BEFORE = timedelta(days=3)
"""Since when two records of one person are one: within the fortnight in which their owner may object."""

SILENT = 3
"""So many are asked whether they stay; the first of them has said yes."""


def take_part(seat: Seat, *, population: Population, now: datetime) -> None:
    """Let some people join the place of a seat by its form, and confirm it from their mail."""
    said = join_boxes()
    for days, boxes in LATELY:
        given_name, family_name, email = population.somebody()
        at = now - timedelta(days=days)
        relays.join_place(
            seat_id=seat.pk,
            given_name=given_name,
            family_name=family_name,
            email=email,
            agrees_to={box: said[box].version for box in boxes},
            is_of_age=True,
            language="fr",
            locality=population.home(seat.area),
            now=at,
        )
        joining = Joining.objects.select_related("person").get(seat=seat, created_at=at)
        relays.confirm_joining(joining_id=joining.pk, contact_point_id=joining.person.contact_points.get().pk, now=at + CONFIRMED_AFTER)


def join_two_records(seat: Seat, *, by: User, population: Population, now: datetime) -> None:
    """Let an organiser join two records of somebody, whose two addresses are asked and have not answered yet."""
    kept = population.person(area=seat.area, met_at=population.now)
    people.merge_people(kept_id=kept.pk, absorbed_id=population.again(kept).pk, values={}, by=by, now=now - JOINED_BEFORE)


def fall_silent(seat: Seat, *, population: Population, now: datetime) -> None:
    """Let some people have given no sign for so long that they are asked whether they stay; one has said yes."""
    for days in range(SILENT):
        population.person(area=seat.area, met_at=now - KEPT_AFTER_LAST_SIGN + ASKED_BEFORE - timedelta(days=1 + days))
    people.look_for_silent(now=now)
    ask_silent_people(now=now)
    first = StayQuestion.objects.order_by("person__created_at").first()
    if first is not None:
        people.stay(question_id=first.pk, now=now)
