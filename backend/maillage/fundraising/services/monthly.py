"""A monthly donation follows what becomes of its payments: it begins with the first one, and fails and recovers with each.

What is here runs in the transaction that settles the payment, with the monthly donation locked before the donation.
"""

from datetime import date, datetime
from uuid import UUID

from maillage import journal
from maillage.fundraising.domain import schedule
from maillage.fundraising.domain.payments import Payment
from maillage.fundraising.domain.words import DonationState, MonthlyState, MonthlyStepKind, StepBy
from maillage.fundraising.models import Donation, MonthlyDonation, MonthlyStep
from maillage.fundraising.services import monthly_letters
from maillage.kernel.dates import day_in

COMPLETE = "fundraising.complete_monthly"

PAYS = (DonationState.PROCESSING, DonationState.SETTLED)
"""States of a payment that came, or is on its way."""


def locked(monthly_id: UUID) -> MonthlyDonation:
    """Lock one. Raises: MonthlyDonation.DoesNotExist."""
    return MonthlyDonation.objects.select_for_update(of=("self",)).select_related("fund", "donor").get(pk=monthly_id)


def lock_of(donation_id: UUID) -> None:
    """Lock the monthly donation that a donation belongs to, where it does: it comes before the donation."""
    monthly_id = Donation.objects.values_list("monthly", flat=True).get(pk=donation_id)
    if monthly_id:
        locked(monthly_id)


def is_instalment(donation: Donation) -> bool:
    """Say whether the schedule made a donation, rather than its giver."""
    return donation.monthly_id is not None and donation.key is None


def latest_of(monthly: MonthlyDonation) -> Donation | None:
    """Return the payment that was due last."""
    return monthly.donations.order_by("-due_on").first()


def last_paid_on(monthly: MonthlyDonation) -> date | None:
    """Return the day of the last payment that came or is on its way."""
    return monthly.donations.filter(state__in=PAYS).order_by("-counted_on").values_list("counted_on", flat=True).first()


def follow(donation: Donation, payment: Payment, *, now: datetime) -> None:
    """Let a monthly donation follow what one of its payments has just become; one given once has none.

    Facts: monthly_donation.begun, monthly_donation.stopped, monthly_donation.refused.
    """
    if donation.monthly_id is None:
        return
    monthly = locked(donation.monthly_id)
    if is_instalment(donation):
        _follow_instalment(monthly, donation, now=now)
    elif donation.state in PAYS and _has_not_begun(monthly):
        _begin(monthly, payment, now=now)
    elif donation.state == DonationState.FAILED and monthly.state == MonthlyState.ACTIVE and latest_of(monthly) == donation:
        stop(monthly, by=StepBy.SCHEDULE, reason=schedule.FIRST_REFUSED, now=now)
    elif donation.state == DonationState.ENDED and monthly.state == MonthlyState.STARTING:
        give_up(monthly, now=now)


def note(
    monthly: MonthlyDonation,
    kind: MonthlyStepKind,
    *,
    now: datetime,
    due_on: date | None = None,
    goes_on_on: date | None = None,
    reason: str = "",
) -> MonthlyStep | None:
    """Write down something that the schedule did, and tell its donor; None where it was written for that due day before."""
    made, is_new = MonthlyStep.objects.get_or_create(
        monthly=monthly,
        kind=kind,
        due_on=due_on,
        defaults={"at": now, "goes_on_on": goes_on_on, "reason": reason[:400]},
    )
    if not is_new:
        return None
    monthly_letters.tell(made, now=now)
    return made


def stop(monthly: MonthlyDonation, *, by: StepBy, reason: str, now: datetime) -> MonthlyStep:
    """Stop a locked monthly donation because of its schedule or its fund, and tell its donor. Facts: monthly_donation.stopped."""
    step = MonthlyStep.objects.create(monthly=monthly, kind=MonthlyStepKind.STOPPED, by=by, reason=reason, at=now)
    give_up(monthly, now=now)
    monthly_letters.tell(step, now=now)
    return step


def stop_taken_back(donation: Donation, *, now: datetime) -> None:
    """Stop the monthly donation of which a bank took a payment back, locked before it: whoever did not want it is not debited again.

    Facts: monthly_donation.stopped.
    """
    if donation.monthly_id is None:
        return
    monthly = locked(donation.monthly_id)
    if monthly.state != MonthlyState.STOPPED:
        stop(monthly, by=StepBy.SCHEDULE, reason=schedule.TAKEN_BACK, now=now)


def give_up(monthly: MonthlyDonation, *, now: datetime) -> None:
    """Let a locked monthly donation be stopped; nobody is told. Facts: monthly_donation.stopped."""
    monthly.state, monthly.stopped_at = MonthlyState.STOPPED, now
    monthly.next_on = monthly.retry_on = monthly.paused_until = None
    monthly.save(update_fields=["state", "stopped_at", "next_on", "retry_on", "paused_until"])
    journal.record("monthly_donation.stopped", subject=monthly, at=now)


def _has_not_begun(monthly: MonthlyDonation) -> bool:
    """Say whether it waits for its first payment, or stopped only because that had not come."""
    if monthly.state != MonthlyState.STOPPED:
        return monthly.state == MonthlyState.STARTING
    return not monthly.steps.filter(kind=MonthlyStepKind.STOPPED).exclude(reason=schedule.FIRST_REFUSED).exists()


def _begin(monthly: MonthlyDonation, payment: Payment, *, now: datetime) -> None:
    monthly.state, monthly.stopped_at, monthly.tries = MonthlyState.ACTIVE, None, 0
    monthly.payment_method, monthly.mandate = payment.means, payment.mandate
    monthly.method = payment.method or monthly.method
    monthly.next_on = schedule.next_due(monthly.day, after=day_in(now, monthly.fund.time_zone))
    monthly.save(update_fields=["state", "stopped_at", "tries", "payment_method", "mandate", "method", "next_on"])
    step = MonthlyStep.objects.create(monthly=monthly, kind=MonthlyStepKind.BEGUN, at=now, goes_on_on=monthly.next_on)
    journal.record("monthly_donation.begun", subject=monthly, at=now, amount=monthly.amount, currency=monthly.currency)
    journal.jobs.enqueue(COMPLETE, step_id=step.pk)


def _follow_instalment(monthly: MonthlyDonation, donation: Donation, *, now: datetime) -> None:
    if latest_of(monthly) != donation or monthly.state not in (MonthlyState.ACTIVE, MonthlyState.FAILING):
        return
    if donation.state == DonationState.SETTLED:
        _recover(monthly, now=now)
    elif donation.state == DonationState.FAILED and monthly.retry_on is None:
        _refuse(monthly, donation, now=now)


def _recover(monthly: MonthlyDonation, *, now: datetime) -> None:
    """What was refused is paid: it goes on as before."""
    today = day_in(now, monthly.fund.time_zone)
    monthly.state, monthly.tries, monthly.retry_on = MonthlyState.ACTIVE, 0, None
    monthly.next_on = monthly.next_on or schedule.next_due(monthly.day, after=today)
    monthly.save(update_fields=["state", "tries", "retry_on", "next_on"])


def _refuse(monthly: MonthlyDonation, donation: Donation, *, now: datetime) -> None:
    """An instalment was refused: it is tried again by the schedule, or waits for another way to pay.

    While a day to try again is set the schedule did not try: it was the donor, at their bank, and nothing moves.
    """
    due_on = donation.due_on or donation.counted_on
    today = day_in(now, monthly.fund.time_zone)
    follows = schedule.refused(due_on=due_on, today=today, tries=monthly.tries, code=donation.failure)
    monthly.state, monthly.tries, monthly.retry_on = MonthlyState.FAILING, follows.tries, follows.retry_on
    if follows.retry_on is None:
        monthly.next_on = None
    monthly.save(update_fields=["state", "tries", "retry_on", "next_on"])
    asks = donation.failure == schedule.CONFIRM
    kind = MonthlyStepKind.CONFIRM_ASKED if asks else MonthlyStepKind.REFUSED
    if note(monthly, kind, due_on=due_on, goes_on_on=follows.retry_on, reason=donation.failure, now=now):
        journal.record("monthly_donation.refused", subject=monthly, at=now, code=donation.failure)
