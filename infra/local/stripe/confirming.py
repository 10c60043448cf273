"""Confirms intents of either kind: which payment method, whether its bank asks for proof, and what comes of it."""

from typing import Any

from infra.local.stripe import authentication, cards, charges, confirmation_tokens, customers, events, ibans, mandates, payment_methods
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused
from infra.local.stripe.rendering import shown

CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
HOLD = 7 * 86_400
SLOW = 180


def types_of(asked: dict[str, Any]) -> list[str]:
    """Tell which types of payment method an intent takes.

    Raises: Refused for one that the stand-in does not know.
    """
    allowed = asked.get("allowed_payment_method_types")
    for kind in allowed or []:
        if kind not in payment_methods.TYPES:
            raise Refused(f'The payment method type "{kind}" is invalid.', param="allowed_payment_method_types")
    left = [kind for kind in allowed or payment_methods.TYPES if kind not in (asked.get("excluded_payment_method_types") or [])]
    if not left:
        raise Refused("No valid payment method types for this Intent.", param="allowed_payment_method_types")
    return left


def usable(desk: Desk, intent: dict[str, Any], method: dict[str, Any]) -> dict[str, Any]:
    """Hold a payment method against an intent.

    Raises: Refused.
    """
    if method.get("_used_up"):
        raise Refused(payment_methods.USED_UP, param="payment_method")
    if method["customer"] and method["customer"] != intent["customer"]:
        raise Refused(
            f"The provided PaymentMethod cannot be attached. The PaymentMethod belongs to a Customer: please include it as the `customer` "
            f"({method['customer']}).",
            param="payment_method",
        )
    if method["type"] not in intent["payment_method_types"]:
        raise Refused(
            f"The PaymentMethod provided ({method['type']}) is not allowed for this Intent. Please attach a PaymentMethod of one of the "
            f"following types: {', '.join(intent['payment_method_types'])}.",
            param="payment_method",
        )
    return method


def confirm(desk: Desk, intent: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Confirm a payment or setup intent.

    Raises: Refused, 402 when the bank says no.
    """
    if intent["status"] not in CONFIRMABLE:
        said = "already succeeded" if intent["status"] == "succeeded" else f"a status of {intent['status']}"
        code = f"{intent['object']}_unexpected_state"
        raise Refused(f"You cannot confirm this Intent because it has {said}.", code=code, **_named(desk, intent))
    token = confirmation_tokens.use(desk, asked["confirmation_token"], intent) if "confirmation_token" in asked else None
    _require_return_url(intent, asked, token)
    method = _method(desk, intent, asked, token)
    given = {name: value for name, value in (token or {}).items() if value is not None} | asked
    intent |= {"next_action": None, "payment_method": method["id"]}
    error = "last_payment_error" if intent["object"] == "payment_intent" else "last_setup_error"
    intent[error] = None
    if intent["object"] == "payment_intent":
        intent["setup_future_usage"] = given.get("setup_future_usage") or intent["setup_future_usage"]
        for name in ("capture_method", "receipt_email", "shipping"):
            intent[name] = given.get(name) or intent[name]
    intent["_return_url"] = given.get("return_url")
    intent["_uses_sdk"] = given.get("use_stripe_sdk", False)
    intent["_authenticated"] = False
    if given.get("payment_method_options"):
        intent["payment_method_options"] = intent["payment_method_options"] | given["payment_method_options"]
    if method["type"] == "sepa_debit":
        _agree(desk, intent, method, given)
    desk.put(intent)
    away = bool(asked.get("off_session"))
    if method["type"] == "card" and _asks_for_proof(payment_methods.card_of(method), method, away=away):
        if away or asked.get("error_on_requires_action"):
            raise refuse(desk, intent, method, "authentication_required")
        return authentication.begin(desk, intent)
    return proceed(desk, intent, method)


def proceed(desk: Desk, intent: dict[str, Any], method: dict[str, Any]) -> dict[str, Any]:
    """Charge, debit or save, now that nothing is in the way.

    Raises: Refused, 402.
    """
    if intent["object"] == "setup_intent":
        return _save(desk, intent, method)
    if method["type"] == "sepa_debit":
        return _debit(desk, intent, method)
    if reason := payment_methods.card_of(method).decline:
        raise refuse(desk, intent, method, reason)
    options = intent["payment_method_options"].get("card") or {}
    when = options.get("capture_method") or intent["capture_method"]
    capture = when != "manual"
    _keep_method(desk, intent, method)
    charge = charges.succeed(desk, charges.made(desk, intent, method), capture=capture, booked_later=when == "automatic_async")
    intent["latest_charge"] = charge["id"]
    intent |= {"status": "succeeded", "amount_received": charge["amount"]} if capture else {"status": "requires_capture"}
    if not capture:
        intent["amount_capturable"] = charge["amount"]
        desk.later(desk.now + HOLD, "hold_expires", intent["id"])
    desk.put(intent)
    events.tell(desk, "payment_intent.succeeded" if capture else "payment_intent.amount_capturable_updated", intent)
    if reason := payment_methods.card_of(method).disputed:
        desk.later(desk.now + 1, f"dispute:{reason}", charge["id"])
    return intent


def refuse(desk: Desk, intent: dict[str, Any], method: dict[str, Any], reason: str) -> Refused:
    """Write down that a card was declined, and make the answer that says so."""
    refusal = payment_methods.decline(reason, payment_method=shown(desk, method))
    if intent["object"] == "payment_intent":
        charge = charges.decline(desk, charges.made(desk, intent, method), reason)
        intent["latest_charge"] = charge["id"]
        refusal.error["charge"] = charge["id"]
    return fail(desk, intent, refusal)


def fail(desk: Desk, intent: dict[str, Any], refusal: Refused) -> Refused:
    """Give an intent back for another payment method."""
    error, event = (
        ("last_payment_error", "payment_intent.payment_failed")
        if intent["object"] == "payment_intent"
        else ("last_setup_error", "setup_intent.setup_failed")
    )
    intent |= {error: dict(refusal.error), "status": "requires_payment_method", "payment_method": None, "next_action": None}
    desk.put(intent)
    events.tell(desk, event, intent)
    refusal.error[intent["object"]] = shown(desk, intent)
    return refusal


def settled(desk: Desk, id: str) -> None:
    """Due: the bank answers for a debit."""
    charge = desk.get("charge", id)
    intent = desk.get("payment_intent", charge["payment_intent"])
    method = desk.get("payment_method", charge["payment_method"])
    account = ibans.BY_IBAN[method["_iban"]]
    charges.settle_debit(desk, charge, account.failure)
    if account.failure:
        message = ibans.FAILURES[account.failure]
        refusal = Refused(message, kind="card_error", code=account.failure, charge=id, payment_method=shown(desk, method))
        fail(desk, intent, refusal)
        return
    intent |= {"status": "succeeded", "amount_received": intent["amount"]}
    desk.put(intent)
    events.tell(desk, "payment_intent.succeeded", intent)
    if account.disputed:
        desk.later(desk.now, "return:customer_initiated", id)


def _require_return_url(intent: dict[str, Any], asked: dict[str, Any], token: dict[str, Any] | None) -> None:
    automatic = intent["automatic_payment_methods"]
    redirects = automatic and automatic.get("allow_redirects") == "always"
    if redirects and not (token or asked.get("return_url") or asked.get("use_stripe_sdk")):
        raise Refused(
            "This Intent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might "
            "redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment "
            "methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when "
            "creating Setup Intents and Payment Intents.",
            param="return_url",
        )


def _method(desk: Desk, intent: dict[str, Any], asked: dict[str, Any], token: dict[str, Any] | None) -> dict[str, Any]:
    if asked.get("payment_method"):
        method = payment_methods.named(desk, asked["payment_method"])
    elif asked.get("payment_method_data"):
        method = desk.put(payment_methods.from_data(desk, asked["payment_method_data"]))
    elif token:
        method = confirmation_tokens.method_of(desk, token)
    elif intent["payment_method"]:
        method = desk.get("payment_method", intent["payment_method"])
    else:
        said = "You cannot confirm this Intent because it's missing a payment method. Update it with one and then confirm it again."
        raise Refused(said, code=f"{intent['object']}_unexpected_state", **_named(desk, intent))
    return usable(desk, intent, method)


def _asks_for_proof(card: cards.Card, method: dict[str, Any], *, away: bool) -> bool:
    if card.authenticates == "unless_set_up":
        return not (away and method.get("_set_up"))
    return card.authenticates == "always" or (card.authenticates == "on_session" and not away)


def _agree(desk: Desk, intent: dict[str, Any], method: dict[str, Any], given: dict[str, Any]) -> None:
    """See that a debit stands on a mandate."""
    if given.get("mandate"):
        intent["_mandate"] = desk.get("mandate", given["mandate"], param="mandate")["id"]
    elif given.get("mandate_data"):
        lasting = intent["object"] == "setup_intent" or intent["setup_future_usage"]
        acceptance = given["mandate_data"]["customer_acceptance"]
        mandate = mandates.made(desk, method, acceptance, single_use=None if lasting else intent["amount"])
        intent["_mandate"] = method["_mandate"] = mandate["id"]
        desk.put(method)
        events.tell(desk, "mandate.updated", mandate)
    elif method.get("_mandate"):
        intent["_mandate"] = method["_mandate"]
    else:
        said = "This payment method requires a mandate: provide `mandate_data` or the `mandate` that the customer agreed to."
        raise Refused(said, code="payment_intent_mandate_invalid", param="mandate_data")
    if desk.get("mandate", intent["_mandate"])["status"] != "active":
        raise Refused("The mandate is no longer active.", code="payment_intent_mandate_invalid", param="mandate")


def _keep_method(desk: Desk, intent: dict[str, Any], method: dict[str, Any]) -> None:
    """Give the payment method to the customer who wants to use it again; of nobody, it is used up."""
    usage = intent.get("setup_future_usage") or intent.get("usage")
    if intent["customer"] and usage:
        customers.living(desk, intent["customer"])
        payment_methods.give(desk, method, intent["customer"], set_up=usage == "off_session")
    elif not method["customer"]:
        desk.put(method | {"_used_up": intent["object"] == "payment_intent"})


def _debit(desk: Desk, intent: dict[str, Any], method: dict[str, Any]) -> dict[str, Any]:
    if intent["capture_method"] == "manual":
        raise Refused("The payment method `sepa_debit` does not support the capture method `manual`.", param="capture_method")
    _keep_method(desk, intent, method)
    charge = charges.debit(desk, charges.made(desk, intent, method))
    intent |= {"latest_charge": charge["id"], "status": "processing"}
    desk.put(intent)
    events.tell(desk, "payment_intent.processing", intent)
    slow = SLOW if ibans.BY_IBAN[method["_iban"]].slow else 0
    desk.later(desk.after_days(desk.switches.bank.debit_days) + slow, "settle", charge["id"])
    return intent


def _save(desk: Desk, intent: dict[str, Any], method: dict[str, Any]) -> dict[str, Any]:
    if method["type"] == "card" and (card := payment_methods.card_of(method)).decline and not card.attaches:
        raise refuse(desk, intent, method, card.decline)
    _keep_method(desk, intent, method)
    intent |= {"status": "succeeded", "mandate": intent.get("_mandate")}
    desk.put(intent)
    events.tell(desk, "setup_intent.succeeded", intent)
    return intent


def _named(desk: Desk, intent: dict[str, Any]) -> dict[str, Any]:
    """An intent under the name by which an error carries it."""
    return {intent["object"]: shown(desk, intent)}
