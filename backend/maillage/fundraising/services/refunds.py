"""Money given back: asked for in a row, given back at the provider once for that row, and written into the books as it stands there."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.payments import Refund
from maillage.fundraising.domain.rule_parts import RefundedBy
from maillage.fundraising.domain.words import Account, DonationState, RefundState
from maillage.fundraising.gateways import stripe
from maillage.fundraising.gateways.accounts import Keys
from maillage.fundraising.models import Donation, LedgerLine, RefundAuthorisation, RefundRequest
from maillage.fundraising.selectors.funds import day_of_payment, rules_of
from maillage.fundraising.services import ledger, payments
from maillage.fundraising.services.batches import noon_of
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.ids import read_uuid
from maillage.kernel.sealing import keyed_hash

SEND = "fundraising.send_refund"
_FAILED = ("failed", "canceled")


def authorise_refund(
    *, donation_id: UUID, amount: int, authorised_by: str, authorised_on: date, reference: str, by: User, now: datetime
) -> RefundAuthorisation:
    """Record that the agent agreed that up to so many cents of a donation go back; before they do, or after somebody else gave them.

    Facts: refund.authorised.  Raises: Invalid (what is missing, by field).
    """
    fields: dict[str, list[str]] = {}
    for name, said in (("authorised_by", authorised_by), ("reference", reference)):
        if not said.strip():
            fields[name] = [_("Please fill this in.")]
    with transaction.atomic():
        donation = Donation.objects.select_related("fund").locked(donation_id)
        if not 0 < amount <= donation.amount:
            fields["amount"] = [_("Give an amount up to %(most)s.") % {"most": amount_said(donation.amount, donation.currency)}]
        if authorised_on > day_of_payment(donation.fund, now):
            fields["authorised_on"] = [_("This day has not come yet.")]
        if fields:
            raise Invalid(_("Something is missing or wrong. What you typed is kept."), fields=fields)
        authorisation = RefundAuthorisation.objects.create(
            donation=donation,
            amount=amount,
            authorised_by=authorised_by.strip(),
            authorised_on=authorised_on,
            reference=reference.strip(),
            recorded_by=by,
            recorded_at=now,
        )
        journal.record("refund.authorised", subject=authorisation, at=now, actor_id=by.pk, donation_id=donation.pk, amount=amount)
    return authorisation


def give_back(
    *, donation_id: UUID, amount: int, reason: str, by: User, now: datetime, key: str = "", given_on: date | None = None
) -> RefundRequest:
    """Give cents of a donation back; where the rules ask for the agent's authorisation, only within what is recorded of it.

    The same `key` for the same donation finds the request that was made. A cheque, cash or a transfer goes back by hand: `given_on`
    is the day on which the bank account paid it, and it is `done` at once.

    The request is a row before anything is asked outside, and a job sees to it should the answer be lost: then it is returned as
    `asked`. What the provider refuses is returned as `failed`, with its code.
    Facts: refund.asked, donation.refunded.  Raises: Invalid (`amount`, `reason`, `given_on`), Conflict (`not_settled`, `not_authorised`).
    """
    hashed = keyed_hash(f"{donation_id}:{key}", purpose="fundraising.refund") if key else None
    with transaction.atomic():
        donation = Donation.objects.select_related("fund").locked(donation_id)
        known = RefundRequest.objects.filter(key=hashed).first() if hashed else None
        request = known or _ask(donation, amount, reason, given_on, key=hashed, by=by, now=now)
    try:
        return send_refund(request_id=request.pk, now=now)
    except stripe.ProviderAway:
        return request


def send_refund(*, request_id: UUID, now: datetime) -> RefundRequest:
    """Give back what was asked for, or find that it was given back; safe to repeat.

    It stays `asked` while the provider has it and has moved nothing yet. Facts: donation.refunded.  Raises: ProviderAway.
    """
    request = RefundRequest.objects.select_related("donation__fund__stripe_account").get(pk=request_id)
    donation = request.donation
    if request.state != RefundState.ASKED or donation.charge is None:
        return request
    keys = payments.keys_for(donation.fund)
    try:
        there = {refund.id: refund for refund in stripe.refunds_of(keys, donation.charge)}
        known = next((refund for refund in there.values() if refund.request == str(request.pk)), None)  # keys there last a day only
        refund = known or stripe.give_back(keys, charge=donation.charge, amount=request.amount, request=str(request.pk))
    except stripe.Refused as refused:
        return _refused(request_id, refused.code, now=now)
    with transaction.atomic():
        apply_refunds(Donation.objects.locked(donation.pk), list((there | {refund.id: refund}).values()), now=now)
    request.refresh_from_db()
    return request


def follow_refunds(*, donation_id: UUID, keys: Keys, now: datetime) -> None:
    """Read what was given back of a donation at the provider, and write down what is new.

    Facts: donation.refunded, donation.reinstated.  Raises: ProviderAway.
    """
    charge = Donation.objects.values_list("charge", flat=True).get(pk=donation_id)
    if charge is None:
        return
    found = stripe.refunds_of(keys, charge)
    with transaction.atomic():
        apply_refunds(Donation.objects.locked(donation_id), found, now=now)


def apply_refunds(donation: Donation, found: list[Refund], *, now: datetime) -> None:
    """Write down all the refunds of a locked donation as the provider's balance has them; those that failed are written both ways.

    Each answers its request once it has moved or failed: until then nothing of it is in the books, and it counts as asked for.
    Facts: donation.refunded, donation.reinstated.
    """
    given = payments.as_given(donation)
    going = [refund for refund in found if refund.has_moved or refund.state not in _FAILED]
    ledger.post(postings.of_refunds(given, going, ledger.gone_of(donation.pk)), now=now)
    payments.note_given_back(donation, by_bank=False, now=now)
    for refund in found:
        _answer(donation, refund, now=now)


def left_to_give_back(donation: Donation) -> int:
    """Return how many cents of a donation may still go back: what did not, and is not asked for."""
    return donation.amount - donation.refunded - _cents(donation.refund_requests.filter(state=RefundState.ASKED))


def is_authorisation_needed(donation: Donation, *, now: datetime) -> bool:
    """Say whether the rules of a donation's recipient let money go back by the agent's word only."""
    return rules_of(donation.fund, now).refund.by is RefundedBy.AGENT_AUTHORISATION


def left_authorised(donation: Donation) -> int:
    """Return how many more cents may go back by what the agent authorised; below zero where more went back than that."""
    back = LedgerLine.objects.filter(entry__donation=donation, account=Account.REFUNDS)
    asked = donation.refund_requests.filter(state=RefundState.ASKED)
    return _cents(donation.authorisations) - _cents(back) - _cents(asked)


def is_by_hand(donation: Donation) -> bool:
    """Say whether a donation came, and so goes back, by hand."""
    return donation.charge is None and donation.method in postings.RECEIVED_IN


def _ask(donation: Donation, amount: int, reason: str, given_on: date | None, *, key: str | None, by: User, now: datetime) -> RefundRequest:
    by_hand = is_by_hand(donation)
    if donation.state != DonationState.SETTLED or (donation.charge is None and not by_hand):
        raise Conflict(_("Only a donation that was received goes back."), code="not_settled")
    fields: dict[str, list[str]] = {}
    left = left_to_give_back(donation)
    if not 0 < amount <= left:
        fields["amount"] = [_("At most %(most)s can go back.") % {"most": amount_said(max(left, 0), donation.currency)}]
    if not reason.strip():
        fields["reason"] = [_("Say why, for the books.")]
    if by_hand and (given_on is None or not donation.counted_on <= given_on <= day_of_payment(donation.fund, now)):
        fields["given_on"] = [_("Give the day on which the bank account paid it back: not before the donation, not in the future.")]
    if fields:
        raise Invalid(fields=fields)
    if is_authorisation_needed(donation, now=now) and amount > left_authorised(donation):
        raise Conflict(
            _("The law lets this go back by the agent’s word only. Record the authorisation first: who, when, and where it is written."),
            code="not_authorised",
        )
    request = RefundRequest.objects.create(
        donation=donation, amount=amount, reason=reason.strip(), given_on=given_on if by_hand else None, key=key, asked_by=by, asked_at=now
    )
    journal.record("refund.asked", subject=request, at=now, actor_id=by.pk, donation_id=donation.pk, amount=amount)
    if by_hand and given_on is not None:
        _write_down(donation, request, given_on, now=now)
    else:
        journal.jobs.enqueue(SEND, request_id=request.pk)
    return request


def _write_down(donation: Donation, request: RefundRequest, given_on: date, *, now: datetime) -> None:
    """Write into the books what the bank account paid back."""
    given, at = payments.as_given(donation), noon_of(donation.fund, given_on)
    ledger.post([postings.of_refund_by_hand(given, request.pk, request.amount, at, ledger.gone_of(donation.pk))], now=now)
    payments.note_given_back(donation, now=now)
    request.state, request.ended_at = RefundState.DONE, now
    request.save(update_fields=["state", "ended_at"])


def _answer(donation: Donation, refund: Refund, *, now: datetime) -> None:
    """End the request of ours that a refund answers: done once it has moved, failed once it failed, also after that."""
    failed = refund.state in _FAILED
    request_id = read_uuid(refund.request)
    if request_id is None or not (failed or refund.has_moved):
        return
    ends = (RefundState.ASKED, RefundState.DONE) if failed else (RefundState.ASKED,)
    donation.refund_requests.filter(pk=request_id, state__in=ends).update(
        state=RefundState.FAILED if failed else RefundState.DONE,
        refund=refund.id,
        failure=refund.state if failed else "",
        ended_at=now,
    )


def _refused(request_id: UUID, code: str, *, now: datetime) -> RefundRequest:
    with transaction.atomic():
        request = RefundRequest.objects.select_for_update().get(pk=request_id)
        if request.state == RefundState.ASKED:
            request.state, request.failure, request.ended_at = RefundState.FAILED, code[:48], now
            request.save(update_fields=["state", "failure", "ended_at"])
    return request


def _cents(rows: Any) -> int:
    cents: int = rows.aggregate(cents=Coalesce(Sum("amount"), 0))["cents"]
    return cents
