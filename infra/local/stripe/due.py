"""What happens by itself when an account's clock says so."""

from collections.abc import Callable

from infra.local.stripe import charges, confirming, disputes, payment_intents, payouts, refunds
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

HAPPENINGS: dict[str, Callable[[Desk, str], None]] = {
    "book": charges.booked_later,
    "hold_expires": payment_intents.hold_expires,
    "payout": payouts.automatic,
    "payout_arrives": payouts.arrives,
    "refund_fails": refunds.comes_back,
    "refund_pending": refunds.arrives,
    "settle": confirming.settled,
    "unanswered": disputes.unanswered,
}


def happen(desk: Desk, what: str, id: str) -> None:
    """Do what was due."""
    name, _, reason = what.partition(":")
    try:
        if name == "dispute":
            disputes.opened(desk, id, reason)
        elif name == "return":
            disputes.returned(desk, id, reason)
        else:
            HAPPENINGS[name](desk, id)
    except Refused:
        pass  # it was refunded or disputed meanwhile: there is nothing left to take back
