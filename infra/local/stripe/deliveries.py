"""Delivers webhooks in the background, signed as Stripe signs them, until each is taken."""

import hashlib
import hmac
import http.client
import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from infra.local.stripe.rendering import shown
from infra.local.stripe.world import World

PAUSES = (1, 5, 30, 120, 600, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400, 86_400)  # seconds by the account's clock
PATIENCE = 10.0
KEPT_OF_ANSWER = 500
AT_ONCE = 8
LONG_AGO = 3_600


class Deliverer:
    """One thread that watches, and a few that send: one account's webhooks go one after the other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._busy: set[str] = set()
        self._lock = Lock()
        self._ended = Event()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="deliveries")
        self._chance: dict[str, tuple[int | None, random.Random]] = {}

    def start(self) -> None:
        """Begin; ends with the process."""
        Thread(target=self._watch, daemon=True, name="deliverer").start()

    def stop(self) -> None:
        """End after what is being sent."""
        self._ended.set()
        self.world.something_to_deliver.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _watch(self) -> None:
        while not self._ended.is_set():
            self.world.something_to_deliver.wait(0.1)
            self.world.something_to_deliver.clear()
            self.world.tick()
            for (account,) in self.world.store.rows("SELECT DISTINCT account FROM deliveries WHERE state = 'waiting'"):
                with self._lock:
                    if account in self._busy or self._ended.is_set():
                        continue
                    self._busy.add(account)
                self._pool.submit(self._drain, account)

    def _drain(self, account: str) -> None:
        try:
            while not self._ended.is_set() and (chosen := self._next(account)):
                self._deliver(account, *chosen)
        finally:
            with self._lock:
                self._busy.discard(account)

    def _next(self, account: str) -> tuple[int, str, str, int] | None:
        switches = self.world.switches(account).webhooks
        if switches.hold:
            return None
        rows = self.world.store.rows(
            "SELECT id, event, endpoint, attempts FROM deliveries WHERE account = ? AND state = 'waiting' AND due <= ? "
            f"ORDER BY due, id LIMIT {1000 if switches.shuffle else 1}",
            account,
            self.world.now(account),
        )
        return (self._dice(account).choice(rows) if switches.shuffle else rows[0]) if rows else None

    def _deliver(self, account: str, id: int, event: str, endpoint: str, attempts: int) -> None:
        switches, dice = self.world.switches(account).webhooks, self._dice(account)
        target = self.world.store.get(endpoint)
        if target is None or target["status"] != "enabled":
            self._write(id, "given up")
            return
        if dice.random() < switches.drop:
            self._note(account, id, "dropped", None, "")
            self._write(id, "dropped")
            return
        payload = self._payload(account, event)
        taken = False
        for _ in range(max(1, switches.copies)):
            fault = next((name for name in ("forge", "stale", "cut") if dice.random() < getattr(switches, name)), "")
            status, answer = _post(target["url"], payload, target["_secret"], fault)
            self._note(account, id, fault, status, answer)
            taken |= status is not None and 200 <= status < 300
        if taken:
            self._write(id, "delivered")
        elif attempts >= len(PAUSES):
            self._write(id, "given up")
        else:
            due = self.world.now(account) + PAUSES[attempts]
            self.world.store.change("UPDATE deliveries SET attempts = attempts + 1, due = ? WHERE id = ? AND state = 'waiting'", due, id)

    def _payload(self, account: str, event: str) -> bytes:
        desk = self.world.desk(account)
        return json.dumps(shown(desk, desk.get("event", event)), ensure_ascii=False, indent=2).encode()

    def _write(self, id: int, state: str) -> None:
        self.world.store.change("UPDATE deliveries SET state = ?, attempts = attempts + 1 WHERE id = ? AND state = 'waiting'", state, id)

    def _note(self, account: str, delivery: int, fault: str, status: int | None, answer: str) -> None:
        self.world.store.change(
            "INSERT INTO attempts (delivery, account, at, fault, status, answer) VALUES (?, ?, ?, ?, ?, ?)",
            delivery,
            account,
            self.world.now(account),
            fault,
            status,
            answer,
        )

    def _dice(self, account: str) -> random.Random:
        seed = self.world.switches(account).webhooks.seed
        if account not in self._chance or self._chance[account][0] != seed:
            self._chance[account] = (seed, random.Random(seed))
        return self._chance[account][1]


def signature(payload: bytes, secret: str, at: int) -> str:
    """Sign a body as Stripe does."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def _post(url: str, payload: bytes, secret: str, fault: str) -> tuple[int | None, str]:
    """Send one copy; None when nobody answered. Straight to the address: no proxy, no redirection."""
    at = int(time.time()) - (LONG_AGO if fault == "stale" else 0)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (stand-in)",
        "Stripe-Signature": signature(payload, "whsec_of_somebody_else" if fault == "forge" else secret, at),
    }
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=PATIENCE)
    try:
        sent = payload[: len(payload) // 2] if fault == "cut" else payload
        connection.request("POST", f"{address.path or '/'}{'?' + address.query if address.query else ''}", sent, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(KEPT_OF_ANSWER).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return None, str(error)[:KEPT_OF_ANSWER]
    finally:
        connection.close()


def told(world: World, account: str, *, limit: int = 1000) -> list[dict[str, Any]]:
    """List what was delivered, or not, with every answer, newest first."""
    rows = world.store.rows(
        "SELECT id, event, type, endpoint, due, attempts, state FROM deliveries WHERE account = ? ORDER BY id DESC LIMIT ?", account, limit
    )
    attempts: dict[int, list[dict[str, Any]]] = {}
    for delivery, at, fault, status, answer in world.store.rows(
        "SELECT delivery, at, fault, status, answer FROM attempts WHERE account = ? ORDER BY id", account
    ):
        attempts.setdefault(delivery, []).append({"at": at, "fault": fault, "status": status, "answer": answer})
    names = ("id", "event", "type", "endpoint", "due", "attempts", "state")
    return [dict(zip(names, row, strict=True)) | {"tries": attempts.get(row[0], [])} for row in rows]
