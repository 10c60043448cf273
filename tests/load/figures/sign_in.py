"""Signing in takes the same time for known and unknown addresses: 10,000 samples of each step, in random order.

*The test.* Mann-Whitney's, two-sided, on samples taken in one random order: times have a long tail (a page written out, a
vacuum), which moves a mean and hardly moves a rank, and the random order spreads whatever drifts over both sides. What
is printed is its p-value, which must not fall below alpha = 0.01.

*Its power.* A test that finds nothing may be blind. Hence two conditions of being `correct`. First, the chance that a
known address answers slower than an unknown one must lie within 0.5 +- 0.025 with 95 % certainty on each side (two
one-sided tests): an observer who asks once, from this very process and without any network, then guesses right at most
52.5 times in a hundred. Second, the same test must find a single look-up of a user by address added to one side, which
is what a careless change would add: it is measured the same way, on a tenth of the samples.
"""

import logging
import math
import random
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.load.bench import Figure, Result, seconds

SAMPLES = 10_000
ALPHA = 0.01
BOUND = 0.025
"""How far from one half the chance that one side is slower may lie."""

ONE_SIDED_95 = 1.645
AUTH = "/api/v1/accounts/auth/browser/v1/auth"

Sample = tuple[bool, float]


def figures() -> list[Figure]:
    """List what is measured."""
    return [
        Figure("request", target=ALPHA, unit="p-value: known against unknown addresses", better="above", measure=_request),
        Figure("check", target=ALPHA, unit="p-value: known against unknown addresses", better="above", measure=_check),
    ]


def _request() -> Result:
    return _judged(lambda extra, many: [(is_known, asked) for is_known, asked, _checked in _tries(extra=extra, many=many)])


def _check() -> Result:
    return _judged(lambda extra, many: [(is_known, checked) for is_known, _asked, checked in _tries(extra=extra, many=many)])


def _judged(sampled: Callable[[str, int], list[Sample]]) -> Result:
    """Compare both sides, then make sure that the comparison sees one look-up more."""
    chance, spread, p_value = compared(sampled("", SAMPLES))
    *_, p_with_look_up = compared(sampled("known", SAMPLES // 10))
    edge = abs(chance - 0.5) + ONE_SIDED_95 * spread
    return Result(
        ours=p_value,
        correct=edge < BOUND and p_with_look_up < ALPHA,
        note=f"a known one is slower {chance:.1%} of the time, surely within {edge:.1%} of one half; "
        f"with one look-up more, p = {p_with_look_up:.1g}",
        extra={"samples": SAMPLES},
    )


def compared(samples: list[Sample]) -> tuple[float, float, float]:
    """Return the chance that a known one is slower, its standard error were there no difference, and the p-value (two-sided)."""
    known = sum(1 for is_known, _time in samples if is_known)
    unknown = len(samples) - known
    ranks, ordered = 0.0, sorted(samples, key=lambda sample: sample[1])
    first = 0
    while first < len(ordered):
        last = first
        while last + 1 < len(ordered) and ordered[last + 1][1] == ordered[first][1]:
            last += 1
        ranks += (first + last + 2) / 2 * sum(1 for is_known, _time in ordered[first : last + 1] if is_known)
        first = last + 1
    chance = (ranks - known * (known + 1) / 2) / (known * unknown)
    spread = math.sqrt((known + unknown + 1) / (12 * known * unknown))
    return chance, spread, math.erfc(abs(chance - 0.5) / spread / math.sqrt(2))


@cache
def _tries(*, extra: str, many: int) -> list[tuple[bool, float, float]]:
    """Ask for codes and type wrong ones, each from another network; `extra` = "known" adds a look-up to that side."""
    from django.test import Client

    logging.getLogger("django.request").setLevel(logging.ERROR)  # a wrong code is a line of the log
    addresses = _addresses(many)
    random.Random(many).shuffle(addresses)
    found = []
    for number, (is_known, email) in enumerate(addresses):
        network = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        client = Client(REMOTE_ADDR=network, HTTP_HOST="127.0.0.1")
        looked_up = email if extra and is_known else ""
        asked = _timed(client, "request", {"email": email}, status=401, looked_up=looked_up)
        checked = _timed(client, "confirm", {"code": "0000-0001"}, status=400, looked_up=looked_up)
        found.append((is_known, asked, checked))
    return found


def _timed(client: Any, step: str, body: dict[str, str], *, status: int, looked_up: str) -> float:
    """Time one step, in seconds, and a look-up by address where one is added."""
    from maillage.accounts.models import User

    def work() -> None:
        answer = client.post(f"{AUTH}/code/{step}", body, content_type="application/json")
        if looked_up:
            User.objects.filter(email=looked_up).first()
        if answer.status_code != status:
            raise AssertionError(f"{step} answered {answer.status_code}")

    return seconds(work)


def _addresses(many: int) -> list[tuple[bool, str]]:
    """Make as many users as strangers, their addresses alike; no limit, no count and no mail is left from an earlier turn."""
    from django.db import connection

    from maillage.accounts.models import User

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_limit, journal_job, messaging_message, accounts_session CASCADE")
    User.objects.filter(email__startswith="figure.").delete()
    drawn = random.Random(577)
    names = [f"figure.{drawn.getrandbits(64):016x}@people.example" for _address in range(many)]
    User.objects.bulk_create(User(email=name, password="!") for name in names[::2])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE accounts_user")
    return [(place % 2 == 0, name) for place, name in enumerate(names)]
