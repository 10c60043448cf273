"""Serves the API, the controls and the pages, on the loopback only, and breaks what was asked to be broken."""

import json
import random
import socket
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from infra.local.stripe import controls, pages
from infra.local.stripe.api import Answer, Api, Asked, refused
from infra.local.stripe.element import serving
from infra.local.stripe.errors import Refused
from infra.local.stripe.switches import Api as Faults
from infra.local.stripe.texts import language_of
from infra.local.stripe.world import World

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
STAND_IN = "not Stripe: a stand-in for tests, no real money"
JSON = "application/json"


class Closed(Exception):
    """The connection ends without an answer."""


class StandInHandler(BaseHTTPRequestHandler):
    """One connection. `world` and `api` are set on the class by `server`."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    world: World
    api: Api

    def do_GET(self) -> None:
        """Answer."""
        self._take("GET")

    def do_POST(self) -> None:
        """Answer."""
        self._take("POST")

    def do_DELETE(self) -> None:
        """Answer."""
        self._take("DELETE")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Keep the log for what goes wrong."""

    def _take(self, method: str) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")
        url = urlsplit(self.path)
        try:
            if not self._is_for_us():
                self.send(403, "text/plain", b"loopback only")
            elif url.path.startswith("/v1/"):
                self._api(method, url.path, url.query, sent)
            elif url.path.startswith("/_stand-in/") and (method == "GET" or self._is_same_site()):
                controls.take(self, method, url.path, url.query, sent)
            elif method == "GET" and url.path in ("/v3", "/v3/"):
                serving.take_script(self)
            elif method == "GET" and url.path == "/healthz":
                self.json(200, {"status": "ok"})
            elif method == "GET":
                pages.take(self, url.path, {name: values[-1] for name, values in parse_qs(url.query).items()})
            else:
                self.send(403, "text/plain", b"")
        except Closed:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            raise
        except Exception:
            traceback.print_exc()  # a mistake of the stand-in's own: its log tells, and whoever asks is not left waiting
            self.json(500, {"error": {"message": "The stand-in made a mistake: its log tells which.", "type": "api_error"}})

    @property
    def language(self) -> str:
        """The reader's language."""
        return language_of(self.headers.get("Accept-Language", ""))

    def json(self, status: int, body: Any) -> None:
        """Answer a program."""
        self.send(status, JSON, json.dumps(body, ensure_ascii=False).encode())

    def html(self, status: int, page: str, **headers: str) -> None:
        """Answer a person."""
        self.send(status, "text/html; charset=utf-8", page.encode(), **headers)

    def send(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        """Answer, in one piece."""
        self.send_response(status)
        always = {"Content-Type": kind, "Stand-In": STAND_IN, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        for name, value in (always | headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def _api(self, method: str, path: str, query: str, sent: str) -> None:
        head = self.headers
        asked = Asked(
            method,
            path,
            query,
            sent,
            head.get("Authorization", ""),
            head.get("Idempotency-Key", "").strip(),
            head.get("Stripe-Version", ""),
            head.get("Stripe-Account", ""),
        )
        request = f"req_{random.getrandbits(72):014x}"
        try:
            key = self.api.key_of(asked)
        except Refused as refusal:
            self._write(refused(refusal, {"Request-Id": request}))
            return
        self.world.desk(key.account)
        faults = self.world.switches(key.account).api
        if not path.startswith(faults.path) or faults.method not in ("", method):
            faults = Faults()
        met = self._meets(faults, key.account)
        if met == "closed_before":
            raise Closed
        if met in ("429", "500", "503"):
            self._write(_outage(int(met), request))
            return
        answer = self.api.answer(asked, key, request, takes=faults.before)
        # Nobody is to take the second for the answer to what is asked next: the connection ends with it.
        answers = [answer, self.api.answer(asked, key, request)] if faults.twice else [answer]
        time.sleep(faults.after)
        if met == "closed_after":
            raise Closed
        for one in [_outage(500, request)] if met == "500_after" else answers:
            self._write(one, **({"Connection": "close"} if faults.twice else {}))

    def _meets(self, faults: Faults, account: str) -> str:
        """Tell which outage this request meets, if any."""
        if not faults.outage or random.random() >= faults.share or not self.world.takes_fault(account):
            return ""
        return faults.outage

    def _write(self, answer: Answer, **more: str) -> None:
        self.send(answer.status, JSON, answer.body.encode(), **answer.headers, **more)

    def _is_for_us(self) -> bool:
        """Refuse a name that somebody else's page made point at this machine."""
        return self.headers.get("Host", "").rpartition(":")[0] in LOOPBACK

    def _is_same_site(self) -> bool:
        """Take a change from our own pages and from programs, not from somebody else's page."""
        return self.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


class Server(ThreadingHTTPServer):
    """As many connections as come: a product's pool keeps its own open."""

    daemon_threads = True
    request_queue_size = 128


def server(world: World, api: Api, *, port: int) -> Server:
    """Make the web server of one world; `serve_forever` runs it."""
    handler = type("OneWorld", (StandInHandler,), {"world": world, "api": api})
    return Server(("127.0.0.1", port), handler)


def _outage(status: int, request: str) -> Answer:
    kind, said = (
        ("invalid_request_error", "Too many requests.") if status == 429 else ("api_error", "An outage of the stand-in, asked for.")
    )
    body = {"error": {"message": said, "type": kind} | ({"code": "rate_limit"} if status == 429 else {})}
    return Answer(status, json.dumps(body), {"Request-Id": request})
