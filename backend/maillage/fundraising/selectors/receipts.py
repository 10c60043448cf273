"""Receipts, as whoever gave and whoever received see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from maillage.accounts.selectors.grants import Actor
from maillage.fundraising.domain.receipts import Body, Paid, Paper, ReceiptStep, number_said
from maillage.fundraising.domain.rule_parts import ReceiptKind
from maillage.fundraising.domain.words import DonationState, EntryKind
from maillage.fundraising.models import Donation, Fund, LedgerEntry, OfficialReceipt, Receipt, ReceiptDonation
from maillage.fundraising.selectors.funds import rules_of
from maillage.fundraising.selectors.treasury import as_treasurer, recipients_kept
from maillage.kernel.errors import NotFound
from maillage.kernel.links import read_link, sign_link

RECEIPT_LINK = "fundraising.receipt"
"""Downloads one receipt. Whoever has it reads the donor's names and address: it goes to the donor's mailbox alone."""

RECEIPT_LINK_LASTS = timedelta(days=365 * 4)
"""As long as the tax office may ask for the receipt: to the end of the third year after."""


@dataclass(frozen=True)
class Step:
    """A step of a receipt: which, in words, and when it was taken; `at` is None for one to come."""

    code: ReceiptStep
    text: str
    at: datetime | None
    number: str = ""


def body_of(fund: Fund) -> Body:
    """Return what a receipt says of its recipient."""
    return Body(
        legal_name=fund.legal_name,
        address=fund.address,
        registration=fund.registration,
        purpose=fund.purpose,
        quality=fund.quality,
        signatory=fund.signatory,
    )


def receipt_token(receipt: Receipt) -> str:
    """Return the token of the link that downloads a receipt."""
    return sign_link(RECEIPT_LINK, ids=[receipt.pk], ends_at=receipt.issued_at + RECEIPT_LINK_LASTS)


def receipt_by_token(token: str, *, now: datetime) -> Receipt:
    """Return the receipt that a link downloads. Raises: NotFound (`link_broken`), LinkEnded."""
    ids = read_link(RECEIPT_LINK, token, now=now)
    found = Receipt.objects.select_related("fund", "donor", "printed", "replaces").filter(pk=ids[0]).first() if ids else None
    if found is None:
        raise NotFound(code="link_broken")
    return found


def receipt_kept(user: Actor, *, id: UUID, now: datetime) -> Receipt:
    """Return a receipt of a recipient whose books a user keeps. Raises: Forbidden (`treasurers_only`), NotFound."""
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    found = Receipt.objects.filter(pk=id, fund__in=kept).first()
    if found is None:
        raise NotFound
    return found


def paper_of(receipt: Receipt) -> Paper:
    """Return a receipt as it is drawn."""
    donor = receipt.printed or receipt.donor
    lines = [donor.address_lines, f"{donor.postcode} {donor.city}".strip(), "" if donor.country in ("", "FR") else donor.country]
    parts = receipt.parts.select_related("donation").order_by("donation__counted_on", "donation_id")
    return Paper(
        number=number_said(receipt.year, receipt.number),
        body=body_of(receipt.fund),
        donor=donor.full_name,
        donor_address="\n".join(line for line in lines if line),
        amount=receipt.amount,
        paid=tuple(Paid(amount=part.amount, on=part.donation.counted_on, method=part.donation.method) for part in parts),
        issued_at=receipt.issued_at,
        time_zone=receipt.fund.time_zone,
        replaces=number_said(receipt.replaces.year, receipt.replaces.number) if receipt.replaces else "",
        cancelled=receipt.cancelled_at is not None,
    )


def receipt_steps(donation: Donation) -> list[Step]:
    """Say how far the receipt of a donation is: the steps taken, in their order, and what comes next."""
    return steps_of([donation])[donation.pk]


def steps_of(donations: Sequence[Donation]) -> dict[UUID, list[Step]]:
    """Say it of several donations, in two queries, three where one went back whole; their recipients should be at hand."""
    settled = [donation for donation in donations if donation.state == DonationState.SETTLED]
    followed = OfficialReceipt.objects.in_bulk([donation.pk for donation in settled])
    parts, gone = _latest_parts(settled), _gone_at(settled)
    found: dict[UUID, list[Step]] = {donation.pk: [] for donation in donations}
    for donation in settled:
        kind = rules_of(donation.fund, donation.settled_at or donation.started_at).receipt.kind
        if kind == ReceiptKind.CNCCFP:
            found[donation.pk] = _official(donation, followed.get(donation.pk), gone.get(donation.pk))
        elif kind == ReceiptKind.CERFA_11580:
            found[donation.pk] = _made(donation, parts.get(donation.pk), gone.get(donation.pk))
        else:
            found[donation.pk] = [Step(ReceiptStep.NONE, str(ReceiptStep.NONE.label), None)]
    return found


def papers_of(donations: Sequence[Donation]) -> dict[UUID, Receipt]:
    """Return the receipts that count of several donations."""
    return {pk: part.receipt for pk, part in _latest_parts(donations).items() if part.is_valid}


def _latest_parts(donations: Sequence[Donation]) -> dict[UUID, ReceiptDonation]:
    """Return what each donation last got a receipt by: the valid one, else the one made last."""
    parts = ReceiptDonation.objects.filter(donation__in=[donation.pk for donation in donations]).select_related("receipt")
    return {part.donation_id: part for part in parts.order_by("is_valid", "pk")}


def _gone_at(donations: Sequence[Donation]) -> dict[UUID, datetime]:
    """Say of those of which nothing stayed when the last of it went back, as the books have it."""
    gone = [donation.pk for donation in donations if donation.refunded >= donation.amount]
    if not gone:
        return {}
    back = LedgerEntry.objects.filter(donation__in=gone, kind__in=(EntryKind.REFUND, EntryKind.DISPUTE, EntryKind.CORRECTION))
    return dict(back.values_list("donation").annotate(last=Max("happened_at")).order_by())


def _official(donation: Donation, followed: OfficialReceipt | None, gone_at: datetime | None) -> list[Step]:
    transmitted, issued = (followed.transmitted_at, followed.issued_at) if followed else (None, None)
    number = followed.number if followed else ""
    steps = [
        Step(ReceiptStep.RECORDED, str(ReceiptStep.RECORDED.label), donation.settled_at),
        Step(ReceiptStep.TRANSMITTED, str(ReceiptStep.TRANSMITTED.label), transmitted),
        Step(
            ReceiptStep.ISSUED,
            _("Issued by the commission, number %(number)s.") % {"number": number} if number else str(ReceiptStep.ISSUED.label),
            issued,
            number,
        ),
    ]
    if gone_at is None:
        return steps
    return [*(step for step in steps if step.at is not None), Step(ReceiptStep.CANCELLED, str(ReceiptStep.CANCELLED.label), gone_at)]


def _made(donation: Donation, part: ReceiptDonation | None, gone_at: datetime | None) -> list[Step]:
    if part is None and gone_at is not None:
        return [Step(ReceiptStep.CANCELLED, str(ReceiptStep.CANCELLED.label), gone_at)]
    if part is None and donation.monthly_id is not None:
        return [Step(ReceiptStep.TO_COME, str(ReceiptStep.TO_COME.label), None)]
    if part is None:
        return [Step(ReceiptStep.WAITING, str(ReceiptStep.WAITING.label), None)]
    number = number_said(part.receipt.year, part.receipt.number)
    if not part.is_valid:
        return [Step(ReceiptStep.CANCELLED, str(ReceiptStep.CANCELLED.label), part.receipt.cancelled_at, number)]
    return [Step(ReceiptStep.MADE, str(ReceiptStep.MADE.label), part.receipt.issued_at, number)]
