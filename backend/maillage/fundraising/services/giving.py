"""A donation begun: what the giver typed is checked and kept, and nothing is asked at the provider yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.caps import Counted, Monthly, first_passed, takes
from maillage.fundraising.domain.news import DONATION_NEWS
from maillage.fundraising.domain.pages import ShownAs
from maillage.fundraising.domain.rule_parts import Fact, RuleSet
from maillage.fundraising.domain.schedule import FIRST_DAY, LAST_DAY, next_due
from maillage.fundraising.domain.words import DonationState, Nature
from maillage.fundraising.models import (
    Donation,
    Donor,
    Fund,
    FundraisingPage,
    MonthlyDonation,
    MonthlyShare,
    PaymentAttempt,
)
from maillage.fundraising.selectors.allowance import election_of, given_from
from maillage.fundraising.selectors.campaign_pages import page_for_donation
from maillage.fundraising.selectors.funds import day_of_payment, is_collecting, rules_of
from maillage.fundraising.services.allowance import monthly_said, reserve
from maillage.fundraising.services.donors import Declared, keep_donor, wrong_giver
from maillage.fundraising.services.news import agree_to_news
from maillage.fundraising.services.page_messages import keep_message, wrong_message
from maillage.fundraising.services.proofs import may_name, note_refusal, refuse_unpaid
from maillage.fundraising.services.shares import envelopes_of, keep_shares, wrong_shares
from maillage.kernel.errors import Conflict, Invalid, Refusal
from maillage.kernel.sealing import keyed_hash
from maillage.people.domain import words_changed
from maillage.people.selectors.wordings import wording_in_force

MOST = 99_999_999
"""Cents: more than anybody gives by card, and the most that the provider takes; what is above is a slip of the hand."""

FOUND_WITHIN = timedelta(minutes=30)
"""How long after a donation was begun, or tried last, the same one from the same browser is asked about first."""


class AttemptReused(Refusal):
    """The key of a browser's attempt came before, for other money."""

    status = 422
    code = "idempotency_key_reused"


@dataclass(frozen=True)
class OnPage:
    """A supporter's page on which one gives, by the end of its address; what is said there, and what its owner may know."""

    slug: str
    words: str = ""
    shown_as: str = ShownAs.NOT
    tells_name: bool = False
    tells_amount: bool = False


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
    on_page: OnPage | None = None


def start_donation(
    *,
    fund: Fund,
    asked: Asked,
    declared: Declared,
    key: str,
    now: datetime,
    proved: str = "",
    previous: Donation | None = None,
    again: bool = False,
) -> Donation:
    """Keep a donation that is about to be paid; the same `key` finds the one that was kept.

    `previous` is the last donation of the same browser: the same amount to the same recipient within half an hour is asked about
    first, unless they said `again`. `proved` is the address that the giver proved to be theirs, empty where they proved none: then
    the donation joins nothing that is known, nothing is looked up about them here, and the answer is the same whoever they are.
    Who proved it is refused what the law does not allow, and is asked about the same donation from any browser.
    Facts: donation.started.
    Raises: Invalid (with what is wrong by field; `over_the_cap`, `asked_too_often`), Conflict (`not_collecting`, `donation_found`,
    `page_over`), AttemptReused.
    """
    if known := begun(fund=fund, key=key, asked=asked):
        return known
    rules = rules_of(fund, now)
    today = day_of_payment(fund, now)
    if not is_collecting(fund, today):
        raise Conflict(_("Donations are not taken here today. Nothing was kept."), code="not_collecting")
    wrong = {**_wrong_amount(fund, rules, asked, today), **wrong_giver(rules, declared, declaration=asked.declaration, today=today)}
    if asked.on_page is not None:
        wrong |= wrong_message(asked.on_page.words, asked.on_page.shown_as)
    if wrong:
        raise Invalid(_("Something is missing or wrong. What you typed is kept."), code="invalid", fields=wrong)
    if declared.news and (changed := words_changed({"news": declared.news}, {"news": wording_in_force(DONATION_NEWS.purpose)})):
        raise Invalid(fields=changed)
    if proved and proved != declared.email.strip().lower():
        raise Invalid(code="proof_of_another", fields={"email": [_("The code was sent to another address. Confirm this one.")]})
    if proved and rules.asks(Fact.BIRTH_DATE) and declared.born_on is not None:
        may_name(proved, family_name=declared.family_name, given_name=declared.given_name, born_on=declared.born_on, now=now)
    page = _page_asked(fund, asked.on_page, now=now) if asked.on_page is not None else None
    if not again and _is_found(previous, fund, asked, declared, rules, proved=proved, now=now):
        raise Conflict(_("We have found your donation of a moment ago. Give again?"), code="donation_found")
    try:
        with transaction.atomic():
            donor = keep_donor(rules, declared, proved_at=now if proved else None, identified_later=not proved)
            reserve(donor, _as_counted(fund, asked, today=today), fund=fund, today=today)
            if proved:
                refuse_unpaid(proved, now=now)
                agree_to_news(donor, now=now)
            monthly = _keep_monthly(fund, donor, asked, now=now) if asked.monthly_day else None
            donation = Donation.objects.create(
                fund=fund,
                donor=donor,
                monthly=monthly,
                due_on=today if monthly else None,
                nature=asked.nature,
                amount=asked.amount,
                currency=fund.currency,
                key=_hashed(fund, key),
                source=asked.source[:64],
                page=page,
                declaration=asked.declaration,
                started_at=now,
                counted_on=today,
            )
            keep_shares(donation, asked.shares)
            if page is not None and (on := asked.on_page) is not None:
                keep_message(donation, page, words=on.words, shown_as=on.shown_as, tells_name=on.tells_name, tells_amount=on.tells_amount)
            journal.record("donation.started", subject=donation, at=now, amount=donation.amount, currency=donation.currency)
    except (IntegrityError, Invalid) as raised:  # a second click at the same instant: the first one is the donation, and took its part
        found = begun(fund=fund, key=key, asked=asked)
        if found is None:
            if isinstance(raised, Invalid) and raised.code == "over_the_cap":
                note_refusal(proved, now=now)
            raise
        return found
    return donation


def begun(*, fund: Fund, key: str, asked: Asked) -> Donation | None:
    """Return the donation that was kept under what a browser named its attempt; None where there is none yet.

    Raises: AttemptReused where it was to be another amount, rhythm or nature, or shared otherwise: nobody pays what they do not ask for.
    """
    known = Donation.objects.filter(key=_hashed(fund, key)).first()
    if known is None or _is_of_same_money(known, asked):
        return known
    raise AttemptReused(_("This attempt was begun with another amount. Reload the page, then give."))


def _is_of_same_money(known: Donation, asked: Asked) -> bool:
    if (known.amount, known.nature, known.monthly_id is None) != (asked.amount, asked.nature, asked.monthly_day is None):
        return False
    return dict(known.shares.values_list("fund__code", "amount")) == dict(asked.shares)


def _hashed(fund: Fund, key: str) -> str:
    return keyed_hash(f"{fund.pk}:{key}", purpose="fundraising.attempt")


def _page_asked(fund: Fund, on: OnPage, *, now: datetime) -> FundraisingPage:
    """Return the page on which somebody gives. Raises: Conflict (`page_over`)."""
    page = page_for_donation(on.slug, fund_id=fund.pk, now=now)
    if page is None:
        raise Conflict(
            _("This page takes no donations any more. You can give on the page of the fund. Nothing was kept."), code="page_over"
        )
    return page


def _wrong_amount(fund: Fund, rules: RuleSet, asked: Asked, today: date) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if not fund.least <= asked.amount <= MOST:
        limits = {"least": amount_said(fund.least, fund.currency), "most": amount_said(MOST, fund.currency)}
        wrong["amount"] = [_("Give an amount from %(least)s to %(most)s.") % limits]
    else:
        wrong |= _beyond_any(fund, rules, asked, today)
    if not takes(rules.caps, asked.nature):
        wrong["nature"] = [_("Only donations are taken here, no membership dues.")]
    if asked.monthly_day is not None and not FIRST_DAY <= asked.monthly_day <= LAST_DAY:
        wrong["day"] = [_("Choose a day from 1 to 28: every month has it.")]
    return wrong | wrong_shares(fund, asked.shares, asked.amount)


def _beyond_any(fund: Fund, rules: RuleSet, asked: Asked, today: date) -> dict[str, list[str]]:
    """Say that an amount is more than anybody may give, whatever they gave before."""
    for cap in rules.caps:
        if asked.nature not in cap.counts:
            continue
        if asked.amount > cap.amount:
            return {"amount": [_("The law allows at most %(most)s.") % {"most": amount_said(cap.amount, fund.currency)}]}
        if asked.monthly_day is not None and FIRST_DAY <= asked.monthly_day <= LAST_DAY:
            new = _as_counted(fund, asked, today=today)
            if isinstance(new, Monthly) and first_passed(cap, new, [], closes_on=fund.closes_on):
                return {"amount": [monthly_said(cap, new, [], fund)]}
    return {}


def _is_found(
    previous: Donation | None, fund: Fund, asked: Asked, declared: Declared, rules: RuleSet, *, proved: str, now: datetime
) -> bool:
    """Say whether this browser, or whoever proved this address, gave the same a moment ago."""
    tried = PaymentAttempt.objects.filter(donation=OuterRef("pk"), at__gt=now - FOUND_WITHIN)
    lately = Q(started_at__gt=now - FOUND_WITHIN) | Exists(tried)
    same = Donation.objects.filter(lately, fund=fund, amount=asked.amount, state__in=_GIVEN)
    if previous is not None and same.filter(pk=previous.pk).exists():
        return True
    if not proved:
        return False
    born_on = declared.born_on if rules.asks(Fact.BIRTH_DATE) else None
    theirs = given_from(proved, family_name=declared.family_name, given_name=declared.given_name, born_on=born_on)
    return same.filter(pk__in=theirs.values("pk")).exists()


_GIVEN = (DonationState.CONFIRMING, DonationState.PROCESSING, DonationState.HELD, DonationState.SETTLED)


def _as_counted(fund: Fund, asked: Asked, *, today: date) -> Counted | Monthly:
    election = election_of(fund)
    if asked.monthly_day is None:
        return Counted(asked.amount, today, asked.nature, election=election)
    next_on = next_due(asked.monthly_day, after=today)
    return Monthly(asked.amount, next_on, asked.monthly_day, fund.closes_on, asked.nature, election, first_on=today)


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
    parts = envelopes_of(fund, asked.shares)
    MonthlyShare.objects.bulk_create(MonthlyShare(monthly=monthly, fund=each, amount=cents) for each, cents in parts)
    return monthly
