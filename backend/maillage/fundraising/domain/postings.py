"""What each happening writes into the books: pure, so that the same happenings leave the same books."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maillage.fundraising.domain.payments import Charge, Fee, Movement, Payout, Refund
from maillage.fundraising.domain.words import Account, EntryKind, Method, Nature

Line = tuple[Account, UUID, int]
"""An account, the fund or envelope, cents: debits are positive."""

FEES = frozenset({"stripe_fee", "stripe_fx_fee", "network_cost", "tax_fee", "application_fee"})
"""Movements that are a fee by themselves."""

FROM_BANK = frozenset({"topup", "topup_reversal"})
"""Movements between the bank account and the provider that are no payout."""

INCOME = {Nature.DONATION: Account.DONATIONS, Nature.DUES: Account.DUES}

GONE = (Account.REFUNDS, Account.DISPUTES)
"""Accounts in which cents of a donation stand that went back."""

RECEIVED_IN = {Method.CHEQUE: Account.CHEQUES, Method.CASH: Account.CASH, Method.TRANSFER: Account.BANK}
"""Where money stands that came by hand, until it is deposited."""


@dataclass(frozen=True)
class Posting:
    """An entry to be written once: `key` names what happened."""

    key: str
    kind: EntryKind
    fund_id: UUID
    happened_at: datetime
    lines: tuple[Line, ...]
    donation_id: UUID | None = None


@dataclass(frozen=True)
class Given:
    """A donation as the books see it: to whom, as what, and how much of it goes to each envelope."""

    id: UUID
    fund_id: UUID
    nature: Nature
    amount: int
    shares: Mapping[UUID, int]


def of_charge(given: Given, charge: Charge) -> Posting:
    """The provider took a donation: it holds the whole of it, fees apart."""
    parts = split(charge.amount, given)
    income = INCOME[given.nature]
    return Posting(
        key=f"donation:{charge.id}",
        kind=EntryKind.DONATION,
        fund_id=given.fund_id,
        happened_at=charge.happened_at,
        donation_id=given.id,
        lines=((Account.PROVIDER, given.fund_id, charge.amount), *((income, fund, -amount) for fund, amount in parts)),
    )


def of_fee(fund_id: UUID, fee: Fee, donation_id: UUID | None = None) -> Posting | None:
    """The provider kept a fee, or gave one back: an expense, never taken off a donation. None where it kept nothing."""
    if not fee.amount:
        return None
    return Posting(
        key=f"fee:{fee.id}",
        kind=EntryKind.FEE,
        fund_id=fund_id,
        happened_at=fee.happened_at,
        donation_id=donation_id,
        lines=((Account.FEES, fund_id, fee.amount), (Account.PROVIDER, fund_id, -fee.amount)),
    )


Gone = Mapping[str, Mapping[UUID, int]]
"""What went back of a donation, by the key of its entry: cents of each envelope, below zero where they came back."""


def of_refund(given: Given, refund: Refund, gone: Gone | None = None) -> Posting:
    """Cents of a donation were given back, from each envelope as it had its share; what is left of each once nothing remains."""
    return _given_back(given, refund.id, refund.amount, refund.happened_at, gone or {}, paid_from=Account.PROVIDER)


def of_refund_by_hand(given: Given, request_id: UUID, amount: int, happened_at: datetime, gone: Gone) -> Posting:
    """Cents of a donation that came by hand were paid back from the bank account; parted as other refunds are."""
    return _given_back(given, f"hand-{request_id}", amount, happened_at, gone, paid_from=Account.BANK)


def _given_back(given: Given, name: str, amount: int, happened_at: datetime, gone: Gone, *, paid_from: Account) -> Posting:
    key = f"refund:{name}"
    return Posting(
        key=key,
        kind=EntryKind.REFUND,
        fund_id=given.fund_id,
        happened_at=happened_at,
        donation_id=given.id,
        lines=(
            *((Account.REFUNDS, fund, part) for fund, part in _parted(key, amount, given, gone)),
            (paid_from, given.fund_id, -amount),
        ),
    )


def of_failed_refund(given: Given, refund: Refund, gone: Gone | None = None) -> Posting | None:
    """What was given back did not arrive, and is ours again. None while it has not failed."""
    if refund.came_back_at is None:
        return None
    there = of_refund(given, refund, gone)
    return turned(there, key=f"refund-back:{refund.id}", kind=EntryKind.REFUND_FAILED, happened_at=refund.came_back_at)


def of_refunds(given: Given, refunds: Iterable[Refund], gone: Gone) -> list[Posting]:
    """All refunds of a donation, in the order in which they happened: each leaves to the next ones what it left of each envelope.

    `gone` is what the books have already; its parts stay as they were written. One that has not moved yet is written once it has; what
    it takes is kept for it.
    """
    known, made = dict(gone), list[Posting]()
    for refund in sorted(refunds, key=lambda each: (each.happened_at, each.id)):
        there, back = of_refund(given, refund, known), of_failed_refund(given, refund, known)
        for posting in (there, back):
            if posting is not None:
                known[posting.key] = _gone_by(posting)
                made += [posting] if refund.has_moved else []
    return made


def of_dispute(given: Given, movement: Movement, gone: Gone | None = None) -> Posting:
    """A bank took a donation back, or the other way round once we have won: cents of each envelope as it had its share.

    What is left of each once nothing remains.
    """
    key, amount = f"dispute:{movement.id}", abs(movement.amount)
    taken = Posting(
        key=key,
        kind=EntryKind.DISPUTE,
        fund_id=given.fund_id,
        happened_at=movement.happened_at,
        donation_id=given.id,
        lines=(
            *((Account.DISPUTES, fund, part) for fund, part in _parted(key, amount, given, gone or {})),
            (Account.PROVIDER, given.fund_id, -amount),
        ),
    )
    if movement.amount < 0:
        return taken
    return turned(taken, key=taken.key, kind=EntryKind.DISPUTE_WON, happened_at=movement.happened_at)


def of_disputes(given: Given, movements: Iterable[Movement], gone: Gone) -> list[Posting]:
    """All that a dispute moved and `gone` has not, in its order: what comes back comes to the envelopes from which as much went."""
    known, made = dict(gone), list[Posting]()
    taken: dict[int, Posting] = {}
    for movement in sorted(movements, key=lambda each: (each.happened_at, each.id)):
        there = taken.pop(movement.amount, None)
        if there is None:
            posting = of_dispute(given, movement, known)
        else:
            posting = turned(there, key=f"dispute:{movement.id}", kind=EntryKind.DISPUTE_WON, happened_at=movement.happened_at)
        if movement.amount < 0:
            taken[-movement.amount] = posting
        if posting.key not in gone:
            known[posting.key] = _gone_by(posting)
            made.append(posting)
    return made


def of_movement(fund_id: UUID, movement: Movement) -> Posting | None:
    """A movement that comes from no donation, refund, dispute or payout: a fee, money from the bank, or what is to be explained."""
    if movement.kind in FEES:
        return of_fee(fund_id, Fee(id=movement.id, amount=-movement.net, happened_at=movement.happened_at))
    if not movement.net:
        return None
    against = Account.BANK if movement.kind in FROM_BANK else Account.OTHER
    return Posting(
        key=f"movement:{movement.id}",
        kind=EntryKind.OTHER,
        fund_id=fund_id,
        happened_at=movement.happened_at,
        lines=((Account.PROVIDER, fund_id, movement.net), (against, fund_id, -movement.net)),
    )


def of_payout(fund_id: UUID, sent: Payout) -> Posting:
    """The provider sent money to the bank account."""
    return Posting(
        key=f"payout:{sent.id}",
        kind=EntryKind.PAYOUT,
        fund_id=fund_id,
        happened_at=sent.happened_at,
        lines=((Account.BANK, fund_id, sent.amount), (Account.PROVIDER, fund_id, -sent.amount)),
    )


def of_hand(given: Given, method: Method, happened_at: datetime) -> Posting:
    """Somebody gave by cheque, in cash, or straight into the bank."""
    income = INCOME[given.nature]
    return Posting(
        key=f"donation:{given.id}",
        kind=EntryKind.DONATION,
        fund_id=given.fund_id,
        happened_at=happened_at,
        donation_id=given.id,
        lines=(
            (RECEIVED_IN[method], given.fund_id, given.amount),
            *((income, fund, -amount) for fund, amount in split(given.amount, given)),
        ),
    )


def of_deposit(batch_id: UUID, fund_id: UUID, method: Method, amount: int, happened_at: datetime) -> Posting:
    """Cheques or cash were brought to the bank with one slip."""
    return Posting(
        key=f"deposit:{batch_id}",
        kind=EntryKind.DEPOSIT,
        fund_id=fund_id,
        happened_at=happened_at,
        lines=((Account.BANK, fund_id, amount), (RECEIVED_IN[method], fund_id, -amount)),
    )


def of_cancellation(given: Given, happened_at: datetime) -> Posting:
    """A donation written down by hand, deposited, is taken out again: typed wrongly, or not paid by its donor's bank."""
    income = INCOME[given.nature]
    return Posting(
        key=f"correction:{given.id}",
        kind=EntryKind.CORRECTION,
        fund_id=given.fund_id,
        happened_at=happened_at,
        donation_id=given.id,
        lines=(
            *((income, fund, amount) for fund, amount in split(given.amount, given)),
            (Account.BANK, given.fund_id, -given.amount),
        ),
    )


def of_failed_payout(fund_id: UUID, sent: Payout) -> Posting | None:
    """Money that was sent to the bank account came back. None while it has not."""
    if sent.came_back_at is None:
        return None
    there = of_payout(fund_id, sent)
    return turned(there, key=f"payout-back:{sent.id}", kind=EntryKind.PAYOUT_FAILED, happened_at=sent.came_back_at)


def turned(posting: Posting, *, key: str, kind: EntryKind, happened_at: datetime) -> Posting:
    """The same the other way round: a refund or payout that failed, a dispute that was won."""
    lines = tuple((account, fund, -amount) for account, fund, amount in posting.lines)
    return Posting(key=key, kind=kind, fund_id=posting.fund_id, happened_at=happened_at, lines=lines, donation_id=posting.donation_id)


def split(amount: int, given: Given) -> list[tuple[UUID, int]]:
    """Part an amount as a donation is shared, to the cent (largest remainder); what no share names is the recipient's.

    Each amount is parted for itself, so that it does not matter which of two refunds came first: see `_parted` for the last one.
    """
    parts = dict(given.shares)
    rest = given.amount - sum(parts.values())
    if rest:
        parts[given.fund_id] = parts.get(given.fund_id, 0) + rest
    exact = {fund: amount * part for fund, part in parts.items()}
    whole = {fund: value // given.amount for fund, value in exact.items()}
    left = amount - sum(whole.values())
    for fund in sorted(parts, key=lambda fund: (-(exact[fund] % given.amount), fund))[:left]:
        whole[fund] += 1
    return [(fund, whole[fund]) for fund in sorted(whole) if whole[fund]]


def _parted(key: str, amount: int, given: Given, gone: Gone) -> list[tuple[UUID, int]]:
    """Part what goes back: as it was written if it was, what is left of each envelope if nothing remains, else as the donation is."""
    if key in gone:
        return sorted(gone[key].items())
    left = dict(split(given.amount, given))
    for parts in gone.values():
        for fund, cents in parts.items():
            left[fund] = left.get(fund, 0) - cents
    if amount == sum(left.values()):
        return sorted((fund, cents) for fund, cents in left.items() if cents)
    return split(amount, given)


def _gone_by(posting: Posting) -> dict[UUID, int]:
    return {fund: cents for account, fund, cents in posting.lines if account in GONE}
