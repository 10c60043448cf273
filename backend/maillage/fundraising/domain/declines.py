"""Why a card or a debit was refused, and what to do, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

MEANS_NOT_TAKEN = "means_not_taken"
"""Our own code for a way to pay that is neither a card nor a SEPA debit."""
_KEPT = _("Nothing was taken, and what you typed is kept.")
_NO_DEBITS = _("This account cannot be debited. Try another account, or a card.")
_OTHER = _("Your bank refused this payment without saying why. Try another card, or ask your bank.")
_SAID: Mapping[str, LazyText] = {
    "insufficient_funds": _("There is not enough on this account at the moment. Try a smaller amount or another card."),
    "expired_card": _("This card is past its last month. Try another one."),
    "incorrect_cvc": _("The three or four digits of the security code are not right. Check them on the card."),
    "invalid_cvc": _("The three or four digits of the security code are not right. Check them on the card."),
    "incorrect_number": _("The number of the card is not right. Check it."),
    "invalid_expiry_month": _("The month of the card is not right. Check it."),
    "invalid_expiry_year": _("The year of the card is not right. Check it."),
    "processing_error": _("The bank could not be reached. Try again in a minute."),
    "try_again_later": _("The bank could not be reached. Try again in a minute."),
    "issuer_not_available": _("The bank could not be reached. Try again in a minute."),
    "authentication_required": _("Your bank wants you to confirm this payment, and it was not confirmed. Try again."),
    "payment_intent_authentication_failure": _("Your bank wants you to confirm this payment, and it was not confirmed. Try again."),
    "card_velocity_exceeded": _("This card has reached its limit for now. Try a smaller amount, or another card."),
    "withdrawal_count_limit_exceeded": _("This card has reached its limit for now. Try a smaller amount, or another card."),
    MEANS_NOT_TAKEN: _("Only cards and SEPA debits are taken here. Choose one of them."),
    "card_not_supported": _("This card is not taken for payments of this kind. Try another one."),
    **dict.fromkeys(
        (
            "account_closed",
            "bank_account_closed",
            "bank_account_restricted",
            "debit_not_authorized",
            "invalid_account_number",
            "no_account",
        ),
        _NO_DEBITS,
    ),
    "duplicate_transaction": _("Your bank saw the same payment a moment ago. Look at your account before you try again."),
    "currency_not_supported": _("This card is not taken for payments of this kind. Try another one."),
}


def why_refused(code: str) -> str:
    """Say in the active language why a payment was refused; what a bank keeps to itself (lost, stolen) stays so."""
    return str(_SAID.get(code, _OTHER))


def decline_said(code: str) -> str:
    """Say in the active language why a payment was refused and what to do; what a bank keeps to itself (lost, stolen) stays so."""
    return f"{why_refused(code)} {_KEPT}"
