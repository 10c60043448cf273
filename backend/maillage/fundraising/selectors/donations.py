"""Donations, as whoever holds their link sees them."""

from datetime import datetime

from maillage.fundraising.domain.links import DONATION_LINK, DONATION_LINK_LASTS
from maillage.fundraising.models import Donation
from maillage.kernel.errors import NotFound
from maillage.kernel.links import read_link, sign_link


def token_of(donation: Donation) -> str:
    """Return the token of the link that follows a donation."""
    return sign_link(DONATION_LINK, ids=[donation.pk], ends_at=donation.started_at + DONATION_LINK_LASTS)


def mandate_of(donation: Donation) -> str:
    """Return the reference of the mandate by which a donation was debited; empty where there is none, or it is not known yet."""
    return donation.monthly.mandate_reference if donation.monthly is not None else donation.mandate_reference


def donation_by_token(token: str, *, now: datetime) -> Donation:
    """Return the donation that a link follows. Raises: NotFound (`link_broken`), LinkEnded."""
    ids = read_link(DONATION_LINK, token, now=now)
    found = Donation.objects.select_related("fund__stripe_account", "donor", "monthly").filter(pk=ids[0]).first() if ids else None
    if found is None:
        raise NotFound(code="link_broken")
    return found
