"""Donations that banks take back, and what the treasurer answers. A bank's return is no refund: nobody here decided it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain import payments as words
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.schedule import NOT_CONTESTED
from maillage.fundraising.domain.words import DisputeState, DonationState
from maillage.fundraising.gateways import stripe
from maillage.fundraising.gateways.accounts import Keys
from maillage.fundraising.models import Dispute, Donation
from maillage.fundraising.services import ledger, monthly, payments
from maillage.kernel.errors import Conflict, Invalid

SEND = "fundraising.send_answer"
LONGEST_EVIDENCE = 10_000


def follow_disputes(*, donation_id: UUID, keys: Keys, now: datetime) -> None:
    """Read what banks take back of a donation, and write it down.

    Facts: donation.disputed, donation.returned, donation.reinstated.  Raises: ProviderAway.
    """
    charge = Donation.objects.values_list("charge", flat=True).get(pk=donation_id)
    if charge is not None:
        for found in stripe.disputes_of(keys, charge):
            apply_dispute(donation_id=donation_id, found=found, now=now)


def apply_dispute(*, donation_id: UUID, found: words.Dispute, now: datetime) -> Dispute | None:
    """Let a dispute be what it is at the provider: its state, what it took and gave back, its fees. None before the donation is settled.

    What a bank takes back of a closed year is booked in the open one. It gives the allowance of who gave back at once, and stops what
    they gave each month.
    Facts: donation.disputed, donation.returned, donation.reinstated, monthly_donation.stopped.
    """
    with transaction.atomic():
        monthly.lock_of(donation_id)
        donation = Donation.objects.locked(donation_id)
        if donation.state != DonationState.SETTLED:
            return None
        dispute, is_new = Dispute.objects.update_or_create(
            pk=found.id,
            defaults={
                "donation": donation,
                "amount": found.amount,
                "state": found.state,
                "reason": found.reason[:48],
                "is_inquiry": found.is_inquiry,
                "due_at": found.due_at,
            },
            create_defaults={
                "donation": donation,
                "amount": found.amount,
                "state": found.state,
                "reason": found.reason[:48],
                "is_inquiry": found.is_inquiry,
                "due_at": found.due_at,
                "opened_at": found.happened_at,
            },
        )
        given = payments.as_given(donation)
        moved = [each for each in found.movements if each.amount]
        ledger.post(postings.of_disputes(given, moved, ledger.gone_of(donation.pk)), now=now)
        fees = (words.Fee(id=each.id, amount=each.fee, happened_at=each.happened_at) for each in found.movements)
        ledger.post((postings.of_fee(donation.fund_id, fee, donation.pk) for fee in fees), now=now)
        payments.note_given_back(donation, by_bank=True, now=now)
        if is_new:
            journal.record("donation.disputed", subject=donation, at=now, amount=found.amount, currency=donation.currency)
        if not found.is_inquiry and found.reason not in NOT_CONTESTED:
            monthly.stop_taken_back(donation, now=now)
    return dispute


def answer_dispute(*, dispute_id: str, evidence: str, by: User, now: datetime) -> Dispute:
    """Write to the bank why the donation is ours: once, and for good. Should its answer be lost, a job sends it again.

    Facts: dispute.answered.  Raises: Invalid (`evidence`), Conflict (`dispute_closed`).
    """
    if not 0 < len(evidence.strip()) <= LONGEST_EVIDENCE:
        said = _("Write what speaks for us, in at most %(most)s letters: when it was given, what was declared, how it was confirmed.")
        raise Invalid(fields={"evidence": [said % {"most": LONGEST_EVIDENCE}]})
    with transaction.atomic():
        dispute = Dispute.objects.select_for_update().get(pk=dispute_id)
        if dispute.state != DisputeState.NEEDS_RESPONSE or dispute.evidence or (dispute.due_at is not None and dispute.due_at <= now):
            raise Conflict(_("This dispute cannot be answered any more."), code="dispute_closed")
        dispute.evidence, dispute.answered_by = evidence.strip(), by
        dispute.save(update_fields=["evidence", "answered_by"])
        journal.record("dispute.answered", subject=dispute, at=now, actor_id=by.pk)
        journal.jobs.enqueue(SEND, donation_id=dispute.donation_id, unique_key=dispute_id)
    try:
        return send_answers(donation_id=dispute.donation_id, now=now)[dispute_id]
    except (stripe.ProviderAway, stripe.Refused):
        return dispute


def send_answers(*, donation_id: UUID, now: datetime) -> dict[str, Dispute]:
    """Send what the treasurer wrote about the disputes of a donation and the bank does not have yet; safe to repeat.

    Raises: ProviderAway.
    """
    sent: dict[str, Dispute] = {}
    disputes = Dispute.objects.filter(donation=donation_id).select_related("donation__fund__stripe_account")
    for dispute in disputes.filter(answered_at__isnull=True).exclude(evidence=""):
        keys = payments.keys_for(dispute.donation.fund)
        found = stripe.dispute(keys, dispute.pk)
        if found.state == DisputeState.NEEDS_RESPONSE:
            found = stripe.answer_dispute(keys, dispute.pk, dispute.evidence)
        with transaction.atomic():
            applied = apply_dispute(donation_id=donation_id, found=found, now=now)
            if applied is not None:
                applied.answered_at = now
                applied.save(update_fields=["answered_at"])
                sent[dispute.pk] = applied
    return sent
