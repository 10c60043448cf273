"""Stripe's test cards, and what each does: by number, as typed into the element, and as `pm_card_…`."""

from dataclasses import dataclass

DECLINES = {
    # code of the error, decline code, message
    "generic_decline": ("card_declined", "generic_decline", "Your card was declined."),
    "insufficient_funds": ("card_declined", "insufficient_funds", "Your card has insufficient funds."),
    "lost_card": ("card_declined", "lost_card", "Your card was declined."),
    "stolen_card": ("card_declined", "stolen_card", "Your card was declined."),
    "fraudulent": ("card_declined", "fraudulent", "Your card was declined."),
    "card_velocity_exceeded": (
        "card_declined",
        "card_velocity_exceeded",
        "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    ),
    "expired_card": ("expired_card", "expired_card", "Your card has expired."),
    "incorrect_cvc": ("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."),
    "processing_error": (
        "processing_error",
        "processing_error",
        "An error occurred while processing your card. Try again in a little bit.",
    ),
    "test_mode_live_card": (
        "card_declined",
        "test_mode_live_card",
        "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
    ),
    "authentication_required": (
        "authentication_required",
        "authentication_required",
        "Your card was declined. This transaction requires authentication.",
    ),
}
PARAMS = {"expired_card": "exp_month", "incorrect_cvc": "cvc"}
ADVICE = {"lost_card": "do_not_try_again", "stolen_card": "do_not_try_again", "fraudulent": "do_not_try_again"}


@dataclass(frozen=True)
class Card:
    """One test card.

    `decline`: why it is declined when charged, and unless `attaches` when it is saved too. `authenticates`: never, always,
    unless_set_up (only while nobody saved it for off-session payments), or on_session (never off-session).
    """

    number: str
    names: tuple[str, ...]
    brand: str = "visa"
    country: str = "US"
    funding: str = "credit"
    decline: str = ""
    attaches: bool = False
    authenticates: str = "never"
    disputed: str = ""
    refund: str = ""
    available_at_once: bool = False
    networks: tuple[str, ...] = ()


def _country(code: str, number: str) -> Card:
    return Card(number, (code.lower(),), country=code)


def _declined(number: str, reason: str, name: str) -> Card:
    return Card(number, (f"chargeDeclined{name}", f"visa_chargeDeclined{name}"), decline=reason)


CARDS = (
    Card("4242424242424242", ("visa", "us")),
    Card("4000056655665556", ("visa_debit",), funding="debit"),
    Card("5555555555554444", ("mastercard",), "mastercard"),
    Card("2223003122003222", ("mastercard_2series",), "mastercard"),
    Card("5200828282828210", ("mastercard_debit",), "mastercard", funding="debit"),
    Card("5105105105105100", ("mastercard_prepaid",), "mastercard", funding="prepaid"),
    Card("378282246310005", ("amex",), "amex"),
    Card("6011111111111117", ("discover",), "discover"),
    Card("4000002500001001", ("visa_cartesBancaires",), country="FR", networks=("cartes_bancaires", "visa")),
    Card("5555552500001001", ("mastercard_cartesBancaires",), "mastercard", "FR", networks=("cartes_bancaires", "mastercard")),
    _country("FR", "4000002500000003"),
    _country("DE", "4000002760000016"),
    _country("BE", "4000000560000004"),
    _country("ES", "4000007240000007"),
    _country("IT", "4000003800000008"),
    _country("NL", "4000005280000002"),
    _country("PT", "4000006200000007"),
    _country("GB", "4000008260000000"),
    _country("CH", "4000007560000009"),
    _country("CA", "4000001240000000"),
    _country("JP", "4000003920000003"),
    _country("BR", "4000000760000002"),
    _declined("4000000000000002", "generic_decline", ""),
    _declined("4000000000009995", "insufficient_funds", "InsufficientFunds"),
    _declined("4000000000009987", "lost_card", "LostCard"),
    _declined("4000000000009979", "stolen_card", "StolenCard"),
    _declined("4000000000000069", "expired_card", "ExpiredCard"),
    _declined("4000000000000127", "incorrect_cvc", "IncorrectCvc"),
    _declined("4000000000000119", "processing_error", "ProcessingError"),
    _declined("4000000000006975", "card_velocity_exceeded", "VelocityLimitExceeded"),
    Card("4100000000000019", ("radarBlock",), decline="fraudulent", attaches=True),
    Card("4000000000000341", ("chargeCustomerFail",), decline="generic_decline", attaches=True),
    Card("4000000000003220", ("threeDSecure2Required", "threeDSecureRequired"), authenticates="always"),
    Card("4000008400001629", ("threeDSecureRequiredChargeDeclined",), authenticates="always", decline="generic_decline", attaches=True),
    Card("4000002760003184", ("authenticationRequired",), country="DE", authenticates="always"),
    Card("4000002500003155", ("authenticationRequiredOnSetup",), country="FR", authenticates="unless_set_up"),
    Card("4000003800000446", ("authenticationRequiredSetupForOffSession",), country="IT", authenticates="on_session"),
    Card(
        "4000008260003178",
        ("authenticationRequiredChargeDeclinedInsufficientFunds",),
        country="GB",
        authenticates="always",
        decline="insufficient_funds",
        attaches=True,
    ),
    Card("4000000000000259", ("createDispute",), disputed="fraudulent"),
    Card("4000000000002685", ("createDisputeProductNotReceived",), disputed="product_not_received"),
    Card("4000000000007726", ("pendingRefund",), refund="pending"),
    Card("4000000000005126", ("refundFail",), refund="fails"),
    Card("4000000000000077", ("bypassPending",), available_at_once=True),
)
BEGINNINGS = {"2": "mastercard", "3": "amex", "4": "visa", "5": "mastercard", "6": "discover"}
BY_NUMBER = {card.number: card for card in CARDS}
BY_NAME = {f"pm_card_{name}": card for card in CARDS for name in card.names}


def is_number(digits: str) -> bool:
    """Say whether digits can be a card's: their length and Luhn's check."""
    if not (digits.isdecimal() and digits.isascii() and 12 <= len(digits) <= 19):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def brand_of(number: str) -> str:
    """Name the brand that a number begins like."""
    return BY_NUMBER[number].brand if number in BY_NUMBER else BEGINNINGS.get(number[:1], "unknown")
