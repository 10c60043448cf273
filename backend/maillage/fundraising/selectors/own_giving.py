"""What somebody who is signed in gave: under their own record, and from the address with which they sign in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.accounts.models import User
from maillage.fundraising.domain.rules import rules_on
from maillage.fundraising.domain.words import DonationState, MonthlyState
from maillage.fundraising.models import Donation, Donor, Fund, MonthlyDonation, YearlyStatement
from maillage.fundraising.selectors.allowance import Allowance, told_at
from maillage.fundraising.selectors.funds import day_of_payment, public_funds
from maillage.kernel.errors import NotFound
from maillage.people.domain.law import GivingRules

SHOWN = (DonationState.SETTLED, DonationState.PROCESSING, DonationState.HELD, DonationState.CONFIRMING)
"""States of what was given, or is on its way; what was never paid is not shown."""

ASKED_ABOUT = 20
"""How many donations that somebody typed with an address are asked about at once."""


@dataclass(frozen=True)
class OwnAllowance:
    """What a cap leaves to somebody, under which name, and to which recipient it was asked."""

    name: str
    fund: Fund
    allowance: Allowance


def own_donors(user: User) -> QuerySet[Donor]:
    """Return the declarations that are theirs: of their record, or from the address they sign in with, once it was proved there."""
    return Donor.objects.filter(Q(person__user=user) | Q(email=user.email, proved_at__isnull=False))


def own_donations(user: User) -> QuerySet[Donation]:
    """Return what they gave."""
    return Donation.objects.filter(donor__in=own_donors(user).values("pk"), state__in=SHOWN)


def own_donations_of(user: User, ids: list[UUID]) -> list[Donation]:
    """Return some of them with their recipients, in the order of these ids."""
    found = own_donations(user).select_related("fund").prefetch_related("fund__texts").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def own_monthly(user: User) -> list[MonthlyDonation]:
    """Return their monthly donations that run, the latest first."""
    running = MonthlyDonation.objects.filter(donor__in=own_donors(user).values("pk")).exclude(state=MonthlyState.STOPPED)
    return list(running.select_related("fund").prefetch_related("fund__texts").order_by("-created_at", "-pk"))


def own_statements(user: User) -> list[YearlyStatement]:
    """Return what was told them of each year, the latest first."""
    return list(YearlyStatement.objects.filter(donor__in=own_donors(user).values("pk")).order_by("-year", "-pk"))


def own_allowances(user: User, *, now: datetime) -> list[OwnAllowance]:
    """Return what each cap leaves to who they declared to be last: once for the recipients that share it.

    Their own record comes before whoever else gave from the same address. Nobody who never gave is told anything: no birth date is known.
    """
    declared = own_donors(user).filter(identity__isnull=False, born_on__isnull=False, proved_at__isnull=False)
    donor = declared.filter(person__user=user).order_by("-created_at").first() or declared.order_by("-created_at").first()
    if donor is None or donor.born_on is None:
        return []
    found: dict[tuple[str, str, str], OwnAllowance] = {}
    for fund in public_funds().order_by("code"):
        for allowance in _told(donor, fund, now=now):
            where = (fund.rules, allowance.cap.code, allowance.period)
            found.setdefault(where, OwnAllowance(donor.full_name, fund, allowance))
    return list(found.values())


def typed_with_address(user: User) -> list[Donation]:
    """Return the donations of which somebody typed the address that they sign in with, and nobody said yet whether it was them."""
    asked = Donation.objects.filter(donor__email=user.email, donor__proved_at__isnull=True, state__in=SHOWN)
    asked = asked.exclude(donor__person__user=user).select_related("fund", "donor").prefetch_related("fund__texts")
    return list(asked.order_by("-started_at", "-pk")[:ASKED_ABOUT])


def donor_asked(user: User, donor_id: UUID) -> Donor:
    """Return a declaration that they are asked about. Raises: NotFound."""
    found = Donor.objects.filter(pk=donor_id, email=user.email, proved_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def _told(donor: Donor, fund: Fund, *, now: datetime) -> list[Allowance]:
    if donor.born_on is None or not rules_on(GivingRules(fund.rules), day_of_payment(fund, now)).caps:
        return []
    named: dict[str, Any] = {"family_name": donor.family_name, "given_name": donor.given_name, "born_on": donor.born_on}
    return told_at(donor.email, fund=fund, now=now, **named)
