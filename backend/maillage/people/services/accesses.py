"""The access log: written with every reading, dropped month by month."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID

import pgtrigger
from django.db import connection, transaction

from maillage import journal
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.people.domain import ACCESSES_KEPT, READINGS
from maillage.people.models import Access, AccessReason
from maillage.people.services.consents import the_controller

MONTHS_AHEAD = 13


def note_access(
    *, reader: Actor, role: Role, reading: str, person_ids: Collection[UUID], now: datetime, reason_id: UUID | None = None
) -> None:
    """Write down that somebody reads something about these people because of a role; about nobody, nothing.

    `reason_id` is the AccessReason that was typed first, where one is asked for.
    Called by the view that shows it, before it answers: what cannot be written down is not shown. One INSERT.
    Raises: LookupError (a reading that nobody registered), ValueError (a reader who is not signed in).
    """
    if reading not in READINGS:
        raise LookupError(f"nobody registered the reading {reading}")
    if reader.pk is None:
        raise ValueError("who is not signed in reads nothing about others")
    if person_ids:
        Access.objects.create(at=now, reader_id=reader.pk, role=role, reading=reading, person_ids=list(person_ids), reason_id=reason_id)


def turn_access_log(*, now: datetime) -> list[str]:
    """Open the months to come and drop those that ended 13 months ago; say which were dropped (`2026_10`).

    A line of a month that was never opened lies in the table `people_access_other`, is found like all others and goes as they do.
    Facts: access_log.turned.
    """
    today = now.astimezone(UTC).date()
    with transaction.atomic(), connection.cursor() as cursor:
        for month in _months(today.replace(day=1), MONTHS_AHEAD):
            cursor.execute(_OPEN, {"month": f"{month:%Y_%m}", "begins": month, "ends": _next(month)})
        cursor.execute(_PAST, [f"{_first_kept(now):%Y_%m}"])
        past = [name for (name,) in cursor.fetchall()]
        for name in past:
            cursor.execute(f"DROP TABLE people_access_{name}")
        with pgtrigger.ignore("people.Access:append_only"):
            Access.objects.filter(at__lt=_first_kept(now)).delete()
        AccessReason.objects.filter(made_at__lt=_first_kept(now)).delete()
        journal.record("access_log.turned", subject=the_controller(), at=now, dropped=past)
    return past


def _months(first: date, count: int) -> list[date]:
    months = [first]
    while len(months) < count:
        months.append(_next(months[-1]))
    return months


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _first_kept(now: datetime) -> datetime:
    """The beginning of the oldest month that is not wholly past its time."""
    return (now - ACCESSES_KEPT).astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


# A month whose lines already lie in the default table cannot be opened any more; they stay there.
_OPEN = """
DO $$ BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS %%I PARTITION OF people_access FOR VALUES FROM (%%L) TO (%%L)',
                   'people_access_' || %(month)s, %(begins)s::date, %(ends)s::date);
EXCEPTION WHEN check_violation THEN NULL;
END $$
"""
_PAST = """
SELECT substr(child.relname, length('people_access_') + 1)
FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
WHERE inhparent = 'people_access'::regclass AND child.relname ~ '^people_access_[0-9]{4}_[0-9]{2}$'
  AND substr(child.relname, length('people_access_') + 1) < %s
ORDER BY 1
"""
