"""Exactly what pages and answers show of how the promise was kept, subtracted in every way that a reader can."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.insights import services
from maillage.insights.domain.withheld import SETTLED_AFTER, period_of
from maillage.insights.models import Measure
from maillage.insights.selectors.published import promise_record
from maillage.kernel.clock import now
from maillage.people.models import Promise
from maillage.relays.models import RelayNetwork
from tests.backend.accounts.factories import sign_in
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

SEATS = ("0101", "0201", "0301")
"""One for each department."""

DAY = r"(\d+\s\w+\s\d+)"
SAID = re.compile(rf"([\w-]+), from {DAY} to {DAY}: of (\d+) people who asked for a seat, (at least )?(\d+) were called")


@dataclass(frozen=True)
class Said:
    """A record as it stands on a page."""

    place: str
    begins: date
    ends: date
    asked: int
    called: int
    is_at_least: bool


def said(client: Client, code: str) -> Said | None:
    found = SAID.search(client.get(f"/en/places/{code}/").text)
    if found is None:
        return None
    place, begins, ends, asked, floor, called = found.groups()
    days = [datetime.strptime(day, "%d %B %Y").date() for day in (begins, ends)]  # noqa: DTZ007
    return Said(place, *days, int(asked), int(called), bool(floor))


def is_nobody_or_five(people: int) -> bool:
    return people == 0 or people >= 5


def ask(net: SmallNetwork, code: str, *, at: datetime, hours: int | None, name: str) -> None:
    application = make_application(net.seat(code), at=at, email=f"{name}@people.example")
    if hours is not None:
        Promise.objects.filter(pk=application.promise_id).update(kept_at=at + timedelta(hours=hours))


def days_around_an_edition() -> Iterator[datetime]:
    """The days before, on and after which the latest edition appears, and some later ones, until today."""
    today = in_days(0)
    appears = period_of(today - SETTLED_AFTER) + SETTLED_AFTER
    days = {appears + timedelta(days=number) for number in (-2, -1, 0, 1, 2, 9)} | {today}
    for day in sorted(day for day in days if day <= today):
        yield datetime.combine(day, datetime.min.time(), now().tzinfo) + timedelta(hours=4)


@pytest.fixture(params=[1, 2, 3])
def lived(net: SmallNetwork, request: pytest.FixtureRequest) -> SmallNetwork:
    """Five editions' time in which people asked, at random, and most were called in time."""
    chance = random.Random(request.param)
    RelayNetwork.objects.update(opens_at=now() - timedelta(days=150))
    for number in range(110):
        at = now() - timedelta(days=chance.uniform(8, 140))
        hours = chance.choice([2, 10, 30, 47, 47, 60, None] if request.param != 2 else [2, 10, 30] * 8 + [60])
        ask(net, chance.choice(SEATS), at=at, hours=hours, name=f"p{number}")
    return net


def test_day_by_day_what_pages_say_tells_of_nobody(client: Client, lived: SmallNetwork) -> None:
    seen: list[dict[str, Said]] = []
    for instant in days_around_an_edition():
        services.publish_measures(now=instant)
        seen.append({code: record for code in SEATS if (record := said(client, code))})
    assert any(seen), "something is said, else this proves nothing"
    for before, after in pairwise(seen):
        for code in before.keys() & after.keys():
            changed = before[code] != after[code]
            assert not changed or before[code].ends != after[code].ends, "within the same weeks nothing ever changes"
    assert len({tuple(sorted(day.items(), key=str)) for day in seen}) <= 2, "a page changes with an edition and on no other day"
    for day in seen:
        _subtract_places(lived, day)


def _subtract_places(net: SmallNetwork, day: dict[str, Said]) -> None:
    """Take the places that pages name from the country, whose figures the page of the progress says."""
    named = {record.place: record for record in day.values() if record.place != "Petit-Pays"}
    for record in named.values():
        weeks = Measure.objects.filter(
            network=net.network, area=net.country.country, starts_on__gte=record.begins, starts_on__lte=record.ends
        )
        asked = weeks.filter(what="applications")
        whole = sum(asked.values_list("people", flat=True))
        others = [other for other in named.values() if (other.begins, other.ends) == (record.begins, record.ends)]
        assert is_nobody_or_five(whole - record.asked)
        assert is_nobody_or_five(whole - sum(other.asked for other in others))
        assert is_nobody_or_five(record.called)
        assert is_nobody_or_five(record.asked - record.called)
        called = list(weeks.filter(what="called_in_time").values_list("people", flat=True))
        if None not in called:
            assert is_nobody_or_five(sum(called) - sum(other.called for other in others))


def test_what_happens_today_changes_no_page_and_no_answer(client: Client, net: SmallNetwork) -> None:
    RelayNetwork.objects.update(opens_at=now() - timedelta(days=100))
    for number in range(12):
        ask(net, "0101", at=now() - timedelta(days=60), hours=5, name=f"p{number}")
    services.publish_measures(now=now())
    before = said(client, "0101")
    assert before
    assert before.asked == 12
    ask(net, "0101", at=now() - timedelta(hours=60), hours=None, name="today")
    services.publish_measures(now=now())
    assert said(client, "0101") == before


def test_the_answer_about_a_seat_says_no_record_and_its_holder_reads_what_all_read(client: Client, net: SmallNetwork) -> None:
    RelayNetwork.objects.update(opens_at=now() - timedelta(days=100))
    for number in range(12):
        ask(net, "0102", at=now() - timedelta(days=60), hours=5 if number > 1 else 60, name=f"p{number}")
    services.publish_measures(now=now())
    _term, holder = make_holder(net.seat("0101"))
    assert "promise" not in client.get(f"/api/v1/relays/seats/{net.seat('0101').pk}/").json()
    shown = said(client, "0103")
    assert holder.user
    sign_in(client, holder.user)
    told = client.get(f"/api/v1/relays/seats/{net.seat('0101').pk}/dossier/").json()["promise"]
    assert shown == Said(
        told["area_name"],
        date.fromisoformat(told["begins"]),
        date.fromisoformat(told["ends"]),
        told["asked"],
        told["called"],
        told["is_at_least"],
    )
    assert (told["area_name"], told["asked"], told["called"], told["is_at_least"]) == ("Petit-Pays", 12, 7, True)


def test_the_smallest_place_of_which_both_were_published_is_read_with_one_query(
    net: SmallNetwork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    RelayNetwork.objects.update(opens_at=now() - timedelta(days=100))
    for number in range(6):
        ask(net, "0101", at=now() - timedelta(days=60), hours=5, name=f"p{number}")
        ask(net, "0201", at=now() - timedelta(days=60), hours=5 if number else 60, name=f"q{number}")
    services.publish_measures(now=now())
    first, second = net.seat("0101"), net.seat("0201")
    with django_assert_num_queries(1):
        here = promise_record(net.network.pk, first.area_id)
    there = promise_record(net.network.pk, second.area_id)
    assert here
    assert there
    assert (here.area_name, here.asked, here.called, here.is_at_least) == ("Hautes-Brumes", 6, 6, False)
    assert (there.area_name, there.asked, there.called, there.is_at_least) == ("Petit-Pays", 12, 7, True)
