"""Events: every change writes its own, with the object as it was then, for whoever listens."""

from typing import Any

import stripe

from infra.local.stripe import paging
from infra.local.stripe.desk import Desk
from infra.local.stripe.rendering import shown

VERSION = stripe.api_version


def tell(desk: Desk, kind: str, body: dict[str, Any], previous: dict[str, Any] | None = None) -> None:
    """Write an event and hand it to every endpoint that wants it."""
    data: dict[str, Any] = {"object": shown(desk, body)}
    if previous is not None:
        data["previous_attributes"] = previous
    event = {
        "id": desk.new_id("evt"),
        "object": "event",
        "api_version": VERSION,
        "created": desk.now,
        "data": data,
        "livemode": False,
        "pending_webhooks": 0,
        "request": {"id": desk.request, "idempotency_key": desk.idempotency_key},
        "type": kind,
    }
    desk.put(event)
    desk.told += 1
    for endpoint in desk.each("webhook_endpoint", status="enabled"):
        if "*" in endpoint["enabled_events"] or kind in endpoint["enabled_events"]:
            hand_over(desk, event, endpoint["id"])


def hand_over(desk: Desk, event: dict[str, Any], endpoint: str) -> None:
    """Have an event delivered to an endpoint."""
    desk.store.change(
        "INSERT INTO deliveries (account, event, type, endpoint, due) VALUES (?, ?, ?, ?, ?)",
        desk.account,
        event["id"],
        event["type"],
        endpoint,
        desk.now + desk.switches.webhooks.delay,
    )


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read an event."""
    return desk.get("event", id)


def list_events(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List events, newest first; a type may end with a star."""
    types = asked.get("types") or ([asked["type"]] if "type" in asked else [])
    return paging.page(desk, "event", asked, url="/v1/events", types=types)
