"""3-D Secure: a payer proves to the bank who they are, on a page of the stand-in that plays the bank."""

from typing import Any
from urllib.parse import urlencode

from infra.local.stripe import confirming, events
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

PATH = "/_stand-in/authenticate/"
NOT_PROVED = "We are unable to authenticate your payment method. Please choose a different payment method and try again."


def begin(desk: Desk, intent: dict[str, Any]) -> dict[str, Any]:
    """Ask for proof: by the script in the page, or at an address that leads back."""
    url = f"{desk.address}{PATH}{intent['id']}"
    back = intent["_return_url"]
    if back and not intent["_uses_sdk"]:
        action: dict[str, Any] = {"redirect_to_url": {"return_url": back, "url": url}, "type": "redirect_to_url"}
    else:
        action = {"type": "use_stripe_sdk", "use_stripe_sdk": {"stripe_js": url, "type": "three_d_secure_redirect"}}
    intent |= {"next_action": action, "status": "requires_action"}
    desk.put(intent)
    events.tell(desk, f"{intent['object']}.requires_action", intent)
    return intent


def answer(desk: Desk, intent: dict[str, Any], *, agreed: bool) -> dict[str, Any]:
    """Take what the payer answered their bank, and go on. A second answer changes nothing."""
    if intent["status"] != "requires_action":
        return intent
    method = desk.get("payment_method", intent["payment_method"])
    try:
        if not agreed:
            code = (
                "payment_intent_authentication_failure" if intent["object"] == "payment_intent" else "setup_intent_authentication_failure"
            )
            shown = {name: value for name, value in method.items() if not name.startswith("_")}
            confirming.fail(desk, intent, Refused(NOT_PROVED, kind="card_error", code=code, payment_method=shown))
        else:
            intent |= {"next_action": None, "_authenticated": True}
            confirming.proceed(desk, intent, method)
    except Refused:
        pass  # a decline is written on the intent, which is what the page goes back to
    return desk.get(intent["object"], intent["id"])


def way_back(intent: dict[str, Any]) -> str:
    """Name the address that a redirected payer goes back to; empty when there is none."""
    if not intent.get("_return_url") or intent.get("_uses_sdk"):
        return ""
    kind = intent["object"]
    done = intent["status"] in ("succeeded", "processing", "requires_capture")
    asked = {kind: intent["id"], f"{kind}_client_secret": intent["client_secret"], "redirect_status": "succeeded" if done else "failed"}
    return f"{intent['_return_url']}{'&' if '?' in intent['_return_url'] else '?'}{urlencode(asked)}"
