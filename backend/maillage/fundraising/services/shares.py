"""How an amount is shared between the envelopes of a recipient."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from maillage.fundraising.models import Donation, DonationShare, Fund


def wrong_shares(fund: Fund, shares: Mapping[str, int], amount: int) -> dict[str, list[str]]:
    """Say whether shares (cents by the code of an envelope) are wrong: of another recipient, or of more than the amount."""
    if not shares:
        return {}
    known = set(fund.envelopes.filter(closed_at__isnull=True).values_list("code", flat=True))
    if set(shares) - known or any(part <= 0 for part in shares.values()) or sum(shares.values()) > max(amount, 0):
        return {"shares": [_("Share the amount between what is offered here.")]}
    return {}


def keep_shares(donation: Donation, shares: Mapping[str, int]) -> None:
    """Keep how a donation is shared; what no share names stays with the recipient."""
    parts = envelopes_of(donation.fund, shares)
    DonationShare.objects.bulk_create(DonationShare(donation=donation, fund=each, amount=cents) for each, cents in parts)


def envelopes_of(fund: Fund, shares: Mapping[str, int]) -> Sequence[tuple[Fund, int]]:
    """Return the envelopes that shares name, each with its cents."""
    return [(each, shares[each.code]) for each in fund.envelopes.filter(code__in=shares)] if shares else []
