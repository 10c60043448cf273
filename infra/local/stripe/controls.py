"""What tests and the demo turn by hand, under `/_stand-in/`: JSON for programs, forms for the page, never a part of the API.

GET  /_stand-in/accounts                               the accounts that were named so far
GET  /_stand-in/accounts/<account>/clock               {"now": seconds}
POST /_stand-in/accounts/<account>/clock               {"to": seconds} | {"by": seconds} | {"days": n} | {"working_days": n}
GET, POST, DELETE …/webhooks, …/api, …/bank            switches: read, turn, all off (`switches.py` names them)
GET  …/deliveries                                      what was delivered, with every answer
POST …/deliveries                                      {"event": id}: deliver it again
POST …/disputes                                        {"charge": id, "reason": "fraudulent"}: a card's bank takes it back
POST …/disputes/<id>                                   {"outcome": "won" | "lost"}
POST …/returns                                         {"charge": id, "reason": "insufficient_funds"}: a bank returns a debit
POST …/payouts/<id>                                    {"outcome": "failed"}
POST …/history                                         payments and payouts of before (`history.py` says how they are told)
GET, POST /_stand-in/authenticate/<intent>             {"answer": "agree" | "refuse"}: 3-D Secure
"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from infra.local.stripe import authentication, days, deliveries, disputes, events, history, pages, payouts, webhook_endpoints
from infra.local.stripe.desk import Desk
from infra.local.stripe.element import serving
from infra.local.stripe.errors import Refused, missing
from infra.local.stripe.keys import NAME
from infra.local.stripe.rendering import shown
from infra.local.stripe.switches import WrongSwitch

if TYPE_CHECKING:
    from infra.local.stripe.web import StandInHandler
    from infra.local.stripe.world import World

FORM = "application/x-www-form-urlencoded"


def take(handler: "StandInHandler", method: str, path: str, query: str, sent: str) -> None:
    """Answer one control."""
    is_form = handler.headers.get("Content-Type", "").startswith(FORM)
    world = handler.world
    try:
        asked = dict(parse_qsl(sent)) if is_form else json.loads(sent or "{}")
        parts = path.removeprefix("/_stand-in/").strip("/").split("/")
        if method == "GET" and serving.take_frame(handler, parts, dict(parse_qsl(query))):
            return
        match parts:
            case ["accounts"]:
                handler.json(200, {"accounts": world.accounts})
            case [("receipts" | "mandates") as kind, id] if method == "GET":
                _show(handler, kind, id)
            case ["authenticate", intent]:
                _authenticate(handler, method, intent, asked, is_form=is_form)
            case ["accounts", account, *rest] if NAME.fullmatch(account):
                body = _control(world, method, account, rest, asked)
                if is_form:
                    handler.send(303, "text/plain", b"", Location=f"/?account={quote(account)}")
                else:
                    handler.json(200, body)
            case _:
                handler.json(404, {"error": "no such control"})
    except Refused as refusal:
        handler.json(refusal.status, refusal.body)
    except (WrongSwitch, ValueError, KeyError, TypeError) as error:
        handler.json(400, {"error": f"{type(error).__name__}: {error}"})


def _control(world: "World", method: str, account: str, rest: list[str], asked: dict[str, Any]) -> Any:
    match method, rest:
        case "GET", ["clock"]:
            world.desk(account)
            return {"now": world.now(account)}
        case "POST", ["clock"]:
            happened = world.move(account, _moment(world, account, asked))
            return {"now": world.now(account), "happened": happened}
        case "GET", [("webhooks" | "api" | "bank") as group]:
            world.desk(account)
            return asdict(world.switches(account))[group]
        case "POST", [("webhooks" | "api" | "bank") as group]:
            return asdict(world.turn(account, group, asked))[group]
        case "DELETE", [("webhooks" | "api" | "bank") as group]:
            return asdict(world.turn(account, group, None))[group]
        case "GET", ["deliveries"]:
            world.desk(account)
            return {"items": deliveries.told(world, account)}
    if method != "POST":
        raise missing("control", "/".join(rest))
    desk = world.desk(account)
    if rest == ["history"]:
        with world.store.transaction():
            return {"written": history.tell(desk, asked)}
    with world.store.transaction():
        body = shown(desk, _happen(desk, rest, asked))
    world.something_to_deliver.set()
    return body


def _happen(desk: Desk, rest: list[str], asked: dict[str, Any]) -> dict[str, Any]:
    match rest:
        case ["endpoint"]:
            return webhook_endpoints.see_to(desk, asked["url"])
        case ["deliveries"]:
            event = desk.get("event", asked["event"])
            for endpoint in desk.each("webhook_endpoint", status="enabled"):
                events.hand_over(desk, event, endpoint["id"])
            return event
        case ["disputes"]:
            return disputes.opened(desk, asked["charge"], asked.get("reason", "fraudulent"))
        case ["disputes", id] if asked.get("outcome") in ("won", "lost"):
            return disputes.settled(desk, desk.get("dispute", id), asked["outcome"])
        case ["returns"]:
            return disputes.returned(desk, asked["charge"], asked.get("reason", "insufficient_funds"))
        case ["payouts", id] if asked.get("outcome") == "failed":
            return payouts.failed(desk, id)
    raise missing("control", "/".join(rest))


def _moment(world: "World", account: str, asked: dict[str, Any]) -> float:
    desk = world.desk(account)
    now = world.now(account)
    if "working_days" in asked:
        return days.after(desk.now, int(asked["working_days"])) + now % 1
    to = float(asked["to"]) if "to" in asked else now + float(asked.get("by", 0)) + float(asked.get("days", 0)) * days.SECONDS
    if to < now:
        raise ValueError("a clock moves forwards only")
    return to


def _show(handler: "StandInHandler", kind: str, id: str) -> None:
    store = handler.world.store
    found = store.get(id) or {}
    if kind == "receipts" and found.get("object") == "charge":
        handler.html(200, pages.receipt_page(found, language=handler.language), **pages.OWN_PAGE)
    elif kind == "mandates" and found.get("object") == "mandate":
        method = store.get(found["payment_method"]) or {}
        handler.html(200, pages.mandate_page(found, method, language=handler.language), **pages.OWN_PAGE)
    else:
        handler.html(404, pages.nothing_page(language=handler.language), **pages.OWN_PAGE)


def _authenticate(handler: "StandInHandler", method: str, id: str, asked: dict[str, Any], *, is_form: bool) -> None:
    world = handler.world
    account = world.store.owner(id)
    if account is None or not id.startswith(("pi_", "seti_")):
        handler.html(404, pages.nothing_page(language=handler.language))
        return
    desk = world.desk(account)
    if method == "GET":
        intent = desk.look(id) or {}
        handler.html(200, pages.authentication_page(intent, language=handler.language), **pages.FRAMED)
        return
    if asked.get("answer") not in ("agree", "refuse"):
        raise ValueError("answer is agree or refuse")
    with world.store.transaction():
        intent = authentication.answer(desk, desk.look(id) or {}, agreed=asked["answer"] == "agree")
    world.something_to_deliver.set()
    back = authentication.way_back(intent)
    if not is_form:
        handler.json(200, shown(desk, intent))
    elif asked.get("then") == "overview":
        handler.send(303, "text/plain", b"", Location=f"/?account={quote(account)}")
    elif back:
        handler.send(303, "text/plain", b"", Location=back)
    else:
        handler.html(200, pages.answered_page(intent, language=handler.language), **pages.FRAMED)
