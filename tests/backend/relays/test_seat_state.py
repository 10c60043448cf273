"""The words of decision 18: the view says what the pure rule says."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.accounts.models import User
from maillage.people.models import Person
from maillage.relays import selectors
from maillage.relays.domain import ApplicationStatus, Coverage, SeatState, TermFacts, TermKind, seat_state
from maillage.relays.models import Application, Seat, SeatStanding, Term
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

AGES = st.integers(min_value=0, max_value=130).map(lambda days: timedelta(days=days, hours=5))
"""Ages of a sign of life: never within hours of the sixtieth day, so that the clock of the test does not matter."""

TERMS = st.fixed_dictionaries({"paused": st.booleans(), "seen": AGES, "user_seen": st.none() | AGES})
SEATS = st.fixed_dictionaries(
    {
        "relay": st.none() | TERMS,
        "stand_in": st.none() | TERMS,
        "ended": st.booleans(),
        "applications": st.lists(st.sampled_from(ApplicationStatus), max_size=3),
    }
)


def database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SEATS, min_size=12, max_size=12))
def test_the_view_says_what_the_rule_says(net: SmallNetwork, situations: list[dict]):
    Term.objects.all().delete()
    Application.objects.all().delete()
    Person.objects.all().delete()
    User.objects.all().delete()
    now = database_now()
    expected = {}
    for seat, situation in zip(Seat.objects.filter(network=net.network).order_by("pk"), situations, strict=True):
        expected[seat.pk] = _arrange(seat, situation, now=now)
    found = dict(selectors.standings(net.network.pk).values_list("seat_id", "state"))
    assert found == expected
    coverage = selectors.coverage(net.network.pk)
    assert coverage.total == 12 == coverage.filled + coverage.stand_in + coverage.applied + coverage.vacant + coverage.dormant
    assert coverage.covered == sum(state in (SeatState.FILLED, SeatState.STAND_IN) for state in expected.values())
    assert not SeatStanding.objects.filter(since__gt=now).exists()


def _arrange(seat: Seat, situation: dict, *, now: datetime) -> str:
    facts = []
    for kind in TermKind:
        term = situation[kind.value]
        if term is None:
            continue
        user = None
        if term["user_seen"] is not None:
            user = User.objects.create_user(f"{kind}.{seat.pk}@people.example", seen_at=now - term["user_seen"])
        seen = now - term["seen"]
        Term.objects.create(
            seat=seat,
            person=Person.objects.create(user=user),
            kind=kind,
            starts_at=now - timedelta(days=150),
            paused_at=now - timedelta(days=1) if term["paused"] else None,
            seen_at=seen,
        )
        signs = [seen, user.seen_at] if user else [seen]
        facts.append(TermFacts(kind=kind, is_paused=term["paused"], seen_at=max(signs)))
    if situation["ended"]:
        long_ago = now - timedelta(days=160)
        Term.objects.create(seat=seat, person=Person.objects.create(), starts_at=long_ago, seen_at=now, ends_at=long_ago)
    for status in situation["applications"]:
        confirmed = None if status == ApplicationStatus.UNCONFIRMED else now - timedelta(days=3)
        Application.objects.create(seat=seat, person=Person.objects.create(), status=status, confirmed_at=confirmed)
    is_open = any(status in (ApplicationStatus.SUBMITTED, ApplicationStatus.CONTACTED) for status in situation["applications"])
    return seat_state(terms=facts, has_open_application=is_open, now=now).value


def test_sixty_days_to_the_second():
    now = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
    alive = TermFacts(kind=TermKind.RELAY, is_paused=False, seen_at=now - timedelta(days=60))
    asleep = TermFacts(kind=TermKind.RELAY, is_paused=False, seen_at=now - timedelta(days=60, seconds=1))
    assert seat_state(terms=[alive], has_open_application=True, now=now) == SeatState.FILLED
    assert seat_state(terms=[asleep], has_open_application=True, now=now) == SeatState.DORMANT


def test_coverage_counts_each_seat_once(net: SmallNetwork):
    make_holder(net.seat("0101"))
    make_holder(net.seat("0102"), kind=TermKind.STAND_IN)
    make_holder(net.seat("0103"), at=database_now() - timedelta(days=100), email="")
    make_application(net.seat("0104"))
    assert selectors.coverage(net.network.pk) == Coverage(total=12, filled=1, stand_in=1, applied=1, vacant=8, dormant=1)
    department = net.country.area("01", "department")
    assert selectors.coverage(net.network.pk, within_area_id=department.pk) == Coverage(
        total=4, filled=1, stand_in=1, applied=1, vacant=0, dormant=1
    )


def test_a_sign_in_wakes_a_seat(net: SmallNetwork):
    _term, holder = make_holder(net.seat("0101"), at=database_now() - timedelta(days=100))
    assert selectors.seat(net.seat("0101").pk).state == SeatState.DORMANT
    User.objects.filter(pk=holder.user_id).update(seen_at=database_now())
    assert selectors.seat(net.seat("0101").pk).state == SeatState.FILLED


def test_a_seat_says_since_when(net: SmallNetwork):
    vacant = selectors.seat(net.seat("0201").pk)
    assert vacant.since == net.network.opens_at
    assert vacant.term_id is None
    assert vacant.holder is None
    application = make_application(net.seat("0201"))
    assert selectors.seat(net.seat("0201").pk).since == application.confirmed_at
    term, person = make_holder(net.seat("0201"))
    filled = selectors.seat(net.seat("0201").pk)
    assert (filled.since, filled.term_id, filled.holder, filled.holder_kind) == (term.starts_at, term.pk, person, TermKind.RELAY)


def test_a_seat_says_who_gave_a_sign_and_since_when_nobody_did(net: SmallNetwork):
    now = database_now()
    long_ago, later = now - timedelta(days=100), now - timedelta(days=70)
    seat = net.seat("0201")
    term, holder = make_holder(seat, at=long_ago)
    User.objects.filter(pk=holder.user_id).update(seen_at=later)
    dormant = selectors.seat(seat.pk)
    assert (dormant.state, dormant.since, dormant.seen_at) == (SeatState.DORMANT, later + timedelta(days=60), later)
    stands_in, other = make_holder(seat, kind=TermKind.STAND_IN, at=long_ago)
    User.objects.filter(pk=other.user_id).update(seen_at=now)
    covered = selectors.seat(seat.pk)
    assert (covered.state, covered.since, covered.term_id, covered.seen_at) == (SeatState.STAND_IN, long_ago, stands_in.pk, now)
    Term.objects.filter(pk=stands_in.pk).update(ends_at=now - timedelta(days=1))
    Term.objects.filter(pk=term.pk).update(paused_at=later)
    paused = selectors.seat(seat.pk)
    assert (paused.state, paused.since, paused.is_paused, paused.holder) == (SeatState.DORMANT, later, True, holder)
    Term.objects.filter(pk=term.pk).update(ends_at=now - timedelta(days=3))
    vacant = selectors.seat(seat.pk)
    assert (vacant.state, vacant.since, vacant.holder, vacant.seen_at) == (SeatState.VACANT, now - timedelta(days=1), None, None)


@pytest.mark.parametrize(("age", "is_new"), [(timedelta(days=6), True), (timedelta(days=8), False)])
def test_news_last_a_week(net: SmallNetwork, age: timedelta, is_new: bool, django_assert_num_queries):
    now = database_now()
    make_holder(net.seat("0301"), at=now - age)
    with django_assert_num_queries(1):
        rows = selectors.seat_rows(net.network.pk, now=now)
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)
    row = next(row for row in rows if row["code"] == "0301")
    assert (row["state"], row["new"], row["group"]) == ("filled", is_new, net.country.area("03", "department").name)
