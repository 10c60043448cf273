"""The mails that bring a receipt, say that one does not count any more, or that an authority issued one."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.receipts import WhyCancelled, number_said
from maillage.fundraising.models import MonthlyDonation, OfficialReceipt, Receipt
from maillage.fundraising.selectors.donations import token_of
from maillage.fundraising.selectors.funds import name_of
from maillage.fundraising.selectors.receipt_pdf import cerfa_pdf
from maillage.fundraising.selectors.receipts import paper_of, receipt_token
from maillage.fundraising.services.letter_parts import about, page, to_donor
from maillage.fundraising.services.monthly_letters import way_to_stop
from maillage.kernel import dates
from maillage.messaging.domain import Attachment, Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message

RECEIPT = Purpose(
    "fundraising.receipt", lane=Lane.MAIL, recipients=frozenset({RecipientKind.ADDRESS}), title=gettext_lazy("tax receipts"), confides=True
)


OFFICIAL = Purpose(
    "fundraising.official_receipt",
    lane=Lane.MAIL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("tax receipts"),
    confides=True,
)


def write_of_receipt(receipt: Receipt, *, now: datetime) -> None:
    """Send a receipt to whoever gave, or tell them that it was cancelled."""
    to_donor(RECEIPT.name, receipt.donor, about_id=receipt.pk, now=now)


def receipt_letter(message: Message) -> Letter:
    """Bring a receipt, as it stands when the mail leaves."""
    receipt = Receipt.objects.select_related("fund", "donor", "printed", "replaces").get(pk=about(message))
    said = {"number": number_said(receipt.year, receipt.number), "amount": amount_said(receipt.amount, receipt.currency)}
    if receipt.cancelled_at is not None:
        return Letter(
            subject=_("Your receipt %(number)s does not count any more") % said,
            blocks=(
                Paragraph(_cancelled_said(receipt) % said),
                Button(_("See the receipt, cancelled"), page(message, f"give/receipt/{receipt_token(receipt)}/")),
                Quiet(_("Do not declare it. If you have, put your declaration right.")),
                *way_to_stop(_monthly_of(receipt), message),
            ),
        )
    replaces = [Paragraph(_("It replaces the receipt %(number)s, which does not count any more.") % {"number": _of(receipt.replaces)})]
    return Letter(
        subject=_("Your tax receipt %(number)s") % said,
        preview=_("To keep for your declaration."),
        blocks=(
            Paragraph(_("Here is your tax receipt of %(amount)s, number %(number)s. It is attached, and stays here:") % said),
            *(replaces if receipt.replaces else ()),
            Button(_("Download my receipt"), page(message, f"give/receipt/{receipt_token(receipt)}/")),
            Quiet(_("Keep this mail to yourself: the receipt has your names and your address.")),
            *way_to_stop(_monthly_of(receipt), message),
        ),
        attachments=(Attachment(name=f"recu-{said['number']}.pdf", kind="application/pdf", content=cerfa_pdf(paper_of(receipt))),),
    )


def _cancelled_said(receipt: Receipt) -> str:
    if receipt.why_cancelled == WhyCancelled.GIVEN_BACK:
        return _("The receipt %(number)s of %(amount)s is cancelled: what it was for has been given back.")
    return _("The receipt %(number)s of %(amount)s is cancelled. The donation stands; another receipt follows as soon as it can be made.")


def _monthly_of(receipt: Receipt) -> MonthlyDonation | None:
    return MonthlyDonation.objects.filter(donations__receipt_parts__receipt=receipt).first()


def _of(receipt: Receipt | None) -> str:
    return number_said(receipt.year, receipt.number) if receipt else ""


def official_letter(message: Message) -> Letter:
    """Tell whoever gave that an authority issued their receipts: one or several that came together. Raises: LookupError where none did."""
    numbered = OfficialReceipt.objects.exclude(number="").select_related("donation__fund", "donation__monthly")
    first = numbered.filter(pk=about(message)).first()
    if first is None:
        raise LookupError("its number was taken back")
    donation = first.donation
    together = numbered.filter(donation__donor=donation.donor_id, told_at=first.told_at)
    rows = together.order_by("donation__counted_on", "pk")
    issued = [(dates.dated(each.donation.counted_on, donation.fund.time_zone), each.number) for each in rows]
    fund = name_of(donation.fund, message.language)
    said = _("The national commission of campaign accounts has issued what proves to the tax office that you gave to %(fund)s.")
    return Letter(
        subject=ngettext("The receipt of your donation has been issued", "The receipts of your donations have been issued", len(issued)),
        preview=_("Its number, for your tax return."),
        blocks=(
            Paragraph(said % {"fund": fund}),
            Facts(tuple((_("Donation of %(day)s") % {"day": day}, _("receipt %(number)s") % {"number": number}) for day, number in issued)),
            Button(_("Follow my donation"), page(message, f"give/thanks/{token_of(donation)}/")),
            *way_to_stop(donation.monthly, message),
            Quiet(_("The receipt itself reaches you from %(fund)s. Keep it: the tax office may ask for it.") % {"fund": fund}),
        ),
    )


RECEIPT_LETTERS = ((RECEIPT, receipt_letter), (OFFICIAL, official_letter))
