"""Which account a key names. Nothing but the stand-in's own test keys is ever taken."""

import base64
import re
from dataclasses import dataclass

from infra.local.stripe.errors import Refused

SECRET, PUBLISHABLE = "sk_test_standin_", "pk_test_standin_"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True)
class Key:
    """A key that was shown: the account it names, and whether it may do more than a browser may."""

    account: str
    is_secret: bool


def secret_key(account: str) -> str:
    """The key of an account's server."""
    return f"{SECRET}{account}"


def publishable_key(account: str) -> str:
    """The key of an account's pages."""
    return f"{PUBLISHABLE}{account}"


def webhook_secret(account: str) -> str:
    """What signs the webhooks that go to the address of `--webhook`."""
    return f"whsec_standin_{account}"


def account_id(account: str) -> str:
    """The identifier of an account."""
    return f"acct_standin_{account}"


def written(*accounts: str) -> str:
    """Write the keys of accounts as the variable STRIPE_ACCOUNTS holds them."""
    return ";".join(f"{name}={secret_key(name)},{publishable_key(name)},{webhook_secret(name)}" for name in accounts)


def read_key(authorization: str, asked: str) -> Key:
    """Read the key from the header (Bearer or Basic), or as the browser's script sends it.

    Raises: Refused, 401.
    """
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "basic":
        value = base64.b64decode(value + "==", validate=False).decode(errors="replace").partition(":")[0]
    shown = value.strip() or asked
    if not shown:
        raise _unauthorized("You did not provide an API key.")
    for beginning, is_secret in ((SECRET, True), (PUBLISHABLE, False)):
        if shown.startswith(beginning) and NAME.fullmatch(shown.removeprefix(beginning)):
            return Key(shown.removeprefix(beginning), is_secret)
    if shown.startswith(("sk_live_", "rk_live_", "pk_live_")):
        raise _unauthorized(f"Invalid API Key provided: {shown[:8]}****. This is a stand-in for tests: never show it a live key.")
    raise _unauthorized(f"Invalid API Key provided: {shown[:8]}****")


def _unauthorized(message: str) -> Refused:
    return Refused(message, status=401, saved=False)
