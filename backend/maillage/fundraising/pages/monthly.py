"""A donor's own page of a monthly donation, by the link of a mail, without signing in and without a script.

GET shows and changes nothing. Whoever holds the link may pause, resume or stop: the donor is told, and can undo it. Name, amount
and card are shown, and the amount, the day or the card changed, to whoever typed the code that came to the donor's mailbox.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from datetime import date, datetime, timedelta
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

from maillage.accounts.services.code_limits import count_code
from maillage.fundraising import services
from maillage.fundraising.domain import schedule
from maillage.fundraising.domain.card_testing import TRIES, Origin
from maillage.fundraising.domain.links import MONTHLY_PROOF_LASTS
from maillage.fundraising.domain.money_typed import cents_typed
from maillage.fundraising.domain.payments import Proof
from maillage.fundraising.domain.words import UNDONE_BY_LINK, DonationState, MonthlyState, MonthlyStepKind
from maillage.fundraising.gateways.accounts import keys_of
from maillage.fundraising.gateways.stripe import ProviderAway, Refused
from maillage.fundraising.models import Donation, MonthlyDonation
from maillage.fundraising.pages.payment_policy import allow_payment
from maillage.fundraising.selectors.funds import day_of_payment, name_of, public_funds
from maillage.fundraising.selectors.monthly import instalment_by_token, is_proved, monthly_by_token, proof_for, step_by_token, under_way
from maillage.fundraising.services.monthly_changes import BY_DONOR, BY_LINK
from maillage.fundraising.services.monthly_confirm import can_be_confirmed
from maillage.fundraising.services.monthly_letters import own_page
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, Invalid, Refusal
from maillage.kernel.rest.throttles import browser_mark, network_mark

PROOF_COOKIE = "monthly_proof"

_PROOF = re.compile(r"seti_\w{1,59}", re.ASCII)
"""How the provider names what a bank was asked for."""

Answer = HttpResponse | None
"""Where an action leads; None: back to the page."""


@csrf_exempt  # the signed token proves the right; the proof that some actions need is kept in a cookie that other sites' forms never bring
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def monthly(request: HttpRequest, token: str) -> HttpResponse:
    """Show where a monthly donation stands; posted, change it."""
    at = now()
    try:
        found = monthly_by_token(token, now=at)
    except Refusal as ended:
        return render(request, "fundraising/link.html", {"refusal": ended}, status=ended.status)
    proved = is_proved(found, request.COOKIES.get(PROOF_COOKIE, ""), now=at)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return _act(request, found, token=token, proved=proved, at=at) or redirect("monthly", token=token)
        except Refusal as raised:
            refusal = raised
            found = monthly_by_token(token, now=at)
    context = _shown(request, found, token=token, proved=proved, at=at) | {"refusal": refusal, "errors": _errors(refusal)}
    response = render(request, "fundraising/monthly.html", context, status=refusal.status if refusal else 200)
    return allow_payment(response) if context["island"] else response


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def monthly_undo(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a change is to be undone; posted, undo it."""
    at = now()
    refusal: Refusal | None = None
    try:
        step = step_by_token(token, now=at)
        if step.kind not in UNDONE_BY_LINK:  # it is changed back after the code, on the page itself
            return redirect(own_page(step.monthly, language=get_language() or settings.LANGUAGE_CODE, at=at))
        if request.method == "POST":
            try:
                services.undo_change(step_id=step.pk, now=at)
                return redirect("monthly-undo", token=token)
            except Refusal as raised:
                refusal = raised
    except Refusal as ended:
        return render(request, "fundraising/link.html", {"refusal": ended}, status=ended.status)
    step.monthly.refresh_from_db()
    context = {
        "step": step,
        "monthly": step.monthly,
        "fund_name": name_of(step.monthly.fund, get_language()),
        "kind": MonthlyStepKind(step.kind),
        "refusal": refusal,
    }
    return render(request, "fundraising/monthly_undo.html", context, status=refusal.status if refusal else 200)


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def monthly_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Lead a donor to their bank, and say what came of it when they are back."""
    at = now()
    refusal: Refusal | None = None
    try:
        donation = instalment_by_token(token, now=at)
        if request.method == "POST":
            try:
                back = settings.PUBLIC_URL + reverse("monthly-confirm", kwargs={"token": token})
                payment = services.confirm_instalment(donation_id=donation.pk, return_url=back, now=at)
                return redirect(payment.bank_page) if payment and payment.bank_page else redirect("monthly-confirm", token=token)
            except Refusal as raised:
                refusal = raised
        elif "payment_intent" in request.GET and donation.state == DonationState.CONFIRMING:
            _read_again(donation, at)  # what the provider has of it, as one of its messages would have us do
    except Refusal as ended:
        return render(request, "fundraising/link.html", {"refusal": ended}, status=ended.status)
    donation = instalment_by_token(token, now=at)
    context = {
        "donation": donation,
        "fund_name": name_of(donation.fund, get_language()),
        "is_paid": donation.state in (DonationState.SETTLED, DonationState.PROCESSING),
        "can_confirm": can_be_confirmed(donation),
        "was_tried": "payment_intent" in request.GET or request.method == "POST",
        "refusal": refusal,
    }
    return render(request, "fundraising/monthly_confirm.html", context, status=refusal.status if refusal else 200)


def _read_again(donation: Donation, at: datetime) -> None:
    with suppress(ProviderAway, Refused):  # its message tells it later
        services.look_again(donation_id=donation.pk, now=at)


def _act(request: HttpRequest, found: MonthlyDonation, *, token: str, proved: bool, at: datetime) -> Answer:
    said = request.POST.get("do", "")
    if said in _BY_LINK:
        return _BY_LINK[said](request, found, at)
    if said in _PROVED:
        if not proved:
            raise Forbidden(_("Your code has ended. Ask for another one."), code="code_needed")
        back = settings.PUBLIC_URL + reverse("monthly", kwargs={"token": token})
        return _PROVED[said](request, found, back, at)
    raise Invalid(_("Nothing was changed: press one of the buttons."), code="nothing_asked")


def _pause(request: HttpRequest, found: MonthlyDonation, at: datetime) -> Answer:
    until = _day(request.POST.get("until", ""))
    if until is None:
        raise Invalid(fields={"until": [_("Choose a day.")]})
    services.pause_monthly(monthly_id=found.pk, until=until, hand=BY_LINK, now=at)
    return None


def _pause_for_good(_request: HttpRequest, found: MonthlyDonation, at: datetime) -> Answer:
    services.pause_monthly(monthly_id=found.pk, until=None, hand=BY_LINK, now=at)
    return None


def _resume(request: HttpRequest, found: MonthlyDonation, at: datetime) -> Answer:
    if is_proved(found, request.COOKIES.get(PROOF_COOKIE, ""), now=at):
        with services.counting_refusals(found.donor.email, now=at):
            services.resume_monthly(monthly_id=found.pk, hand=BY_DONOR, now=at)
    else:
        services.resume_monthly(monthly_id=found.pk, hand=BY_LINK, now=at)
    return None


def _stop(_request: HttpRequest, found: MonthlyDonation, at: datetime) -> Answer:
    services.stop_monthly(monthly_id=found.pk, hand=BY_LINK, now=at)
    return None


def _send_code(request: HttpRequest, found: MonthlyDonation, at: datetime) -> Answer:
    if not found.donor.email:
        raise Invalid(_("The address is not kept here any more, so no code can be sent to it."), code="no_address")
    if not count_code(request, found.donor.email):
        raise Invalid(_("Too many codes were asked for. Wait a little, then ask again."), code="too_many")
    services.ask_for_proof(address=found.donor.email, language=get_language() or found.donor.language, now=at)
    return redirect(f"{request.path}?code=sent#code")


def _take_code(request: HttpRequest, found: MonthlyDonation, at: datetime) -> Answer:
    services.confirm_proof(address=found.donor.email, code=request.POST.get("code", "")[:32], now=at)
    services.prove_donor(donor_id=found.donor_id, now=at)
    response = redirect(request.path)
    response.set_cookie(
        PROOF_COOKIE,
        proof_for(found, now=at),
        max_age=int(MONTHLY_PROOF_LASTS.total_seconds()),
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _amount(request: HttpRequest, found: MonthlyDonation, back: str, at: datetime) -> Answer:
    amount = cents_typed(request.POST.get("amount", ""))
    if amount is None:
        raise Invalid(fields={"amount": [_("Write an amount, such as 25 or 12.50.")]})
    with services.counting_refusals(found.donor.email, now=at) if amount > found.amount else nullcontext():
        proof = services.ask_for_amount(monthly_id=found.pk, amount=amount, return_url=back, hand=BY_DONOR, now=at)
    return _to_bank(proof)


def _day_of_month(request: HttpRequest, found: MonthlyDonation, _back: str, at: datetime) -> Answer:
    raw = request.POST.get("day", "")
    services.change_day(monthly_id=found.pk, day=int(raw) if raw.isdecimal() and len(raw) < 3 else 0, hand=BY_DONOR, now=at)
    return None


def _means(request: HttpRequest, found: MonthlyDonation, back: str, at: datetime) -> Answer:
    token = request.POST.get("confirmation_token", "")
    if not (8 <= len(token) <= 64 and token.replace("_", "").isalnum()):
        raise Invalid(_("The card did not reach the payment service. Nothing was changed: try again."), code="no_token")
    origin = Origin(network=network_mark(TRIES, request), device=browser_mark(TRIES, request))
    proof = services.ask_for_means(monthly_id=found.pk, token=token, return_url=back, hand=BY_DONOR, origin=origin, now=at)
    return _to_bank(proof)


def _to_bank(proof: Proof | None) -> Answer:
    """Lead to the bank that wants to hear from its customer; back to the page where it does not. Raises: Invalid (`not_agreed`)."""
    if proof is None:
        return None
    if not proof.bank_page:
        raise Invalid(_("Your bank has not agreed yet. Nothing was changed."), code="not_agreed")
    return redirect(proof.bank_page)


def _finish(request: HttpRequest, found: MonthlyDonation, _back: str, at: datetime) -> Answer:
    proof = request.POST.get("proof", "")
    if not _PROOF.fullmatch(proof):
        raise Invalid(_("Nothing was changed: press one of the buttons."), code="nothing_asked")
    if not services.finish_proof(monthly_id=found.pk, proof_id=proof, hand=BY_DONOR, now=at):
        raise Invalid(_("Your bank has not agreed yet. Nothing was changed."), code="not_agreed")
    return None


_BY_LINK: Mapping[str, Callable[[HttpRequest, MonthlyDonation, datetime], Answer]] = {
    "pause": _pause,
    "pause-for-good": _pause_for_good,
    "resume": _resume,
    "stop": _stop,
    "send-code": _send_code,
    "code": _take_code,
}
_PROVED: Mapping[str, Callable[[HttpRequest, MonthlyDonation, str, datetime], Answer]] = {
    "amount": _amount,
    "day": _day_of_month,
    "means": _means,
    "finish": _finish,
}


def _shown(request: HttpRequest, found: MonthlyDonation, *, token: str, proved: bool, at: datetime) -> dict[str, Any]:
    today = day_of_payment(found.fund, at)
    can_change = proved and found.state in (MonthlyState.ACTIVE, MonthlyState.PAUSED, MonthlyState.FAILING)
    return {
        "monthly": found,
        "fund_name": name_of(found.fund, get_language()),
        "gives_again": public_funds().filter(pk=found.fund_id).exists(),
        "under_way": under_way(found),
        "until": request.POST.get("until", ""),
        "first_day": today + timedelta(days=1),
        "last_day": today + schedule.LONGEST_PAUSE,
        "undone_within": schedule.UNDONE_WITHIN.days,
        "can_prove": found.state not in (MonthlyState.STARTING, MonthlyState.STOPPED) and bool(found.donor.email),
        "code_sent": request.GET.get("code") == "sent" or request.POST.get("do") == "code",
        "proved": can_change,
        "proof": request.GET.get("setup_intent", "")[:64] if can_change else "",
        "days": range(schedule.FIRST_DAY, schedule.LAST_DAY + 1),
        "typed_amount": request.POST.get("amount", ""),
        "island": _island(found) if can_change else None,
        "token": token,
    }


def _island(found: MonthlyDonation) -> dict[str, Any] | None:
    keys = keys_of(found.fund.stripe_account.code) if found.fund.stripe_account else None
    if keys is None:
        return None
    return {
        "script": settings.STRIPE_JS_URL,
        "key": keys.publishable,
        "currency": found.currency,
        "methods": ["card", "sepa_debit"],
        "name": found.fund.legal_name,
        "words": {
            "fields_failed": _("The fields of the payment provider did not load."),
            "try_again": _("Try again"),
            "refused": _("The card was not taken. Check it."),
        },
    }


def _errors(refusal: Refusal | None) -> dict[str, str]:
    return {name: " ".join(sentences) for name, sentences in refusal.fields.items()} if refusal else {}


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None
