"""Tax receipts made, numbered without gaps, cancelled and replaced."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.receipts import WhyCancelled
from maillage.fundraising.domain.rule_parts import NoRules, ReceiptKind
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import Donation, DonorCorrection, Fund, Receipt, ReceiptDonation
from maillage.fundraising.selectors.funds import rules_of
from maillage.fundraising.selectors.receipts import body_of
from maillage.fundraising.services.receipt_letters import write_of_receipt
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.limits import happens_at_most

MAKE = "fundraising.make_receipt"

MOST_AGAIN = 3
"""How often a receipt is mailed again in a day: whoever holds the link of a donation fills no mailbox."""

_NEXT = """
INSERT INTO fundraising_receiptcount (fund_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (fund_id, year) DO UPDATE SET last = fundraising_receiptcount.last + 1 RETURNING last
"""


def make_receipt(*, donation_id: UUID, now: datetime) -> Receipt | None:
    """Make the receipt of a donation that was received, or follow what was given back of it since; safe to repeat, in any order.

    None where there is none to make: the rules know none, the recipient's facts are not complete, nothing is left of the donation,
    or it is an instalment, whose receipt is made for the whole year (`make_yearly_receipt`).
    Facts: receipt.issued, receipt.cancelled.
    """
    with transaction.atomic():
        # not its key: whoever replaces a receipt of several donations names this one in it, while we wait for that receipt
        held = Donation.objects.select_related("fund", "donor").select_for_update(of=("self",), no_key=True)
        donation = held.get(pk=donation_id)
        part = ReceiptDonation.objects.select_related("receipt").filter(donation=donation, is_valid=True).first()
        if part is not None:
            return _follow(part.receipt, now=now)
        if donation.monthly_id is not None:
            return None
        return _issue([donation], now=now)


def make_yearly_receipt(*, monthly_id: UUID, year: int, now: datetime) -> Receipt | None:
    """Make the one receipt of a monthly donation's instalments of a year; safe to repeat. Facts: receipt.issued."""
    with transaction.atomic():
        due = instalments_without_receipt(year=year).filter(monthly_id=monthly_id)
        donations = list(due.select_related("fund", "donor").select_for_update(of=("self",), no_key=True).order_by("pk"))
        return _issue(donations, now=now)


def ask_for_missing_receipts(*, now: datetime) -> int:
    """Ask for the receipts that donations given once still lack, one job each; return how many were new.

    What its recipient's facts did not suffice for is made once they do: the same donation is asked for again another night.
    """
    given = Donation.objects.filter(monthly__isnull=True, state=DonationState.SETTLED, refunded__lt=F("amount"))
    due = given.filter(fund__in=_with_receipts(now)).exclude(receipt_parts__is_valid=True).order_by().values_list("pk", flat=True)
    asked = [{"subject_id": donation_id, "key": f"{donation_id}:{now:%Y-%m-%d}"} for donation_id in due.iterator()]
    return journal.jobs.enqueue_many(MAKE, asked, unique_by="key")


def ask_for_yearly_receipts(*, year: int, now: datetime) -> int:
    """Ask for the receipts of a year's instalments, one job for each monthly donation; return how many were new.

    Only of recipients that make them, their facts complete: what is asked for is asked for once.
    """
    kept = instalments_without_receipt(year=year).filter(fund__in=_with_receipts(now))
    due = kept.order_by().values_list("monthly_id", flat=True).distinct()
    asked = [{"monthly_id": monthly_id, "year": year, "key": f"{monthly_id}:{year}"} for monthly_id in due.iterator()]
    return journal.jobs.enqueue_many("fundraising.make_yearly_receipt", asked, unique_by="key")


def instalments_without_receipt(*, year: int) -> QuerySet[Donation]:
    """Return the instalments of a year of which something is left and no valid receipt was made."""
    kept = Donation.objects.filter(monthly__isnull=False, state=DonationState.SETTLED, counted_on__year=year, refunded__lt=F("amount"))
    return kept.exclude(receipt_parts__is_valid=True)


def cancel_receipt(*, receipt_id: UUID, why: WhyCancelled, by: User, now: datetime) -> Receipt:
    """Cancel a receipt that was made by mistake, and make the one that replaces it, if anything is left to receipt.

    Facts: receipt.cancelled, receipt.issued.  Raises: Conflict (`receipt_cancelled`).
    """
    with transaction.atomic():
        receipt = Receipt.objects.select_for_update().get(pk=receipt_id)
        if receipt.cancelled_at is not None:
            raise Conflict(_("This receipt is cancelled already."), code="receipt_cancelled")
        return _replace(receipt, why=why, by=by, now=now)


def follow_words(correction: DonorCorrection, *, by: User, now: datetime) -> None:
    """Replace the receipts that bear other names or another address than their donor has now; called where these were put right.

    The caller holds the donor's donations, so that no receipt of them is made meanwhile.
    Facts: receipt.cancelled, receipt.issued.
    """
    made = Receipt.objects.filter(donor=correction.donor)
    standing = list(made.filter(cancelled_at__isnull=True).select_for_update(of=("self",)).order_by("year", "number"))
    made.filter(printed__isnull=True).update(printed=correction)
    for receipt in standing:
        _replace(receipt, why=WhyCancelled.CORRECTED, by=by, now=now)


def send_receipt_again(*, donation_id: UUID, now: datetime) -> None:
    """Mail the receipt of a donation to its donor once more. Raises: Conflict (`no_receipt`), Invalid (`asked_too_often`)."""
    with transaction.atomic():
        part = ReceiptDonation.objects.select_related("receipt__donor").filter(donation=donation_id, is_valid=True).first()
        if part is None or not part.receipt.donor.email:
            raise Conflict(_("There is no receipt to send."), code="no_receipt")
        if not happens_at_most("fundraising.receipt", to=str(part.receipt_id), most=MOST_AGAIN, over=timedelta(days=1), now=now):
            raise Invalid(_("It was sent several times today. Look among unwanted mail, or ask again tomorrow."), code="asked_too_often")
        write_of_receipt(part.receipt, now=now)


def _with_receipts(now: datetime) -> list[Fund]:
    """Return the recipients that make receipts of their own today, and whose facts suffice for them."""
    return [fund for fund in Fund.objects.filter(parent__isnull=True).order_by("pk") if _makes_receipts(fund, now)]


def _makes_receipts(fund: Fund, now: datetime) -> bool:
    try:
        kind = rules_of(fund, now).receipt.kind
    except NoRules:
        return False
    return kind == ReceiptKind.CERFA_11580 and not body_of(fund).missing


def _follow(receipt: Receipt, *, now: datetime) -> Receipt | None:
    receipt = Receipt.objects.select_for_update().get(pk=receipt.pk)
    if receipt.cancelled_at is not None:  # another of its donations was followed meanwhile
        following = Receipt.objects.filter(replaces=receipt).first()
        return None if following is None else _follow(following, now=now)
    left = {part.donation_id: part.donation.amount - part.donation.refunded for part in receipt.parts.select_related("donation")}
    if all(left[part.donation_id] == part.amount for part in receipt.parts.all()):
        return receipt
    return _replace(receipt, why=WhyCancelled.GIVEN_BACK, by=None, now=now)


def _replace(receipt: Receipt, *, why: WhyCancelled, by: User | None, now: datetime) -> Receipt:
    receipt.cancelled_at, receipt.why_cancelled, receipt.cancelled_by = now, why, by
    receipt.save(update_fields=["cancelled_at", "why_cancelled", "cancelled_by"])
    receipt.parts.update(is_valid=False)
    journal.record("receipt.cancelled", subject=receipt, at=now, actor_id=by.pk if by else None, why=str(why))
    kept = Donation.objects.filter(receipt_parts__receipt=receipt).select_related("fund", "donor").order_by("pk")
    following = _issue(list(kept), now=now, replaces=receipt)
    if following is None:
        write_of_receipt(receipt, now=now)
    return following or receipt


def _issue(donations: Sequence[Donation], *, now: datetime, replaces: Receipt | None = None) -> Receipt | None:
    left = [
        (each, each.amount - each.refunded) for each in donations if each.state == DonationState.SETTLED and each.refunded < each.amount
    ]
    if not left:
        return None
    first = left[-1][0]  # the latest: its donor's names and address are the newest
    rules = rules_of(first.fund, first.settled_at or now)
    if rules.receipt.kind != ReceiptKind.CERFA_11580 or body_of(first.fund).missing:
        return None
    receipt = Receipt.objects.create(
        fund=first.fund,
        year=first.counted_on.year,
        number=_next_number(first.fund, first.counted_on.year),
        donor=first.donor,
        amount=sum(cents for _, cents in left),
        currency=first.currency,
        rules=rules.version,
        issued_at=now,
        replaces=replaces,
    )
    ReceiptDonation.objects.bulk_create(ReceiptDonation(receipt=receipt, donation=each, amount=cents) for each, cents in left)
    journal.record("receipt.issued", subject=receipt, at=now, amount=receipt.amount, number=receipt.number)
    write_of_receipt(receipt, now=now)
    return receipt


def _next_number(fund: Fund, year: int) -> int:
    """Give the next number: its row stays locked until the receipt is there, or both are gone."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [fund.pk, year])
        return int(cursor.fetchone()[0])
