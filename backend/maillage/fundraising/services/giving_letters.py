"""The mails about a donation made once: what was received, what comes next, whether the address is theirs; a debit told, and refused."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.cost import Limit, cost_after_tax, limit_said
from maillage.fundraising.domain.declines import why_refused
from maillage.fundraising.domain.links import ADDRESS_LINK, ADDRESS_LINK_LASTS
from maillage.fundraising.domain.receipts import receipt_said
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import Donation
from maillage.fundraising.selectors.donations import mandate_of, token_of
from maillage.fundraising.selectors.funds import name_of, public_funds, rules_of, text_of
from maillage.fundraising.services.letter_parts import about, mandate_rows, mention_lines, page, to_donor, told_beforehand
from maillage.fundraising.services.monthly_letters import own_page
from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Block, Button, Facts, Heading, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message

RECEIVED = Purpose(
    "fundraising.received",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("confirmations of your donations"),
    confides=True,
)

DEBIT = Purpose(
    "fundraising.debit_told",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("what becomes of your donation"),
    confides=True,
)

DEBIT_REFUSED = Purpose(
    "fundraising.debit_refused",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("what becomes of your donation"),
    confides=True,
)


def thank(donation: Donation, *, now: datetime) -> None:
    """Write to whoever gave that their donation was received, in the caller's transaction; of a monthly one the first time only."""
    if donation.monthly is None or donation.key is not None:  # the schedule makes the later ones, which no browser named
        to_donor(RECEIVED.name, donation.donor, about_id=donation.pk, now=now)


def received_letter(message: Message) -> Letter:
    """Thank for a donation. Raises: LookupError where it speaks of nothing."""
    donation = Donation.objects.select_related("fund", "donor", "monthly").get(pk=about(message))
    fund, language = donation.fund, message.language
    text, settled_at = text_of(fund, language), donation.settled_at or donation.started_at
    said = {"amount": amount_said(donation.amount, donation.currency), "fund": name_of(fund, language)}
    day = dates.dated(dates.day_in(settled_at, fund.time_zone), fund.time_zone)
    thanks = [Paragraph(part) for part in (text.thanks if text else "").split("\n\n") if part.strip()]
    rows = ((_("Amount"), said["amount"]), (_("Received on"), day), (_("By"), str(donation.get_method_display())))
    reference = mandate_of(donation)
    return Letter(
        subject=_("Thank you: %(fund)s has received your %(amount)s") % said,
        preview=_("What it costs you after tax, your receipt, and what comes next."),
        blocks=(
            Paragraph(_("Thank you. %(fund)s has received your donation of %(amount)s.") % said),
            *thanks,
            Facts((*rows, *mandate_rows(fund, reference)) if reference else rows),
            *_cost(donation),
            Button(_("Follow my donation"), page(message, f"give/thanks/{token_of(donation)}/")),
            Heading(_("Your receipt")),
            Paragraph(receipt_said(rules_of(fund, settled_at).receipt, is_monthly=donation.monthly is not None)),
            *_monthly(donation, message),
            *_address(donation, message),
            *_call(donation, message),
        ),
    )


def _cost(donation: Donation) -> tuple[Block, ...]:
    fund = donation.fund
    tax = rules_of(fund, donation.settled_at or donation.started_at).tax(cares=fund.cares)
    if tax is None:
        return ()
    cost = cost_after_tax(tax=tax, amount=donation.amount)
    after = _("After tax, your donation costs you %(cost)s.") % {"cost": amount_said(cost.after_tax, donation.currency)}
    limits = " ".join(limit_said(limit, tax, donation.currency) for limit in cost.limits if limit != Limit.CASH)
    return (Paragraph(after), Quiet(limits))


def _monthly(donation: Donation, message: Message) -> tuple[Block, ...]:
    if donation.monthly is None:
        return ()
    said = _("You give this each month. You change, pause or stop it in two clicks, without a password:")
    address = own_page(donation.monthly, language=message.language, at=donation.started_at)
    return (Heading(_("Each month")), Paragraph(said), Button(_("My monthly donation"), address))


def _address(donation: Donation, message: Message) -> tuple[Block, ...]:
    """Ask the address to confirm; it counts for nobody before."""
    donor = donation.donor
    if donor.proved_at is not None:
        return ()
    token = sign_link(ADDRESS_LINK, ids=[donor.pk], ends_at=donation.started_at + ADDRESS_LINK_LASTS)
    news = _("We write to you about what your donation made possible once you have.") if donor.news else ""
    why = _("Confirm that this address is yours: what you gave then counts on your name, and we can tell you what the law still allows.")
    return (
        Heading(_("Is this address yours?")),
        Paragraph(f"{why} {news}".strip()),
        Button(_("Confirm my address, or say it was not me"), page(message, f"give/address/{token}/")),
    )


def _call(donation: Donation, message: Message) -> tuple[Block, ...]:
    """Lead to the page of the fund, with what the law has each call for donations say."""
    fund = donation.fund
    if not public_funds().filter(pk=fund.pk).exists():
        return ()
    return (
        Heading(_("Tell two people")),
        Paragraph(_("This link leads to the page of the fund, and says nothing of you.")),
        Button(_("The page of the fund"), page(message, f"give/{fund.code}/")),
        *mention_lines(fund, at=donation.settled_at or donation.started_at),
    )


def debit_letter(message: Message) -> Letter:
    """Tell of a debit before it is taken, with what its mandate has to name. Raises: LookupError where there is none any more."""
    donation = Donation.objects.select_related("fund").get(pk=about(message))
    if donation.state != DonationState.PROCESSING:
        raise LookupError("it was debited, or given up")
    fund = donation.fund
    said = {"amount": amount_said(donation.amount, donation.currency), "fund": name_of(fund, message.language)}
    day = ((_("Day"), dates.dated(donation.debit_on, fund.time_zone)),) if donation.debit_on else ()
    return Letter(
        subject=_("%(amount)s will be debited for %(fund)s") % said,
        preview=_("Your donation is on its way. There is nothing to do."),
        blocks=(
            Paragraph(_("Thank you. Your donation of %(amount)s to %(fund)s will be debited from your account once.") % said),
            Facts(((_("Amount"), said["amount"]), *day, *mandate_rows(fund, donation.mandate_reference))),
            Paragraph(told_beforehand(fund, at=donation.started_at)),
            Button(_("Follow my donation"), page(message, f"give/thanks/{token_of(donation)}/")),
        ),
    )


def refused_debit_letter(message: Message) -> Letter:
    """Tell that a debit made once did not come, and why. Raises: LookupError where it was paid after all."""
    donation = Donation.objects.select_related("fund").get(pk=about(message))
    if donation.state not in (DonationState.FAILED, DonationState.ENDED):
        raise LookupError("it was tried again")
    fund = donation.fund
    said = {"amount": amount_said(donation.amount, donation.currency), "fund": name_of(fund, message.language)}
    return Letter(
        subject=_("Your donation of %(amount)s to %(fund)s was not paid") % said,
        preview=_("Nothing was taken."),
        blocks=(
            Paragraph(_("Your donation of %(amount)s to %(fund)s was to be debited from your account. Nothing was taken.") % said),
            Paragraph(why_refused(donation.failure)),
            Button(_("Follow my donation"), page(message, f"give/thanks/{token_of(donation)}/")),
            *_give_again(donation, message),
        ),
    )


def _give_again(donation: Donation, message: Message) -> tuple[Block, ...]:
    fund = donation.fund
    if not public_funds().filter(pk=fund.pk).exists():
        return ()
    return (Button(_("Give again"), page(message, f"give/{fund.code}/")), *mention_lines(fund, at=donation.started_at))


GIVING_LETTERS = ((RECEIVED, received_letter), (DEBIT, debit_letter), (DEBIT_REFUSED, refused_debit_letter))
