"""Cards being tested: limits on tries, an alarm, and new cards closed for a while. Saved cards are never asked here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.card_testing import (
    CLOSED_FOR,
    MARKS_KEPT,
    OF_CARD,
    OF_DEVICE,
    OF_DONATION,
    OF_NETWORK,
    TRIES_KEPT,
    WATCHED,
    Origin,
    TryLimit,
    is_attack,
)
from maillage.fundraising.domain.payments import Means
from maillage.fundraising.domain.words import DonationState, Method
from maillage.fundraising.models import Donation, Fund, NewCardsClosed, PaymentAttempt
from maillage.fundraising.services.telling import tell_of_closing
from maillage.kernel.errors import Refusal, Unavailable

OF_BROWSERS = "ctoken_"
"""How the provider's confirmation tokens begin: what a browser has just collected, and not a saved way to pay."""

BLOCKED = "blocked"
"""Outcome of a try that was stopped here: its bank was never asked."""


class TooManyTries(Refusal):
    """Too much was tried from one place, or with one card."""

    status = 429
    code = "too_many_tries"


def let_try(donation: Donation, *, token: str, origin: Origin, now: datetime) -> None:
    """Let somebody try to pay, unless too much was tried from their network, their browser, or for this donation.

    A try that was begun is let on. Raises: TooManyTries.
    """
    if _was_let(donation, token):
        return
    tries = PaymentAttempt.objects
    _stop_beyond(tries.filter(donation=donation), OF_DONATION, now=now)
    if origin.network:
        _stop_beyond(tries.filter(network=origin.network), OF_NETWORK, now=now)
    if origin.device:
        _stop_beyond(tries.filter(device=origin.device), OF_DEVICE, now=now)


def let_card_in(donation: Donation, means: Means, *, token: str, now: datetime) -> None:
    """Let a new card be tried, unless it was declined too often or new cards are closed here; who gave before is let in all the same.

    Debits are no cards. Raises: TooManyTries, Unavailable (`new_cards_closed`).
    """
    if means.method != Method.CARD or _was_let(donation, token):
        return
    if means.fingerprint:
        _stop_beyond(PaymentAttempt.objects.filter(fingerprint=means.fingerprint), OF_CARD, now=now)
    closing = NewCardsClosed.objects.filter(fund=donation.fund_id, opened_at__isnull=True, until__gt=now).first()
    if closing is None or _gave_before(donation):
        return
    stopped = {"fingerprint": means.fingerprint, "outcome": BLOCKED, "at": now}
    PaymentAttempt.objects.get_or_create(donation=donation, token=token, defaults=stopped)
    raise Unavailable(
        _(
            "Cards that we do not know are not taken for a moment, because somebody tries stolen ones here. Nothing was taken, and what "
            "you typed is kept. Try again in half an hour, or give by direct debit or transfer."
        ),
        code="new_cards_closed",
    )


def begin_proof(donation: Donation, means: Means, *, token: str, origin: Origin, now: datetime) -> None:
    """Keep that a new way to pay is about to be proved for what began with a donation; nothing is charged, and a bank may decline it."""
    PaymentAttempt.objects.update_or_create(
        donation=donation,
        token=token,
        defaults={"fingerprint": means.fingerprint, "outcome": ""},
        create_defaults={"fingerprint": means.fingerprint, "network": origin.network, "device": origin.device, "at": now},
    )


def note_decline(donation: Donation, *, code: str, now: datetime, token: str = "") -> None:
    """Keep that a bank declined a try with a new card, the latest where none is named, and look whether cards are being tested.

    Noted once for each try, whether its answer or a later message tells it. Where they are tested at this recipient new ones are
    closed, once, and who looks after it is told. Facts: new_cards.closed.
    """
    with transaction.atomic():
        tries = donation.attempts.filter(token__startswith=OF_BROWSERS).exclude(outcome=BLOCKED)
        tried = (tries.filter(token=token) if token else tries).select_for_update().order_by("-at", "-pk").first()
        if tried is None:
            return
        is_new = not tried.was_declined
        tried.was_declined, tried.outcome = True, code[:48]
        tried.save(update_fields=["was_declined", "outcome"])
        if is_new:
            _look_for_attack(donation, now=now)


def open_new_cards(*, fund_id: UUID, by: User | None, now: datetime) -> bool:
    """Take new cards again at a recipient; say whether they were closed. Facts: new_cards.opened."""
    with transaction.atomic():
        closing = NewCardsClosed.objects.select_for_update().filter(fund=fund_id, opened_at__isnull=True).first()
        if closing is None:
            return False
        closing.opened_at, closing.opened_by = now, by
        closing.save(update_fields=["opened_at", "opened_by"])
        journal.record("new_cards.opened", subject=closing, at=now, actor_id=by.pk if by else None)
    return True


def watch_new_cards(*, now: datetime) -> None:
    """Open new cards again once their time is over, whatever was stopped meanwhile: each minute. Facts: new_cards.opened.

    What is stopped says nothing of who tries: where it is still an attack, its first declines close new cards again.
    """
    for fund_id in NewCardsClosed.objects.filter(opened_at__isnull=True, until__lte=now).order_by("pk").values_list("fund_id", flat=True):
        open_new_cards(fund_id=fund_id, by=None, now=now)


def forget_tries(*, now: datetime) -> int:
    """Forget from where tries of the day before came, and tries of the season before altogether; say how many of these."""
    PaymentAttempt.objects.filter(at__lt=now - MARKS_KEPT).exclude(network="", device="").update(network="", device="")
    return PaymentAttempt.objects.filter(at__lt=now - TRIES_KEPT).delete()[0]


def _look_for_attack(donation: Donation, *, now: datetime) -> None:
    seen = _lately(donation.fund_id, now=now).aggregate(tries=Count("pk"), declined=Count("pk", filter=Q(was_declined=True)))
    commonest = (
        _lately(donation.fund_id, now=now)
        .filter(was_declined=True)
        .values("donation__amount")
        .annotate(times=Count("pk"))
        .order_by("-times")
        .values_list("times", flat=True)
        .first()
    )
    if not is_attack(tries=seen["tries"], declined=seen["declined"], of_one_amount=commonest or 0):
        return
    fund = Fund.objects.select_for_update(of=("self",)).get(pk=donation.fund_id)
    closing, is_new = NewCardsClosed.objects.get_or_create(
        fund=fund,
        opened_at=None,
        defaults={"closed_at": now, "until": now + CLOSED_FOR, "tries": seen["tries"], "declined": seen["declined"]},
    )
    if is_new:
        journal.record("new_cards.closed", subject=closing, at=now, tries=closing.tries, declined=closing.declined)
        tell_of_closing(closing, now=now)


def _was_let(donation: Donation, token: str) -> bool:
    return donation.attempts.filter(token=token).exclude(outcome=BLOCKED).exists()


def _stop_beyond(tries: QuerySet[PaymentAttempt], limits: tuple[TryLimit, ...], *, now: datetime) -> None:
    for limit in limits:
        counted = tries.filter(at__gt=now - limit.over, **({"was_declined": True} if limit.declined else {}))
        if counted.count() >= limit.most:
            raise TooManyTries(
                _("Too many payments were tried from here, or with this card. Nothing was taken, and what you typed is kept. Try later.")
            )


def _lately(fund_id: UUID, *, now: datetime) -> QuerySet[PaymentAttempt]:
    """Return the tries with new cards at a recipient that are watched; instalments are taken from saved ones."""
    tries = PaymentAttempt.objects.filter(donation__fund=fund_id, at__gt=now - WATCHED, token__startswith=OF_BROWSERS)
    return tries.exclude(outcome=BLOCKED)


def _gave_before(donation: Donation) -> bool:
    """Say whether somebody who proved who they are gave to this recipient before, as the same record, address or natural person."""
    donor = donation.donor
    if donor.proved_at is None:
        return False
    same = Q(donor__person=donor.person_id) if donor.person_id else Q()
    same |= Q(donor__email=donor.email) if donor.email else Q()
    same |= Q(donor__identity=donor.identity_id) if donor.identity_id else Q()
    proved = Donation.objects.filter(fund=donation.fund_id, state=DonationState.SETTLED, donor__proved_at__isnull=False)
    return bool(same) and proved.filter(same).exists()
