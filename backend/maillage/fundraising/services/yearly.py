"""Once a year whoever gave is told what they gave: in January, or once they prove their address later in the year."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.fundraising.domain.yearly import year_told_on, year_told_to
from maillage.fundraising.models import Donor, YearlyStatement
from maillage.fundraising.selectors.yearly import givers_to_tell, told_from
from maillage.fundraising.services.letter_parts import to_donor
from maillage.fundraising.services.yearly_letters import YEARLY
from maillage.kernel.dates import day_in
from maillage.kernel.sealing import keyed_hash, keyed_hashes

TELL = "fundraising.tell_year"

_MARK = "fundraising.yearly"
FIRST_ZONE = "Pacific/Pago_Pago"
"""Where each day begins last: a day has begun everywhere once it has there."""


def ask_to_tell_year(*, now: datetime) -> int:
    """In January, ask that each proved address is told what was given from it in the year before; return how many were new."""
    year = year_told_on(day_in(now, FIRST_ZONE))
    if year is None:
        return 0
    asked = [{"donor_id": pk, "year": year, "key": f"{pk}:{year}"} for pk in givers_to_tell(year).values_list("pk", flat=True)]
    return journal.jobs.enqueue_many(TELL, asked, unique_by="key")


def tell_proved(*, donor_id: UUID, now: datetime) -> YearlyStatement | None:
    """Tell an address that was proved after the others were told what was given from it in the year before; safe to repeat.

    Which year that is follows from the day on which it was proved, however late this runs. Facts: donor.told_year.
    """
    proved_at = Donor.objects.filter(pk=donor_id).values_list("proved_at", flat=True).first()
    year = year_told_to(day_in(proved_at, FIRST_ZONE)) if proved_at is not None else None
    return tell_year(donor_id=donor_id, year=year, now=now) if year is not None else None


def tell_year(*, donor_id: UUID, year: int, now: datetime) -> YearlyStatement | None:
    """Tell the address of a donor, which they proved, what was given from it in a year: once, however often this runs.

    The row that says so and the mail are one transaction. None where it was told, or there is nothing to tell any more.
    Facts: donor.told_year.
    """
    with transaction.atomic():
        donor = Donor.objects.select_for_update(of=("self",)).filter(pk=donor_id, proved_at__isnull=False).exclude(email="").first()
        if donor is None or not told_from(donor.email, year=year).exists():
            return None
        if YearlyStatement.objects.filter(year=year, mark__in=keyed_hashes(donor.email, purpose=_MARK)).exists():
            return None
        mark = keyed_hash(donor.email, purpose=_MARK)
        statement, is_new = YearlyStatement.objects.get_or_create(year=year, mark=mark, defaults={"donor": donor, "made_at": now})
        if not is_new:
            return None
        to_donor(YEARLY.name, donor, about_id=statement.pk, now=now)
        journal.record("donor.told_year", subject=donor, at=now, year=year)
    return statement
