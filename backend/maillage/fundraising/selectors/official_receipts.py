"""How far the receipts are that an authority numbers, and the files of donors that told it of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q

from maillage.accounts.selectors.grants import Actor
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import Donation, DonorFile, Fund, OfficialReceipt
from maillage.fundraising.selectors.treasury import as_treasurer, recipients_kept
from maillage.kernel.errors import NotFound


@dataclass(frozen=True)
class OfficialStanding:
    """Of a recipient and year: donations that stayed, those whose donors were declared, and those whose receipt has its number."""

    donations: int
    transmitted: int
    issued: int


def official_standing(fund: Fund, year: int) -> OfficialStanding:
    """Count how far the receipts of a year are."""
    stayed = Donation.objects.filter(fund=fund, state=DonationState.SETTLED, counted_on__year=year, refunded__lt=F("amount"))
    counted = stayed.aggregate(
        donations=Count("pk"),
        transmitted=Count("pk", filter=Q(official_receipt__transmitted_at__isnull=False)),
        issued=Count("pk", filter=Q(official_receipt__issued_at__isnull=False)),
    )
    return OfficialStanding(**counted)


def donor_files(fund: Fund, year: int, *, most: int) -> list[tuple[DonorFile, bool]]:
    """Return the latest files of a year's donors that were taken, each with whether one of its receipts has a number."""
    files = list(DonorFile.objects.filter(fund=fund, year=year).order_by("-taken_at", "-pk")[:most])
    numbered = set(OfficialReceipt.objects.filter(file__in=files).exclude(number="").values_list("file", flat=True).distinct())
    return [(file, file.pk in numbered) for file in files]


def donor_file_kept(user: Actor, file_id: UUID, *, now: datetime) -> DonorFile:
    """Return a file to the treasurer of its recipient. Raises: Forbidden (`treasurers_only`), NotFound."""
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    found = DonorFile.objects.select_related("fund").filter(pk=file_id, fund__in=kept).first()
    if found is None:
        raise NotFound
    return found
