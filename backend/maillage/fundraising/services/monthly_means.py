"""The way to pay of a monthly donation: read at the provider, proved again when more is asked of it, or replaced by another.

What a bank agrees to is written down at the provider with what it was asked for, and read there when its owner comes back: so
nothing of it is lost between, and nobody finishes what somebody else began.
"""

from contextlib import nullcontext
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.fundraising.domain import schedule
from maillage.fundraising.domain.card_testing import NOWHERE, Origin
from maillage.fundraising.domain.declines import why_refused
from maillage.fundraising.domain.payments import Proof, held_for
from maillage.fundraising.domain.rule_parts import TermCode
from maillage.fundraising.domain.words import Method, MonthlyState, MonthlyStepKind
from maillage.fundraising.gateways import stripe
from maillage.fundraising.models import Donation, MonthlyDonation, MonthlyStep
from maillage.fundraising.selectors.funds import day_of_payment, rules_of
from maillage.fundraising.services import card_testing, monthly_letters
from maillage.fundraising.services.allowance import reserve_monthly
from maillage.fundraising.services.monthly import COMPLETE, last_paid_on, locked
from maillage.fundraising.services.monthly_changes import Hand, as_it_stands, change_amount, changed, check_amount
from maillage.fundraising.services.payments import home_of, keys_for
from maillage.fundraising.services.proofs import counting_refusals
from maillage.kernel.errors import Conflict, Invalid, Unavailable

RAISE, REPLACE = "raise", "replace"
TRY = "try"
"""Written down with a proof: which of our tries it is."""


def complete_monthly(*, step_id: UUID, now: datetime) -> None:
    """Read at the provider how a donor knows their way to pay, keep it, and tell them what happened; safe to repeat.

    Raises: gateways.stripe.ProviderAway, gateways.stripe.Refused, Unavailable.
    """
    step = MonthlyStep.objects.select_related("monthly__fund__stripe_account").get(pk=step_id)
    keys = keys_for(step.monthly.fund)
    read_from = step.monthly.payment_method
    means = stripe.saved_means(keys, read_from) if read_from else None
    reference = stripe.mandate_reference(keys, step.monthly.mandate) if step.monthly.mandate else ""
    with transaction.atomic():
        monthly = locked(step.monthly_id)
        if means is not None and monthly.payment_method == read_from:
            monthly.method, monthly.method_label, monthly.method_ends_on = means.method, means.label, means.ends_on
            monthly.mandate_reference = reference
            monthly.save(update_fields=["method", "method_label", "method_ends_on", "mandate_reference"])
        monthly_letters.tell(step, now=now)
        journal.jobs.settle()


def ask_for_amount(*, monthly_id: UUID, amount: int, return_url: str, hand: Hand, now: datetime) -> Proof | None:
    """Change the amount; where a card gives more than before, its owner's bank is asked first, and what it answers is returned.

    Facts: monthly_donation.changed.
    Raises: Conflict (`monthly_stopped`), Invalid (`amount`, `over_the_cap`, `refused`), Unavailable (`provider_away`).
    """
    monthly = _read(monthly_id)
    check_amount(monthly, amount)
    if monthly.method != Method.CARD or amount <= monthly.amount:
        change_amount(monthly_id=monthly_id, amount=amount, hand=hand, now=now)
        return None
    with transaction.atomic():  # refused before a bank is asked; kept once it has agreed
        reserve_monthly(monthly, amount=amount, next_on=monthly.next_on or day_of_payment(monthly.fund, now), now=now)
    about = {"monthly": str(monthly_id), "for": RAISE, "amount": str(amount)}
    return _asked(monthly, about=about, means=monthly.payment_method, return_url=return_url, hand=hand, now=now)


def ask_for_means(*, monthly_id: UUID, token: str, return_url: str, hand: Hand, now: datetime, origin: Origin = NOWHERE) -> Proof | None:
    """Let another card or account pay from now on, once its owner's bank agrees; nothing is charged for it.

    Each card is a try of the donation with which it began, under the limits of `card_testing`: nobody finds out here which are good.
    Facts: monthly_donation.changed.
    Raises: Conflict (`monthly_stopped`), Invalid (`token`: refused, or a card that the treasurer would have to look at), Unavailable,
    TooManyTries.
    """
    monthly = _read(monthly_id)
    began_with = _began_with(monthly)
    card_testing.let_try(began_with, token=token, origin=origin, now=now)
    try:
        means = stripe.means_of(keys_for(monthly.fund), token)
    except stripe.Refused as refused:
        raise _declined(refused.code) from None
    except stripe.ProviderAway:
        raise _away() from None
    if held_for(means, home=home_of(monthly.fund, now=now)):
        said = _("A card of a company, a prepaid or a foreign one is looked at by the treasurer first: give once with it, then monthly.")
        raise Invalid(said, code="refused", fields={"token": [said]})
    card_testing.let_card_in(began_with, means, token=token, now=now)
    card_testing.begin_proof(began_with, means, token=token, origin=origin, now=now)
    about = {"monthly": str(monthly_id), "for": REPLACE, TRY: token}
    return _asked(monthly, about=about, token=token, return_url=return_url, hand=hand, now=now)


def finish_proof(*, monthly_id: UUID, proof_id: str, hand: Hand, now: datetime) -> bool:
    """Do what a bank was asked for, once it has agreed; False while it has not. Done twice, it is done once.

    Facts: monthly_donation.changed.  Raises: Conflict (`monthly_stopped`), Invalid (`refused`, `over_the_cap`, `asked_too_often`),
    Unavailable.
    """
    monthly = _read(monthly_id)
    try:
        proof = stripe.proof_of(keys_for(monthly.fund), proof_id)
    except stripe.Refused as refused:
        raise _declined(refused.code) from None
    except stripe.ProviderAway:
        raise _away() from None
    with counting_refusals(monthly.donor.email, now=now) if proof.about.get("for") == RAISE else nullcontext():
        return _done(monthly, proof, hand=hand, now=now)


def _asked(
    monthly: MonthlyDonation, *, about: dict[str, str], return_url: str, hand: Hand, now: datetime, means: str = "", token: str = ""
) -> Proof | None:
    key = token or str(uuid4())
    try:
        proof = stripe.prove_means(
            keys_for(monthly.fund), customer=monthly.customer, return_url=return_url, about=about, key=key, means=means, token=token
        )
    except stripe.Refused as refused:
        if token and isinstance(refused, stripe.Declined):
            card_testing.note_decline(_began_with(monthly), token=token, code=refused.code, now=now)
        raise _declined(refused.code) from None
    except stripe.ProviderAway:
        raise _away() from None
    return None if _done(monthly, proof, hand=hand, now=now) else proof


def _done(monthly: MonthlyDonation, proof: Proof, *, hand: Hand, now: datetime) -> bool:
    if proof.about.get("monthly") != str(monthly.pk):
        raise _declined("")
    if proof.decline:
        if tried := proof.about.get(TRY):
            card_testing.note_decline(_began_with(monthly), token=tried, code=proof.decline, now=now)
        raise _declined(proof.decline)
    if not proof.is_done:
        return False
    if proof.about["for"] == RAISE:
        change_amount(monthly_id=monthly.pk, amount=int(proof.about["amount"]), hand=hand, now=now)
    else:
        _replace(monthly.pk, proof, hand=hand, now=now)
    return True


def _began_with(monthly: MonthlyDonation) -> Donation:
    return monthly.donations.select_related("donor").earliest("started_at", "pk")


def _replace(monthly_id: UUID, proof: Proof, *, hand: Hand, now: datetime) -> None:
    """Pay by another way from now on: what was refused is tried again, a card today, and what waited for it goes on.

    What was asked of a card is never taken from an account, nor the other way round: an account is debited only once that was told.
    Then it goes on with the next instalment.
    """
    with transaction.atomic():
        monthly = locked(monthly_id)
        if monthly.payment_method == proof.means:
            return
        if monthly.state in (MonthlyState.STOPPED, MonthlyState.STARTING):
            raise _stopped()
        before = as_it_stands(monthly)
        today = day_of_payment(monthly.fund, now)
        method = Method.SEPA_DEBIT if proof.mandate else Method.CARD
        is_of_a_kind = monthly.method == method
        monthly.payment_method, monthly.mandate, monthly.mandate_reference = proof.means, proof.mandate, ""
        monthly.method, monthly.method_label, monthly.method_ends_on = method, "", None
        if monthly.state == MonthlyState.FAILING and monthly.retry_on is not None and is_of_a_kind:
            told_before = rules_of(monthly.fund, now).term(TermCode.DEBIT_TOLD_BEFORE).number if proof.mandate else 0
            monthly.retry_on = today + timedelta(days=told_before)
        elif monthly.state == MonthlyState.FAILING:
            monthly.state, monthly.tries, monthly.retry_on = MonthlyState.ACTIVE, 0, None
            monthly.next_on = schedule.goes_on(monthly.day, today=today, last=last_paid_on(monthly))
        monthly.save()
        journal.record("monthly_donation.changed", subject=monthly, at=now)
        goes_on = monthly.retry_on or monthly.next_on
        kind = MonthlyStepKind.MEANS_CHANGED
        step = changed(monthly, kind, before=before, hand=hand, goes_on_on=goes_on, told_later=True, now=now)
        journal.jobs.enqueue(COMPLETE, step_id=step.pk)


def _read(monthly_id: UUID) -> MonthlyDonation:
    monthly = MonthlyDonation.objects.select_related("fund__stripe_account", "donor").get(pk=monthly_id)
    if monthly.state in (MonthlyState.STOPPED, MonthlyState.STARTING):
        raise _stopped()
    return monthly


def _stopped() -> Conflict:
    return Conflict(_("This monthly donation has stopped. Begin a new one."), code="monthly_stopped")


def _declined(code: str) -> Invalid:
    said = why_refused(code)
    return Invalid(said, code="refused", fields={"token": [said]})


def _away() -> Unavailable:
    return Unavailable(_("The payment service does not answer. Nothing was changed: try again in a few minutes."), code="provider_away")
