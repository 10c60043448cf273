"""The mail that brings a receipt, or says that one does not count any more."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.receipts import number_said
from maillage.fundraising.models import Receipt
from maillage.fundraising.selectors.receipt_pdf import cerfa_pdf
from maillage.fundraising.selectors.receipts import paper_of, receipt_token
from maillage.fundraising.services.letter_parts import about, page, to_donor
from maillage.messaging.domain import Attachment, Button, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message

RECEIPT = Purpose(
    "fundraising.receipt", lane=Lane.MAIL, recipients=frozenset({RecipientKind.ADDRESS}), title=gettext_lazy("tax receipts"), confides=True
)


def write_of_receipt(receipt: Receipt, *, now: datetime) -> None:
    """Send a receipt to whoever gave, or tell them that it was cancelled."""
    to_donor(RECEIPT.name, receipt.donor, about_id=receipt.pk, now=now)


def receipt_letter(message: Message) -> Letter:
    """Bring a receipt, as it stands when the mail leaves."""
    receipt = Receipt.objects.select_related("fund", "donor", "replaces").get(pk=about(message))
    said = {"number": number_said(receipt.year, receipt.number), "amount": amount_said(receipt.amount, receipt.currency)}
    if receipt.cancelled_at is not None:
        return Letter(
            subject=_("Your receipt %(number)s does not count any more") % said,
            blocks=(
                Paragraph(_("The receipt %(number)s of %(amount)s is cancelled: what it was for has been given back.") % said),
                Quiet(_("Do not declare it. If you have, put your declaration right.")),
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
        ),
        attachments=(Attachment(name=f"recu-{said['number']}.pdf", kind="application/pdf", content=cerfa_pdf(paper_of(receipt))),),
    )


def _of(receipt: Receipt | None) -> str:
    return number_said(receipt.year, receipt.number) if receipt else ""


RECEIPT_LETTERS = ((RECEIPT, receipt_letter),)
