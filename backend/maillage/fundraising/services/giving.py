"""A donation begun: what the giver typed is checked and kept, and nothing is asked at the provider yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.rule_parts import RuleSet
from maillage.fundraising.domain.words import DonationState, Nature
from maillage.fundraising.models import (
    Donation,
    DonationShare,
    Donor,
    Fund,
    MonthlyDonation,
    MonthlyShare,
)
from maillage.fundraising.selectors.funds import day_of_payment, is_collecting, rules_of
from maillage.fundraising.services.donors import Declared, keep_donor, wrong_giver
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.sealing import keyed_hash

MOST = 100_000_000
"""Cents: more than anybody gives by card; what is above is a slip of the hand."""

FOUND_WITHIN = timedelta(minutes=30)
"""How long after a donation the same one from the same browser is asked about first."""


@dataclass(frozen=True)
class Asked:
    """What a giver asks for: cents, to which envelopes, once or on a day of each month."""

    amount: int
    nature: Nature = Nature.DONATION
    monthly_day: int | None = None
    shares: Mapping[str, int] = field(default_factory=dict)
    """Cents by the code of an envelope; the rest is the recipient's."""
    declaration: str = ""
    source: str = ""


def start_donation(
    *, fund: Fund, asked: Asked, declared: Declared, key: str, now: datetime, previous: Donation | None = None, again: bool = False
) -> Donation:
    """Keep a donation that is about to be paid; the same `key` finds the one that was kept.

    `previous` is the last donation of the same browser: the same amount to the same recipient within half an hour is asked about
    first, unless they said `again`.
    Facts: donation.started.
    Raises: Invalid (with what is wrong by field), Conflict (`not_collecting`, `donation_found`).
    """
    rules = rules_of(fund, now)
    today = day_of_payment(fund, now)
    if not is_collecting(fund, today):
        raise Conflict(_("Donations are not taken here today. Nothing was kept."), code="not_collecting")
    if wrong := {**_wrong_amount(fund, rules, asked), **wrong_giver(rules, declared, declaration=asked.declaration, today=today)}:
        raise Invalid(_("Something is missing or wrong. What you typed is kept."), code="invalid", fields=wrong)
    hashed = keyed_hash(f"{fund.pk}:{key}", purpose="fundraising.attempt")
    if known := Donation.objects.filter(key=hashed).first():
        return known
    if previous is not None and not again and _is_same(previous, fund, asked, now):
        raise Conflict(_("We have found your donation of a moment ago. Give again?"), code="donation_found")
    try:
        with transaction.atomic():
            donor = keep_donor(rules, declared)
            monthly = _keep_monthly(fund, donor, asked, now=now) if asked.monthly_day else None
            donation = Donation.objects.create(
                fund=fund,
                donor=donor,
                monthly=monthly,
                due_on=today if monthly else None,
                nature=asked.nature,
                amount=asked.amount,
                currency=fund.currency,
                key=hashed,
                source=asked.source[:64],
                declaration=asked.declaration,
                started_at=now,
                counted_on=today,
            )
            envelopes = _envelopes(fund, asked)
            DonationShare.objects.bulk_create(DonationShare(donation=donation, fund=each, amount=cents) for each, cents in envelopes)
            journal.record("donation.started", subject=donation, at=now, amount=donation.amount, currency=donation.currency)
    except IntegrityError:  # a second click at the same instant: the first one is the donation
        found = Donation.objects.filter(key=hashed).first()
        if found is None:
            raise
        return found
    return donation


def _wrong_amount(fund: Fund, rules: RuleSet, asked: Asked) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if not fund.least <= asked.amount <= MOST:
        limits = {"least": amount_said(fund.least, fund.currency), "most": amount_said(MOST, fund.currency)}
        wrong["amount"] = [_("Give an amount from %(least)s to %(most)s.") % limits]
    else:
        over = next((cap for cap in rules.caps if asked.nature in cap.counts and asked.amount > cap.amount), None)
        if over is not None:
            wrong["amount"] = [_("The law allows at most %(most)s.") % {"most": amount_said(over.amount, fund.currency)}]
    if asked.monthly_day is not None and not 1 <= asked.monthly_day <= 28:
        wrong["day"] = [_("Choose a day from 1 to 28: every month has it.")]
    known = set(fund.envelopes.filter(closed_at__isnull=True).values_list("code", flat=True))
    if set(asked.shares) - known or any(part <= 0 for part in asked.shares.values()) or sum(asked.shares.values()) > max(asked.amount, 0):
        wrong["shares"] = [_("Share the amount between what is offered here.")]
    return wrong


def _is_same(previous: Donation, fund: Fund, asked: Asked, now: datetime) -> bool:
    recent = previous.started_at > now - FOUND_WITHIN
    return recent and previous.fund_id == fund.pk and previous.amount == asked.amount and previous.state in _GIVEN


_GIVEN = (DonationState.CONFIRMING, DonationState.PROCESSING, DonationState.HELD, DonationState.SETTLED)


def _keep_monthly(fund: Fund, donor: Donor, asked: Asked, *, now: datetime) -> MonthlyDonation:
    monthly = MonthlyDonation.objects.create(
        fund=fund,
        donor=donor,
        nature=asked.nature,
        amount=asked.amount,
        currency=fund.currency,
        day=asked.monthly_day or 1,
        created_at=now,
    )
    MonthlyShare.objects.bulk_create(MonthlyShare(monthly=monthly, fund=each, amount=part) for each, part in _envelopes(fund, asked))
    return monthly


def _envelopes(fund: Fund, asked: Asked) -> Sequence[tuple[Fund, int]]:
    return [(each, asked.shares[each.code]) for each in fund.envelopes.filter(code__in=asked.shares)]
