"""A donation paid: tried at the provider, and followed there until the money is ours, or is not.

Nothing is decided by what one message says: the payment is read at the provider as it stands, and applied. So it does not matter
which message came first, twice or never, or whether the answer to our own call was lost.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from maillage import journal
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.payments import Charge, Means, Outcome, Payment, held_for
from maillage.fundraising.domain.words import Account, DonationState, EntryKind, Nature
from maillage.fundraising.gateways import stripe
from maillage.fundraising.gateways.accounts import Keys, keys_of
from maillage.fundraising.models import Donation, Fund, LedgerLine, PaymentAttempt
from maillage.fundraising.selectors.funds import day_of_payment
from maillage.fundraising.services import ledger, monthly
from maillage.fundraising.services.allowance import reserve_again
from maillage.fundraising.services.donors import identify_donor
from maillage.kernel.errors import Conflict, Invalid, Unavailable
from maillage.people.selectors.organisation import organisation

LOOK_AGAIN = "fundraising.look_again"
LOOKED_AT_AGAIN_AFTER = timedelta(minutes=2)
"""How long after a try its donation is read once more at the provider, whatever was answered: an answer may be lost, and so may we."""

_FOLLOWS = {
    Outcome.CONFIRMING: (DonationState.CONFIRMING, {DonationState.STARTED, DonationState.FAILED}),
    Outcome.PROCESSING: (
        DonationState.PROCESSING,
        {DonationState.STARTED, DonationState.CONFIRMING, DonationState.FAILED, DonationState.HELD},
    ),
    Outcome.AUTHORISED: (DonationState.HELD, {DonationState.STARTED, DonationState.CONFIRMING, DonationState.FAILED}),
    Outcome.OPEN: (
        DonationState.FAILED,
        {DonationState.STARTED, DonationState.CONFIRMING, DonationState.PROCESSING, DonationState.HELD},
    ),
    Outcome.CANCELLED: (DonationState.ENDED, set(DonationState) - {DonationState.SETTLED, DonationState.ENDED}),
}
"""What an outcome makes of a donation, and from which states. Once settled it stays so: money that came is given back, not forgotten."""


class AmountsDiffer(Exception):
    """The provider has another amount than we asked for. Nothing is settled; the reconciliation names it."""


def pay_donation(*, donation_id: UUID, token: str, return_url: str, now: datetime) -> tuple[Donation, Payment | None]:
    """Try to pay a donation with what the donor's browser collected; asked again with the same token, nothing is tried twice.

    Returns the donation as it stands then, and the payment where something was asked at the provider (`secret` lets the browser
    go on with the bank). A decline is a state (`failed`, with its code), not an error.
    Facts: donation.received.  Raises: Conflict (`donation_ended`), Unavailable (`provider_away`: whatever came of it is found),
    Invalid (`token_refused`, `over_the_cap`).
    """
    donation = Donation.objects.select_related("fund__stripe_account", "monthly").get(pk=donation_id)
    if donation.state in (DonationState.SETTLED, DonationState.PROCESSING, DonationState.HELD):
        return donation, None
    if donation.state == DonationState.ENDED:
        raise Conflict(_("This donation was given up. Nothing was taken. Begin a new one."), code="donation_ended")
    keys = keys_for(donation.fund)
    try:
        means = stripe.means_of(keys, token)
        _begin_attempt(donation_id, token, means, home=organisation().country, now=now)
        donation.refresh_from_db()
        customer = _customer_of(donation, keys)
        started = stripe.start_payment(
            keys, donation=str(donation.pk), amount=donation.amount, currency=donation.currency, customer=customer
        )
        Donation.objects.filter(pk=donation_id, intent__isnull=True).update(intent=started.id)
        seen = donation.version
        paid = stripe.confirm_payment(keys, intent=started.id, token=token, holds=bool(donation.held_for), return_url=return_url)
    except stripe.ProviderAway:
        raise Unavailable(
            _("The payment service does not answer. Do not pay again: we look whether your donation came through, and tell you."),
            code="provider_away",
        ) from None
    except stripe.Refused as refused:
        raise Invalid(_("The payment service refused this. Nothing was taken."), code="token_refused", reason=refused.code) from None
    donation = follow_payment(donation_id, paid, keys=keys, seen=seen, now=now)
    PaymentAttempt.objects.filter(donation=donation, token=token).update(outcome=paid.decline or paid.outcome.value)
    return donation, paid


def look_again(*, donation_id: UUID, now: datetime) -> Donation:
    """Read a donation's payment at the provider as it stands, and apply it; safe to repeat.

    Facts: donation.received.  Raises: gateways.stripe.ProviderAway.
    """
    donation = Donation.objects.select_related("fund__stripe_account").get(pk=donation_id)
    if donation.intent is None:
        return donation
    keys = keys_for(donation.fund)
    return follow_payment(donation_id, stripe.payment(keys, donation.intent), keys=keys, seen=donation.version, now=now)


def apply_payment(*, donation_id: UUID, payment: Payment, seen: int, now: datetime) -> Donation | None:
    """Let a donation be what its payment came to, in one transaction; None where it changed since `seen`, so that one reads again.

    Money that was taken is settled whatever changed. Facts: donation.received.  Raises: AmountsDiffer.
    """
    with transaction.atomic():
        monthly.lock_of(donation_id)
        donation = Donation.objects.select_related("fund").locked(donation_id)
        if (payment.amount, payment.currency) != (donation.amount, donation.currency):
            raise AmountsDiffer(str(donation_id))
        if payment.charge is not None:
            _settle(donation, payment, payment.charge, now=now)
        elif donation.version != seen:
            return None
        else:
            _follow(donation, payment, now=now)
    return donation


def follow_payment(donation_id: UUID, payment: Payment, *, keys: Keys, seen: int, now: datetime) -> Donation:
    """Apply what a payment came to; where the donation changed since `seen`, read it again until it is applied.

    Facts: donation.received.  Raises: AmountsDiffer, gateways.stripe.ProviderAway.
    """
    while True:
        donation = apply_payment(donation_id=donation_id, payment=payment, seen=seen, now=now)
        if donation is not None:
            return donation
        seen = Donation.objects.values_list("version", flat=True).get(pk=donation_id)
        payment = stripe.payment(keys, payment.id)


def note_given_back(donation: Donation, *, now: datetime) -> None:
    """Let a locked donation say what went back of it, as its books say: by refunds, by banks, by corrections. Facts: donation.refunded."""
    given_back = Q(account__in=(Account.REFUNDS, Account.DISPUTES))
    taken_out = Q(entry__kind=EntryKind.CORRECTION, account__in=postings.INCOME.values())
    back = LedgerLine.objects.filter(given_back | taken_out, entry__donation=donation)
    cents = min(back.aggregate(cents=Coalesce(Sum("amount"), 0))["cents"], donation.amount)
    if cents != donation.refunded:
        more = cents - donation.refunded
        donation.refunded = cents
        donation.version += 1
        donation.save(update_fields=["refunded", "version"])
        journal.record("donation.refunded", subject=donation, at=now, amount=more, currency=donation.currency)


def keys_for(fund: Fund) -> Keys:
    """Return the keys of a recipient's account. Raises: Unavailable (`no_account`)."""
    keys = keys_of(fund.stripe_account.code) if fund.stripe_account else None
    if keys is None:
        raise Unavailable(_("Nobody can pay on-line here at the moment."), code="no_account")
    return keys


def as_given(donation: Donation) -> postings.Given:
    """Return a donation as the books see it."""
    return postings.Given(
        id=donation.pk,
        fund_id=donation.fund_id,
        nature=Nature(donation.nature),
        amount=donation.amount,
        shares=dict(donation.shares.values_list("fund", "amount")),
    )


def _begin_attempt(donation_id: UUID, token: str, means: Means, *, home: str, now: datetime) -> None:
    """Keep that something is about to be tried, and look later what came of it, whatever becomes of us.

    One that failed gave its part of a cap back: it takes it again first. Raises: Invalid (`over_the_cap`).
    """
    with transaction.atomic():
        failed = Donation.objects.select_related("fund", "donor", "monthly").filter(pk=donation_id, state=DonationState.FAILED).first()
        if failed is not None:
            reserve_again(failed, now=now)
        donation = Donation.objects.select_related("fund").locked(donation_id)
        reason = held_for(means, home=home)
        donation.method, donation.held_for = means.method, reason or ""
        if donation.state == DonationState.FAILED:
            donation.state, donation.failure, donation.counted_on = DonationState.STARTED, "", day_of_payment(donation.fund, now)
        donation.version += 1
        donation.save(update_fields=["method", "held_for", "state", "failure", "counted_on", "version"])
        PaymentAttempt.objects.get_or_create(donation=donation, token=token, defaults={"fingerprint": means.fingerprint, "at": now})
        journal.jobs.enqueue(
            LOOK_AGAIN, donation_id=donation_id, run_at=now + LOOKED_AT_AGAIN_AFTER, unique_key=f"{donation_id}:{donation.version}"
        )


def _customer_of(donation: Donation, keys: Keys) -> str:
    """The customer at the provider from whom later instalments are taken; none of a donation given once."""
    if donation.monthly is None:
        return ""
    if not donation.monthly.customer:
        donation.monthly.customer = stripe.make_customer(keys, donor=str(donation.donor_id))
        donation.monthly.save(update_fields=["customer"])
    return donation.monthly.customer


def _settle(donation: Donation, payment: Payment, charge: Charge, *, now: datetime) -> None:
    given = as_given(donation)
    new = donation.state != DonationState.SETTLED
    if new:
        identify_donor(donor_id=donation.donor_id)  # who was found paid before the job came to them
        donation.state, donation.failure, donation.charge = DonationState.SETTLED, "", charge.id
        donation.intent, donation.method = payment.id, payment.method or donation.method
        donation.settled_at, donation.counted_on = charge.happened_at, day_of_payment(donation.fund, charge.happened_at)
        donation.version += 1
        donation.save(update_fields=["state", "failure", "charge", "intent", "method", "settled_at", "counted_on", "version"])
    fee = postings.of_fee(donation.fund_id, charge.fee, donation.pk) if charge.fee else None
    ledger.post([postings.of_charge(given, charge), fee], now=now)
    if new:
        journal.record("donation.received", subject=donation, at=now, amount=donation.amount, currency=donation.currency)
        monthly.follow(donation, payment, now=now)


def _follow(donation: Donation, payment: Payment, *, now: datetime) -> None:
    if payment.outcome is Outcome.PAID or (payment.outcome is Outcome.OPEN and not payment.decline):
        return  # paid, and its charge is not told yet: a later message tells it; or nothing was tried
    state, before = _FOLLOWS[payment.outcome]
    if donation.state not in before:
        return
    donation.state, donation.failure, donation.intent = state, payment.decline[:48], payment.id
    donation.version += 1
    donation.save(update_fields=["state", "failure", "intent", "version"])
    monthly.follow(donation, payment, now=now)
