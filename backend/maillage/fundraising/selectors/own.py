"""What a person gave, told to them."""

from typing import Any
from uuid import UUID

from maillage.fundraising.domain.declarations import WORDS
from maillage.fundraising.models import Donation, Donor, DonorCorrection, Excess, FundraisingPage, MonthlyDonation, PageMessage


def donations_of(person_id: UUID) -> dict[str, Any]:
    """Say what is kept of what a person gave, for the file that they take away."""
    donors = Donor.objects.filter(person_id=person_id).order_by("created_at", "pk")
    given = Donation.objects.filter(donor__in=donors).order_by("started_at", "pk")
    monthly = MonthlyDonation.objects.filter(donor__in=donors).order_by("created_at", "pk")
    corrected = DonorCorrection.objects.filter(donor__in=donors).order_by("at", "pk")
    beyond = Excess.objects.filter(donation__donor__in=donors).order_by("pk")
    return {
        "declared": list(
            donors.values(
                "honorific",
                "given_name",
                "family_name",
                "born_on",
                "nationality",
                "address_lines",
                "postcode",
                "city",
                "country",
                "elected",
                "email",
                "proved_at",
                "created_at",
            )
        ),
        "declared_before": list(corrected.values(*WORDS, "changed", "reason", "at")),
        "donations": list(
            given.values(
                "fund__code",
                "nature",
                "method",
                "mandate_reference",
                "amount",
                "refunded",
                "currency",
                "state",
                "started_at",
                "settled_at",
                "counted_on",
            )
        ),
        "beyond_the_cap": list(beyond.values("fund__code", "cap", "period", "cents", "state", "found_at")),
        "pages": list(
            FundraisingPage.objects.filter(owner_id=person_id)
            .order_by("created_at", "pk")
            .values(
                "slug",
                "fund__code",
                "kind",
                "language",
                "title",
                "words",
                "first_name",
                "goal",
                "ends_on",
                "created_at",
                "opened_at",
                "closed_at",
                "hidden_at",
                "answer",
            )
        ),
        "messages": list(
            PageMessage.objects.filter(donation__in=given)
            .order_by("pk")
            .values("page__slug", "words", "shown_as", "tells_name", "tells_amount", "no_notes")
        ),
        "monthly": list(
            monthly.values(
                "fund__code", "amount", "currency", "day", "state", "method_label", "mandate_reference", "created_at", "stopped_at"
            )
        ),
    }
