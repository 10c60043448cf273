from datetime import timedelta

from maillage.kernel.clock import now
from maillage.people.models import Promise
from maillage.relays import selectors
from maillage.relays.domain import PromiseRecord
from tests.backend.relays.factories import SmallNetwork, make_application


def keep(application, *, hours: int | None) -> None:
    if hours is not None:
        Promise.objects.filter(pk=application.promise_id).update(kept_at=application.promise.made_at + timedelta(hours=hours))


def test_the_record_says_its_misses_for_the_smallest_place_with_five(net: SmallNetwork, django_assert_num_queries):
    week_ago = now() - timedelta(days=7)
    for code, hours in (("0101", 10), ("0101", 20), ("0102", 30), ("0103", 60), ("0104", None)):
        keep(make_application(net.seat(code), at=week_ago, email=f"{code}.{hours}@people.example"), hours=hours)
    make_application(net.seat("0101"), email="running@people.example")
    area = net.country.area("0101")
    with django_assert_num_queries(1):
        record = selectors.promise_record(area.pk, now=now())
    assert record == PromiseRecord(area_name=net.country.area("01", "department").name, kept=3, total=5, mean_hours=30.0)


def test_fewer_than_five_are_not_shown(net: SmallNetwork):
    for number in range(4):
        keep(make_application(net.seat("0101"), at=now() - timedelta(days=5), email=f"{number}@people.example"), hours=2)
    assert selectors.promise_record(net.country.area("0101").pk, now=now()) is None


def test_old_quarters_do_not_count(net: SmallNetwork):
    for number in range(6):
        keep(make_application(net.seat("0101"), at=now() - timedelta(days=120), email=f"{number}@people.example"), hours=2)
    assert selectors.promise_record(net.country.area("0101").pk, now=now()) is None


def test_the_nearest_organiser_calls(net: SmallNetwork):
    area = net.country.area("0101")
    assert selectors.contact_person(area, now=now()) is None
    net.organiser("country", "XM", name="Loin Loin")
    near = net.organiser("department", "01", name="Nadia Ferhat")
    assert selectors.contact_person(area, now=now()) == near.person
    assert selectors.contact_person(net.country.area("0201"), now=now()).given_name == "Loin"
