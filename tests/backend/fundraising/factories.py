"""Funds and donations as situations."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from maillage.fundraising.domain.identity import Near
from maillage.fundraising.domain.payments import Charge, Fee, Outcome, Payment
from maillage.fundraising.domain.words import DifferenceKind, DisputeState, DonationState, Method, PayoutState, StatementFormat
from maillage.fundraising.models import (
    AddressProof,
    BankStatement,
    Batch,
    BatchRow,
    Difference,
    Dispute,
    Donation,
    DonationShare,
    Donor,
    DonorIdentity,
    Excess,
    Fund,
    FundText,
    NearIdentity,
    PaymentAttempt,
    Payout,
    Receipt,
    RefundAuthorisation,
    RefundRequest,
    StatementLine,
    StripeAccount,
)
from maillage.fundraising.services.donors import Declared
from maillage.fundraising.services.giving import Asked
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.people.domain.law import GivingRules
from tests.backend.days import in_days

_numbers = count(1)

DECLARED = Declared(
    email="claire.dumontel@people.example",
    given_name="Claire",
    family_name="Dumontel",
    language="fr",
    born_on=date(1984, 5, 17),
    nationality="FR",
    address_lines="12 rue des Remparts",
    postcode="26150",
    city="Die",
    country="FR",
)


def make_fund(rules: GivingRules = GivingRules.FR_PARTY, *, code: str = "", account: str = "", **fields: Any) -> Fund:
    """A recipient whose page asks for donations, in French and English."""
    code = code or f"fund-{next(_numbers)}"
    stripe_account = StripeAccount.objects.create(code=account) if account else None
    fund = Fund.objects.create(
        code=code,
        rules=rules,
        stripe_account=stripe_account,
        **{
            "legal_name": "Association de financement de Rive commune",
            "party": "Rive commune",
            "address": "3 quai du Pont, 26000 Valence",
            "approved_on": date(2020, 3, 2),
            "suggested_once": [1000, 2000, 5000, 10000, 20000, 50000],
            "suggested_monthly": [500, 1000, 2000],
            "published_at": now() - timedelta(days=90),
        }
        | fields,
    )
    for language, name in (("fr", "Rive commune"), ("en", "Common Shore")):
        FundText.objects.create(fund=fund, language=language, name=name, title=name)
    return fund


def association(**fields: Any) -> Fund:
    """An association of general interest, whose facts suffice for its receipts."""
    return make_fund(
        GivingRules.FR_ASSOCIATION,
        **{
            "legal_name": "Les Amis du pont",
            "registration": "W263000123",
            "purpose": "Entretenir le pont et ce qui s’y dit.",
            "quality": "Association d’intérêt général",
            "signatory": "Nadia Ferhat, trésorière",
        }
        | fields,
    )


def make_receipt() -> Receipt:
    """A receipt of a donation to an association."""
    from maillage.fundraising.services.receipts import make_receipt as made

    receipt = made(donation_id=settled(association()).pk, now=now())
    assert receipt is not None
    return receipt


def make_envelope(parent: Fund, *, code: str = "") -> Fund:
    """A part of a recipient that may be chosen."""
    envelope = Fund.objects.create(code=code or f"envelope-{next(_numbers)}", parent=parent, currency=parent.currency)
    for language, name in (("fr", "Solidarité"), ("en", "Solidarity")):
        FundText.objects.create(fund=envelope, language=language, name=name)
    return envelope


def asked_for(fund: Fund, amount: int = 5000, **fields: Any) -> Asked:
    """What a giver asks for, with the declaration that the fund's rules want ticked today."""
    from maillage.fundraising.selectors.funds import rules_of

    return Asked(amount=amount, **{"declaration": rules_of(fund, now()).declaration.version} | fields)


def make_donation(
    fund: Fund | None = None, *, amount: int = 5000, state: DonationState = DonationState.STARTED, at: datetime | None = None, **fields: Any
) -> Donation:
    """A donation in a state; one that is settled has no books: `settled` makes one that has."""
    fund = fund or make_fund()
    instant = at or now()
    shares: dict[Fund, int] = fields.pop("shares", {})
    donor = fields.pop("donor", None) or make_donor()
    number = next(_numbers)
    donation = Donation.objects.create(
        fund=fund,
        donor=donor,
        amount=amount,
        currency=fund.currency,
        state=state,
        started_at=instant,
        counted_on=instant.date(),
        **{"key": f"key-{number}", "intent": f"pi_{number}", "method": Method.CARD}
        | ({"settled_at": instant} if state == DonationState.SETTLED else {})
        | fields,
    )
    DonationShare.objects.bulk_create(DonationShare(donation=donation, fund=each, amount=part) for each, part in shares.items())
    return donation


def make_donor(**fields: Any) -> Donor:
    """Somebody who declared who they are."""
    born_on = fields.pop("born_on", date(1984, 5, 17))
    given, family = fields.get("given_name", "Claire"), fields.get("family_name", "Dumontel")
    identity, _ = DonorIdentity.objects.get_or_create(family_key=family.lower(), given_key=given.lower(), born_on=born_on)
    return Donor.objects.create(
        identity=identity,
        born_on=born_on,
        **{
            "email": "claire.dumontel@people.example",
            "language": "fr",
            "given_name": given,
            "family_name": family,
            "nationality": "FR",
            "address_lines": "12 rue des Remparts",
            "postcode": "26150",
            "city": "Die",
            "country": "FR",
        }
        | fields,
    )


def paid(donation: Donation, *, at: datetime | None = None, fee: int | None = 100, refunded: int = 0) -> Payment:
    """What the provider says of a donation that was paid."""
    instant = (at or datetime(2026, 11, 20, 9, 30, tzinfo=UTC)).replace(microsecond=0)
    number = next(_numbers)
    told = Fee(id=f"txn_{number}", amount=fee, happened_at=instant) if fee is not None else None
    charge = Charge(
        id=f"ch_{donation.pk.hex[:20]}",
        amount=donation.amount,
        refunded=refunded,
        currency=donation.currency,
        happened_at=instant,
        fee=told,
    )
    return standing(donation, Outcome.PAID, charge=charge)


def standing(donation: Donation, outcome: Outcome, **fields: Any) -> Payment:
    """What the provider says of a donation."""
    return Payment(
        **{
            "id": donation.intent or f"pi_{donation.pk.hex[:20]}",
            "donation": str(donation.pk),
            "outcome": outcome,
            "amount": donation.amount,
            "currency": donation.currency,
            "method": Method.CARD,
        }
        | fields
    )


def settled(fund: Fund | None = None, *, amount: int = 5000, at: datetime | None = None, **fields: Any) -> Donation:
    """A donation that was paid, with its books."""
    from maillage.fundraising.services.payments import apply_payment

    donation = make_donation(fund, amount=amount, at=at, **fields)
    apply_payment(donation_id=donation.pk, payment=paid(donation, at=at or now()), seen=0, now=at or now())
    donation.refresh_from_db()
    return donation


def make_batch_row(fund: Fund | None = None, *, amount: int = 5000, method: Method = Method.CHEQUE) -> BatchRow:
    """A donation of today in an open batch."""
    from maillage.fundraising.services.batches import Written, write_row

    batch = Batch.objects.create(fund=fund or make_fund(), method=method)
    written = Written(amount=amount, received_on=day_in(now(), batch.fund.time_zone), declared=DECLARED, paper="D-1")
    return write_row(batch_id=batch.pk, written=written, now=now())


def make_bank_line(fund: Fund, *, amount: int = 5000, on: date | None = None, label: str = "REMISE") -> StatementLine:
    """A line of a statement of its own, found nowhere yet."""
    day = on or day_in(now(), fund.time_zone)
    number = next(_numbers)
    said = {"fund": fund, "format": StatementFormat.CSV, "digest": str(number), "moved": amount, "lines_told": 1}
    statement = BankStatement.objects.create(from_on=day, to_on=day, **said)
    return StatementLine.objects.create(
        fund=fund, statement=statement, position=1, mark=str(number), booked_on=day, amount=amount, label=label
    )


def make_after_payment(donation: Donation) -> tuple[Difference, Dispute, Payout]:
    """What is left to do after a payment: a difference about it, a dispute that was lost, and a payout of its recipient."""
    instant = now()
    difference = Difference.objects.create(
        fund=donation.fund, kind=DifferenceKind.AMOUNTS, reference="pi_1", donation=donation, ours=5000, theirs=500
    )
    dispute = Dispute.objects.create(
        id=f"dp_{next(_numbers)}", donation=donation, amount=5000, state=DisputeState.LOST, reason="fraudulent", opened_at=instant
    )
    payout = Payout.objects.create(
        id=f"po_{next(_numbers)}",
        fund=donation.fund,
        amount=9000,
        state=PayoutState.PAID,
        is_automatic=True,
        sent_at=instant,
        arrives_on=instant.date(),
    )
    return difference, dispute, payout


def make_given_back(donation: Donation) -> RefundRequest:
    """A donation that was tried once, of which the agent agreed to give a part back, and the treasurer asked for it; a proof besides."""
    AddressProof.objects.create(mark="mark", address=b"sealed", ends_at=now() + timedelta(hours=1))
    PaymentAttempt.objects.create(donation=donation, token=f"ctoken_{next(_numbers)}", outcome="paid")
    RefundAuthorisation.objects.create(
        donation=donation, amount=1000, authorised_by="Jo Agent", authorised_on=in_days(), reference="courriel"
    )
    return RefundRequest.objects.create(donation=donation, amount=1000, reason="une erreur")


def make_excess(fund: Fund) -> Excess:
    """Cents of a settled donation that are beyond the cap."""
    donation = make_donation(fund, amount=760_000, state=DonationState.SETTLED, donor=make_donor(family_name="Excessive"))
    return Excess.objects.create(fund=fund, donation=donation, cap="all_parties_a_year", period=str(now().year), cents=10_000)


def make_near(fund: Fund) -> NearIdentity:
    """Two who gave and may be one person."""
    pair = [make_donor(given_name=name, family_name="Proche") for name in ("Claire", "Clare")]
    for donor in pair:
        make_donation(fund, state=DonationState.SETTLED, donor=donor)
    one, other = sorted(donor.identity_id for donor in pair if donor.identity_id)
    return NearIdentity.objects.create(one_id=one, other_id=other, why=Near.TYPING_SLIP)
