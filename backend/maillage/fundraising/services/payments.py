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
from django.utils.translation import gettext_lazy

from maillage import journal
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.card_testing import NOWHERE, Origin
from maillage.fundraising.domain.declines import MEANS_NOT_TAKEN, decline_said
from maillage.fundraising.domain.payments import Charge, Means, Outcome, Payment, held_for
from maillage.fundraising.domain.words import Account, DifferenceKind, DonationState, EntryKind, HeldFor, HeldOutcome, Nature
from maillage.fundraising.gateways import stripe
from maillage.fundraising.gateways.accounts import Keys, keys_of
from maillage.fundraising.models import Donation, Fund, HeldCard, LedgerLine, PaymentAttempt
from maillage.fundraising.selectors.funds import day_of_payment, is_collecting, rules_of
from maillage.fundraising.services import card_testing, ledger, monthly
from maillage.fundraising.services.allowance import reserve_again
from maillage.fundraising.services.differences import Found, open_difference
from maillage.fundraising.services.donors import identify_donor
from maillage.fundraising.services.giving_letters import DEBIT_REFUSED, thank
from maillage.fundraising.services.letter_parts import to_donor
from maillage.fundraising.services.telling import tell_treasurers
from maillage.kernel.errors import Conflict, Invalid, Unavailable
from maillage.people.selectors.organisation import organisation

AWAY = gettext_lazy("The payment service does not answer. Do not pay again: we look whether your donation came through, and tell you.")
LOOK_AGAIN = "fundraising.look_again"
TELL_OF_DEBIT = "fundraising.tell_of_debit"
FOLLOW_GIVEN_BACK = "fundraising.follow_given_back"
GIVEN_UP_AFTER = timedelta(days=6)
"""How long a card waits for the treasurer: the bank's grant ends after seven days."""
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
    """The provider has another amount than we asked for. Nothing is settled; the treasurer reads it as a difference."""


def pay_donation(
    *, donation_id: UUID, token: str, return_url: str, now: datetime, origin: Origin = NOWHERE
) -> tuple[Donation, Payment | None]:
    """Try to pay a donation with what the donor's browser collected; asked again with the same token, nothing is tried twice.

    Returns the donation as it stands then, and the payment where something was asked at the provider (`secret` lets the browser
    go on with the bank). A decline is a state (`failed`, with its code), not an error.
    Facts: donation.received.  Raises: Conflict (`donation_ended`, `not_collecting`), Unavailable (`provider_away`: what came is found;
    `new_cards_closed`), Invalid (`token_refused`, `means_not_taken`, `over_the_cap`), TooManyTries.
    """
    donation = Donation.objects.select_related("fund__stripe_account", "monthly", "donor").get(pk=donation_id)
    if donation.state in (DonationState.SETTLED, DonationState.PROCESSING, DonationState.HELD):
        return donation, None
    if donation.state == DonationState.ENDED:
        raise _ended()
    refuse_uncollected(donation.fund, now=now)
    keys = keys_for(donation.fund)
    card_testing.let_try(donation, token=token, origin=origin, now=now)
    try:
        means = stripe.means_of(keys, token)
        card_testing.let_card_in(donation, means, token=token, now=now)
        reason = held_for(means, home=home_of(donation.fund, now=now))
        seen = _begin_attempt(donation_id, token, means, reason=reason, origin=origin, now=now)
        intent = donation.intent or _begun_there(donation, keys)
        paid = stripe.confirm_payment(keys, intent=intent, token=token, holds=reason is not None, return_url=return_url)
    except stripe.ProviderAway:
        raise Unavailable(str(AWAY), code="provider_away") from None
    except stripe.Refused as refused:
        if refused.code == MEANS_NOT_TAKEN:
            raise Invalid(decline_said(refused.code), code=refused.code) from None
        raise Invalid(_("The payment service refused this. Nothing was taken."), code="token_refused", reason=refused.code) from None
    donation = follow_payment(donation_id, paid, keys=keys, seen=seen, now=now)
    if paid.decline:
        card_testing.note_decline(donation, token=token, code=paid.decline, now=now)
    else:
        PaymentAttempt.objects.filter(donation=donation, token=token).update(outcome=paid.outcome.value)
    return donation, paid


def home_of(fund: Fund, *, now: datetime) -> frozenset[str]:
    """Return the countries whose cards are not foreign: the organisation's, and those whose residents the rules name (France overseas)."""
    return rules_of(fund, now).giver.residences | {organisation().country}


def refuse_uncollected(fund: Fund, *, now: datetime) -> None:
    """Let nothing be paid outside the days on which a recipient takes money, however it was begun. Raises: Conflict (`not_collecting`)."""
    if not is_collecting(fund, day_of_payment(fund, now)):
        raise Conflict(_("Donations are not taken here today. Nothing was taken."), code="not_collecting")


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
        if payment.charge is not None:  # found paid before the job came to its donor; whose row is locked before any donation is
            identify_donor(donor_id=Donation.objects.values_list("donor", flat=True).get(pk=donation_id))
        monthly.lock_of(donation_id)
        donation = Donation.objects.select_related("fund").locked(donation_id)
        taken = payment.charge.amount if payment.charge is not None else payment.amount
        if (payment.amount, taken, payment.currency) != (donation.amount, donation.amount, donation.currency):
            raise AmountsDiffer(str(donation_id))
        if payment.charge is not None:
            _settle(donation, payment, payment.charge, now=now)
        elif donation.version != seen:
            return None
        else:
            _follow(donation, payment, now=now)
    return donation


def note_given_back(donation: Donation, *, now: datetime, by_bank: bool = False) -> None:
    """Let a locked donation say what went back of it, as its books say: by refunds, by banks, by corrections.

    Facts: donation.refunded, donation.returned (a bank took it back), donation.reinstated (it is ours again), with the cents.
    """
    given_back = Q(account__in=(Account.REFUNDS, Account.DISPUTES))
    taken_out = Q(entry__kind=EntryKind.CORRECTION, account__in=postings.INCOME.values())
    back = LedgerLine.objects.filter(given_back | taken_out, entry__donation=donation)
    cents = min(max(back.aggregate(cents=Coalesce(Sum("amount"), 0))["cents"], 0), donation.amount)
    more = cents - donation.refunded
    if not more:
        return
    donation.refunded = cents
    donation.version += 1
    donation.save(update_fields=["refunded", "version"])
    if more < 0:
        journal.record("donation.reinstated", subject=donation, at=now, amount=-more, currency=donation.currency)
    elif by_bank:
        journal.record("donation.returned", subject=donation, at=now, amount=more, currency=donation.currency)
    else:
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


def follow_payment(donation_id: UUID, payment: Payment, *, keys: Keys, seen: int, now: datetime) -> Donation:
    """Apply a payment as it was read at the provider, reading it again where the donation changed meanwhile.

    Where the amounts differ nothing is settled, and a difference is opened for the treasurer. Facts: as `apply_payment`.
    """
    while True:
        try:
            donation = apply_payment(donation_id=donation_id, payment=payment, seen=seen, now=now)
        except AmountsDiffer:
            return _differs(donation_id, payment, now=now)
        if donation is not None:
            return donation
        seen = Donation.objects.values_list("version", flat=True).get(pk=donation_id)
        payment = stripe.payment(keys, payment.id)


def amounts_differ(donation: Donation, payment: Payment) -> Found:
    """Say that the provider took, or means to take, another amount than we asked for."""
    theirs = payment.charge.amount if payment.charge is not None else payment.amount
    return Found(DifferenceKind.AMOUNTS, payment.id, ours=donation.amount, theirs=theirs, donation_id=donation.pk)


def _differs(donation_id: UUID, payment: Payment, *, now: datetime) -> Donation:
    with transaction.atomic():
        donation = Donation.objects.locked(donation_id)
        open_difference(fund_id=donation.fund_id, found=amounts_differ(donation, payment), now=now)
    return donation


def _begin_attempt(donation_id: UUID, token: str, means: Means, *, reason: HeldFor | None, origin: Origin, now: datetime) -> int:
    """Keep that something is about to be tried, and look later what came of it, whatever becomes of us; return the version then.

    One that failed gave its part of a cap back: it takes it again first. Raises: Invalid (`over_the_cap`), Conflict (`donation_ended`).
    """
    begun = None
    while begun is None:
        begun = _begun(donation_id, token, means, reason=reason, origin=origin, now=now)
    return begun


def _begun(donation_id: UUID, token: str, means: Means, *, reason: HeldFor | None, origin: Origin, now: datetime) -> int | None:
    """Begin a try; None where the donation failed in this very moment, so that its part of a cap is not reserved yet."""
    with transaction.atomic():
        failed = Donation.objects.select_related("fund", "donor", "monthly").filter(pk=donation_id, state=DonationState.FAILED).first()
        if failed is not None:
            reserve_again(failed, now=now)
        donation = Donation.objects.select_related("fund").locked(donation_id)
        if donation.state == DonationState.ENDED:
            raise _ended()
        if donation.state == DonationState.FAILED:
            if failed is None:
                return None
            donation.state, donation.failure, donation.counted_on = DonationState.STARTED, "", day_of_payment(donation.fund, now)
        donation.method, donation.held_for = means.method, reason or ""
        donation.version += 1
        donation.save(update_fields=["method", "held_for", "state", "failure", "counted_on", "version"])
        PaymentAttempt.objects.update_or_create(
            donation=donation,
            token=token,
            defaults={"fingerprint": means.fingerprint, "held_for": reason or "", "outcome": ""},
            create_defaults={
                "fingerprint": means.fingerprint,
                "held_for": reason or "",
                "network": origin.network,
                "device": origin.device,
                "at": now,
            },
        )
        journal.jobs.enqueue(
            LOOK_AGAIN, donation_id=donation_id, run_at=now + LOOKED_AT_AGAIN_AFTER, unique_key=f"{donation_id}:{donation.version}"
        )
    return donation.version


def _begun_there(donation: Donation, keys: Keys) -> str:
    """Make a donation's payment intent, and keep its name: the provider forgets after a day that it was asked for one."""
    started = stripe.start_payment(
        keys,
        donation=str(donation.pk),
        amount=donation.amount,
        currency=donation.currency,
        methods=rules_of(donation.fund, donation.started_at).through_provider(),
        customer=_customer_of(donation, keys),
    )
    Donation.objects.filter(pk=donation.pk, intent__isnull=True).update(intent=started.id)
    return started.id


def _ended() -> Conflict:
    return Conflict(_("This donation was given up. Nothing was taken. Begin a new one."), code="donation_ended")


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
        donation.state, donation.failure, donation.charge = DonationState.SETTLED, "", charge.id
        donation.intent, donation.method = payment.id, payment.method or donation.method
        donation.settled_at, donation.counted_on = charge.happened_at, day_of_payment(donation.fund, charge.happened_at)
        donation.version += 1
        donation.save(update_fields=["state", "failure", "charge", "intent", "method", "settled_at", "counted_on", "version"])
    fee = postings.of_fee(donation.fund_id, charge.fee, donation.pk) if charge.fee else None
    ledger.post([postings.of_charge(given, charge), fee], now=now)
    if new:
        HeldCard.objects.filter(donation=donation, outcome=HeldOutcome.WAITING).update(outcome=HeldOutcome.TAKEN, decided_at=now)
        journal.record("donation.received", subject=donation, at=now, amount=donation.amount, currency=donation.currency)
        thank(donation, now=now)
        _hold_against_tries(donation, payment, now=now)
        monthly.follow(donation, payment, now=now)
    if charge.refunded or charge.is_disputed:
        journal.jobs.enqueue(
            FOLLOW_GIVEN_BACK,
            donation_id=donation.pk,
            unique_key=f"{charge.id}:{charge.refunded}:{charge.is_disputed}:{donation.refunded}",
        )


def _hold_against_tries(donation: Donation, payment: Payment, *, now: datetime) -> None:
    """Tell the treasurer of a card or account that nobody looked at: whoever is asked by their bank can pay by another one there."""
    seen = set(donation.attempts.exclude(fingerprint="").values_list("fingerprint", flat=True))
    if seen and payment.fingerprint and payment.fingerprint not in seen:
        found = Found(DifferenceKind.UNSEEN_MEANS, payment.id, theirs=payment.amount, donation_id=donation.pk)
        open_difference(fund_id=donation.fund_id, found=found, now=now)


def _follow(donation: Donation, payment: Payment, *, now: datetime) -> None:
    if payment.outcome is Outcome.PAID or (payment.outcome is Outcome.OPEN and not payment.decline):
        return  # paid, and its charge is not told yet: a later message tells it; or nothing was tried
    state, before = _FOLLOWS[payment.outcome]
    if donation.state not in before:
        return
    was_on_its_way = donation.state == DonationState.PROCESSING
    donation.state, donation.failure, donation.intent = state, payment.decline[:48], payment.id
    if state == DonationState.HELD:
        _hold(donation, now=now)
    if state == DonationState.ENDED:
        _let_go(donation, now=now)
    if state == DonationState.FAILED:
        card_testing.note_decline(donation, code=payment.decline, now=now)
    if state == DonationState.FAILED and was_on_its_way and donation.monthly is None:
        to_donor(DEBIT_REFUSED.name, donation.donor, about_id=donation.pk, now=now)
    if state == DonationState.PROCESSING and donation.monthly is None:
        journal.jobs.enqueue(TELL_OF_DEBIT, donation_id=donation.pk)
    donation.version += 1
    donation.save(update_fields=["state", "failure", "intent", "held_for", "version"])
    monthly.follow(donation, payment, now=now)


def _hold(donation: Donation, *, now: datetime) -> None:
    """Let the treasurer decide about a card whose bank said yes, and tell the donor that nothing was taken yet."""
    if not donation.held_for:  # another card was tried at the same instant: the one that waits is the one for which there is a reason
        reasons = donation.attempts.exclude(held_for="").order_by("-at").values_list("held_for", flat=True)
        donation.held_for = reasons.first() or HeldFor.FOREIGN
    _held, is_new = HeldCard.objects.get_or_create(
        donation=donation, defaults={"reason": donation.held_for, "held_at": now, "given_up_at": now + GIVEN_UP_AFTER}
    )
    if is_new:
        to_donor("fundraising.card_held", donation.donor, about_id=donation.pk, now=now)
        tell_treasurers("fundraising.cards_wait", donation.fund, once_on=day_of_payment(donation.fund, now), now=now)
        journal.record("donation.held", subject=donation, at=now, reason=donation.held_for)


def _let_go(donation: Donation, *, now: datetime) -> None:
    """Tell the donor of a card that waited that nothing is taken from it any more."""
    held = HeldCard.objects.select_for_update().filter(donation=donation).first()
    if held is None:
        return
    if held.outcome != HeldOutcome.REFUSED:  # its bank did not wait longer, or somebody let it go at the provider itself
        held.outcome, held.decided_at = HeldOutcome.LAPSED, now
        held.save(update_fields=["outcome", "decided_at"])
    to_donor("fundraising.card_refused", donation.donor, about_id=donation.pk, now=now)
