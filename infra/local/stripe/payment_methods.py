"""Payment methods: cards and SEPA debits."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from infra.local.stripe import cards, customers, events, ibans, metadata, paging
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

TYPES = ("card", "sepa_debit")
NO_ADDRESS = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None}
USED_UP = (
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or was detached from a Customer. "
    "It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first."
)


def made(desk: Desk, kind: str, details: dict[str, Any], billing: dict[str, Any] | None = None, **own: Any) -> dict[str, Any]:
    """Write a payment method that is not kept yet."""
    billing = billing or {}
    return {
        "id": desk.new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": {
            "address": NO_ADDRESS | {name: value or None for name, value in (billing.get("address") or {}).items()},
            "email": billing.get("email") or None,
            "name": billing.get("name") or None,
            "phone": billing.get("phone") or None,
            "tax_id": billing.get("tax_id") or None,
        },
        "created": desk.now,
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": kind,
        kind: details,
    } | {f"_{name}": value for name, value in own.items()}


def of_card(desk: Desk, card: cards.Card, billing: dict[str, Any] | None = None, **typed: Any) -> dict[str, Any]:
    """Write the payment method of a test card; `typed` holds month, year, cvc and wallet where they are known."""
    year = datetime.fromtimestamp(desk.now, UTC).year
    wallet = typed.get("wallet")
    last4 = card.number[-4:]
    address = (billing or {}).get("address") or {}
    details = {
        "brand": card.brand,
        "checks": {
            "address_line1_check": "pass" if address.get("line1") else None,
            "address_postal_code_check": "pass" if address.get("postal_code") else None,
            "cvc_check": "pass" if typed.get("cvc", "123") else None,
        },
        "country": card.country,
        "display_brand": card.networks[0] if card.networks else card.brand,
        "exp_month": typed.get("exp_month", 12),
        "exp_year": typed.get("exp_year", year + 4),
        "fingerprint": _fingerprint(desk, card.number),
        "funding": card.funding,
        "generated_from": None,
        "last4": last4,
        "networks": {"available": list(card.networks) or [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": {"dynamic_last4": last4, "type": wallet} if wallet else None,
    }
    return made(desk, "card", details, billing, number=card.number)


def of_account(desk: Desk, account: ibans.Account, billing: dict[str, Any] | None = None) -> dict[str, Any]:
    """Write the payment method of a test bank account."""
    bank, branch = ibans.bank_and_branch(account.iban)
    details = {
        "bank_code": bank,
        "branch_code": branch,
        "country": account.iban[:2],
        "fingerprint": _fingerprint(desk, account.iban),
        "generated_from": {"charge": None, "setup_attempt": None},
        "last4": account.iban[-4:],
    }
    billing = billing or {"name": "Jenny Rosen", "email": "jenny@example.com"}
    return made(desk, "sepa_debit", details, billing, iban=account.iban)


def from_data(desk: Desk, data: dict[str, Any], *, param: str = "payment_method_data") -> dict[str, Any]:
    """Write a payment method from what was typed.

    Raises: Refused.
    """
    kind = data["type"]
    if kind not in TYPES:
        raise Refused(f'The payment method type "{kind}" is not taken by this stand-in.', param=f"{param}[type]")
    if kind not in data:
        raise Refused(f"Missing required param: {param}[{kind}].", code="parameter_missing", param=f"{param}[{kind}]")
    billing = data.get("billing_details") or {}
    method = _typed_card(desk, data["card"], billing) if kind == "card" else _typed_iban(desk, data["sepa_debit"], billing, param)
    method["allow_redisplay"] = data.get("allow_redisplay", "unspecified")
    method["metadata"] = metadata.merged({}, data.get("metadata"))
    return method


def named(desk: Desk, id: str, *, param: str = "payment_method") -> dict[str, Any]:
    """Read a payment method, or make one anew from the name of a test one.

    Raises: Refused.
    """
    if card := cards.BY_NAME.get(id):
        return desk.put(of_card(desk, card))
    if account := ibans.BY_NAME.get(id):
        return desk.put(of_account(desk, account))
    return desk.get("payment_method", id, param=param)


def card_of(method: dict[str, Any]) -> cards.Card:
    """Name the test card of a payment method."""
    return cards.BY_NUMBER[method["_number"]]


def decline(reason: str, **more: Any) -> Refused:
    """Say that a card was declined; what was done stays."""
    code, decline_code, message = cards.DECLINES[reason]
    more |= {"advice_code": cards.ADVICE.get(reason), "param": cards.PARAMS.get(reason)}
    return Refused(message, status=402, kind="card_error", kept=True, code=code, decline_code=decline_code, **more)


def create(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Make a payment method; card numbers are never taken from a server."""
    if "type" not in asked:
        raise Refused("Missing required param: type.", code="parameter_missing", param="type")
    if "number" in asked.get("card", {}):
        raise Refused(
            "Sending credit card numbers directly to the Stripe API is generally unsafe. Use the element instead.", param="card[number]"
        )
    method = from_data(desk, {name: value for name, value in asked.items() if name != "expand"}, param="")
    return desk.put(method)


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read a payment method."""
    return desk.get("payment_method", id)


def update(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Rewrite a payment method that belongs to a customer."""
    method = desk.get("payment_method", id)
    if not method["customer"]:
        raise Refused("You must save this PaymentMethod to a customer before you can update it.")
    previous = metadata.rewrite(method, asked, "allow_redisplay", "metadata")
    if billing := asked.get("billing_details"):
        previous["billing_details"] = method["billing_details"]
        method["billing_details"] = method["billing_details"] | {name: value or None for name, value in billing.items()}
        method["billing_details"]["address"] = NO_ADDRESS | (method["billing_details"]["address"] or {})
    desk.put(method)
    events.tell(desk, "payment_method.updated", method, previous)
    return method


def list_methods(desk: Desk, asked: dict[str, Any], customer: str | None = None) -> dict[str, Any]:
    """List the payment methods of a customer."""
    customer = customer or asked.get("customer")
    if customer:
        customers.living(desk, customer)
    url = f"/v1/customers/{customer}/payment_methods" if customer and "customer" not in asked else "/v1/payment_methods"
    # Without a customer nothing is listed, as those of nobody may not be used again.
    return paging.page(desk, "payment_method", asked, url=url, equal={"customer": customer or "", "type": asked.get("type")})


def attach(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Give a payment method to a customer.

    Raises: Refused, 402 when the card's bank says no.
    """
    method = named(desk, id, param="payment_method")
    if "customer" not in asked:
        raise Refused("Missing required param: customer.", code="parameter_missing", param="customer")
    customers.living(desk, asked["customer"])
    if method["customer"] not in (None, asked["customer"]):
        raise Refused("The payment method you provided has already been attached to a customer.")
    if method.get("_used_up"):
        raise Refused(USED_UP)
    if method["type"] == "card" and (card := card_of(method)).decline and not card.attaches:
        raise decline(card.decline)
    return give(desk, method, asked["customer"])


def give(desk: Desk, method: dict[str, Any], customer: str, *, set_up: bool = False) -> dict[str, Any]:
    """Give a payment method to a customer without asking the bank; `set_up` for payments without them there."""
    was, method["customer"] = method["customer"], customer
    method["_set_up"] = set_up or method.get("_set_up", False)
    desk.put(method)
    if was is None:
        events.tell(desk, "payment_method.attached", method)
    return method


def detach(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Take a payment method from its customer, for good."""
    method = desk.get("payment_method", id)
    if not method["customer"]:
        raise Refused("The payment method you provided is not attached to a customer so detachment is impossible.")
    previous = {"customer": method["customer"]}
    desk.put(method | {"customer": None, "_used_up": True})
    method = desk.get("payment_method", id)
    events.tell(desk, "payment_method.detached", method, previous)
    return method


def _typed_card(desk: Desk, typed: dict[str, Any], billing: dict[str, Any]) -> dict[str, Any]:
    number = str(typed.get("number", "")).replace(" ", "")
    today = datetime.fromtimestamp(desk.now, UTC)
    month, year = int(typed.get("exp_month") or 0), int(typed.get("exp_year") or 0)
    year += 2000 if year < 100 else 0
    if not cards.is_number(number):
        raise _mistyped("incorrect_number", "Your card number is incorrect.", "number")
    if not 1 <= month <= 12:
        raise _mistyped("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month")
    if (year, month) < (today.year, today.month) or year > today.year + 50:
        raise _mistyped("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year")
    cvc = str(typed.get("cvc", ""))
    if not (cvc.isdecimal() and len(cvc) in ((3, 4) if cards.brand_of(number) == "amex" else (3,))):
        raise _mistyped("invalid_cvc", "Your card's security code is invalid.", "cvc")
    if number not in cards.BY_NUMBER:
        raise decline("test_mode_live_card")
    own = {"exp_month": month, "exp_year": year, "cvc": cvc, "wallet": typed.get("wallet")}
    return of_card(desk, cards.BY_NUMBER[number], billing, **own)


def _typed_iban(desk: Desk, typed: dict[str, Any], billing: dict[str, Any], param: str) -> dict[str, Any]:
    iban = str(typed.get("iban", "")).replace(" ", "").upper()
    if not ibans.is_iban(iban):
        raise Refused("The IBAN you provided is invalid.", code="invalid_bank_account_iban", param=f"{param}[sepa_debit][iban]")
    if iban not in ibans.BY_IBAN:
        raise Refused("In test mode, you must use a test IBAN.", code="bank_account_unusable", param=f"{param}[sepa_debit][iban]")
    for name in ("name", "email"):
        if not billing.get(name):
            place = f"{param}[billing_details][{name}]"
            raise Refused(f"Missing required param: {place}.", code="parameter_missing", param=place)
    return of_account(desk, ibans.BY_IBAN[iban], billing)


def _mistyped(code: str, message: str, param: str) -> Refused:
    return Refused(message, status=402, kind="card_error", code=code, param=param)


def _fingerprint(desk: Desk, number: str) -> str:
    return hashlib.sha256(f"{desk.account}:{number}".encode()).hexdigest()[:16]
