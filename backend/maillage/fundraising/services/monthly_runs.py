"""Instalments of monthly donations: made when they are due, and charged by a job each.

What is due is decided under the lock of its monthly donation, in one transaction: two runs at once make one instalment. Charging
one prepares (atomic), asks the provider, and applies (atomic); between any two of these the process may die, and the job that
begins again asks for the same intent and the same try. A stop or a pause holds until the bank is asked: what was not asked for
yet is given up then, what was is looked up, and what the bank had taken stays a donation.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from maillage import journal
from maillage.fundraising.domain import caps, schedule
from maillage.fundraising.domain.caps import Counted
from maillage.fundraising.domain.payments import Outcome
from maillage.fundraising.domain.rule_parts import TermCode
from maillage.fundraising.domain.rules import rules_on
from maillage.fundraising.domain.words import PENDING, RUNNING, DonationState, Method, MonthlyState, MonthlyStepKind, StepBy
from maillage.fundraising.gateways import stripe
from maillage.fundraising.models import Donation, DonationShare, MonthlyDonation, MonthlyStep, PaymentAttempt
from maillage.fundraising.selectors.allowance import Whose, amounts_of, as_counted, election_of, group_of
from maillage.fundraising.selectors.funds import day_of_payment, is_collecting, rules_of
from maillage.fundraising.services.allowance import reserve, reserve_again
from maillage.fundraising.services.monthly import give_up, last_paid_on, latest_of, locked, note, stop
from maillage.fundraising.services.payments import follow_payment, keys_for
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Invalid
from maillage.people.domain.law import GivingRules

LOOK_AT = "fundraising.look_at_monthly"
CHARGE = "fundraising.charge_instalment"

LAST_ZONE = "Pacific/Kiritimati"
"""Where each day begins first: what is due anywhere is due there."""

STARTS_WITHIN = timedelta(days=1)
"""How long a monthly donation may wait for its first payment to be tried again."""

ASKED_AGAIN_AFTER = timedelta(hours=3)
"""How long after it was made an instalment that nobody charged is asked for again: its job gave up while the provider was away."""

ANNOUNCED_WITHIN = timedelta(days=14)
"""How long before its day a debit is looked at: no rule announces one earlier."""

CONTINUES = (DonationState.FAILED, DonationState.CONFIRMING)
"""States of an instalment that may be tried again."""

ENDS_WITH_ITS_FUND = (MonthlyState.ACTIVE, MonthlyState.FAILING, MonthlyState.PAUSED)
"""States of a monthly donation that stops once the last day on which its recipient may collect is over."""

REFUSALS = (MonthlyStepKind.REFUSED, MonthlyStepKind.CONFIRM_ASKED)
"""What a donor was told of a due day that was not paid on."""


def take_instalments(*, now: datetime) -> int:
    """Ask for a look at each monthly donation with which something is due, and for what was left lying; return how many there were."""
    day = day_in(now, LAST_ZONE)
    told = MonthlyStep.objects.filter(monthly=OuterRef("pk"))
    announced = Exists(told.filter(kind=MonthlyStepKind.ANNOUNCED, due_on=OuterRef("next_on")))
    warned = Exists(told.filter(kind=MonthlyStepKind.CARD_ENDS, due_on=OuterRef("method_ends_on")))
    waited = Exists(told.filter(kind__in=REFUSALS, due_on__lte=day - schedule.WAITED_FOR))
    due = MonthlyDonation.objects.filter(
        Q(state=MonthlyState.ACTIVE, next_on__lte=day)
        | Q(~announced, state=MonthlyState.ACTIVE, method=Method.SEPA_DEBIT, next_on__lte=day + ANNOUNCED_WITHIN)
        | Q(state=MonthlyState.FAILING, retry_on__lte=day)
        | Q(state=MonthlyState.PAUSED, paused_until__lte=day)
        | Q(state__in=ENDS_WITH_ITS_FUND, fund__closes_on__lt=day)
        | Q(waited, state=MonthlyState.FAILING, next_on=None, retry_on=None)
        | Q(state=MonthlyState.STARTING, created_at__lte=now - STARTS_WITHIN)
        | Q(~warned, state=MonthlyState.ACTIVE, method_ends_on__lte=day + schedule.FORESEEN)
    )
    found = [{"monthly_id": pk} for pk in due.order_by("pk").values_list("pk", flat=True)]
    left = Donation.objects.filter(
        key__isnull=True, monthly__isnull=False, state=DonationState.STARTED, started_at__lte=now - ASKED_AGAIN_AFTER
    )
    again = [{"donation_id": pk, "attempt": tries + 1} for pk, tries in left.order_by("pk").values_list("pk", "monthly__tries")]
    with transaction.atomic():
        journal.jobs.enqueue_many(LOOK_AT, found)
        journal.jobs.enqueue_many(CHARGE, again)
    return len(found) + len(again)


def look_at_monthly(*, monthly_id: UUID, now: datetime) -> Donation | None:
    """Do what is due with one monthly donation today, once: resume, announce, try again, make an instalment, warn, or stop.

    Returns the instalment that is to be charged. Facts: donation.started, monthly_donation.stopped, monthly_donation.resumed.
    """
    with transaction.atomic():
        seen = MonthlyDonation.objects.select_related("fund", "donor").get(pk=monthly_id)
        today = day_of_payment(seen.fund, now)
        is_over = _is_over_the_cap(seen, today=today, now=now)  # its locks come before that of the monthly donation
        monthly = locked(monthly_id)
        if (monthly.amount, monthly.next_on, monthly.retry_on, monthly.state) != (seen.amount, seen.next_on, seen.retry_on, seen.state):
            return None  # it changed meanwhile: the next hour looks again
        if monthly.state == MonthlyState.STARTING:
            _give_up_unpaid(monthly, now=now)
            return None
        if reason := _why_over(monthly, today=today):
            stop(monthly, by=StepBy.SCHEDULE, reason=reason, now=now)
            return None
        if monthly.state == MonthlyState.PAUSED and monthly.paused_until is not None and monthly.paused_until <= today:
            _resume(monthly, today=today, now=now)
        _warn_of_card(monthly, today=today, now=now)
        if monthly.state == MonthlyState.FAILING and monthly.retry_on is not None and monthly.retry_on <= today:
            return _try_again(monthly, is_over=is_over, today=today, now=now)
        if monthly.state == MonthlyState.ACTIVE and monthly.next_on is not None:
            if _notice_of(monthly, now) and not _is_announced(monthly, today=today, now=now):
                return None
            if monthly.next_on <= today:
                return _take(monthly, due_on=monthly.next_on, is_over=is_over, today=today, now=now)
    return None


def charge_instalment(*, donation_id: UUID, attempt: int, now: datetime) -> None:
    """Charge one instalment, `attempt` counted from 1; safe to repeat at any point: it asks for the same intent and the same try.

    Facts: donation.received, monthly_donation.refused.  Raises: gateways.stripe.ProviderAway, Unavailable.
    """
    monthly = _prepare(donation_id, attempt, now=now)
    if monthly is None:
        return
    donation = Donation.objects.select_related("fund__stripe_account").get(pk=donation_id)
    keys = keys_for(donation.fund)
    if donation.intent is None:
        started = stripe.start_instalment(
            keys,
            donation=str(donation.pk),
            amount=donation.amount,
            currency=donation.currency,
            customer=monthly.customer,
            method=Method(donation.method),
        )
        Donation.objects.filter(pk=donation_id, intent__isnull=True).update(intent=started.id)
        donation.intent = started.id
    if monthly.state not in RUNNING:  # stopped after the try was written down: nothing more is asked for, and what was is found
        payment = stripe.give_up(keys, donation.intent)
    else:
        try:
            payment = stripe.charge_again(
                keys, intent=donation.intent, means=monthly.payment_method, mandate=monthly.mandate, attempt=attempt
            )
        except stripe.Refused as refused:
            if refused.param not in ("payment_method", "mandate"):
                raise  # nothing of the donor's is wrong: ours is to be mended, and the same try is asked for again
            standing = stripe.payment(keys, donation.intent)
            payment = replace(standing, decline=schedule.MEANS_GONE) if standing.outcome is Outcome.OPEN else standing
    follow_payment(donation_id, payment, keys=keys, seen=donation.version, now=now)
    PaymentAttempt.objects.filter(donation_id=donation_id, token=_token(monthly, attempt)).update(
        outcome=(payment.decline or payment.outcome.value)[:48]
    )


def _prepare(donation_id: UUID, attempt: int, *, now: datetime) -> MonthlyDonation | None:
    """Write down that a try begins; None where there is nothing to try: it was made, is another one's turn, or was stopped before."""
    with transaction.atomic():
        monthly_id = Donation.objects.values_list("monthly", flat=True).get(pk=donation_id)
        monthly = locked(monthly_id)
        donation = Donation.objects.locked(donation_id)
        if donation.state != DonationState.STARTED or attempt != monthly.tries + 1:
            return None
        if monthly.state not in RUNNING and donation.intent is None:
            _end(donation)
            return None
        PaymentAttempt.objects.get_or_create(donation=donation, token=_token(monthly, attempt), defaults={"at": now})
        return monthly


def _token(monthly: MonthlyDonation, attempt: int) -> str:
    return f"{monthly.payment_method}-{attempt}"[:64]


def _end(donation: Donation) -> None:
    donation.state = DonationState.ENDED
    donation.version += 1
    donation.save(update_fields=["state", "version"])


def _take(monthly: MonthlyDonation, *, due_on: date, is_over: bool, today: date, now: datetime) -> Donation | None:
    if _is_kept_from(monthly, due_on=due_on, is_over=is_over, today=today, now=now):
        return None
    first = monthly.donations.order_by("due_on").first()
    donation = Donation.objects.create(
        fund=monthly.fund,
        donor=monthly.donor,
        monthly=monthly,
        due_on=due_on,
        nature=monthly.nature,
        method=monthly.method,
        amount=monthly.amount,
        currency=monthly.currency,
        source=first.source if first else "",
        declaration=first.declaration if first else "",
        started_at=now,
        counted_on=today,
    )
    parts = monthly.shares.values_list("fund", "amount")
    DonationShare.objects.bulk_create(DonationShare(donation=donation, fund_id=fund, amount=cents) for fund, cents in parts)
    monthly.next_on, monthly.tries, monthly.retry_on = schedule.next_due(monthly.day, after=max(due_on, today)), 0, None
    monthly.save(update_fields=["next_on", "tries", "retry_on"])
    journal.record("donation.started", subject=donation, at=now, amount=donation.amount, currency=donation.currency)
    journal.jobs.enqueue(CHARGE, donation_id=donation.pk, attempt=1, unique_key=f"{donation.pk}:1")
    return donation


def _try_again(monthly: MonthlyDonation, *, is_over: bool, today: date, now: datetime) -> Donation | None:
    donation = latest_of(monthly)
    if donation is None or donation.due_on is None or donation.state not in CONTINUES:
        return None
    if _is_kept_from(monthly, due_on=donation.due_on, is_over=is_over, today=today, now=now):
        return None
    donation = Donation.objects.locked(donation.pk)
    donation.state, donation.failure, donation.counted_on, donation.method = DonationState.STARTED, "", today, monthly.method
    donation.version += 1
    donation.save(update_fields=["state", "failure", "counted_on", "method", "version"])
    monthly.retry_on = None
    monthly.save(update_fields=["retry_on"])
    attempt = monthly.tries + 1
    journal.jobs.enqueue(CHARGE, donation_id=donation.pk, attempt=attempt, unique_key=f"{donation.pk}:{attempt}")
    return donation


def _is_kept_from(monthly: MonthlyDonation, *, due_on: date, is_over: bool, today: date, now: datetime) -> bool:
    """Say whether something forbids an instalment today: the fund, the mandate or the cap; its donor is told, and when it goes on."""
    fund = monthly.fund
    if not is_collecting(fund, today):
        _put_off(monthly, to=schedule.on_or_after(monthly.day, fund.opens_on or today))
        note(monthly, MonthlyStepKind.NOT_TAKEN, due_on=due_on, goes_on_on=monthly.next_on, now=now)
    elif _is_mandate_dead(monthly, today=today, now=now):
        monthly.state, monthly.next_on, monthly.retry_on = MonthlyState.FAILING, None, None
        monthly.save(update_fields=["state", "next_on", "retry_on"])
        note(monthly, MonthlyStepKind.REFUSED, due_on=due_on, reason=schedule.MANDATE_ENDED, now=now)
    elif is_over:
        starts = _fits_from(monthly, today=today)
        _put_off(monthly, to=starts)
        note(monthly, MonthlyStepKind.CAPPED, due_on=due_on, goes_on_on=starts, now=now)
    else:
        return False
    return True


def _why_over(monthly: MonthlyDonation, *, today: date) -> str:
    """Say why a monthly donation stops by itself today; empty where it does not.

    A recipient that was closed here may be given to as long as the law lets it collect: who gives monthly goes on. Past the last day
    that the law allows nobody does.
    """
    if monthly.state not in ENDS_WITH_ITS_FUND:
        return ""
    if monthly.fund.closes_on is not None and monthly.fund.closes_on < today:
        return schedule.FUND_CLOSED
    if monthly.state != MonthlyState.FAILING or monthly.next_on or monthly.retry_on:
        return ""
    latest = latest_of(monthly)
    if latest is not None and latest.state in PENDING:
        return ""
    refused_on = monthly.steps.filter(kind__in=REFUSALS).order_by("-due_on").values_list("due_on", flat=True).first()
    return schedule.NO_OTHER_MEANS if refused_on is not None and refused_on + schedule.WAITED_FOR <= today else ""


def _put_off(monthly: MonthlyDonation, *, to: date | None) -> None:
    """Let it go on at a later day; without one it is paused until its donor changes it."""
    monthly.next_on, monthly.retry_on, monthly.tries = to, None, 0
    monthly.state = MonthlyState.ACTIVE if to is not None else MonthlyState.PAUSED
    monthly.paused_until = None
    monthly.save(update_fields=["next_on", "retry_on", "tries", "state", "paused_until"])


def _fits_from(monthly: MonthlyDonation, *, today: date) -> date | None:
    """Return the due day from which all instalments fit under each cap again; None where none does."""
    fund, donor = monthly.fund, monthly.donor
    if donor.identity_id is None:
        return None
    counted = amounts_of(Whose(group_of(donor.identity_id), proven=True), fund=fund, today=today, without_monthly=monthly)
    found = schedule.on_or_after(monthly.day, today + timedelta(days=1))
    for cap in rules_on(GivingRules(fund.rules), today).caps:
        starts = caps.earliest_start(cap, as_counted(monthly, today=today, next_on=found), counted, closes_on=fund.closes_on)
        if starts is None:
            return None
        found = max(found, starts)
    return found


def _is_over_the_cap(monthly: MonthlyDonation, *, today: date, now: datetime) -> bool:
    """Keep a part of the cap for the instalment that is due, in the caller's transaction; say whether there is none left."""
    new = Counted(monthly.amount, today, monthly.nature, election=election_of(monthly.fund))
    try:
        if monthly.state == MonthlyState.FAILING and (donation := latest_of(monthly)) is not None:
            reserve_again(donation, now=now)
        elif monthly.state == MonthlyState.ACTIVE:
            reserve(monthly.donor, new, fund=monthly.fund, today=today, without_monthly=monthly)
    except Invalid:
        return True
    return False


def _is_mandate_dead(monthly: MonthlyDonation, *, today: date, now: datetime) -> bool:
    if monthly.method != Method.SEPA_DEBIT:
        return False
    last = last_paid_on(monthly) or day_in(monthly.created_at, monthly.fund.time_zone)
    return rules_of(monthly.fund, now).term(TermCode.MANDATE_UNUSED).after(last) <= today


def _notice_of(monthly: MonthlyDonation, now: datetime) -> int:
    """Return how many days before it a debit is announced; none for a card."""
    return rules_of(monthly.fund, now).term(TermCode.DEBIT_TOLD_BEFORE).number if monthly.method == Method.SEPA_DEBIT else 0


def _is_announced(monthly: MonthlyDonation, *, today: date, now: datetime) -> bool:
    """Announce a debit when it is time, and say whether the one that is due was; where that comes late, the debit waits."""
    notice, due_on = _notice_of(monthly, now), monthly.next_on or today
    if MonthlyStep.objects.filter(monthly=monthly, kind=MonthlyStepKind.ANNOUNCED, due_on=due_on).exists():
        return True
    if schedule.announced_from(due_on, notice) <= today:
        earliest = today + timedelta(days=notice)
        if due_on < earliest:
            monthly.next_on = due_on = earliest
            monthly.save(update_fields=["next_on"])
        note(monthly, MonthlyStepKind.ANNOUNCED, due_on=due_on, goes_on_on=due_on, now=now)
    return False


def _resume(monthly: MonthlyDonation, *, today: date, now: datetime) -> None:
    monthly.state, monthly.paused_until = MonthlyState.ACTIVE, None
    monthly.next_on = schedule.goes_on(monthly.day, today=today, last=last_paid_on(monthly))
    monthly.save(update_fields=["state", "paused_until", "next_on"])
    note(monthly, MonthlyStepKind.RESUMED, due_on=today, goes_on_on=monthly.next_on, now=now)
    journal.record("monthly_donation.resumed", subject=monthly, at=now)


def _warn_of_card(monthly: MonthlyDonation, *, today: date, now: datetime) -> None:
    ends_on = monthly.method_ends_on
    if monthly.state == MonthlyState.ACTIVE and ends_on is not None and schedule.is_foreseen(ends_on, today):
        note(monthly, MonthlyStepKind.CARD_ENDS, due_on=ends_on, now=now)


def _give_up_unpaid(monthly: MonthlyDonation, *, now: datetime) -> None:
    """One whose first payment was refused, or never tried, a day ago will not begin."""
    first = latest_of(monthly)
    waits = (DonationState.STARTED, DonationState.FAILED, DonationState.ENDED)
    if monthly.created_at <= now - STARTS_WITHIN and (first is None or first.state in waits):
        give_up(monthly, now=now)
