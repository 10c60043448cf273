"""Public figures about people: written once, withheld when they say too much."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from maillage.insights import services
from maillage.insights.domain.withheld import PERIOD
from maillage.insights.models import Measure
from maillage.people import services as people
from maillage.relays import services as relays
from maillage.relays.domain import ApplicationStatus
from maillage.relays.models import Application, RelayNetwork
from tests.backend.relays.factories import SmallNetwork, make_application, make_network

BEGINS = date(2026, 5, 18)
AT = datetime(2026, 5, 20, 10, tzinfo=UTC)
LATER = datetime(2026, 7, 1, 4, 10, tzinfo=UTC)


def ask(net: SmallNetwork, code: str, times: int, *, called_after: timedelta | None = timedelta(hours=5)) -> None:
    """So many people asked for a seat, and were called."""
    for number in range(times):
        application = make_application(net.seat(code), at=AT, email=f"p{number}.{code}@people.example")
        if called_after is not None and application.promise:
            application.promise.kept_at = AT + called_after
            application.promise.save()


def figure(net: SmallNetwork, kind: str, code: str, what: str = "applications", begins: date = BEGINS) -> int | None:
    return Measure.objects.get(network=net.network, area=net.country.area(code, kind), what=what, starts_on=begins).people


@pytest.fixture
def summer(net: SmallNetwork) -> SmallNetwork:
    RelayNetwork.objects.update(opens_at=datetime(2026, 5, 1, tzinfo=UTC))
    return net


def test_few_people_are_withheld_and_so_is_what_would_tell_them(summer: SmallNetwork) -> None:
    ask(summer, "0101", 9)
    ask(summer, "0201", 3)
    services.publish_measures(now=LATER)
    assert figure(summer, "country", "XM") == 12
    assert figure(summer, "country", "XM", "called_in_time") == 12
    assert figure(summer, "department", "01") is None  # 12 - 9 would tell of three
    assert figure(summer, "department", "02") is None
    assert figure(summer, "department", "03") == 0


def test_enough_people_are_published_by_place(summer: SmallNetwork) -> None:
    ask(summer, "0101", 9)
    ask(summer, "0201", 5)
    ask(summer, "0301", 5, called_after=timedelta(hours=60))
    make_application(summer.seat("0102"), at=AT, status=ApplicationStatus.UNCONFIRMED)
    services.publish_measures(now=LATER)
    assert figure(summer, "country", "XM") == 19
    assert figure(summer, "country", "XM", "called_in_time") == 14
    assert [figure(summer, "department", code) for code in ("01", "02", "03")] == [9, 5, 5]


def test_what_was_published_is_never_written_again(summer: SmallNetwork) -> None:
    ask(summer, "0101", 6)
    assert services.publish_measures(now=LATER) >= 1
    Application.objects.all().delete()
    assert services.publish_measures(now=LATER + timedelta(days=1)) == 0
    assert figure(summer, "country", "XM") == 6


def test_where_few_were_not_called_it_says_at_least_how_many_were(summer: SmallNetwork) -> None:
    ask(summer, "0101", 11)
    ask(summer, "0201", 3, called_after=timedelta(hours=60))
    services.publish_measures(now=LATER)
    assert figure(summer, "country", "XM") == 14
    assert figure(summer, "country", "XM", "called_in_time") is None
    assert figure(summer, "country", "XM", "called_at_least") == 9


def test_places_tell_who_was_called_where_nobody_can_be_told_by_it(summer: SmallNetwork) -> None:
    ask(summer, "0101", 6)
    ask(summer, "0102", 5, called_after=None)
    ask(summer, "0201", 9)
    services.publish_measures(now=LATER)
    assert [figure(summer, "department", code, "called_in_time") for code in ("01", "02", "03")] == [6, 9, 0]


def test_a_miss_counts_though_whoever_waited_had_themself_erased(summer: SmallNetwork) -> None:
    ask(summer, "0101", 6)
    ask(summer, "0201", 6, called_after=None)
    for application in Application.objects.filter(seat=summer.seat("0201")):
        relays.withdraw_and_be_erased(application_id=application.pk, now=AT + timedelta(hours=50))
    assert not Application.objects.filter(seat=summer.seat("0201")).exists()
    services.publish_measures(now=LATER)
    assert [figure(summer, "country", "XM", what) for what in ("applications", "called_in_time")] == [12, 6]


def test_who_asks_for_several_seats_is_one_person_where_they_asked_first(summer: SmallNetwork) -> None:
    ask(summer, "0101", 6)
    ask(summer, "0201", 2)
    first = Application.objects.filter(seat=summer.seat("0201")).order_by("pk").first()
    assert first
    for hours, code in enumerate(("0202", "0203", "0301", "0302"), start=1):
        make_application(summer.seat(code), at=AT + timedelta(hours=hours), person=first.person)
    services.publish_measures(now=LATER)
    assert figure(summer, "country", "XM") == 8
    assert figure(summer, "department", "02") is None, "two people, though they asked for four seats there"
    assert figure(summer, "department", "03") == 0, "whoever asked there was counted where they had asked before"


def test_who_asked_for_several_seats_stays_one_person_once_erased(summer: SmallNetwork) -> None:
    ask(summer, "0101", 6)
    one = make_application(summer.seat("0201"), at=AT, email="one@people.example").person
    for code in ("0202", "0203", "0204", "0205"):
        make_application(summer.seat(code), at=AT + timedelta(hours=1), person=one)
    people.erase_person(person_id=one.pk, now=AT + timedelta(hours=60))
    services.publish_measures(now=LATER)
    assert figure(summer, "country", "XM") == 7


def test_who_was_erased_is_counted_in_no_network_where_two_have_a_seat(summer: SmallNetwork) -> None:
    make_network(summer.country, at=datetime(2026, 5, 1, tzinfo=UTC), slug="other-net")
    ask(summer, "0101", 6, called_after=None)
    for application in Application.objects.all():
        people.erase_person(person_id=application.person_id, now=AT + timedelta(hours=50))
    services.publish_measures(now=LATER)
    assert set(Measure.objects.filter(starts_on=BEGINS).values_list("people", flat=True)) == {0}


def test_who_was_promised_no_call_is_counted_nowhere(summer: SmallNetwork) -> None:
    ask(summer, "0101", 6)
    held = make_application(summer.seat("0201"), at=AT, status=ApplicationStatus.HELD, email="held@people.example")
    Application.objects.filter(pk=held.pk).update(status=ApplicationStatus.DECLINED, decided_at=AT)
    early = make_application(summer.seat("0202"), at=AT, email="early@people.example")
    relays.withdraw_application(application_id=early.pk, now=AT + timedelta(hours=3))
    late = make_application(summer.seat("0301"), at=AT, email="late@people.example")
    relays.withdraw_application(application_id=late.pk, now=AT + timedelta(hours=60))
    services.publish_measures(now=LATER)
    assert figure(summer, "country", "XM") == 7, "the miss of who waited in vain stays one"


def test_an_application_that_is_opened_again_is_one(summer: SmallNetwork) -> None:
    ask(summer, "0101", 6, called_after=None)
    again = Application.objects.filter(seat=summer.seat("0101")).order_by("pk").first()
    assert again
    relays.withdraw_application(application_id=again.pk, now=AT + timedelta(hours=60))
    Application.objects.filter(pk=again.pk).update(
        status=ApplicationStatus.SUBMITTED,
        promise=people.make_promise(person=again.person, area=again.seat.area, now=AT + timedelta(hours=70)),
    )
    services.publish_measures(now=LATER)
    assert figure(summer, "country", "XM") == 6


def test_a_period_is_published_when_its_last_call_was_due(summer: SmallNetwork) -> None:
    over = datetime.combine(BEGINS + PERIOD, datetime.min.time(), UTC)
    services.publish_measures(now=over + timedelta(days=2))
    assert not Measure.objects.filter(starts_on=BEGINS).exists()
    services.publish_measures(now=over + timedelta(days=3))
    assert Measure.objects.filter(starts_on=BEGINS).exists()


def test_the_database_refuses_a_figure_of_few(summer: SmallNetwork) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.create(network=summer.network, area=summer.country.country, starts_on=BEGINS, what="applications", people=4)
