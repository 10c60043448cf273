"""On which day an instalment is taken, tried again, announced and given up: pure; every day is one of the recipient's time zone.

One rule gives every due day: the donor's day of the month, at least `APART` after the last payment. So it does not matter whether
the one before was the first, came late, was moved or missed: nobody is debited twice within half a month, and what was missed is
not made up for.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from maillage.fundraising.domain.caps import latest_start

FIRST_DAY, LAST_DAY = 1, 28
"""Days that a donor may choose: every month has them."""

APART = timedelta(days=15)
"""Between two payments. Half a month: who gives on the 30th and chose the 2nd does not pay again two days later, and two payments
are never more than a month and a half apart."""

RETRIED_AFTER = (timedelta(days=3), timedelta(days=7), timedelta(days=14))
"""How long after its due day a refused instalment is tried again. Two paydays fall into 14 days for most; then another card is needed."""

LEAD = timedelta(days=3)
"""How long before the next payment a donor hears that their monthly donation goes on again: they may undo it before it is taken."""

LONGEST_PAUSE = timedelta(days=366)
"""Of a pause that ends by itself; one without an end lasts until its donor resumes."""

UNDONE_WITHIN = timedelta(days=7)
"""How long what was changed by a link can be undone by the link of the mail that told it."""

FORESEEN = timedelta(days=31)
"""How long before the last day of a card's validity its donor hears of it."""

WAITED_FOR = timedelta(days=60)
"""How long a monthly donation waits for another way to pay, from the due day that was not paid on. A bank sends a new card within three
weeks, and whoever reads our mail late has a month more; later a debit would surprise whoever forgot it, and until then the donation
keeps a part of what the law still allows."""

FUND_CLOSED = "fund_closed"
"""Why a monthly donation stopped: the last day on which its recipient may collect is over."""

NO_OTHER_MEANS = "no_other_means"
"""Why a monthly donation stopped: it was refused, and its donor gave no other way to pay in `WAITED_FOR`."""

FIRST_REFUSED = "first_refused"
"""Why a monthly donation stopped that never began: its first payment did not come."""

TAKEN_BACK = "taken_back"
"""Why a monthly donation stopped: a bank took one of its payments back, for whoever did not want it."""

NOT_CONTESTED = frozenset({"bank_cannot_process", "insufficient_funds"})
"""Reasons of the provider why a bank took a payment back that say nothing of what its customer wants."""

MANDATE_ENDED = "mandate_ended"
"""Why an instalment was not debited: its mandate was not used for too long."""

CONFIRM = "authentication_required"
"""The provider's code of a bank that wants its customer to be there."""

MEANS_GONE = "means_gone"
"""Why an instalment was refused before any bank was asked: the card or the mandate that we have is not there any more."""

NEVER_RETRIED = frozenset(
    {
        "account_closed",
        "bank_account_closed",
        "bank_account_restricted",
        "debit_disputed",
        "debit_not_authorized",
        "expired_card",
        "fraudulent",
        "incorrect_number",
        "invalid_account",
        "invalid_account_number",
        "lost_card",
        MEANS_GONE,
        "no_account",
        "payment_method_unactivated",
        "pickup_card",
        "restricted_card",
        "revocation_of_all_authorizations",
        "revocation_of_authorization",
        "stolen_card",
        "stop_payment_order",
    }
)
"""Codes of the provider that say that the same way to pay will not do: trying it again is forbidden by the card networks, or in vain."""


@dataclass(frozen=True)
class Refusal:
    """What follows when an instalment was refused: how often it was now, and when it is tried again; None where it is given up."""

    tries: int
    retry_on: date | None


def next_due(day: int, *, after: date) -> date:
    """Return the due day that follows a payment: the first chosen day at least `APART` later."""
    return on_or_after(day, after + APART)


def goes_on(day: int, *, today: date, last: date | None) -> date:
    """Return the next due day of a monthly donation that goes on again: `LEAD` from now on, and `APART` after its last payment."""
    return on_or_after(day, max(today + LEAD, last + APART if last is not None else date.min))


def on_or_after(day: int, on: date) -> date:
    """Return the first day of the month that was chosen (1 to 28), from a day on."""
    found = latest_start(day=day, until=on)
    return found if found == on else date(found.year + found.month // 12, found.month % 12 + 1, day)


def refused(*, due_on: date, today: date, tries: int, code: str) -> Refusal:
    """Say what follows when an instalment was refused; `tries` is how often it had been before.

    A bank that wants its customer to be there is not asked again before the last try: until then the donor confirms by their link.
    A try that comes late moves the next ones: there is always a day between two.
    """
    if code in NEVER_RETRIED:
        return Refusal(tries=tries + 1, retry_on=None)
    done = max(tries + 1, len(RETRIED_AFTER) if code == CONFIRM else 0)
    if done > len(RETRIED_AFTER):
        return Refusal(tries=done, retry_on=None)
    return Refusal(tries=done, retry_on=max(due_on + RETRIED_AFTER[done - 1], today + timedelta(days=1)))


def announced_from(due_on: date, days: int) -> date:
    """Return the last day on which a debit may be announced, with so many days of notice."""
    return due_on - timedelta(days=days)


def is_foreseen(ends_on: date, today: date) -> bool:
    """Say whether a card's validity ends soon enough to tell its donor."""
    return today >= ends_on - FORESEEN
