"""What dashboards of donations ask, among very many donations, against the same asked by hand of the raw rows, in the same run.

Donations by four people in ten of them, over two years, as small ones are spread: mostly round amounts, a few odd ones; one in a
hundred went back, wholly or in part; some are instalments. They are written by a few statements and their sums rebuilt; each
query's answer must be what the raw rows say, and is then timed in turns with the statement that says it.
"""

import statistics
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

from tests.load.bench import Figure, Result, compare, seconds

FEW, MANY = 100_000, 1_000_000
MOST_SECONDS = 0.050
LEAST_TIMES_FASTER = 0.1
PLACES = 577
ROUNDS = 5
TURN = 5
"""Times that ours is asked in a turn, of which the middle counts: it takes milliseconds."""


def figures() -> list[Figure]:
    """A query each, how they grow, how fresh they are, what sums and quantiles are off by."""
    asked = [
        Figure(name, target=LEAST_TIMES_FASTER, unit="times the SQL over raw rows", better="below", measure=_asked(name, MANY))
        for name in ASKED
    ]
    return [
        *asked,
        Figure("slowest", target=MOST_SECONDS, unit="seconds", better="below", measure=lambda: _slowest(MANY)),
        Figure("grown", target=1.3, unit=f"times the same among {FEW}", better="below", measure=lambda: _grown(FEW, MANY)),
        Figure("fresh", target=1.0, unit="seconds after its commit", better="below", measure=lambda: _fresh(MANY)),
        Figure("after-changes", target=0, unit="sums that differ from the books", better="below", measure=lambda: _after_changes(MANY)),
        Figure("quantiles", target=0.005, unit="of the exact one, the farthest", better="below", measure=lambda: _quantiles(MANY)),
    ]


NET = """
WITH net AS (
    SELECT donation.id, donation.counted_on AS day, donation.source, donation.monthly_id, to_char(donation.due_on, 'YYYY-MM') AS due,
           donor.area_id, coalesce(one.counts_as_id, donor.identity_id, donor.id) AS giver, sum(-line.amount) AS cents
    FROM fundraising_donation donation
    JOIN fundraising_donor donor ON donor.id = donation.donor_id
    LEFT JOIN fundraising_donoridentity one ON one.id = donor.identity_id
    JOIN fundraising_ledgerentry entry ON entry.donation_id = donation.id
    JOIN fundraising_ledgerline line ON line.entry_id = entry.id AND line.account IN ('donations', 'refunds', 'disputes')
    WHERE donation.fund_id = %(fund)s AND donation.nature = 'donation' {only}
    GROUP BY donation.id, donor.id, one.id HAVING sum(-line.amount) > 0
)
"""
IN_SPAN = "AND donation.counted_on BETWEEN %(first)s AND %(last)s"

RAW: dict[str, str] = {
    "days": NET.format(only=IN_SPAN) + "SELECT day, count(*), sum(cents)::bigint FROM net GROUP BY day ORDER BY day",
    "donations": NET.format(only=IN_SPAN)
    + """
        SELECT count(*), sum(cents)::bigint, count(*) FILTER (WHERE cents < 5000), (sum(cents) FILTER (WHERE cents < 5000))::bigint
        FROM (SELECT cents, sum(cents) OVER (ORDER BY cents, id) AS so_much,
                     row_number() OVER (ORDER BY cents, id) AS so_many FROM net) drawn
    """,
    "givers": NET.format(only="")
    + """
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new), count(*), sum(cents)::bigint FROM (
            SELECT giver, sum(cents) AS cents, sum(sum(cents)) OVER (ORDER BY sum(cents)) AS so_much,
                   min(day) = min(before) AS is_new
            FROM (SELECT *, min(day) OVER (PARTITION BY giver) AS before FROM net) known
            WHERE day BETWEEN %(first)s AND %(last)s GROUP BY giver) whoever
    """,
    "places": NET.format(only=IN_SPAN)
    + """
        SELECT area.code, sum(whoever.number)::bigint, count(*), sum(cents)::bigint, sum(small)::bigint FROM (
            SELECT giver, count(*) AS number, sum(cents) AS cents, count(*) FILTER (WHERE cents < 5000) AS small,
                   (array_agg(area_id ORDER BY day DESC, id DESC) FILTER (WHERE area_id IS NOT NULL))[1] AS area_id
            FROM net GROUP BY giver) whoever
        JOIN territories_area area ON area.id = whoever.area_id GROUP BY area.code ORDER BY area.code
    """,
    "sources": NET.format(only=IN_SPAN)
    + "SELECT source, count(*), sum(cents)::bigint FROM net GROUP BY source ORDER BY 3 DESC, 1 LIMIT 30",
    "months": NET.format(only="")
    + """
        SELECT to_char(month, 'YYYY-MM'), count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM (
            SELECT giver, date_trunc('month', day) AS month, min(day) = min(before) AS is_new
            FROM (SELECT *, min(day) OVER (PARTITION BY giver) AS before FROM net) known
            GROUP BY giver, date_trunc('month', day)) whoever GROUP BY 1 ORDER BY 1
    """,
    "monthly": NET.format(only="AND donation.monthly_id IS NOT NULL")
    + """
        (SELECT began, due, count(DISTINCT monthly_id), sum(cents)::bigint
         FROM (SELECT *, min(due) OVER (PARTITION BY monthly_id) AS began FROM net) paid GROUP BY began, due ORDER BY began, due)
        UNION ALL
        SELECT 'going on', '', count(*), coalesce(sum(amount), 0)::bigint FROM fundraising_monthlydonation
        WHERE fund_id = %(fund)s AND state IN ('active', 'failing')
    """,
}
"""The same by hand."""

DAYS = timedelta(days=730)


def _ours(fund: Any) -> dict[str, Callable[[], Any]]:
    """Ask for a dashboard's parts, in the shape in which raw rows answer; the last year is a period."""
    from maillage.fundraising.selectors import dashboard

    span = _span(fund)
    year = f"{span['year']}"

    def donations() -> Any:
        from maillage.fundraising.domain.longtail import between, lorenz

        found = dashboard.amounts(fund, year)
        lorenz(found, through=5000)
        part = between(found, 0, 5000)
        return [(part.of_number, part.of_cents, part.number, part.cents)]

    def givers() -> Any:
        from maillage.fundraising.domain.longtail import lorenz

        found = dashboard.givers(fund, year)
        lorenz(found, through=5000)
        new, again = dashboard.people(fund, year)
        return [(new, again, sum(each.number for each in found), sum(each.cents for each in found))]

    def monthly() -> Any:
        rows = [(*key, *values) for key, values in sorted(dashboard.cohorts(fund).items())]
        standing = dashboard.standing(fund)
        return [*rows, ("going on", "", standing.number, standing.cents)]

    return {
        "days": lambda: [
            (each.day, each.donations, each.cents) for each in dashboard.days(fund, first=span["last_month"], last=span["last"])
        ],
        "donations": donations,
        "givers": givers,
        "places": lambda: sorted((each.code, each.donations, each.people, each.cents, each.small) for each in dashboard.places(fund, year)),
        "sources": lambda: dashboard.sources(fund, year)[0],
        "months": lambda: [(month, new, again) for month, new, _, again, _ in dashboard.months(fund, first="0000-01", last="9999-12")],
        "monthly": monthly,
    }


ASKED = tuple(RAW)


def _asked(name: str, many: int) -> Callable[[], Result]:
    def measure() -> Result:
        fund = _fund(many)
        ours, raw = _ours(fund)[name], _raw(fund, name)
        answer, truth = [tuple(row) for row in ours()], raw()
        times = [seconds(ours) for _ in range(TURN)]
        result = compare(lambda: statistics.median(seconds(ours) for _ in range(TURN)), lambda: seconds(raw), rounds=ROUNDS)
        result.correct = answer == truth and len(truth) > 0 and statistics.median(times) <= MOST_SECONDS
        result.extra = {"donations": many, "rows": len(truth)}
        return result

    return measure


def _slowest(many: int) -> Result:
    slowest = max((statistics.median(seconds(ask) for _ in range(20)), name) for name, ask in _ours(_fund(many)).items())
    return Result(ours=slowest[0], note=slowest[1], extra={"donations": many})


def _grown(few: int, many: int) -> Result:
    """Compare each query among many with the same among few, in turns; the one that grew most counts."""
    one, other = _ours(_fund(few)), _ours(_fund(many))
    grown = []
    for name in ASKED:
        found = compare(_middle(other[name]), _middle(one[name]), rounds=9)
        grown.append((found.ratio or 0.0, name, found))
    ratio, name, found = max(grown, key=lambda each: each[0])
    each = {name: round(ratio, 2) for ratio, name, _ in grown}
    return Result(ours=found.ours, reference=found.reference, ratio=ratio, note=name, extra={"donations": many, "few": few, "each": each})


def _middle(ask: Callable[[], Any]) -> Callable[[], float]:
    return lambda: statistics.median(seconds(ask) for _ in range(2 * TURN))


def _fresh(many: int) -> Result:
    """Settle a donation, and ask from the moment of its commit until it is in every part that it belongs to."""
    from maillage.fundraising.selectors import dashboard
    from maillage.kernel.clock import now
    from maillage.kernel.dates import day_in
    from tests.backend.fundraising.factories import make_donor, settled

    fund = _fund(many)
    today = day_in(now(), fund.time_zone)
    month = f"{today:%Y-%m}"

    def seen() -> tuple[int, ...]:
        day = dashboard.days(fund, first=today, last=today)
        people = dashboard.givers(fund, month), dashboard.people(fund, month)
        return (
            sum(each.donations for each in day),
            sum(each.number for each in dashboard.amounts(fund, month)),
            sum(each.number for each in people[0]),
            sum(people[1]),
        )

    before = seen()
    waited = []
    for number in range(5):
        settled(fund, amount=2000, donor=make_donor(given_name=f"fresh{many}x{number}"))
        wanted = tuple(each + number + 1 for each in before)
        waited.append(seconds(lambda wanted=wanted: _until(seen, wanted)))
    return Result(ours=max(waited), correct=seen() == tuple(each + 5 for each in before))


def _until(seen: Callable[[], Any], wanted: Any) -> None:
    for _ in range(1000):
        if seen() == wanted:
            return


def _after_changes(many: int) -> Result:
    """Give back, join two people and take them apart, erase one: the sums must be those of the books after each."""
    from django.db import transaction

    from maillage.fundraising.domain import postings
    from maillage.fundraising.domain.payments import Refund
    from maillage.fundraising.models import Donation, DonorIdentity
    from maillage.fundraising.services import ledger, payments, rollups
    from maillage.fundraising.services.erasure import erase_donor
    from maillage.kernel.clock import now
    from tests.backend.people.factories import make_person

    fund = _fund(many)
    wrong: list[str] = []
    donation = Donation.objects.filter(fund=fund, refunded=0, nature="donation").order_by("pk")[0]
    back = Refund(id=f"re_{many}", charge="ch", amount=donation.amount // 2 or 1, state="succeeded", happened_at=now())
    ledger.post([postings.of_refund(payments.as_given(donation), back)], now=now())
    wrong += rollups.differences(fund)
    one, other = DonorIdentity.objects.filter(donors__donations__fund=fund).distinct().order_by("pk")[:2]
    for joined in (other, None):
        DonorIdentity.objects.filter(pk=one.pk).update(counts_as=joined)
        rollups.recount_identities([one.pk])
        wrong += rollups.differences(fund)
    person = make_person(email=f"erased{many}@figures.example")
    donor = donation.donor
    donor.identity, donor.person = None, person
    donor.save(update_fields=["identity", "person"])
    rollups.recount_donors([donor.pk])
    with transaction.atomic():
        erase_donor(person.pk, now())
    wrong += rollups.differences(fund)
    return Result(ours=float(len(wrong)), correct=not wrong, note=", ".join(wrong))


def _quantiles(many: int) -> Result:
    from django.db import connection

    from maillage.fundraising.domain.longtail import quantile
    from maillage.fundraising.selectors import dashboard

    fund = _fund(many)
    shares = [number / 20 for number in range(1, 20)]
    bins = dashboard.amounts(fund, str(_span(fund)["year"]))
    with connection.cursor() as cursor:
        cursor.execute(
            NET.format(only=IN_SPAN) + "SELECT percentile_disc(%(shares)s) WITHIN GROUP (ORDER BY cents) FROM net",
            _values(fund) | {"shares": shares},
        )
        exact = cursor.fetchone()[0]
    off = max(abs(quantile(bins, share) - float(value)) / float(value) for share, value in zip(shares, exact, strict=True))
    return Result(ours=off, extra={"donations": many})


def _raw(fund: Any, name: str) -> Callable[[], list[tuple[Any, ...]]]:
    from django.db import connection

    def ask() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            values = _values(fund)
            cursor.execute(RAW[name], values | ({"first": _span(fund)["last_month"]} if name == "days" else {}))
            return [tuple(row) for row in cursor.fetchall()]

    return ask


def _values(fund: Any) -> dict[str, Any]:
    span = _span(fund)
    return {"fund": fund.pk, "first": date(span["year"], 1, 1), "last": date(span["year"], 12, 31)}


@cache
def _span(fund: Any) -> dict[str, Any]:
    """Name the fullest year of the donations, and the last thirty days of it."""
    year = _LAST.year if _LAST.month > 6 else _LAST.year - 1
    last = min(_LAST, date(year, 12, 31))
    return {"year": year, "last": date(year, 12, 31), "last_month": last - timedelta(days=29)}


_LAST = date.today() - timedelta(days=40)  # noqa: DTZ011


@cache
def _fund(many: int) -> Any:
    """Make a recipient with so many donations, once a run, in a few statements; its sums are rebuilt, and compared."""
    from django.db import connection, transaction

    from maillage.fundraising.services import rollups
    from tests.backend.fundraising.factories import make_fund

    _places()
    fund = make_fund(code=f"figures-{many}")
    values = {"fund": fund.pk, "many": many, "people": many * 4 // 10, "first": _LAST - DAYS, "days": DAYS.days, "name": f"figure{many}"}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # else a trigger looks at each of millions of rows
        for statement in _MAKE:
            cursor.execute(_filled_up(statement), values)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE fundraising_donation, fundraising_donor, fundraising_donoridentity")
        cursor.execute("ANALYZE fundraising_ledgerentry, fundraising_ledgerline, fundraising_monthlydonation")
    rollups.rebuild(fund)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE fundraising_counteddonation, fundraising_daytotal, fundraising_amountbin, fundraising_giverbin")
        cursor.execute("VACUUM ANALYZE fundraising_givertotal, fundraising_areatotal, fundraising_sourcetotal, fundraising_cohorttotal")
        cursor.execute("VACUUM ANALYZE fundraising_monthlytotal")
    if differing := rollups.differences(fund):
        raise AssertionError(f"sums differ from the books: {differing}")
    return fund


@cache
def _places() -> None:
    from maillage.kernel.text import fold
    from maillage.territories.models import Area, AreaKind

    kind = AreaKind.objects.create(country="XB", code="figure", level=3, bears_seats=True)
    Area.objects.bulk_create(
        Area(
            kind=kind,
            country="XB",
            code=f"B{number:03}",
            name=f"Place {number}",
            names={"fr": f"Lieu {number}", "en": f"Place {number}"},
            folded_name=fold(f"Place {number}"),
            population=100_000 + 50 * number,
        )
        for number in range(PLACES)
    )


def _filled_up(statement: str) -> str:
    """Add the columns that a statement does not speak of, with what a new row has in them."""
    import re

    from django.apps import apps
    from django.db.models import BooleanField, IntegerField

    table, said = re.findall(r"INSERT INTO (\w+) \(([^{)]*)", statement)[0]
    if "{more}" not in statement:
        return statement
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    columns, values = [], []
    for field in model._meta.concrete_fields:
        if field.null or field.column in re.split(r"[\s,]+", said):
            continue
        usual = field.get_default()
        of_kind = "false" if isinstance(field, BooleanField) else "0" if isinstance(field, IntegerField) else "''"
        columns.append(field.column)
        values.append(of_kind if usual in (None, "", False, 0) else f"'{usual}'")
    return statement.format(more="".join(f", {name}" for name in columns), values="".join(f", {value}" for value in values))


_AMOUNT = """(ARRAY[500, 1000, 1000, 1000, 1500, 1500, 2000, 2000, 2000, 2000, 2500, 2500, 3000, 3000, 4000, 5000, 5000, 8000, 10000, 20000,
    NULL])[1 + mod(abs(hashint4(line)), 21)]"""
_MAKE = [
    """
    INSERT INTO fundraising_donoridentity (id, family_key, given_key, born_on, created_at)
    SELECT md5(%(name)s || 'identity' || line)::uuid, %(name)s || line, 'claire', '1984-05-17', now()
    FROM generate_series(1, %(people)s) line
    """,
    """
    INSERT INTO fundraising_donor (id, identity_id, language, given_name, family_name, created_at, area_id{more})
    SELECT md5(%(name)s || 'donor' || line)::uuid, md5(%(name)s || 'identity' || line)::uuid, 'fr', 'Claire', %(name)s || line, now(),
           CASE WHEN line %% 20 <> 0 THEN place.ids[1 + line * 7 %% 577] END{values}
    FROM generate_series(1, %(people)s) line,
         (SELECT array_agg(id ORDER BY code) AS ids FROM territories_area WHERE country = 'XB') place
    """,
    """
    INSERT INTO fundraising_monthlydonation (id, fund_id, donor_id, amount, currency, day, state, created_at{more})
    SELECT md5(%(name)s || 'monthly' || line)::uuid, %(fund)s, md5(%(name)s || 'donor' || line)::uuid, 1000, 'eur', 5,
           CASE WHEN line %% 9 = 0 THEN 'paused' ELSE 'active' END, now(){values}
    FROM generate_series(1, %(people)s / 50) line
    """,
    """
    INSERT INTO fundraising_donation (id, fund_id, donor_id, amount, currency, state, source, started_at, settled_at, counted_on,
                                      monthly_id, due_on{more})
    SELECT md5(%(name)s || 'donation' || line)::uuid, %(fund)s, md5(%(name)s || 'donor' || who)::uuid, amount, 'eur', 'settled',
           (ARRAY['', '', '', 'letter', 'page-die', 'newsletter'])[1 + abs(line) %% 6], day, day, day::date, monthly, due{values}
    FROM (
        SELECT line, CASE WHEN line <= %(people)s THEN line ELSE 1 + abs(hashint4(line * 31)) %% %(people)s END AS who,
               coalesce(__AMOUNT__, 100 + abs(hashint4(line * 17)) %% 90000) AS amount,
               %(first)s::date + abs(hashint4(line * 13)) %% %(days)s + time '12:00' AS day, NULL::uuid AS monthly, NULL::date AS due
        FROM generate_series(1, %(many)s - 25 * (%(people)s / 50)) line
        UNION ALL
        SELECT -(who * 100 + month), who, 1000, %(first)s::date + who %% 200 + month * interval '1 month' + time '12:00',
               md5(%(name)s || 'monthly' || who)::uuid,
               (date_trunc('month', %(first)s::date + who %% 200 + month * interval '1 month') + interval '4 days')::date
        FROM generate_series(1, %(people)s / 50) who, generate_series(0, 24) month
        WHERE %(first)s::date + who %% 200 + month * interval '1 month' < %(first)s::date + %(days)s
          AND abs(hashint4(who * 41)) %% 30 >= month - 3
    ) given
    """.replace("__AMOUNT__", _AMOUNT),
    """
    INSERT INTO fundraising_ledgerentry (key, kind, fund_id, donation_id, happened_at, booked_on, written_at)
    SELECT 'donation:' || id, 'donation', fund_id, id, settled_at, counted_on, settled_at FROM fundraising_donation WHERE fund_id = %(fund)s
    UNION ALL
    SELECT 'fee:' || id, 'fee', fund_id, id, settled_at, counted_on, settled_at FROM fundraising_donation WHERE fund_id = %(fund)s
    UNION ALL
    SELECT 'refund:' || id, 'refund', fund_id, id, settled_at, counted_on, settled_at FROM fundraising_donation
    WHERE fund_id = %(fund)s AND hashtext(id::text) %% 100 = 0
    """,
    """
    INSERT INTO fundraising_ledgerline (entry_id, account, fund_id, amount)
    SELECT entry.id, side.account, entry.fund_id, side.amount
    FROM fundraising_ledgerentry entry JOIN fundraising_donation donation ON donation.id = entry.donation_id,
         LATERAL (SELECT CASE WHEN hashtext(donation.id::text) %% 200 = 0 THEN donation.amount ELSE donation.amount / 2 END AS cents) back,
         LATERAL (VALUES ('donation', 'provider', donation.amount), ('donation', 'donations', -donation.amount),
                         ('fee', 'fees', 29::bigint), ('fee', 'provider', -29::bigint),
                         ('refund', 'refunds', back.cents), ('refund', 'provider', -back.cents)) side (kind, account, amount)
    WHERE entry.fund_id = %(fund)s AND side.kind = entry.kind
    """,
]
