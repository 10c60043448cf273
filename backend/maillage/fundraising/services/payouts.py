"""Money that the provider sends to the bank account, and what it is made of."""

from datetime import datetime

from django.db import transaction

from maillage import journal
from maillage.fundraising.domain import payments as words
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.words import PayoutState
from maillage.fundraising.gateways import stripe
from maillage.fundraising.gateways.accounts import Keys
from maillage.fundraising.models import Fund, Movement, Payout
from maillage.fundraising.services import ledger
from maillage.fundraising.services.movements import keep_movements, link_movements


def follow_payout(*, fund: Fund, payout_id: str, keys: Keys, now: datetime) -> Payout:
    """Read a payout at the provider, with the movements that it holds, and write it down; one that came back is written both ways.

    Facts: payout.arrived, payout.failed.  Raises: ProviderAway, Refused (there is no such payout).
    """
    sent = stripe.payout(keys, payout_id)
    held = _held(keys, payout_id) if sent.is_automatic else []
    with transaction.atomic():
        keep_movements(fund, held)
        before = Payout.objects.select_for_update().filter(pk=sent.id).values_list("state", flat=True).first()
        payout, _is_new = Payout.objects.update_or_create(
            pk=sent.id,
            defaults={
                "fund": fund,
                "amount": sent.amount,
                "state": sent.state,
                "is_automatic": sent.is_automatic,
                "sent_at": sent.happened_at,
                "arrives_on": sent.arrives_on,
                "failure": sent.failure,
            },
        )
        Movement.objects.filter(pk__in=[each.id for each in held], payout__isnull=True).update(payout=payout)
        ledger.post([postings.of_payout(fund.pk, sent), postings.of_failed_payout(fund.pk, sent)], now=now)
        link_movements(list(Movement.objects.filter(payout=payout, entry__isnull=True)), now=now)
        if before != sent.state:
            _record(payout, now=now)
    return payout


def _held(keys: Keys, payout_id: str) -> list[words.Movement]:
    try:
        return list(stripe.movements_of_payout(keys, payout_id))
    except stripe.Refused:  # the provider has not put it together yet, and tells when it has
        return []


def _record(payout: Payout, *, now: datetime) -> None:
    if payout.state == PayoutState.PAID:
        journal.record("payout.arrived", subject=payout, at=now, amount=payout.amount)
    elif payout.state in (PayoutState.FAILED, PayoutState.CANCELED):
        journal.record("payout.failed", subject=payout, at=now, amount=payout.amount)
