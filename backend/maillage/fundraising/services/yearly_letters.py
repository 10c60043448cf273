"""The mail that tells once a year what was given from an address, to whoever proved that it is theirs."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.models import YearlyStatement
from maillage.fundraising.selectors.yearly import ToRecipient, given_in, running_from, year_token
from maillage.fundraising.services.letter_parts import about, page
from maillage.fundraising.services.monthly_letters import way_to_stop
from maillage.messaging.domain import Block, Button, Facts, Heading, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message

YEARLY = Purpose(
    "fundraising.yearly",
    lane=Lane.MAIL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("what you gave in a year"),
    confides=True,
)


def yearly_letter(message: Message) -> Letter:
    """Tell what was given in a year, as it stands when the mail leaves. Raises: LookupError where there is nothing to tell any more."""
    statement = YearlyStatement.objects.select_related("donor").filter(pk=about(message)).first()
    found = given_in(statement.donor.email, year=statement.year, language=message.language) if statement else []
    if statement is None or not found:
        raise LookupError("nothing is kept of it any more")
    said = {"year": statement.year}
    running = running_from(statement.donor.email)
    return Letter(
        subject=_("What you gave in %(year)s") % said,
        preview=_("By recipient and month, and what it costs you after tax."),
        blocks=(
            Paragraph(_("Thank you. This is what was given from your address in %(year)s.") % said),
            *(block for each in found for block in _recipient(each)),
            Button(_("See and print it"), page(message, f"give/year/{year_token(statement)}/")),
            *(block for monthly in running for block in way_to_stop(monthly, message)),
            Quiet(_("No fee was taken off your donations: recipients bear what payments cost.")),
            Quiet(_("This is no tax receipt. Keep this mail to yourself: it says to whom you gave.")),
        ),
    )


def _recipient(each: ToRecipient) -> tuple[Block, ...]:
    currency, given = each.fund.currency, each.given
    rows = [(date_format(month.first, "F Y"), amount_said(month.amount, currency)) for month in given.months]
    rows.append((_("Given in all"), amount_said(given.amount, currency)))
    if given.refunded:
        rows.append((_("Given back to you"), amount_said(given.refunded, currency)))
    if given.cost is not None and given.kept:
        rows.append((_("What it costs you after tax"), amount_said(given.cost.after_tax, currency)))
    return (
        Heading(each.name),
        Facts(tuple(rows)),
        *((Quiet(" ".join(each.limits)),) if each.limits and given.kept else ()),
        Paragraph(_("Your receipt: %(said)s") % {"said": each.receipt}),
    )


YEARLY_LETTERS = ((YEARLY, yearly_letter),)
