"""Files of the books: who took which, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.models import DonorFile, Fund
from maillage.people import services as people

DONORS = "donors"
"""The kind of the file that is handed in to an authority: taking it away is kept, so that what it tells of can be followed."""


@dataclass(frozen=True)
class Taken:
    """A file that is about to leave: of which kind and year, and its total in cents as the books say it."""

    kind: str
    year: int
    total: int


def take_figures(*, fund: Fund, period: str, words: str, by: User, now: datetime) -> UUID:
    """Keep who takes the figures of a period away and why; `period` is a month, a year, or empty: all time. They name nobody.

    Facts: access_reason.given, figures.exported.  Raises: Invalid (reason).
    """
    with transaction.atomic():
        reason_id = people.give_file_reason(reader=by, words=words, now=now)
        journal.record("figures.exported", subject=fund, at=now, actor_id=by.pk, period=period, reason_id=reason_id)
    return reason_id


def take_file(*, fund: Fund, taken: Taken, words: str, by: User, now: datetime) -> UUID:
    """Keep who takes a file of the books and why; return the reason's id, which each line of the access log names.

    Facts: access_reason.given, books.exported.  Raises: Invalid (reason).
    """
    with transaction.atomic():
        reason_id = people.give_file_reason(reader=by, words=words, now=now)
        journal.record(
            "books.exported",
            subject=fund,
            at=now,
            actor_id=by.pk,
            kind=taken.kind,
            year=taken.year,
            total=taken.total,
            reason_id=reason_id,
        )
        if taken.kind == DONORS:
            DonorFile.objects.create(fund=fund, year=taken.year, taken_at=now, taken_by=by)
    return reason_id
