"""The stand-in for Stripe, for tests: one process for a run, an account of its own for each test, so that nothing is shared.

def test_a_gift_is_paid(stripe_account: StripeAccount, settings):
    settings.STRIPE_API_URL = stripe_account.address
    settings.STRIPE_ACCOUNTS = stripe_account.written
    stripe_account.deliver_to(f"{live_server.url}/webhooks/stripe/{stripe_account.name}/")
    …
    stripe_account.move(working_days=2)
"""

import itertools
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import stripe

from infra.local.server import Server, comes_up, free_port, spawn, tail
from infra.local.stripe import keys

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 15.0
numbers = itertools.count(1)


@dataclass
class StandIn:
    """One running process."""

    server: Server
    folder: Path
    webhook: str = ""

    @property
    def address(self) -> str:
        """Where it answers."""
        return self.server.url

    def account(self, name: str = "") -> "StripeAccount":
        """Name an account; without a name, one that nobody used before."""
        return StripeAccount(name or f"t{os.getpid()}-{next(numbers)}", self.address)

    def kill(self) -> None:
        """End the process as a crash does."""
        self.server.kill()

    def start_again(self) -> None:
        """Start it on what it kept, at the same address."""
        self.server = _started(self.folder, int(self.address.rpartition(":")[2]), self.webhook)


@dataclass
class StripeAccount:
    """One account: its keys, its SDK, and the controls of the stand-in."""

    name: str
    address: str

    @property
    def secret_key(self) -> str:
        """The key of a server."""
        return keys.secret_key(self.name)

    @property
    def publishable_key(self) -> str:
        """The key of a page."""
        return keys.publishable_key(self.name)

    @property
    def webhook_secret(self) -> str:
        """What signs its webhooks."""
        return keys.webhook_secret(self.name)

    @property
    def written(self) -> str:
        """Its keys as the variable STRIPE_ACCOUNTS holds them."""
        return keys.written(self.name)

    @cached_property
    def client(self) -> stripe.StripeClient:
        """The SDK as it is, pointed at the stand-in; it asks once."""
        return stripe.StripeClient(
            self.secret_key,
            base_addresses={"api": self.address},
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=20),
        )

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        """Ask over plain HTTP: a text is sent as a form, anything else as JSON. Tells status, what was read, headers."""
        kind = "application/x-www-form-urlencoded" if isinstance(body, str) else "application/json"
        sent = None if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = urllib.request.Request(self.address + path, method=method, data=sent, headers={"Content-Type": kind} | named)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
        try:
            with opener.open(asked, timeout=20) as answer:
                return answer.status, _read(answer.read()), dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _read(error.read()), dict(error.headers)

    def control(self, path: str, body: Any = None, *, method: str = "") -> Any:
        """Use a control of this account, and read its answer."""
        status, read, _ = self.ask(method or ("GET" if body is None else "POST"), f"/_stand-in/accounts/{self.name}/{path}", body)
        assert status == 200, read
        return read

    @property
    def now(self) -> float:
        """The account's clock."""
        return float(self.control("clock")["now"])

    def move(self, **how: float) -> list[str]:
        """Move its clock forwards: `by` seconds, `days`, `working_days` or `to` a moment; tells what happened."""
        return list(self.control("clock", how)["happened"])

    def switch(self, group: str, **turned: Any) -> None:
        """Turn switches of `webhooks`, `api` or `bank`; none turns them all off again."""
        self.control(group, turned or None, method="POST" if turned else "DELETE")

    def deliver_to(self, url: str) -> None:
        """Have its webhooks delivered to an address, signed with `webhook_secret`."""
        self.control("endpoint", {"url": url})

    def deliveries(self) -> list[dict[str, Any]]:
        """What was delivered, newest first."""
        return list(self.control("deliveries")["items"])

    def prove(self, intent: str, *, agreed: bool = True) -> dict[str, Any]:
        """Answer the bank's 3-D Secure as a payer would on its page."""
        status, read, _ = self.ask("POST", f"/_stand-in/authenticate/{intent}", {"answer": "agree" if agreed else "refuse"})
        assert status == 200, read
        return dict(read)


@dataclass
class Receiver:
    """A small server that takes webhooks and answers them as it is told."""

    answers: list[int] = field(default_factory=list)
    taken: list[tuple[bytes, str]] = field(default_factory=list)
    url: str = ""

    def wait_for(self, count: int) -> list[tuple[bytes, str]]:
        """Wait until so many have come: bodies and signatures."""
        deadline = time.monotonic() + PATIENCE
        while len(self.taken) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(self.taken) >= count, f"{len(self.taken)} of {count} webhooks came"
        return list(self.taken)

    def types(self) -> list[str]:
        """The types of what came, in its order."""
        return [json.loads(body)["type"] for body, _ in self.taken]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Take webhooks while the block runs; each answer is the next of `answers`, and 200 when there is none left."""
    receiver = Receiver()

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            receiver.taken.append((body, self.headers.get("Stripe-Signature", "")))
            self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook/"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def standing_in(folder: Path, *, webhook: str = "") -> Iterator[StandIn]:
    """Run a process of its own while the block runs; what it keeps and its log stand in `folder`."""
    stand_in = StandIn(_started(folder, free_port(), webhook), folder, webhook)
    try:
        yield stand_in
    finally:
        stand_in.server.stop()


@pytest.fixture(scope="session")
def stripe_stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """The process that all tests of a run share."""
    with standing_in(tmp_path_factory.mktemp("stripe")) as running:
        yield running


@pytest.fixture
def stripe_account(stripe_stand_in: StandIn) -> StripeAccount:
    """An account of Stripe that nobody used before."""
    return stripe_stand_in.account()


def _started(folder: Path, port: int, webhook: str) -> Server:
    command = [sys.executable, "-m", "infra.local.stripe", "--port", str(port), "--folder", str(folder / "state"), "--webhook", webhook]
    log = folder / "stand-in.log"
    url = f"http://127.0.0.1:{port}"
    process = spawn(command, log=log, folder=ROOT, death="KILL", environment=dict(os.environ))
    assert comes_up(process, lambda: _answers(url)), tail(log)
    return Server("stripe stand-in", url, log, process)


def _answers(url: str) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{url}/healthz", timeout=2):
            return True
    except OSError:
        return False


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
