"""What of a declaration a treasurer may put right, and what hangs on it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from maillage.accounts.selectors.grants import Actor
from maillage.fundraising.domain.declarations import WORDS, asked_words
from maillage.fundraising.domain.rule_parts import RuleSet
from maillage.fundraising.domain.rules import rules_on
from maillage.fundraising.domain.words import RUNNING
from maillage.fundraising.models import BatchRow, Donation, MonthlyDonation, OfficialReceipt, Receipt
from maillage.fundraising.selectors.money import donation_kept
from maillage.fundraising.selectors.own_giving import SHOWN
from maillage.fundraising.selectors.treasury import recipients_kept
from maillage.kernel.errors import NotFound
from maillage.people.domain.law import GivingRules


def donor_kept(user: Actor, *, donation_id: UUID, now: datetime) -> Donation:
    """Return a donation whose donor a user may put right: all that was given with that declaration is to recipients that they keep.

    Raises: Forbidden (`treasurers_only`), NotFound.
    """
    donation = donation_kept(user, id=donation_id, now=now)
    kept = recipients_kept(user, now=now).values("pk")
    given, monthly = Donation.objects.filter(donor=donation.donor_id), MonthlyDonation.objects.filter(donor=donation.donor_id)
    if given.exclude(fund__in=kept).exists() or monthly.exclude(fund__in=kept).exists():
        raise NotFound
    return donation


def rules_for(donation: Donation) -> RuleSet:
    """Return the rules under which a donation was declared."""
    return rules_on(GivingRules(donation.fund.rules), donation.counted_on)


def correctable(donation: Donation) -> list[str]:
    """Name what its donor declares: what the rules of its day ask, and what they said besides."""
    asked = asked_words(rules_for(donation))
    return [name for name in WORDS if name in asked or getattr(donation.donor, name)]


def donor_standing(donation: Donation) -> dict[str, Any]:
    """Say what stands of a donor, and how much follows them when it is put right."""
    donor = donation.donor
    given = Donation.objects.filter(donor=donor, state__in=SHOWN)
    told = OfficialReceipt.objects.filter(donation__donor=donor, transmitted_at__isnull=False)
    return {
        **{name: getattr(donor, name) for name in WORDS},
        "correctable": correctable(donation),
        "corrections": donor.corrections.count(),
        "donations": given.count(),
        "monthly": MonthlyDonation.objects.filter(donor=donor, state__in=RUNNING).count(),
        "receipts": Receipt.objects.filter(donor=donor, cancelled_at__isnull=True).count(),
        "transmitted": told.count(),
        "is_told": donor.proved_at is not None and bool(donor.email),
        "in_open_batch": BatchRow.objects.filter(donation__donor=donor, batch__deposited_at__isnull=True).exists(),
    }
