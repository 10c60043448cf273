"""The page of one donation, by its signed link: where it stands, what comes next. It names nobody; a receipt goes to the mailbox alone."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.fundraising import services
from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.declines import decline_said
from maillage.fundraising.domain.mentions import mentions_said
from maillage.fundraising.domain.receipts import ReceiptStep, receipt_said
from maillage.fundraising.domain.rule_parts import TermCode
from maillage.fundraising.domain.words import DonationState, HeldFor, MonthlyState
from maillage.fundraising.gateways.accounts import keys_of
from maillage.fundraising.models import Donation
from maillage.fundraising.pages.give import thermometer_of
from maillage.fundraising.pages.turns import turn_of
from maillage.fundraising.selectors.donations import donation_by_token, mandate_of
from maillage.fundraising.selectors.funds import facts_of, name_of, public_funds, rules_of, text_of
from maillage.fundraising.selectors.receipts import receipt_steps
from maillage.fundraising.services.monthly_letters import own_page
from maillage.kernel.clock import now as read_clock
from maillage.kernel.dates import dated, day_in
from maillage.kernel.errors import Refusal

ON_ITS_WAY = (DonationState.STARTED, DonationState.CONFIRMING)
"""States that last for moments: the page looks again by itself."""


@dataclass(frozen=True)
class Standing:
    """Where a donation stands, in words: what is so, and what comes next."""

    title: str
    what: str


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Say where a donation stands; whoever comes from their bank's page, or from the mail, lands here. Posted, mail its receipt again."""
    try:
        donation = donation_by_token(token, now=read_clock())
    except Refusal as ended:
        return render(request, "fundraising/link.html", {"refusal": ended}, status=ended.status)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            services.send_receipt_again(donation_id=donation.pk, now=read_clock())
            asked = request.GET.copy()
            asked["sent"] = "receipt"
            return redirect(f"{reverse('thanks', kwargs={'token': token})}?{asked.urlencode()}#receipt")
        except Refusal as raised:
            refusal = raised
    context = _context(donation, token) | {"turn": turn_of(donation.fund, request.GET), "refusal": refusal}
    context["was_sent"] = request.GET.get("sent") == "receipt"
    return render(request, "fundraising/thanks.html", context, status=refusal.status if refusal else 200)


def _context(donation: Donation, token: str) -> dict[str, Any]:
    at, language, fund = read_clock(), get_language() or settings.LANGUAGE_CODE, donation.fund
    keys = keys_of(fund.stripe_account.code) if fund.stripe_account else None
    is_public = public_funds().filter(pk=fund.pk).exists()
    rules = rules_of(fund, donation.started_at)
    monthly, steps = donation.monthly, receipt_steps(donation)
    return {
        "donation": donation,
        "fund": fund,
        "text": text_of(fund, language),
        "name": name_of(fund, language),
        "standing": standing_of(donation),
        "given_back": amount_said(donation.refunded, donation.currency) if donation.refunded else "",
        "is_settled": donation.state == DonationState.SETTLED,
        "is_through": donation.state in (DonationState.SETTLED, DonationState.PROCESSING, DonationState.HELD),
        "is_unpaid": donation.state in (DonationState.FAILED, DonationState.ENDED),
        "may_be_tried_again": is_public and donation.state in (DonationState.FAILED, DonationState.ENDED, DonationState.STARTED),
        "receipt_steps": steps,
        "has_paper": any(step.code == ReceiptStep.MADE for step in steps),
        "can_be_mailed": bool(donation.donor.email),
        "receipt_said": receipt_said(rules.receipt, is_monthly=monthly is not None),
        "monthly": monthly,
        "mandate": mandate_of(donation),
        "own_page": own_page(monthly, language=language, at=at) if monthly and monthly.state != MonthlyState.STOPPED else "",
        "next_on": monthly.next_on if monthly else None,
        "share": settings.PUBLIC_URL + reverse("give", kwargs={"code": fund.code}) if is_public else "",
        "thermometer": thermometer_of(fund),
        "mentions": mentions_said(rules_of(fund, at), facts_of(fund)),
        "is_test": keys is not None and not keys.is_live,
        "island": {
            "fund": fund.code,
            "token": token,
            "state": donation.state,
            "follow": f"/api/v1/fundraising/donations/{token}/",
            "isMoving": donation.state in (*ON_ITS_WAY, DonationState.PROCESSING),
        },
    }


def standing_of(donation: Donation) -> Standing:
    """Say where a donation stands, in the active language."""
    said = {"amount": amount_said(donation.amount, donation.currency), "fund": name_of(donation.fund, get_language())}
    match DonationState(donation.state):
        case DonationState.STARTED:
            return Standing(
                _("Your donation of %(amount)s is not paid yet.") % said,
                _("Nothing was taken. If you have just paid, wait here: this page tells it. Do not pay a second time meanwhile."),
            )
        case DonationState.CONFIRMING:
            return Standing(
                _("Your bank asks you to confirm your donation of %(amount)s.") % said,
                _("Confirm it in your bank’s application or on its page; this page tells once it is done. Without that nothing is taken."),
            )
        case DonationState.PROCESSING:
            days = rules_of(donation.fund, donation.started_at).term(TermCode.DEBIT_RESULT).number
            arrives = _("A direct debit may take %(days)s business days. A mail tells you when it has arrived, or if your bank refuses it.")
            return Standing(
                _("Thank you. Your donation of %(amount)s is on its way.") % said, f"{arrives % {'days': days}} {_('Do not pay again.')}"
            )
        case DonationState.HELD:
            return Standing(_("Thank you. Your donation of %(amount)s waits for the treasurer.") % said, _held_said(donation.held_for))
        case DonationState.SETTLED:
            when = dated(day_in(donation.settled_at or donation.started_at, donation.fund.time_zone), donation.fund.time_zone)
            return Standing(
                _("Thank you. Your donation of %(amount)s has been received.") % said,
                _("It reached %(fund)s on %(day)s. A mail confirms it.") % (said | {"day": when}),
            )
        case DonationState.FAILED:
            return Standing(_("Your donation of %(amount)s was not paid.") % said, decline_said(donation.failure))
        case DonationState.ENDED:
            return Standing(
                _("Your donation of %(amount)s was given up.") % said, _("Nothing was taken. You can begin a new one at any time.")
            )


def _held_said(held_for: str) -> str:
    looked_at = _("Nothing is taken before a human has looked. A mail tells you what was decided; there is nothing to do.")
    match held_for:
        case HeldFor.COMPANY:
            return f"{_('Your card may belong to a company, and only people give here.')} {looked_at}"
        case HeldFor.PREPAID:
            return f"{_('Your card is a prepaid one, which does not say whose money it is.')} {looked_at}"
        case HeldFor.FOREIGN:
            return f"{_('Your card was issued in another country.')} {looked_at}"
        case _:
            return looked_at
