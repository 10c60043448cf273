"""Answers one request to `/v1`: who asks, whether it was asked before, what is asked, and the answer."""

import json
import time
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import unquote

from infra.local.stripe import events, routes
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused
from infra.local.stripe.forms import flat, read_form
from infra.local.stripe.keys import Key, account_id, read_key
from infra.local.stripe.parameters import read_parameters
from infra.local.stripe.rendering import rendered
from infra.local.stripe.untaken import refuse_untaken
from infra.local.stripe.world import World

KEPT = 24 * 3600  # seconds by the account's clock
LONGEST_KEY = 255


@dataclass(frozen=True)
class Asked:
    """One request, as it came."""

    method: str
    path: str
    query: str
    body: str
    authorization: str = ""
    idempotency_key: str = ""
    version: str = ""
    account: str = ""

    @property
    def sent(self) -> str:
        """The parameters, still as they were sent."""
        return self.body if self.method == "POST" else self.query


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    status: int
    body: str
    headers: dict[str, str]


class Api:
    """The API. `running` holds the idempotency keys of what is being answered now."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._running: set[tuple[str, str]] = set()
        self._lock = Lock()

    def key_of(self, asked: Asked) -> Key:
        """Read who asks.

        Raises: Refused, 401.
        """
        sent = read_form(asked.sent) if "key=" in asked.sent else {}
        return read_key(asked.authorization, str(sent.get("key", "")))

    def answer(self, asked: Asked, key: Key, request: str, *, takes: float = 0.0) -> Answer:
        """Answer a request of one account; it `takes` so many seconds before anything comes of it."""
        headers = {"Request-Id": request, "Stripe-Version": events.VERSION}
        try:
            self._hold_against_version(asked, key)
            if asked.method == "POST" and asked.idempotency_key:
                return self._once(asked, key, request, headers, takes)
            return self._now(asked, key, request, headers, takes)
        except Refused as refusal:
            return refused(refusal, headers)

    def _once(self, asked: Asked, key: Key, request: str, headers: dict[str, str], takes: float) -> Answer:
        """Answer a key as it was answered first."""
        if len(asked.idempotency_key) > LONGEST_KEY:
            raise Refused(f"The idempotency key is longer than {LONGEST_KEY} characters.", saved=False)
        place = (key.account, asked.idempotency_key)
        headers = headers | {"Idempotency-Key": asked.idempotency_key, "Original-Request": request}
        with self._lock:
            if place in self._running:
                raise Refused(
                    f"There is currently another in-progress request using this idempotency key ({asked.idempotency_key}). "
                    "Please try again later.",
                    status=409,
                    kind="idempotency_error",
                    code="idempotency_key_in_use",
                    saved=False,
                )
            self._running.add(place)
        try:
            return self._replayed(asked, key, headers) or self._now(asked, key, request, headers, takes)
        finally:
            with self._lock:
                self._running.discard(place)

    def _replayed(self, asked: Asked, key: Key, headers: dict[str, str]) -> Answer | None:
        desk = self.world.desk(key.account)
        store = self.world.store
        store.change("DELETE FROM answers WHERE account = ? AND at <= ?", key.account, desk.now - KEPT)
        rows = store.rows(
            "SELECT asked, status, body, request FROM answers WHERE account = ? AND key = ?",
            key.account,
            asked.idempotency_key,
        )
        if not rows:
            return None
        before, status, body, first = rows[0]
        if before != _told(asked):
            raise Refused(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other "
                f"than '{asked.idempotency_key}' if you meant to execute a different request.",
                kind="idempotency_error",
                saved=False,
            )
        return Answer(status, body, headers | {"Idempotent-Replayed": "true", "Original-Request": first})

    def _now(self, asked: Asked, key: Key, request: str, headers: dict[str, str], takes: float) -> Answer:
        time.sleep(takes)
        found = routes.find(asked.method, [unquote(part) for part in asked.path.strip("/").split("/")[1:]], is_secret=key.is_secret)
        if found is None:
            said = f"Unrecognized request URL ({asked.method}: {asked.path}). This stand-in does not know it, or not with this kind of key."
            raise Refused(said, status=404, saved=False)
        route, ids = found
        wanted = read_parameters(route.takes, read_form(asked.sent))
        refuse_untaken(route.takes, wanted)
        expand = wanted.pop("expand", [])
        desk = self.world.desk(key.account, request=request, idempotency_key=asked.idempotency_key or None)
        with self.world.store.transaction():
            try:
                with self.world.store.transaction():
                    body = rendered(desk, route.answer(desk, wanted, *ids), expand)
                answer = Answer(200, _written(body), headers)
            except Refused as refusal:
                answer = refused(refusal, headers)
                if not refusal.saved:
                    return answer
            if asked.method == "POST" and asked.idempotency_key:
                self._save(asked, desk, answer, request)
        if desk.told:
            self.world.something_to_deliver.set()
        return answer

    def _save(self, asked: Asked, desk: Desk, answer: Answer, request: str) -> None:
        self.world.store.change(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)",
            desk.account,
            asked.idempotency_key,
            _told(asked),
            answer.status,
            answer.body,
            request,
            desk.now,
        )

    def _hold_against_version(self, asked: Asked, key: Key) -> None:
        if asked.version not in ("", events.VERSION):
            raise Refused(f"Invalid Stripe API version: {asked.version}. This stand-in speaks {events.VERSION}.", saved=False)
        if asked.account not in ("", account_id(key.account)):
            raise Refused(
                f"The provided key does not have access to account '{asked.account}' (or that account does not exist).",
                status=403,
                code="account_invalid",
                saved=False,
            )


def refused(refusal: Refused, headers: dict[str, str]) -> Answer:
    """Write a refusal."""
    return Answer(refusal.status, _written(refusal.body), headers)


def _written(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _told(asked: Asked) -> str:
    """What makes two requests the same."""
    return json.dumps([asked.method, asked.path, flat(read_form(asked.body))])
