"""A part of a cap kept for a payment before it is asked for: whoever proved an address is refused what the law does not allow.

What is refused says something of what somebody gave, hence of what they think: it is asked of proved addresses only. For all
others nothing is looked up, so nothing of the answer, nor how long it takes, depends on it (ADR 27).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.fundraising.domain import caps
from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.caps import Counted, Monthly, cap_said
from maillage.fundraising.domain.rule_parts import Cap, Period
from maillage.fundraising.domain.rules import rules_on
from maillage.fundraising.domain.schedule import next_due
from maillage.fundraising.models import Donation, Donor, DonorIdentity, Fund, MonthlyDonation
from maillage.fundraising.selectors.allowance import Whose, amounts_of, as_counted, election_of, group_of
from maillage.fundraising.selectors.funds import day_of_payment
from maillage.fundraising.services.monthly import is_instalment
from maillage.kernel import dates
from maillage.kernel.errors import Invalid
from maillage.people.domain.law import GivingRules


class _Regrouped(Exception):
    """Who counts as one changed while it was being locked."""


def lock_group(identity_id: UUID) -> list[UUID]:
    """Lock the identities that are counted as one person, in the order of their keys, and return them.

    Called in a transaction, before any monthly donation or donation is locked. Donors may still be added beside the lock.
    """
    return lock_groups([identity_id])


def lock_groups(identity_ids: Sequence[UUID]) -> list[UUID]:
    """Lock the identities that are counted as one person with one of these, as `lock_group` does."""
    while True:
        try:
            with transaction.atomic():  # a savepoint: what was locked of a group that changed is let go
                group = _groups_of(identity_ids)
                locked = DonorIdentity.objects.select_for_update(no_key=True).filter(pk__in=group).order_by("pk")
                list(locked.values_list("pk", flat=True))
                if _groups_of(identity_ids) != group:
                    raise _Regrouped
                return group
        except _Regrouped:
            continue


def reserve(
    donor: Donor,
    new: Counted | Monthly,
    *,
    fund: Fund,
    today: date,
    without: Donation | None = None,
    without_monthly: MonthlyDonation | None = None,
    tells: bool = True,
) -> None:
    """Refuse a payment of a donor beyond what they may still give; called in the transaction that keeps or tries it.

    A monthly one needs room for all instalments of two calendar years. What the new one stands in for is left out of the count.
    Of a donor who proved nothing, or of whom the rules ask no birth date, nothing is looked up. The lock holds until the caller
    commits, so that two at the same instant never pass a cap together.
    Raises: Invalid (`over_the_cap`; `remaining` in cents, to whom it may be told: to nobody who shows no proof, where `tells` is not so).
    """
    if donor.proved_at is None or donor.identity_id is None:
        return
    group = lock_group(donor.identity_id)
    counted = amounts_of(Whose(group, proven=True), fund=fund, today=today, without=without, without_monthly=without_monthly)

    def over(said: str, remaining: int) -> Invalid:
        if not tells:
            return _over(said, remaining, is_told=False)
        seen = Whose(group, proven=True, address=donor.email)
        told = amounts_of(seen, fund=fund, today=today, without=without, without_monthly=without_monthly)
        return _over(said, remaining, is_told=len(told) == len(counted))

    for cap in rules_on(GivingRules(fund.rules), today).caps:
        if isinstance(new, Monthly):
            if caps.first_passed(cap, new, counted, closes_on=fund.closes_on):
                remaining = caps.largest_monthly(cap, new, counted, closes_on=fund.closes_on)
                raise over(monthly_said(cap, new, counted, fund), remaining)
        elif not caps.fits(cap, new, counted):
            remaining = caps.remaining(cap, counted, caps.period_key(cap, on=new.on, election=new.election))
            raise over(left_said(cap, remaining, fund.currency), remaining)


def reserve_again(donation: Donation, *, now: datetime) -> None:
    """Keep a part of a cap again for a donation that failed, before it is tried anew and locked.

    Whoever tries it has its link, and showed no proof this time: no amount is told. Raises: Invalid (`over_the_cap`).
    """
    today = day_of_payment(donation.fund, now)
    monthly = donation.monthly
    if monthly is not None and not is_instalment(donation):
        next_on = next_due(monthly.day, after=today)
        new: Counted | Monthly = replace(as_counted(monthly, today=today, next_on=next_on), first_on=today)
    else:
        monthly = None
        new = Counted(donation.amount, today, donation.nature, election=election_of(donation.fund))
    reserve(donation.donor, new, fund=donation.fund, today=today, without=donation, without_monthly=monthly, tells=False)


def reserve_monthly(monthly: MonthlyDonation, *, amount: int, next_on: date, now: datetime) -> None:
    """Keep room for a monthly donation that resumes or gives another amount: in the transaction that changes it, before it is locked.

    `next_on`: its next instalment. Raises: Invalid (`over_the_cap`).
    """
    today = day_of_payment(monthly.fund, now)
    new = as_counted(monthly, today=today, amount=amount, next_on=next_on)
    reserve(monthly.donor, new, fund=monthly.fund, today=today, without_monthly=monthly)


def _groups_of(identity_ids: Sequence[UUID]) -> list[UUID]:
    return sorted({member for identity_id in identity_ids for member in group_of(identity_id)})


def left_said(cap: Cap, remaining: int, currency: str) -> str:
    """Say what a cap leaves to a person, and why."""
    told = {"remaining": amount_said(remaining, currency), "why": cap_said(cap, currency)}
    if not remaining:
        if cap.period == Period.ELECTION:
            return _("For this election you gave all that the law allows. %(why)s") % told
        return _("This year you gave all that the law allows. %(why)s") % told
    if cap.period == Period.ELECTION:
        return _("You may still give %(remaining)s for this election. %(why)s") % told
    return _("You may still give %(remaining)s this year. %(why)s") % told


def monthly_said(cap: Cap, new: Monthly, counted: Sequence[Counted], fund: Fund) -> str:
    """Say how much a month a cap leaves to a person, or from which day on the amount fits, and why."""
    why = cap_said(cap, fund.currency)
    largest = caps.largest_monthly(cap, new, counted, closes_on=fund.closes_on)
    if largest >= fund.least:
        return _("You may give up to %(most)s each month. %(why)s") % {"most": amount_said(largest, fund.currency), "why": why}
    starts = caps.earliest_start(cap, new, counted, closes_on=fund.closes_on)
    if starts is not None:
        return _("So much each month is possible from %(day)s on. %(why)s") % {"day": dates.dated(starts, fund.time_zone), "why": why}
    return _("No monthly amount is possible beside what you give already. %(why)s") % {"why": why}


def _over(said: str, remaining: int, *, is_told: bool) -> Invalid:
    """Refuse, with what is left where all that counts may be told to whoever asks (`is_told`): else it would say what others gave."""
    if is_told:
        return Invalid(said, code="over_the_cap", fields={"amount": [said]}, remaining=remaining)
    said = _(
        "This would pass what the law allows one person to give: all counts that was given or begun in your name, from whichever address."
    )
    return Invalid(said, code="over_the_cap", fields={"amount": [said]})
