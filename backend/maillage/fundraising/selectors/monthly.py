"""Monthly donations, as whoever holds a link sees them, and as their treasurer does."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.fundraising.domain.links import CONFIRM_LINK, MONTHLY_LINK, MONTHLY_PROOF_LASTS, MONTHLY_PROOF_LINK, UNDO_LINK
from maillage.fundraising.domain.words import DonationState, MonthlyState
from maillage.fundraising.models import Donation, Fund, MonthlyDonation, MonthlyStep
from maillage.kernel.errors import Invalid, NotFound, Refusal
from maillage.kernel.links import read_link, sign_link
from maillage.kernel.rest.pages import keyset_page

_LISTED = ("id", "amount", "currency", "day", "method", "state", "next_on", "retry_on", "paused_until", "created_at", "stopped_at")
_OF_DONOR = ("given_name", "family_name", "email")


def monthly_by_token(token: str, *, now: datetime) -> MonthlyDonation:
    """Return the monthly donation that a link leads to. Raises: NotFound (`link_broken`), LinkEnded."""
    ids = read_link(MONTHLY_LINK, token, now=now)
    found = MonthlyDonation.objects.select_related("fund__stripe_account", "donor").filter(pk=ids[0]).first() if ids else None
    if found is None:
        raise NotFound(code="link_broken")
    return found


def step_by_token(token: str, *, now: datetime) -> MonthlyStep:
    """Return the change that a link undoes. Raises: NotFound (`link_broken`), LinkEnded."""
    ids = read_link(UNDO_LINK, token, now=now)
    found = MonthlyStep.objects.select_related("monthly__fund").filter(pk=ids[0]).first() if ids else None
    if found is None:
        raise NotFound(code="link_broken")
    return found


def instalment_by_token(token: str, *, now: datetime) -> Donation:
    """Return the instalment that a link lets its donor confirm. Raises: NotFound (`link_broken`), LinkEnded."""
    ids = read_link(CONFIRM_LINK, token, now=now)
    found = Donation.objects.select_related("fund", "monthly__fund").filter(pk=ids[0], monthly__isnull=False).first() if ids else None
    if found is None:
        raise NotFound(code="link_broken")
    return found


def proof_for(monthly: MonthlyDonation, *, now: datetime) -> str:
    """Return what a browser keeps that typed the code of a donor's mailbox."""
    return sign_link(MONTHLY_PROOF_LINK, ids=[monthly.pk, monthly.donor_id], ends_at=now + MONTHLY_PROOF_LASTS)


def is_proved(monthly: MonthlyDonation, kept: str, *, now: datetime) -> bool:
    """Say whether what a browser kept is a proof for this very donation that still holds."""
    try:
        return read_link(MONTHLY_PROOF_LINK, kept, now=now) == (monthly.pk, monthly.donor_id)
    except Refusal:
        return False


def under_way(monthly: MonthlyDonation) -> Donation | None:
    """Return the instalment that the bank is asked about, or that is on its way: a stop or a pause comes too late for it."""
    states = (DonationState.STARTED, DonationState.CONFIRMING, DonationState.PROCESSING)
    return monthly.donations.filter(state__in=states, intent__isnull=False, key__isnull=True).order_by("-due_on").first()


def monthly_page(fund: Fund, *, state: str, after: str | None, limit: int) -> tuple[dict[str, Any], list[UUID]]:
    """Return a page of the monthly donations to a recipient, the latest first, and the people whom it names.  Raises: Invalid."""
    if state and state not in MonthlyState.values:
        raise Invalid(fields={"state": [_("Choose one of the states.")]})
    rows = MonthlyDonation.objects.filter(fund=fund, **({"state": state} if state else {}))
    people_ids: list[UUID] = []

    def shape(row: dict[str, Any]) -> dict[str, Any]:
        if row["donor__person_id"]:
            people_ids.append(row["donor__person_id"])
        return {name: row[name] for name in _LISTED} | {name: row[f"donor__{name}"] for name in _OF_DONOR}

    read = rows.values(*_LISTED, *(f"donor__{name}" for name in _OF_DONOR), "donor__person_id")
    return keyset_page(read, keys=("-created_at", "-id"), after=after, limit=limit, shape=shape), people_ids


def monthly_row(monthly: MonthlyDonation) -> dict[str, Any]:
    """Return one as a list has it."""
    return {name: getattr(monthly, name) for name in _LISTED} | {name: getattr(monthly.donor, name) for name in _OF_DONOR}
