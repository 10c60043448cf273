"""Sums for dashboards, kept in the transaction that writes the books (ADR 34).

What a donation adds is worked out anew from the books and put in the place of what was counted of it: to count one again, in any
order, twice, after a refund or when a giver turns out to be another, is the same verb, and changes nothing that was right.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from maillage.fundraising.domain.counting import COLUMNS, KEYS, Counted, Sums, add_all, add_giver, changes, moved
from maillage.fundraising.models import Donation, Donor, DonorIdentity, Fund

log = logging.getLogger(__name__)

SLOTS = 8
"""Transactions that add to the sums of one recipient at the same time without waiting for each other."""

_ROOTS = """
WITH RECURSIVE joined AS (
    SELECT id, counts_as_id AS root FROM fundraising_donoridentity WHERE counts_as_id IS NOT NULL
    UNION SELECT joined.id, identity.counts_as_id FROM joined
    JOIN fundraising_donoridentity identity ON identity.id = joined.root WHERE identity.counts_as_id IS NOT NULL
), roots AS (
    SELECT joined.id, joined.root FROM joined
    JOIN fundraising_donoridentity identity ON identity.id = joined.root AND identity.counts_as_id IS NULL
)
"""
_BOOKED = """
SELECT donation.id AS donation_id, booked.fund_id,
       coalesce(roots.root, donor.identity_id, donor.person_id, first.person_id, donor.counted_with_id, donor.id) AS giver,
       donation.counted_on AS day, booked.gross, greatest(booked.stayed, 0) AS cents, donor.area_id, donation.source,
       donation.monthly_id AS monthly, donation.due_on, donation.page_id AS page
FROM (
    SELECT entry.donation_id, entry.fund_id,
           coalesce(-sum(line.amount) FILTER (WHERE line.account = 'donations'), 0)::bigint AS gross, (-sum(line.amount))::bigint AS stayed
    FROM fundraising_ledgerentry entry JOIN fundraising_ledgerline line ON line.entry_id = entry.id
    WHERE {entries} AND line.account IN ('donations', 'refunds', 'disputes') GROUP BY 1, 2
    UNION ALL
    SELECT entry.donation_id, line.fund_id,
           coalesce(-sum(line.amount) FILTER (WHERE line.account = 'donations'), 0)::bigint, (-sum(line.amount))::bigint
    FROM fundraising_ledgerentry entry JOIN fundraising_ledgerline line ON line.entry_id = entry.id
    WHERE {entries} AND line.account IN ('donations', 'refunds', 'disputes') AND line.fund_id <> entry.fund_id GROUP BY 1, 2
) booked
JOIN fundraising_donation donation ON donation.id = booked.donation_id AND donation.nature = 'donation'
JOIN fundraising_donor donor ON donor.id = donation.donor_id
LEFT JOIN fundraising_donor first ON first.id = donor.counted_with_id
LEFT JOIN roots ON roots.id = donor.identity_id
"""
"""Donations as the books, their donors and identities say now."""

_OF_DONATIONS = _ROOTS + _BOOKED.format(entries="entry.donation_id = ANY(%(ids)s)")
_OF_RECIPIENT = _ROOTS + _BOOKED.format(entries="entry.fund_id = %(fund)s AND entry.donation_id IS NOT NULL")

_COLUMNS = "donation_id, fund_id, giver, day, gross, cents, area_id, source, monthly, due_on, page"
_COUNTED = f"SELECT {_COLUMNS} FROM fundraising_counteddonation"  # noqa: S608
_UPSERT = f"""
INSERT INTO fundraising_counteddonation ({_COLUMNS}) %s
ON CONFLICT (donation_id, fund_id) DO UPDATE
SET (giver, day, gross, cents, area_id, source, monthly, due_on, page)
    = (excluded.giver, excluded.day, excluded.gross, excluded.cents, excluded.area_id, excluded.source, excluded.monthly, excluded.due_on,
       excluded.page)
"""
_KEEP = _UPSERT % (
    "SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::date[], %s::bigint[], %s::bigint[], %s::uuid[], %s::text[], "
    "%s::uuid[], %s::date[], %s::uuid[])"
)
_TYPES = {"day": "date", "fund_id": "uuid", "area_id": "uuid", "page_id": "uuid", "bin": "bigint", "is_new": "boolean"}


def recount(donation_ids: Iterable[UUID]) -> None:
    """Let the sums say of some donations what their books, donors and identities say now, in the caller's transaction.

    Safe to repeat. A caller that changes one of these holds its lock (the donation's, for its books).
    """
    ids = sorted(set(donation_ids))
    if not ids:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        recipients = sorted(set(Donation.objects.filter(pk__in=ids).values_list("fund", flat=True)))
        slots = {recipient: _take_slot(cursor, recipient) for recipient in recipients}
        under, slot_of = _of_funds(slots)
        facts = _lock_givers(cursor, ids)
        givers = {(row.fund, row.giver) for row in facts.values()}
        stored = _rows(cursor, f"{_COUNTED} WHERE donation_id = ANY(%s)", [ids])
        news = {key: row for key, row in facts.items() if row not in stored}
        if not news:
            return
        givers |= {(row.fund, row.giver) for row in stored}
        before = _rows(
            cursor,
            f"{_COUNTED} WHERE (fund_id, giver) IN (SELECT * FROM unnest(%s::uuid[], %s::uuid[]))",  # noqa: S608
            [list(column) for column in zip(*sorted(givers), strict=True)],
        )
        sums: Sums = {}
        for sign, rows in ((-1, before), (1, moved(before, news))):
            for (fund, _giver), own in _by_giver(rows):
                add_giver(sums, own, small_under=under[fund], sign=sign)
        cursor.execute(_KEEP, [list(column) for column in zip(*(astuple(news[key]) for key in sorted(news)), strict=True)])
        _add(cursor, changes(sums), slot_of)


def recount_donors(donor_ids: Iterable[UUID]) -> None:
    """Let the sums follow donors whose person, identity or place changed, or of whom two turned out to be one, or not.

    Whoever counts with one of them follows too.
    """
    ids = set(donor_ids)
    ids |= set(Donor.objects.filter(counted_with__in=ids).values_list("pk", flat=True))
    given = Donation.objects.filter(donor__in=ids, entries__isnull=False)
    with transaction.atomic():
        locked = Donation.objects.select_for_update(of=("self",)).filter(pk__in=given.values("pk")).order_by("pk")
        recount([donation.pk for donation in locked.only("pk")])


def recount_identities(identity_ids: Iterable[UUID]) -> None:
    """Let the sums follow identities that came to count as another, or count for themselves again."""
    found: set[UUID] = set()
    below = set(identity_ids)
    while below:
        found |= below
        below = set(DonorIdentity.objects.filter(counts_as__in=below).values_list("pk", flat=True)) - found
    recount_donors(Donor.objects.filter(identity__in=found).values_list("pk", flat=True))


def recount_people(person_ids: Iterable[UUID]) -> None:
    """Let the sums follow people whose records were joined, or taken apart."""
    recount_donors(Donor.objects.filter(person__in=list(person_ids)).values_list("pk", flat=True))


def check() -> list[str]:
    """Compare the sums of every recipient with its books, put right and return what differs, and bring the slots together.

    A difference is a defect, told to the operators; what changed its giver in the very moment in which it was settled may be one.
    """
    found = []
    for recipient in Fund.objects.filter(parent__isnull=True).order_by("code"):
        if differing := differences(recipient):
            log.error("sums of %s differ from its books and were worked out anew: %s", recipient.code, ", ".join(differing))
            rebuild(recipient)
            found.append(recipient.code)
        fold(recipient)
    return found


def rebuild(recipient: Fund) -> None:
    """Work the sums of a recipient and its envelopes out anew; what is settled meanwhile waits until they are."""
    with transaction.atomic(), connection.cursor() as cursor:
        _take_all_slots(cursor, recipient.pk)
        funds = _funds_of(recipient)
        cursor.execute("DELETE FROM fundraising_counteddonation WHERE fund_id = ANY(%s)", [funds])
        cursor.execute(_UPSERT % _OF_RECIPIENT, {"fund": recipient.pk})
        for table in KEYS:
            cursor.execute(f"DELETE FROM fundraising_{table} WHERE fund_id = ANY(%s)", [funds])  # noqa: S608
        _add(cursor, changes(_worked_out(recipient, funds)), dict.fromkeys(funds, 0))
        cursor.execute("DELETE FROM fundraising_monthlytotal WHERE fund_id = %s", [recipient.pk])
        cursor.execute(_STANDING, [recipient.pk])


def fold(recipient: Fund) -> None:
    """Bring the slots of a recipient's sums together, so that fewer rows are read; the sums stay the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        _take_all_slots(cursor, recipient.pk)
        for table, key in KEYS.items():
            names, values = ", ".join(key), COLUMNS[table]
            cursor.execute(
                f"""
                WITH gone AS (DELETE FROM fundraising_{table} WHERE fund_id = ANY(%s) AND slot <> 0 RETURNING *)
                INSERT INTO fundraising_{table} AS known ({names}, slot, {", ".join(values)})
                SELECT {names}, 0, {", ".join(f"sum({each})" for each in values)} FROM gone GROUP BY {names} ORDER BY {names}
                ON CONFLICT ({names}, slot) DO UPDATE SET {_added(values)}
                """,  # noqa: S608
                [_funds_of(recipient)],
            )


def differences(recipient: Fund) -> list[str]:
    """Compare the sums of a recipient with its books as of one instant, and name the tables that differ. Nobody waits for it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        funds = _funds_of(recipient)
        cursor.execute(
            f"""
            WITH facts AS ({_OF_RECIPIENT}), counted AS ({_COUNTED} WHERE fund_id = ANY(%(funds)s))
            SELECT EXISTS ((SELECT * FROM facts EXCEPT SELECT * FROM counted) UNION ALL (SELECT * FROM counted EXCEPT SELECT * FROM facts))
            """,  # noqa: S608
            {"fund": recipient.pk, "funds": funds},
        )
        found = ["counteddonation"] if cursor.fetchone()[0] else []
        right = changes(_worked_out(recipient, funds))
        return found + [table for table in KEYS if _stored(cursor, table, funds) != right.get(table, {})]


def set_small_under(recipient: Fund, cents: int) -> None:
    """Set under which amount a donation of a recipient is a small one; the sums by place are worked out anew."""
    with transaction.atomic(), connection.cursor() as cursor:
        _take_all_slots(cursor, recipient.pk)
        Fund.objects.filter(pk=recipient.pk).update(small_under=cents)
        recipient.small_under = cents
        funds = _funds_of(recipient)
        cursor.execute("DELETE FROM fundraising_areatotal WHERE fund_id = ANY(%s)", [funds])
        _add(cursor, changes({"areatotal": _worked_out(recipient, funds).get("areatotal", {})}), dict.fromkeys(funds, 0))


_STANDING = """
INSERT INTO fundraising_monthlytotal (fund_id, state, slot, donations, cents)
SELECT fund_id, state, 0, count(*), sum(amount) FROM fundraising_monthlydonation WHERE fund_id = %s GROUP BY fund_id, state
"""


def _take_slot(cursor: CursorWrapper, recipient: UUID) -> int:
    """Take a slot of a recipient's sums that nobody else has, until this transaction ends; where all are taken, wait for one."""
    cursor.execute(
        """
        SELECT number FROM generate_series(0, %(last)s) number
        WHERE pg_try_advisory_xact_lock(hashtext(%(recipient)s), number) LIMIT 1
        """,
        {"last": SLOTS - 1, "recipient": f"rollups:{recipient}"},
    )
    if found := cursor.fetchone():
        return int(found[0])
    cursor.execute(
        "SELECT number, pg_advisory_xact_lock(hashtext(%s), number) FROM (SELECT pg_backend_pid() %% %s AS number) own",
        [f"rollups:{recipient}", SLOTS],
    )
    return int(cursor.fetchone()[0])


def _take_all_slots(cursor: CursorWrapper, recipient: UUID) -> None:
    cursor.execute(
        "SELECT pg_advisory_xact_lock(hashtext(%s), number) FROM generate_series(0, %s) number", [f"rollups:{recipient}", SLOTS - 1]
    )


def _lock_givers(cursor: CursorWrapper, ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], Counted]:
    """Lock whoever gave some donations, or was counted to have, against being counted elsewhere meanwhile; return the facts then."""
    locked: set[UUID] = set()
    while True:
        facts = _rows(cursor, _OF_DONATIONS, {"ids": ids})
        stored = _rows(cursor, f"{_COUNTED} WHERE donation_id = ANY(%s)", [ids])
        if not (wanted := {row.giver for row in (*facts, *stored)} - locked):
            return {(row.donation, row.fund): row for row in facts}
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(giver::text, 34)) FROM unnest(%s::uuid[]) giver", [sorted(wanted)])
        locked |= wanted


def _of_funds(slots: dict[UUID, int]) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Return, of recipients and their envelopes, what is small and the slot. Read once the slots are held: neither changes then."""
    under: dict[UUID, int] = {}
    slot_of: dict[UUID, int] = {}
    for recipient in Fund.objects.filter(pk__in=slots).prefetch_related("envelopes"):
        for fund in (recipient, *recipient.envelopes.all()):
            under[fund.pk], slot_of[fund.pk] = recipient.small_under, slots[recipient.pk]
    return under, slot_of


def _funds_of(recipient: Fund) -> list[UUID]:
    return [recipient.pk, *recipient.envelopes.values_list("pk", flat=True)]


def _by_giver(rows: Iterable[Counted]) -> Iterator[tuple[tuple[UUID, UUID], list[Counted]]]:
    found: dict[tuple[UUID, UUID], list[Counted]] = {}
    for row in rows:
        found.setdefault((row.fund, row.giver), []).append(row)
    return iter(found.items())


def _worked_out(recipient: Fund, funds: Sequence[UUID]) -> Sums:
    """Add up all that is counted of some funds, read giver by giver: a million donations never stand in memory."""
    sums: Sums = {}
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{_COUNTED} WHERE fund_id = ANY(%s) ORDER BY fund_id, giver", [list(funds)])
        chunks = iter(lambda: cursor.fetchmany(10_000), [])
        add_all(sums, (Counted(*row) for rows in chunks for row in rows), small_under=lambda _fund: recipient.small_under)
    return sums


def _stored(cursor: CursorWrapper, table: str, funds: Sequence[UUID]) -> dict[tuple[object, ...], list[int]]:
    key, values = KEYS[table], COLUMNS[table]
    cursor.execute(
        f"""
        SELECT {", ".join(key)}, {", ".join(f"sum({each})::bigint" for each in values)}
        FROM fundraising_{table} WHERE fund_id = ANY(%s) GROUP BY {", ".join(key)}
        """,  # noqa: S608
        [list(funds)],
    )
    rows = {tuple(row[: len(key)]): list(row[len(key) :]) for row in cursor.fetchall()}
    return {key: values for key, values in rows.items() if any(values)}


def _rows(cursor: CursorWrapper, statement: str, parameters: Any) -> list[Counted]:
    cursor.execute(statement, parameters)
    return [Counted(*row) for row in cursor.fetchall()]


def _add(cursor: CursorWrapper, sums: Sums, slot_of: dict[UUID, int]) -> None:
    """Add to the sums, one statement a table, tables and keys always in one order."""
    for table, key in KEYS.items():
        rows = sums.get(table)
        if not rows:
            continue
        values = COLUMNS[table]
        listed = sorted(rows.items(), key=lambda row: tuple(map(str, row[0])))
        columns = [list(column) for column in zip(*((*at, slot_of[at[0]], *numbers) for at, numbers in listed), strict=True)]
        types = [*(_TYPES.get(name, "text") for name in key), "smallint", *("bigint" for _ in values)]
        cursor.execute(
            f"""
            INSERT INTO fundraising_{table} AS known ({", ".join((*key, "slot", *values))})
            SELECT * FROM unnest({", ".join(f"%s::{name}[]" for name in types)})
            ON CONFLICT ({", ".join((*key, "slot"))}) DO UPDATE SET {_added(values)}
            """,  # noqa: S608
            columns,
        )


def _added(values: Iterable[str]) -> str:
    return ", ".join(f"{each} = known.{each} + excluded.{each}" for each in values)
