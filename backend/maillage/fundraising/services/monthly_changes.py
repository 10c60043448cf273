"""What becomes of a monthly donation by its donor's hand, or the treasury's: paused, resumed, stopped, another amount or day.

Each change is a step that says how things stood before; its donor is told by mail, where a link undoes a pause, a resumption or a
stop for a week. Where whoever typed the code would give more, a part of the cap is kept first, before the monthly donation is locked.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain import schedule
from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.postings import Given, split
from maillage.fundraising.domain.rule_parts import TermCode
from maillage.fundraising.domain.words import UNDONE_BY_LINK, Method, MonthlyState, MonthlyStepKind, Nature, StepBy
from maillage.fundraising.models import MonthlyDonation, MonthlyShare, MonthlyStep
from maillage.fundraising.selectors.funds import day_of_payment, rules_of
from maillage.fundraising.services import monthly_letters
from maillage.fundraising.services.allowance import reserve_monthly
from maillage.fundraising.services.giving import MOST
from maillage.fundraising.services.monthly import PAYS, give_up, last_paid_on, locked
from maillage.kernel.errors import Conflict, Forbidden, Invalid

UNDONE = "undone"
"""Why a step was taken: one before it was undone."""


@dataclass(frozen=True)
class Hand:
    """By whose hand a change is made; the treasury says why."""

    by: StepBy
    user: User | None = None
    reason: str = ""


BY_LINK = Hand(StepBy.LINK)
BY_DONOR = Hand(StepBy.DONOR)

_COLUMNS = (
    "state",
    "next_on",
    "retry_on",
    "tries",
    "paused_until",
    "amount",
    "day",
    "method",
    "payment_method",
    "mandate",
    "mandate_reference",
    "method_label",
    "method_ends_on",
)
_DAYS = ("next_on", "retry_on", "paused_until", "method_ends_on")


def pause_monthly(*, monthly_id: UUID, until: date | None, hand: Hand, now: datetime) -> MonthlyStep | None:
    """Take nothing until a day, or until its donor resumes; None where it is paused so already.

    Facts: monthly_donation.paused.  Raises: Conflict (`monthly_stopped`), Invalid (`until`).
    """
    with transaction.atomic():
        monthly = _running(monthly_id)
        today = day_of_payment(monthly.fund, now)
        if until is not None and not today < until <= today + schedule.LONGEST_PAUSE:
            raise Invalid(fields={"until": [_("Choose a day within a year, from tomorrow on.")]})
        if monthly.state == MonthlyState.PAUSED and monthly.paused_until == until:
            return None
        before = as_it_stands(monthly)
        monthly.state, monthly.paused_until = MonthlyState.PAUSED, until
        monthly.next_on = monthly.retry_on = None
        monthly.tries = 0
        _keep(monthly)
        goes_on = schedule.goes_on(monthly.day, today=until, last=last_paid_on(monthly)) if until is not None else None
        journal.record("monthly_donation.paused", subject=monthly, at=now)
        return changed(monthly, MonthlyStepKind.PAUSED, before=before, hand=hand, goes_on_on=goes_on, now=now)


def resume_monthly(*, monthly_id: UUID, hand: Hand, now: datetime) -> MonthlyStep | None:
    """Let a paused one go on, at the earliest in a few days, so that whoever did not mean it can undo it; None where it goes on already.

    What the law still allows is said to whoever typed the code. By a link alone it goes on: what does not fit is not taken on its day,
    and its donor is told by mail.
    Facts: monthly_donation.resumed.  Raises: Conflict (`monthly_stopped`), Invalid (`over_the_cap`, never by a link alone).
    """
    with transaction.atomic():
        seen = _seen(monthly_id)
        next_on = _goes_on(seen, now=now)
        if seen.state == MonthlyState.PAUSED and hand.by is not StepBy.LINK:
            reserve_monthly(seen, amount=seen.amount, next_on=next_on, now=now)
        monthly = _running(monthly_id)
        if monthly.state != MonthlyState.PAUSED:
            return None
        before = as_it_stands(monthly)
        monthly.state, monthly.paused_until, monthly.next_on = MonthlyState.ACTIVE, None, next_on
        _keep(monthly)
        journal.record("monthly_donation.resumed", subject=monthly, at=now)
        return changed(monthly, MonthlyStepKind.RESUMED, before=before, hand=hand, goes_on_on=next_on, now=now)


def stop_monthly(*, monthly_id: UUID, hand: Hand, now: datetime) -> MonthlyStep | None:
    """Stop it; an instalment of which the bank was not asked yet is not taken. None where it has stopped already.

    Facts: monthly_donation.stopped.
    """
    with transaction.atomic():
        monthly = locked(monthly_id)
        if monthly.state == MonthlyState.STOPPED:
            return None
        before = as_it_stands(monthly)
        give_up(monthly, now=now)
        return changed(monthly, MonthlyStepKind.STOPPED, before=before, hand=hand, now=now)


def change_amount(*, monthly_id: UUID, amount: int, hand: Hand, now: datetime) -> MonthlyStep | None:
    """Give another amount from the next instalment on, shared as before; None where it is the amount already.

    Whoever asks has seen to it that a raised amount is authenticated again.
    Facts: monthly_donation.changed.  Raises: Conflict (`monthly_stopped`), Invalid (`amount`, `over_the_cap`).
    """
    with transaction.atomic():
        seen = _seen(monthly_id)
        check_amount(seen, amount)
        if amount > seen.amount:
            reserve_monthly(seen, amount=amount, next_on=seen.next_on or _goes_on(seen, now=now), now=now)
        monthly = _running(monthly_id)
        if monthly.amount == amount:
            return None
        before = as_it_stands(monthly)
        _share(monthly, amount)
        monthly.amount = amount
        _announce_anew(monthly, now=now)
        _keep(monthly)
        journal.record("monthly_donation.changed", subject=monthly, at=now, amount=amount, currency=monthly.currency)
        return changed(monthly, MonthlyStepKind.AMOUNT_CHANGED, before=before, hand=hand, goes_on_on=monthly.next_on, now=now)


def change_day(*, monthly_id: UUID, day: int, hand: Hand, now: datetime) -> MonthlyStep | None:
    """Take it on another day of the month; None where it is that day already.

    Facts: monthly_donation.changed.  Raises: Conflict (`monthly_stopped`), Invalid (`day`).
    """
    if not schedule.FIRST_DAY <= day <= schedule.LAST_DAY:
        raise Invalid(fields={"day": [_("Choose a day from 1 to 28: every month has it.")]})
    with transaction.atomic():
        monthly = _running(monthly_id)
        if monthly.day == day:
            return None
        before = as_it_stands(monthly)
        monthly.day = day
        if monthly.next_on is not None:
            monthly.next_on = _goes_on(monthly, now=now)
        _keep(monthly)
        journal.record("monthly_donation.changed", subject=monthly, at=now, day=day)
        return changed(monthly, MonthlyStepKind.DAY_CHANGED, before=before, hand=hand, goes_on_on=monthly.next_on, now=now)


def undo_change(*, step_id: UUID, now: datetime) -> MonthlyStep:
    """Let a monthly donation be as it was before a change; what fell due meanwhile is not made up for. Undone again, nothing changes.

    Another amount, day or card is changed back as it was changed: after the code, and not by whoever holds a mail. Nor is anything said
    here of what the law still allows: what does not fit is not taken on its day.
    Facts: monthly_donation.changed.  Raises: Forbidden (`code_needed`), Conflict (`too_late_to_undo`, `changed_since`).
    """
    with transaction.atomic():
        step = MonthlyStep.objects.get(pk=step_id)
        if step.kind not in UNDONE_BY_LINK:
            raise Forbidden(_("Your code has ended. Ask for another one."), code="code_needed")
        if step.undone_at is not None:
            return step
        monthly = locked(step.monthly_id)
        step = MonthlyStep.objects.select_for_update().get(pk=step_id)
        if step.undone_at is not None:
            return step
        if step.undo_until is None or step.undo_until < now:
            raise Conflict(_("This can be undone no more."), code="too_late_to_undo")
        before = _read(step.before)
        is_given_once = before["state"] == MonthlyState.STARTING and monthly.donations.filter(state__in=PAYS).exists()
        if is_given_once or monthly.steps.filter(at__gt=step.at, undo_until__isnull=False, undone_at__isnull=True).exists():
            raise Conflict(_("It was changed again since. Nothing was undone."), code="changed_since")
        _restore(monthly, before, now=now)
        step.undone_at = now
        step.save(update_fields=["undone_at"])
        journal.record("monthly_donation.changed", subject=monthly, at=now)
        told = MonthlyStep.objects.create(
            monthly=monthly, kind=_told_as(monthly), by=StepBy.LINK, reason=UNDONE, goes_on_on=monthly.next_on, at=now
        )
        monthly_letters.tell(told, now=now)
    return step


def changed(
    monthly: MonthlyDonation,
    kind: MonthlyStepKind,
    *,
    before: dict[str, Any],
    hand: Hand,
    now: datetime,
    goes_on_on: date | None = None,
    told_later: bool = False,
) -> MonthlyStep:
    """Write down a change of a locked monthly donation, and tell its donor, with a way to undo it."""
    step = MonthlyStep.objects.create(
        monthly=monthly,
        kind=kind,
        by=hand.by,
        user=hand.user,
        reason=hand.reason,
        before=before,
        goes_on_on=goes_on_on,
        undo_until=now + schedule.UNDONE_WITHIN,
        at=now,
    )
    if not told_later:
        monthly_letters.tell(step, now=now)
    return step


def as_it_stands(monthly: MonthlyDonation) -> dict[str, Any]:
    """Return the columns of a monthly donation that a change may touch, as JSON has them."""
    columns = {name: getattr(monthly, name) for name in _COLUMNS}
    days = {name: columns[name].isoformat() if columns[name] else None for name in _DAYS}
    return columns | days | {"shares": [[str(fund), cents] for fund, cents in monthly.shares.values_list("fund", "amount")]}


def check_amount(monthly: MonthlyDonation, amount: int) -> None:
    """Raises: Invalid (`amount`) for one that the fund or the law does not take."""
    most = min([MOST, *(cap.amount for cap in rules_of(monthly.fund, monthly.created_at).caps if monthly.nature in cap.counts)])
    if not monthly.fund.least <= amount <= most:
        limits = {"least": amount_said(monthly.fund.least, monthly.currency), "most": amount_said(most, monthly.currency)}
        raise Invalid(fields={"amount": [_("Give an amount from %(least)s to %(most)s.") % limits]})


def _read(before: dict[str, Any]) -> dict[str, Any]:
    return before | {name: date.fromisoformat(before[name]) if before[name] else None for name in _DAYS}


def _restore(monthly: MonthlyDonation, before: dict[str, Any], *, now: datetime) -> None:
    """Bring the columns back; a day that is past gives way to the next one."""
    for name in _COLUMNS:
        setattr(monthly, name, before[name])
    monthly.stopped_at = None
    if monthly.state == MonthlyState.FAILING and monthly.retry_on is None and monthly.next_on is not None:
        monthly.state = MonthlyState.ACTIVE  # its instalment was being tried again, and was given up since
    today = day_of_payment(monthly.fund, now)
    if monthly.next_on is not None and monthly.next_on < today + schedule.LEAD:
        monthly.next_on = _goes_on(monthly, now=now)
    monthly.save(update_fields=[*_COLUMNS, "stopped_at"])
    monthly.shares.all().delete()
    MonthlyShare.objects.bulk_create(MonthlyShare(monthly=monthly, fund_id=UUID(fund), amount=cents) for fund, cents in before["shares"])


def _told_as(monthly: MonthlyDonation) -> MonthlyStepKind:
    """Which letter tells what an undone change leaves."""
    return MonthlyStepKind.PAUSED if monthly.state == MonthlyState.PAUSED else MonthlyStepKind.RESUMED


def _seen(monthly_id: UUID) -> MonthlyDonation:
    return MonthlyDonation.objects.select_related("fund", "donor").get(pk=monthly_id)


def _running(monthly_id: UUID) -> MonthlyDonation:
    monthly = locked(monthly_id)
    if monthly.state in (MonthlyState.STOPPED, MonthlyState.STARTING):
        raise Conflict(_("This monthly donation has stopped. Begin a new one."), code="monthly_stopped")
    return monthly


def _goes_on(monthly: MonthlyDonation, *, now: datetime) -> date:
    return schedule.goes_on(monthly.day, today=day_of_payment(monthly.fund, now), last=last_paid_on(monthly))


def _keep(monthly: MonthlyDonation) -> None:
    monthly.save(update_fields=["state", "next_on", "retry_on", "tries", "paused_until", "amount", "day"])


def _share(monthly: MonthlyDonation, amount: int) -> None:
    """Part another amount as the one before was parted."""
    parts = dict(monthly.shares.values_list("fund", "amount"))
    given = Given(id=monthly.pk, fund_id=monthly.fund_id, nature=Nature(monthly.nature), amount=monthly.amount, shares=parts)
    monthly.shares.all().delete()
    MonthlyShare.objects.bulk_create(
        MonthlyShare(monthly=monthly, fund_id=fund, amount=cents) for fund, cents in split(amount, given) if fund in parts
    )


def _announce_anew(monthly: MonthlyDonation, *, now: datetime) -> None:
    """A debit that was announced with the former amount waits as long as another announcement takes: the letter of the change."""
    announced = monthly.steps.filter(kind=MonthlyStepKind.ANNOUNCED, due_on=monthly.next_on)
    if monthly.method != Method.SEPA_DEBIT or monthly.next_on is None or not announced.exists():
        return
    notice = timedelta(days=rules_of(monthly.fund, now).term(TermCode.DEBIT_TOLD_BEFORE).number)
    monthly.next_on = max(monthly.next_on, day_of_payment(monthly.fund, now) + notice)
