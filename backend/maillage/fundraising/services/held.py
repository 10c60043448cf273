"""Cards that wait for the treasurer: taken, refused with a reason, or given up before their bank does."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.words import DonationState, HeldOutcome
from maillage.fundraising.gateways import stripe
from maillage.fundraising.models import Donation, HeldCard
from maillage.fundraising.services import payments
from maillage.kernel.errors import Conflict, Invalid

FOLLOW = "fundraising.follow_held"
LONGEST_WORDS = 1000


def take_held(*, donation_id: UUID, by: User, now: datetime) -> Donation:
    """Take what the bank granted. Should its answer be lost, a job sees to it.

    Facts: held_card.decided, donation.received.  Raises: Conflict (`not_held`, `not_collecting`).
    """
    return _decide(donation_id, HeldOutcome.TAKEN, words="", by=by, now=now)


def refuse_held(*, donation_id: UUID, words: str, by: User, now: datetime) -> Donation:
    """Take nothing, let the bank's grant go, and tell the donor why, in these words.

    Facts: held_card.decided.  Raises: Conflict (`not_held`), Invalid (no words, or too many).
    """
    if not 0 < len(words.strip()) <= LONGEST_WORDS:
        raise Invalid(fields={"words": [_("Write why, in at most %(most)s letters: the donor reads it.") % {"most": LONGEST_WORDS}]})
    return _decide(donation_id, HeldOutcome.REFUSED, words=words.strip(), by=by, now=now)


def give_up_held(*, now: datetime) -> int:
    """Give up each hour the cards about which nobody decided, a day before their banks do; say how many.

    Facts: held_card.decided, each.
    """
    late = HeldCard.objects.filter(outcome=HeldOutcome.WAITING, given_up_at__lte=now)
    with transaction.atomic():
        held = list(late.select_for_update().order_by("pk"))
        for each in held:
            _keep(each, HeldOutcome.LAPSED, words="", by=None, now=now)
    return len(held)


def follow_held(*, donation_id: UUID, now: datetime) -> Donation:
    """Do at the provider what was decided about a card, or find that it was done; safe to repeat.

    Facts: donation.received.  Raises: ProviderAway.
    """
    held = HeldCard.objects.select_related("donation__fund__stripe_account").get(pk=donation_id)
    donation = held.donation
    if donation.state != DonationState.HELD or donation.intent is None or held.outcome == HeldOutcome.WAITING:
        return donation
    keys = payments.keys_for(donation.fund)
    if held.outcome == HeldOutcome.TAKEN:
        try:
            payment = stripe.capture(keys, donation.intent)
        except stripe.Refused:  # taken before, or let go by its bank: what stands there is what counts
            payment = stripe.payment(keys, donation.intent)
    else:
        payment = stripe.give_up(keys, donation.intent)
    return payments.follow_payment(donation_id, payment, keys=keys, seen=donation.version, now=now)


def _decide(donation_id: UUID, outcome: HeldOutcome, *, words: str, by: User, now: datetime) -> Donation:
    with transaction.atomic():
        held = HeldCard.objects.select_for_update(of=("self",)).select_related("donation__fund").filter(pk=donation_id).first()
        if held is None or held.outcome != HeldOutcome.WAITING or held.donation.state != DonationState.HELD:
            raise Conflict(_("This card does not wait any more: it was decided, or its bank let it go."), code="not_held")
        if outcome == HeldOutcome.TAKEN:
            payments.refuse_uncollected(held.donation.fund, now=now)
        _keep(held, outcome, words=words, by=by, now=now)
    try:
        return follow_held(donation_id=donation_id, now=now)
    except (stripe.ProviderAway, stripe.Refused):  # it is decided, and a job goes on until it is done
        return Donation.objects.get(pk=donation_id)


def _keep(held: HeldCard, outcome: HeldOutcome, *, words: str, by: User | None, now: datetime) -> None:
    held.outcome, held.words, held.decided_by, held.decided_at = outcome, words, by, now
    held.save(update_fields=["outcome", "words", "decided_by", "decided_at"])
    journal.record("held_card.decided", subject=held, at=now, actor_id=by.pk if by else None, outcome=outcome.value)
    journal.jobs.enqueue(FOLLOW, donation_id=held.pk)
