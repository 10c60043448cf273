"""Payment method domains: on which pages a wallet may be offered."""

from typing import Any

from infra.local.stripe import paging
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

OFFERED = ("amazon_pay", "apple_pay", "google_pay", "klarna", "link", "paypal")


def create(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Make a domain known; one that is known already is given back as it is.

    Raises: Refused for what is no name of a host.
    """
    name = asked["domain_name"]
    if "." not in name or any(letter in name for letter in "/:@ "):
        raise Refused(f"The domain name {name} is invalid.", param="domain_name")
    known = _named(desk, name)
    if known:
        return known[0]
    body = {
        "id": desk.new_id("pmd"),
        "object": "payment_method_domain",
        "created": desk.now,
        "domain_name": name,
        "enabled": asked.get("enabled", True),
        "livemode": False,
    }
    return desk.put(body | {means: {"status": "active"} for means in OFFERED})


def list_domains(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List domains."""
    equal = {name: asked.get(name) for name in ("domain_name", "enabled")}
    return paging.page(desk, "payment_method_domain", asked, url="/v1/payment_method_domains", equal=equal)


def _named(desk: Desk, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = list_domains(desk, {"domain_name": name})["data"]
    return found
