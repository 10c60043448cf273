"""What the payment provider says, in our own words: what a payment came to, what a charge took, what a way to pay is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from maillage.fundraising.domain.words import HeldFor, Method

TOLD_WITHIN = timedelta(hours=1)
"""How long the provider may take to write down what it told us of."""


UNPAID_KEPT = timedelta(days=30)
"""How long it is kept who began a donation that was never paid, from its last try on.

Nothing was given, so no law keeps it. It is given up at the provider after a day and cannot be paid from then on; a month leaves
time for whoever asks what became of it, and for a provider that was away: its messages come for three days, and each account is
read back every night.
"""


class Outcome(StrEnum):
    """Where a payment stands at the provider."""

    OPEN = "open"
    """Nothing was tried, or what was tried was declined."""
    CONFIRMING = "confirming"
    PROCESSING = "processing"
    AUTHORISED = "authorised"
    """The bank said yes and nothing was taken yet."""
    PAID = "paid"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Fee:
    """What the provider kept of one movement: `id` of the movement in its books, cents, when."""

    id: str
    amount: int
    happened_at: datetime


@dataclass(frozen=True)
class Charge:
    """Money that was taken: cents. `refunded` is what went back so far; `fee` is None until the provider has told it.

    `happened_at`: when a card was charged or what its bank held was taken; of a debit, the day on which the donor's bank pays it.
    """

    id: str
    amount: int
    refunded: int
    currency: str
    happened_at: datetime
    fee: Fee | None
    is_disputed: bool = False


@dataclass(frozen=True)
class Means:
    """A way to pay: `country` and `funding` are of a card, `ends_on` is the last day of its validity."""

    id: str
    method: Method
    label: str
    fingerprint: str
    country: str = ""
    funding: str = ""
    description: str = ""
    ends_on: date | None = None


@dataclass(frozen=True)
class Payment:
    """One payment intent as it stands. `secret` lets the browser of the donor take its next step; `decline` says why not.

    `fingerprint` is of the card or account that pays, the same as that of its `Means`.
    `bank_page`: where a donor whose bank asks goes without a script. Of a debit `debit_on` is the day on which it is to be paid.
    """

    id: str
    donation: str
    outcome: Outcome
    amount: int
    currency: str
    secret: str = ""
    decline: str = ""
    charge: Charge | None = None
    means: str = ""
    method: Method | None = None
    fingerprint: str = ""
    mandate: str = ""
    debit_on: date | None = None
    bank_page: str = ""


@dataclass(frozen=True)
class Proof:
    """A way to pay that its owner proves without paying. `is_done` once their bank agreed; until then it may ask at `bank_page`.

    `about` is what it was asked for, as it was written down with it; `decline` says why not.
    """

    id: str
    is_done: bool
    about: Mapping[str, str]
    means: str = ""
    mandate: str = ""
    bank_page: str = ""
    decline: str = ""


@dataclass(frozen=True)
class Refund:
    """Money given back of a charge. `state`: pending, succeeded, failed, canceled, requires_action.

    `happened_at`: when it left the provider's balance, where it did (`has_moved`); `came_back_at` when it failed after that.
    `request` names the row of ours that asked for it; empty where somebody gave it back at the provider itself.
    """

    id: str
    charge: str
    amount: int
    state: str
    happened_at: datetime
    has_moved: bool = True
    came_back_at: datetime | None = None
    request: str = ""


@dataclass(frozen=True)
class Movement:
    """One line of the provider's own books: `kind` as it names it; `amount`, `fee` in cents; `source` what it comes from."""

    id: str
    kind: str
    amount: int
    fee: int
    source: str
    happened_at: datetime

    @property
    def net(self) -> int:
        """What it changed the balance by."""
        return self.amount - self.fee


@dataclass(frozen=True)
class Dispute:
    """A bank takes a charge back, or asks about it. `movements` are what it took from the balance and gave back to it.

    `state` is one of `words.DisputeState`. `due_at`: until when it may be answered; None where it cannot be.
    """

    id: str
    charge: str
    intent: str
    amount: int
    state: str
    reason: str
    due_at: datetime | None
    happened_at: datetime
    is_inquiry: bool
    movements: tuple[Movement, ...]


@dataclass(frozen=True)
class Payout:
    """Money that the provider sent to the bank account. `state`: pending, in_transit, paid, failed, canceled.

    `happened_at`: when it left the balance; `came_back_at`: when the bank, or we, sent it back; `failure` is the code of why.
    """

    id: str
    amount: int
    state: str
    arrives_on: date
    happened_at: datetime
    came_back_at: datetime | None = None
    failure: str = ""
    is_automatic: bool = True


_OF_COMPANIES = ("business", "corporate", "commercial", "purchasing")


def held_for(means: Means, *, home: Collection[str]) -> HeldFor | None:
    """Say why a card waits for the treasurer before anything is taken; None where nothing speaks against it.

    `home`: the countries whose cards are not foreign (ISO 3166-1). A debit tells neither its country nor its kind before it is taken.
    """
    if means.method is not Method.CARD:
        return None
    if any(word in means.description.lower() for word in _OF_COMPANIES):
        return HeldFor.COMPANY
    if means.funding == "prepaid":
        return HeldFor.PREPAID
    return HeldFor.FOREIGN if means.country and means.country not in home else None
