"""Webhook endpoints: who is told of events. An account has one from the start, for the address of `--webhook`."""

from typing import Any
from urllib.parse import urlsplit

from infra.local.stripe import events, keys, metadata, paging
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

HERE = {"127.0.0.1", "localhost", "::1"}


def create(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Make an endpoint; only this answer tells its secret.

    Raises: Refused when its address is on another machine, or it wants another version.
    """
    if asked.get("api_version", events.VERSION) != events.VERSION:
        raise Refused(f"This stand-in speaks {events.VERSION} only.", param="api_version")
    body = made(desk, desk.new_id("we"), _near(asked["url"]), asked, secret=f"whsec_{desk.secret(32)}")
    desk.put(body)
    return body | {"secret": body["_secret"]}


def made(desk: Desk, id: str, url: str, asked: dict[str, Any], *, secret: str) -> dict[str, Any]:
    """Write an endpoint that is not kept yet."""
    return {
        "id": id,
        "object": "webhook_endpoint",
        "api_version": asked.get("api_version"),
        "application": None,
        "created": desk.now,
        "description": asked.get("description") or None,
        "enabled_events": asked["enabled_events"],
        "livemode": False,
        "metadata": metadata.merged({}, asked.get("metadata")),
        "status": "enabled",
        "url": url,
        "_secret": secret,
    }


def see_to(desk: Desk, template: str) -> dict[str, Any]:
    """See that the account is told at an address, signed with the secret that follows from its name."""
    url = _near(template.replace("{account}", desk.account))
    id = f"we_standin_{desk.account}"
    wanted = {"enabled_events": ["*"], "description": "The address of --webhook"}
    kept = desk.look(id) or made(desk, id, url, wanted, secret=keys.webhook_secret(desk.account))
    return desk.put(kept | {"url": url})


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read an endpoint."""
    return desk.get("webhook_endpoint", id)


def update(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Rewrite an endpoint."""
    body = desk.get("webhook_endpoint", id)
    if "url" in asked:
        _near(asked["url"])
    metadata.rewrite(body, asked, "url", "enabled_events", "description", "metadata")
    if "disabled" in asked:
        body["status"] = "disabled" if asked["disabled"] else "enabled"
    return desk.put(body)


def delete(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Delete an endpoint; what was still to be delivered to it is not."""
    desk.get("webhook_endpoint", id)
    desk.store.remove(id)
    desk.store.change("UPDATE deliveries SET state = 'given up' WHERE endpoint = ? AND state = 'waiting'", id)
    return {"id": id, "object": "webhook_endpoint", "deleted": True}


def list_endpoints(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List endpoints."""
    return paging.page(desk, "webhook_endpoint", asked, url="/v1/webhook_endpoints")


def _near(url: str) -> str:
    """Take an address of this machine: nothing leaves it.

    Raises: Refused.
    """
    address = urlsplit(url)
    if address.scheme != "http" or address.hostname not in HERE:
        raise Refused(
            f"Invalid URL: this stand-in delivers to http:// addresses of this machine only, not to {url}", code="url_invalid", param="url"
        )
    return url
