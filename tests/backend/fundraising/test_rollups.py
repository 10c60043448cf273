"""The sums of dashboards say what the books say, whatever happened, in any order and twice."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.fundraising.domain import postings
from maillage.fundraising.domain.longtail import bin_of, whole
from maillage.fundraising.domain.payments import Refund
from maillage.fundraising.domain.words import EntryKind, Method, MonthlyState, Nature
from maillage.fundraising.models import (
    AmountBin,
    AreaTotal,
    Batch,
    CohortTotal,
    CountedDonation,
    DayTotal,
    Donation,
    Donor,
    DonorIdentity,
    GiverBin,
    GiverTotal,
    MonthlyDonation,
    MonthlyTotal,
)
from maillage.fundraising.selectors.funds import rules_of
from maillage.fundraising.selectors.raised import raised_for
from maillage.fundraising.services import ledger, payments, rollups
from maillage.fundraising.services.batches import Written, drop_row, write_row
from maillage.fundraising.services.donors import keep_donor
from maillage.fundraising.services.erasure import erase_donor
from maillage.kernel.clock import now
from tests.backend.fundraising.factories import DECLARED, association, make_donor, make_envelope, make_fund, settled
from tests.backend.people.factories import make_person

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

RAW = """
WITH net AS (
    SELECT donation.id, donation.counted_on AS day, donation.source, donation.monthly_id, to_char(donation.due_on, 'YYYY-MM') AS due,
           donor.area_id,
           coalesce(one.counts_as_id, donor.identity_id, donor.person_id, first.person_id, donor.counted_with_id, donor.id) AS giver,
           sum(-line.amount) FILTER (WHERE line.account = 'donations') AS gross, sum(-line.amount) AS cents
    FROM fundraising_donation donation
    JOIN fundraising_donor donor ON donor.id = donation.donor_id
    LEFT JOIN fundraising_donor first ON first.id = donor.counted_with_id
    LEFT JOIN fundraising_donoridentity one ON one.id = donor.identity_id
    JOIN fundraising_ledgerentry entry ON entry.donation_id = donation.id
    JOIN fundraising_ledgerline line ON line.entry_id = entry.id AND line.account IN ('donations', 'refunds', 'disputes')
    WHERE donation.fund_id = %(recipient)s AND (%(fund)s = %(recipient)s OR line.fund_id = %(fund)s) AND donation.nature = 'donation'
    GROUP BY donation.id, donation.counted_on, donation.source, donation.monthly_id, due, donor.area_id, giver
), stayed AS (SELECT * FROM net WHERE cents > 0)
"""
WIDTH = "(10 ^ (length(({0})::text) - 2))::bigint"
PARTS = f"ceil(100.0 / ({{0}} / {WIDTH}))::bigint"
BINNED = f"""
    CASE WHEN {{0}} < 200 OR {{0}} %% {WIDTH} = 0 THEN {{0}}
         ELSE {{0}} - {{0}} %% {WIDTH} + greatest(1, (({{0}} %% {WIDTH}) * {PARTS} / {WIDTH} * {WIDTH} + {PARTS} - 1) / {PARTS}) END
"""
PERIODS = "(VALUES ('YYYY-MM'), ('YYYY'), ('')) AS period (shape)"
TRUTH = {
    "daytotal": """
        SELECT day, count(*) FILTER (WHERE cents > 0), sum(greatest(cents, 0)), sum(gross - greatest(cents, 0)) FROM net GROUP BY 1
    """,
    "amountbin": f"""
        SELECT coalesce(to_char(day, shape), ''), {BINNED.format("cents::bigint")}, count(*), sum(cents)
        FROM stayed, {PERIODS} GROUP BY 1, 2
    """,
    "giverbin": f"""
        SELECT period, {BINNED.format("cents::bigint")}, sum(number), sum(cents), count(*) FROM (
            SELECT coalesce(to_char(day, shape), '') AS period, giver, count(*) AS number, sum(cents) AS cents
            FROM stayed, {PERIODS} GROUP BY 1, 2) giver GROUP BY 1, 2
    """,
    "givertotal": f"""
        SELECT period, began, sum(number), sum(cents), count(*) FROM (
            SELECT coalesce(to_char(day, shape), '') AS period, giver, count(*) AS number, sum(cents) AS cents,
                   min(day) = (SELECT min(first.day) FROM stayed first WHERE first.giver = stayed.giver) AS began
            FROM stayed, {PERIODS} GROUP BY 1, 2) giver GROUP BY 1, 2
    """,
    "areatotal": f"""
        SELECT period, area, sum(number), sum(cents), count(*), sum(small), sum(small_cents) FROM (
            SELECT coalesce(to_char(day, shape), '') AS period, giver, count(*) AS number, sum(cents) AS cents,
                   (array_agg(area_id ORDER BY day DESC, id DESC) FILTER (WHERE area_id IS NOT NULL))[1] AS area,
                   count(*) FILTER (WHERE cents < 5000) AS small, coalesce(sum(cents) FILTER (WHERE cents < 5000), 0) AS small_cents
            FROM stayed, {PERIODS} GROUP BY 1, 2) giver WHERE area IS NOT NULL GROUP BY 1, 2
    """,
    "sourcetotal": f"SELECT coalesce(to_char(day, shape), ''), source, count(*), sum(cents) FROM stayed, {PERIODS} GROUP BY 1, 2",
    "cohorttotal": """
        SELECT began, due, count(DISTINCT monthly_id), sum(cents) FROM (
            SELECT *, min(due) OVER (PARTITION BY monthly_id) AS began FROM stayed WHERE monthly_id IS NOT NULL) paid GROUP BY 1, 2
    """,
}
KEYS = {table: key[1:] for table, key in rollups.KEYS.items()}


def truth(fund, table):
    with connection.cursor() as cursor:
        cursor.execute(RAW + TRUTH[table], {"fund": fund.pk, "recipient": fund.recipient.pk})
        return Counter(tuple(row) for row in cursor.fetchall())


def kept(fund, table):
    names, values = ", ".join(KEYS[table]), rollups.COLUMNS[table]
    sums = ", ".join(f"sum({each})" for each in values)
    some = " OR ".join(f"sum({each}) <> 0" for each in values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names}, {sums} FROM fundraising_{table} WHERE fund_id = %s GROUP BY {names} HAVING {some}", [fund.pk])
        return Counter(tuple(row) for row in cursor.fetchall())


def check(*funds):
    for fund in funds:
        for table in TRUTH:
            assert kept(fund, table) == truth(fund, table), (fund.code, table)


def give_back(donation, cents, *, name, kind=EntryKind.REFUND, at=AT):
    given = payments.as_given(donation)
    posting = postings.of_refund(given, Refund(id=name, charge="ch", amount=cents, state="succeeded", happened_at=at))
    if kind is EntryKind.REFUND_FAILED:
        posting = postings.turned(posting, key=f"refund-back:{name}", kind=kind, happened_at=at)
    ledger.post([posting], now=now())


def count_as(identity, other):
    DonorIdentity.objects.filter(pk=identity.pk).update(counts_as=other)
    rollups.recount_identities([identity.pk])


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("settle"),
            st.integers(0, 4),
            st.sampled_from([100, 999, 1000, 1999, 2000, 2004, 5000, 4999, 12345, 500_000]),
            st.integers(0, 500),
            st.integers(0, 2),
        ),
        st.tuples(st.just("refund"), st.integers(0, 9), st.sampled_from([1, 50, 100])),
        st.tuples(st.just("failed"), st.integers(0, 9)),
        st.tuples(st.just("merge"), st.integers(0, 4), st.integers(0, 4)),
        st.tuples(st.just("unmerge"), st.integers(0, 4)),
        st.tuples(st.just("prove"), st.integers(0, 9), st.integers(0, 1)),
        st.tuples(st.just("erase"), st.integers(0, 1)),
        st.tuples(st.just("move"), st.integers(0, 9), st.integers(0, 2)),
        st.tuples(st.just("again"), st.integers(0, 9)),
        st.tuples(st.just("fold")),
        st.tuples(st.just("rebuild")),
    ),
    max_size=25,
)


@pytest.mark.django_db
def test_after_any_history_the_sums_say_what_raw_rows_say(small_country):
    areas = [None, small_country.area("0101"), small_country.area("0201")]

    @given(STEPS)
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def any_history(steps):
        point = transaction.savepoint()
        fund = make_fund()
        envelope = make_envelope(fund)
        people = [make_person(email=f"{number}@people.example") for number in range(2)]
        identities = [
            DonorIdentity.objects.create(family_key=f"dumontel{number}", given_key="claire", born_on=date(1984, 5, 17))
            for number in range(3)
        ]
        regular_ones: dict[int, MonthlyDonation] = {}
        given_so_far: list[Donation] = []
        refunds: list[tuple[Donation, int, str]] = []
        for number, (what, *how) in enumerate(steps):
            if what == "settle":
                who, cents, day, place = how
                if who < 3:
                    donor = make_donor(family_name="x")
                    Donor.objects.filter(pk=donor.pk).update(identity=identities[who], area=areas[place])
                else:
                    donor = make_donor(family_name="x")
                    Donor.objects.filter(pk=donor.pk).update(identity=None, person=people[who - 3], area=areas[place])
                at = AT - timedelta(days=day)
                shares = {envelope: cents // 3} if day % 2 else {}
                regular = {}
                if place == 1 and day % 3 == 0:  # all instalments of a monthly donation are one donor's
                    if who not in regular_ones:
                        regular_ones[who] = MonthlyDonation.objects.create(fund=fund, donor=donor, amount=1000, currency="eur", day=1)
                    donor = regular_ones[who].donor
                    regular = {"monthly": regular_ones[who], "due_on": at.date() + timedelta(days=day % 7)}
                if not Donation.objects.filter(**regular).exists() or not regular:
                    source = ("", "letter", "page")[day % 3]
                    nature = Nature.DUES if day % 11 == 5 else Nature.DONATION
                    donor.refresh_from_db()
                    given_so_far.append(
                        settled(fund, amount=cents, at=at, donor=donor, shares=shares, source=source, nature=nature, **regular)
                    )
            elif what in ("merge", "unmerge"):
                one = identities[how[0] % 3]
                one.refresh_from_db()
                other = identities[how[1] % 3] if what == "merge" else None
                chained = other and (other.pk == one.pk or one.counted.exists() or DonorIdentity.objects.get(pk=other.pk).counts_as_id)
                if not chained:
                    count_as(one, other)
            elif what == "erase":
                erase_donor(people[how[0]].pk, now())
            elif what == "fold":
                rollups.fold(fund)
            elif what == "rebuild":
                rollups.rebuild(fund)
            elif given_so_far:
                donation = given_so_far[how[0] % len(given_so_far)]
                if what == "refund":
                    cents = max(donation.amount * how[1] // 100, 1)
                    if sum(part for of, part, _ in refunds if of == donation) + cents <= donation.amount:
                        refunds.append((donation, cents, f"re_{number}"))
                        give_back(donation, cents, name=f"re_{number}")
                        give_back(donation, cents, name=f"re_{number}")
                elif what == "failed" and refunds:
                    of, cents, name = refunds.pop(how[0] % len(refunds))
                    give_back(of, cents, name=name, kind=EntryKind.REFUND_FAILED)
                elif what == "prove":
                    Donor.objects.filter(pk=donation.donor_id, identity__isnull=True).update(person=people[how[1]])
                    rollups.recount_donors([donation.donor_id])
                elif what == "move":
                    Donor.objects.filter(pk=donation.donor_id).update(area=areas[how[1]])
                    rollups.recount_donors([donation.donor_id])
                elif what == "again":
                    rollups.recount([donation.pk, donation.pk])
        check(fund, envelope)
        transaction.savepoint_rollback(point)

    any_history()


@pytest.mark.django_db
def test_a_settled_donation_is_in_the_sums_and_what_goes_back_leaves_them_on_its_own_day():
    fund = make_fund()
    donation = settled(fund, amount=5000, at=AT)
    assert list(DayTotal.objects.values_list("day", "donations", "cents", "back")) == [(date(2026, 11, 20), 1, 5000, 0)]
    give_back(donation, 3000, name="re_1", at=AT + timedelta(days=40))
    assert list(DayTotal.objects.values_list("day", "donations", "cents", "back")) == [(date(2026, 11, 20), 1, 2000, 3000)]
    assert set(AmountBin.objects.filter(donations=1).values_list("period", "bin")) == {("2026-11", 2000), ("2026", 2000), ("", 2000)}
    give_back(donation, 2000, name="re_2")
    assert not AmountBin.objects.exclude(donations=0, cents=0).exists()
    assert not GiverBin.objects.exclude(givers=0, cents=0).exists()


@pytest.mark.django_db
def test_who_gave_before_the_period_is_not_new_in_it():
    fund = make_fund()
    settled(fund, amount=1000, at=datetime(2025, 3, 1, 12, tzinfo=UTC))
    settled(fund, amount=2000, at=AT)
    found = set(GiverTotal.objects.exclude(givers=0).values_list("period", "is_new", "cents", "givers"))
    assert found == {
        ("2025-03", True, 1000, 1),
        ("2025", True, 1000, 1),
        ("2026-11", False, 2000, 1),
        ("2026", False, 2000, 1),
        ("", True, 1000 + 2000, 1),
    }


@pytest.mark.django_db
def test_erasing_somebody_changes_no_figure(small_country):
    fund = make_fund()
    person = make_person(email="claire@people.example")
    for cents in (1000, 2500):
        donor = make_donor()
        Donor.objects.filter(pk=donor.pk).update(identity=None, person=person, area=small_country.area("0101"))
        settled(fund, amount=cents, at=AT, donor=Donor.objects.get(pk=donor.pk))
    before = {table: kept(fund, table) for table in TRUTH}
    erase_donor(person.pk, now())
    assert {table: kept(fund, table) for table in TRUTH} == before
    assert sum(row.givers for row in AreaTotal.objects.filter(period="")) == 1
    check(fund)


@pytest.mark.django_db
def test_whoever_is_asked_no_birth_date_is_one_giver_by_names_and_address():
    fund = association()
    rules = rules_of(fund, AT)

    def give(**declared):
        donor = keep_donor(rules, replace(DECLARED, **declared))
        return settled(fund, at=AT, donor=donor).donor_id

    first = give()
    for _ in range(4):
        again = give(email="Claire.Dumontel@people.example", given_name="claire")
    assert raised_for(fund) is None
    for _ in range(2):
        give(email="", given_name="Jeanne")
    assert sum(row.givers for row in GiverBin.objects.filter(period="")) == 2
    give(given_name="Marc")
    give(email="another@people.example")
    assert sum(row.givers for row in GiverBin.objects.filter(period="")) == 4
    person = make_person(email="claire.dumontel@people.example")
    Donor.objects.filter(pk=first).update(person=person)
    rollups.recount_donors([first])
    assert sum(row.givers for row in GiverBin.objects.filter(period="")) == 4
    Donor.objects.filter(pk=again).update(person=person)
    rollups.recount_donors([again])
    before = {table: kept(fund, table) for table in TRUTH}
    erase_donor(person.pk, now())
    assert {table: kept(fund, table) for table in TRUTH} == before
    check(fund)


@pytest.mark.django_db
def test_whoever_counted_with_a_row_that_is_taken_out_counts_with_the_next():
    fund = association()
    batch = Batch.objects.create(fund=fund, method=Method.CHEQUE)
    rows = [write_row(batch_id=batch.pk, written=Written(1000, date(2026, 11, 20), DECLARED), now=now()) for _ in range(3)]
    drop_row(batch_id=batch.pk, row_id=rows[0].pk)
    first, second = (row.donation.donor_id for row in rows[1:])
    assert dict(Donor.objects.values_list("pk", "counted_with")) == {first: None, second: first}


@pytest.mark.django_db
def test_dues_are_no_donations():
    settled(make_fund(), nature=Nature.DUES)
    assert not CountedDonation.objects.exists()


@pytest.mark.django_db
def test_a_monthly_donation_counts_in_the_month_for_which_it_was_due():
    fund = make_fund()
    donor = make_donor()
    monthly = MonthlyDonation.objects.create(fund=fund, donor=donor, amount=1000, currency="eur", day=28)
    late = datetime(2026, 12, 2, 9, tzinfo=UTC)
    settled(fund, amount=1000, donor=donor, monthly=monthly, due_on=date(2026, 10, 28), at=AT - timedelta(days=23))
    settled(fund, amount=1000, donor=donor, monthly=monthly, due_on=date(2026, 11, 28), at=late)
    found = CohortTotal.objects.exclude(donations=0).values_list("began", "month", "donations", "cents")
    assert set(found) == {("2026-10", "2026-10", 1, 1000), ("2026-10", "2026-11", 1, 1000)}


@pytest.mark.django_db(transaction=True)
def test_the_database_counts_monthly_donations_by_their_state():
    fund = make_fund()
    one = MonthlyDonation.objects.create(fund=fund, donor=make_donor(), amount=1000, currency="eur", day=1)
    MonthlyDonation.objects.create(fund=fund, donor=make_donor(), amount=1500, currency="eur", day=1)
    with transaction.atomic():
        MonthlyDonation.objects.filter(pk=one.pk).update(state=MonthlyState.ACTIVE)
        MonthlyDonation.objects.filter(pk=one.pk).update(amount=1200)
    found = {
        state: (sum(row.donations for row in rows), sum(row.cents for row in rows))
        for state in MonthlyState.values
        if (rows := list(MonthlyTotal.objects.filter(state=state)))
    }
    assert found == {"starting": (1, 1500), "active": (1, 1200)}
    rollups.rebuild(fund)
    assert set(MonthlyTotal.objects.values_list("state", "donations", "cents")) == {("starting", 1, 1500), ("active", 1, 1200)}


@pytest.mark.django_db(transaction=True)
def test_what_was_broken_is_named_and_put_right(small_country):
    fund = make_fund()
    donor = make_donor(area=small_country.area("0101"))
    settled(fund, amount=1000, donor=donor)
    assert rollups.differences(fund) == []
    AreaTotal.objects.filter(period="").update(cents=7)
    CountedDonation.objects.update(source="another")
    assert rollups.differences(fund) == ["counteddonation", "areatotal", "sourcetotal"]
    rollups.rebuild(fund)
    assert rollups.differences(fund) == []


@pytest.mark.django_db
def test_another_threshold_is_told_at_once(small_country):
    fund = make_fund()
    settled(fund, amount=2000, donor=make_donor(area=small_country.area("0101")))
    assert {row.small for row in AreaTotal.objects.all()} == {1}
    rollups.set_small_under(fund, 2000)
    assert {row.small for row in AreaTotal.objects.all()} == {0}


@pytest.mark.django_db(transaction=True)
def test_givers_of_one_instant_do_not_lose_each_other():
    fund = make_fund()
    donors = [make_donor(given_name="abcde"[number % 5]) for number in range(16)]
    together = Barrier(16)
    wrong: list[BaseException] = []

    def give(donor):
        try:
            together.wait(10)
            settled(fund, amount=2000, at=AT, donor=donor)
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=give, args=[donor]) for donor in donors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not wrong
    check(fund)
    assert sum(row.donations for row in DayTotal.objects.all()) == 16
    assert sum(row.givers for row in GiverBin.objects.filter(period="")) == 5


@given(st.integers(1, 10**9))
@settings(max_examples=2000)
def test_a_bin_is_narrow_and_whole_amounts_begin_one(cents):
    least = bin_of(cents)
    assert least <= cents < least + max(1, least * 0.01 + 1)
    assert bin_of(least) == least
    power = 10 ** max(len(str(cents)) - 2, 0)
    assert bin_of(cents // power * power) == cents // power * power
    assert bin_of(whole(cents)) == whole(cents) <= cents
