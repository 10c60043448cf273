"""Taking in a message of the payment provider: against a bare view, in requests a second, and with very many stored already."""

import hashlib
import hmac
import http.client
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from itertools import count

from tests.load.bare.messages import SECRET
from tests.load.bench import Figure, Result, compare, seconds
from tests.load.processes import web

REQUESTS = 300
ACCOUNTS = f"figures=sk_test_figures,pk_test_figures,{SECRET}"
OURS = "/webhooks/stripe/figures/"
CLIENTS = 8
SECONDS = 10.0
STORED = 10_000_000 if os.environ.get("LONG") == "1" else 1_000_000
numbers = count(1)


def figures() -> list[Figure]:
    """List what is measured."""
    return [
        Figure("intake", target=0.6, unit="of the throughput of a bare view that does the same INSERT", better="above", measure=_intake),
        Figure("rate", target=300, unit="messages a second, two processes", better="above", measure=lambda: _served()[0]),
        Figure("slowest", target=50, unit="ms, 99th percentile", better="below", measure=lambda: _served()[1]),
        Figure("growth", target=1.2, unit=f"of the time, with {STORED:,} messages stored", better="below", measure=_growth),
    ]


def _message() -> tuple[bytes, str]:
    """A message that never came before, of the size of a real one, and its signature."""
    body = json.dumps(
        {
            "id": f"evt_{os.getpid()}_{next(numbers)}",
            "object": "event",
            "type": "payment_intent.succeeded",
            "data": {"object": {"id": "pi_figures", "object": "payment_intent", "description": "x" * 3000}},
        }
    ).encode()
    at = int(time.time())
    return body, f"t={at},v1={hmac.new(SECRET.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"


def _handler() -> Callable[[str], int]:
    """Give a way to post to the whole WSGI application, with the middlewares of the settings as they are now."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

    def post(path: str) -> int:
        body, signature = _message()
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1", "wsgi.input": BytesIO(body), "wsgi.url_scheme": "http", "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)), "HTTP_STRIPE_SIGNATURE": signature,
        }  # fmt: skip
        status: list[int] = []
        answer = application(environ, lambda line, headers, *_: status.append(int(line[:3])))
        b"".join(answer)
        answer.close()
        return status[0]

    return post


def _intake() -> Result:
    from django.test import override_settings
    from django.urls import clear_url_caches

    from maillage.journal.models import Inbound

    with override_settings(STRIPE_ACCOUNTS=ACCOUNTS, ROOT_URLCONF="tests.load.bare.messages"):
        clear_url_caches()
        ours = _handler()
        with override_settings(MIDDLEWARE=[]):
            bare = _handler()
        before = Inbound.objects.count()
        correct = (ours(OURS), bare("/bare/message/")) == (200, 200) and Inbound.objects.count() == before + 2
        result = compare(
            lambda: REQUESTS / seconds(lambda: [ours(OURS) for _ in range(REQUESTS)]),
            lambda: REQUESTS / seconds(lambda: [bare("/bare/message/") for _ in range(REQUESTS)]),
        )
    clear_url_caches()
    result.correct = correct
    return result


@cache
def _served() -> tuple[Result, Result]:
    """Post from several connections at once to two processes, and say how many a second were taken in, and how slow the slowest were."""
    from maillage.journal.models import Inbound

    os.environ["STRIPE_ACCOUNTS"] = ACCOUNTS
    try:
        with web("config.wsgi:application", settings="config.settings.local", workers=2) as process, ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(lambda _: _post_for(process.port, 1.0), range(CLIENTS)))  # warm
            before = Inbound.objects.count()
            rounds = list(clients.map(lambda _: _post_for(process.port, SECONDS), range(CLIENTS)))
    finally:
        del os.environ["STRIPE_ACCOUNTS"]
    times = sorted(took for each in rounds for took, _ in each)
    correct = all(status == 200 for each in rounds for _, status in each) and Inbound.objects.count() == before + len(times)
    note = f"{CLIENTS} connections; the client shares the cores"
    return (
        Result(ours=len(times) / SECONDS, correct=correct, note=note),
        Result(ours=times[int(len(times) * 0.99)] * 1000, correct=correct, note=note),
    )


def _post_for(port: int, how_long: float) -> list[tuple[float, int]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    took: list[tuple[float, int]] = []
    until = time.perf_counter() + how_long
    while time.perf_counter() < until:
        body, signature = _message()
        start = time.perf_counter()
        connection.request("POST", OURS, body, {"Content-Type": "application/json", "Stripe-Signature": signature})
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - start, answer.status))
    connection.close()
    return took


def _growth() -> Result:
    """Compare the intake of an empty table with that of one which very many messages fill."""
    from django.test import override_settings

    with override_settings(STRIPE_ACCOUNTS=ACCOUNTS):
        post = _handler()
        _do("DELETE FROM journal_inbound")
        _do("VACUUM ANALYZE journal_inbound")
        few = [seconds(lambda: [post(OURS) for _ in range(REQUESTS)]) for _ in range(7)]
        _do(
            "INSERT INTO journal_inbound (id, source, external_id, body, queue, state, received_at, done_at)"
            " SELECT gen_random_uuid(), 'stripe', 'figures:evt_stored_' || n, %s, 'money', 'done',"
            " statement_timestamp() - n * interval '1 second', statement_timestamp() FROM generate_series(1, %s) n",
            [b"x" * 200, STORED],
        )
        _do("VACUUM ANALYZE journal_inbound")
        many = [seconds(lambda: [post(OURS) for _ in range(REQUESTS)]) for _ in range(7)]
        correct = _do("SELECT count(*) FROM journal_inbound") == STORED + 14 * REQUESTS
        _do("TRUNCATE journal_inbound")
    ours, reference = (statistics.median(each) * 1000 / REQUESTS for each in (many, few))
    return Result(
        ours=ours, reference=reference, ratio=ours / reference, correct=correct, note="milliseconds a message; the two cannot alternate"
    )


def _do(sql: str, values: Sequence[object] = ()) -> object:
    """Run one statement by a cursor of its own: each request closes the connection behind it. Return the first value, if any."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0] if cursor.description else None
