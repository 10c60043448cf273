"""The same messages in any order leave the same books.

Payments of every kind are made at the stand-in for Stripe. What it tells of them is delivered 1 to 5 times, shuffled; of the copies
5 % are forged, 5 % stale, 3 % cut short, and a tenth of the messages never comes. Then the account is read back, as each night. The
hash of the ledger is the same for every seed, and that of the run in which all came once and in order.

Each run has a database of its own, copied from the one in which nothing was delivered yet, and commits as it does in earnest.
"""

import hashlib
import hmac
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.load.bench import Figure, Result

LONG = os.environ.get("LONG") == "1"
HISTORIES = 2_500 if LONG else 60
SEEDS = 20 if LONG else 5
GIVES = 3
"""How often each giver gives: what sums up a donation reads what its giver gave besides."""
KINDS = ("paid", "paid", "paid", "declined first", "debit", "debit that fails", "debit returned", "part back", "disputed", "asked", "held")


def figures() -> list[Figure]:
    """List what is measured."""
    unit = f"different ledgers of {SEEDS} seeds and of the order in which it happened"
    return [Figure("hashes", target=1, unit=unit, better="below", measure=lambda: hashes(histories=HISTORIES, seeds=SEEDS))]


def hashes(*, histories: int, seeds: int) -> Result:
    """Make so many payments, and count the ledgers that differ between the order in which they happened and so many others."""
    from django.test import override_settings

    from tests.backend.stripe_stand_in import standing_in

    with tempfile.TemporaryDirectory() as folder, standing_in(Path(folder)) as stand_in:
        account = stand_in.account("figures")
        with (
            override_settings(STRIPE_API_URL=account.address, STRIPE_ACCOUNTS=account.written),
            _world(account, histories) as (fund, messages),
        ):
            _leave_database()
            # a copy of the account has opened nothing yet, and can be handed over
            with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as processes:
                orders = [None, *range(seeds)]
                runs = list(map(_said, orders, processes.map(partial(_run, fund.pk, replace(account), messages), orders)))
    ledgers = {run.ledger for run in runs}
    slowest = max(run.seconds for run in runs[1:])
    note = f"{len(messages)} messages of {histories} payments; in order {runs[0].seconds:.0f} s, the slowest seed {slowest:.0f} s"
    return Result(ours=len(ledgers), correct=all(run.is_right for run in runs), note=note)


@contextmanager
def _world(account: Any, histories: int) -> Iterator[tuple[Any, list[bytes]]]:
    """Make a recipient, its donations, and what became of them at the provider."""
    from maillage.people.domain.law import GivingRules
    from tests.backend.fundraising.factories import make_donation, make_donor, make_envelope, make_fund

    fund = make_fund(GivingRules.FR_ASSOCIATION, code="seeds", account=account.name)
    envelope = make_envelope(fund)
    for number, kind in enumerate(islice(cycle(KINDS), histories)):
        amount = 1000 + 37 * number % 9000
        giver = make_donor(given_name=f"giver{number // GIVES}", email=f"giver{number // GIVES}@people.example")
        donation = make_donation(
            fund,
            donor=giver,
            amount=amount,
            intent=None,
            method="",
            key=f"seeds-{number}",
            shares={envelope: amount // 3} if number % 2 else {},
        )
        _happen(account, kind, donation)
    account.move(working_days=4)
    for charge in account.client.v1.charges.list({"limit": 100}).auto_paging_iter():
        if charge.metadata["kind"] == "debit returned" and charge.status == "succeeded":
            account.control("returns", {"charge": charge.id})
    account.move(working_days=4)
    events = list(account.client.v1.events.list({"limit": 100}).auto_paging_iter())
    yield fund, [str(event).encode() for event in reversed(events)]


def _happen(account: Any, kind: str, donation: Any) -> None:
    intents, tokens = account.client.v1.payment_intents, account.client.v1.test_helpers.confirmation_tokens
    asked: dict[str, Any] = {
        "amount": donation.amount,
        "currency": "eur",
        "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
        "metadata": {"donation": str(donation.pk), "kind": kind},
    }
    intent = intents.create(asked | ({"capture_method": "manual"} if kind == "held" else {}))

    def confirm(method: str) -> Any:
        return intents.confirm(intent.id, {"confirmation_token": tokens.create({"payment_method": method}).id, "use_stripe_sdk": True})

    if kind == "declined first":
        try:
            confirm("pm_card_chargeDeclinedExpiredCard")
        except Exception as declined:  # the SDK's own, which the figures do not need to know
            if getattr(declined, "code", "") != "expired_card":
                raise
    method = {"debit": "pm_success_fr", "debit returned": "pm_success_fr", "debit that fails": "pm_failed_fr"}.get(kind, "pm_card_fr")
    done = confirm("pm_card_threeDSecure2Required" if kind == "asked" else method)
    if kind == "asked":
        account.prove(intent.id)
    if kind == "held":
        intents.capture(intent.id)
    if kind == "part back":
        account.client.v1.refunds.create({"charge": done.latest_charge, "amount": donation.amount // 2})
    if kind == "disputed":
        account.control("disputes", {"charge": done.latest_charge})


def _delivered(messages: list[bytes], *, seed: int) -> list[tuple[bytes, str]]:
    dice = random.Random(seed)
    copies = [
        (body, dice.choices(("forged", "stale", "cut", "good"), weights=(5, 5, 3, 87))[0])
        for body in messages
        if dice.random() >= 0.1
        for _ in range(dice.randint(1, 5))
    ]
    dice.shuffle(copies)
    return copies


@dataclass(frozen=True)
class _Run:
    """The hash of a ledger, whether every answer and the reading back were as they should be, and how long all took."""

    ledger: str
    is_right: bool
    seconds: float


def _said(seed: int | None, run: _Run) -> _Run:
    """Tell how far it is: all of them take an hour."""
    name = "in order" if seed is None else f"seed {seed}"
    print(f"{name}: {run.ledger[:12]}, {'right' if run.is_right else 'WRONG'}, {run.seconds:.0f} s", file=sys.stderr, flush=True)
    return run


def _run(fund_id: UUID, account: Any, messages: list[bytes], seed: int | None) -> _Run:
    """Deliver, in order without a seed, settle in the order of arrival, and read back; in a process of its own."""
    from django.test import Client

    from maillage.fundraising import services
    from maillage.fundraising.models import Difference, Fund
    from maillage.journal.models import Inbound
    from maillage.kernel.clock import now

    client = Client(HTTP_HOST="127.0.0.1")
    delivered = [(body, "good") for body in messages] if seed is None else _delivered(messages, seed=seed)
    with _copied_database(f"seed_{seed}"):
        begun = time.perf_counter()
        fund, answers = Fund.objects.get(pk=fund_id), []
        for number, (body, fate) in enumerate(delivered):
            sent, signature = _signed(account, body, fate)
            headers = {"Stripe-Signature": signature}
            said = client.post(f"/webhooks/stripe/{account.name}/", sent, content_type="application/json", headers=headers).status_code
            answers.append(said == (200 if fate == "good" else 400))
            if number % 20 == 19 or number == len(delivered) - 1:
                for inbound_id in Inbound.objects.filter(state="waiting").order_by("received_at", "pk").values_list("pk", flat=True):
                    services.settle_message(inbound_id=inbound_id, now=now())
        for _ in range(2):  # the second finds nothing more
            services.reconcile(reconciliation_id=services.begin_reconciliation(fund=fund, by=None, now=now()).pk, now=now())
        left = Difference.objects.filter(fund=fund, closed_at__isnull=True).exclude(kind="negative").exists()
        return _Run(_hash(fund), all(answers) and not left, time.perf_counter() - begun)


@contextmanager
def _copied_database(name: str) -> Iterator[None]:
    """Work in a copy of the database, to which nobody is connected meanwhile; it is thrown away."""
    from django.db import connection

    known = connection.settings_dict
    copied = f"{known['NAME']}_{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copied}" TEMPLATE "{known["NAME"]}"')
    connection.settings_dict = known | {"NAME": copied}
    try:
        yield
    finally:
        _leave_database()
        connection.settings_dict = known
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{copied}" WITH (FORCE)')


def _leave_database() -> None:
    """Close what was opened: a database that somebody is connected to is not copied, and two processes cannot share one connection."""
    from django.db import connections

    connections.close_all()


def _signed(account: Any, body: bytes, fate: str) -> tuple[bytes, str]:
    at = int(time.time()) - (3600 if fate == "stale" else 0)
    secret = "whsec_of_somebody_else" if fate == "forged" else account.webhook_secret
    signature = f"t={at},v1={hmac.new(secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"
    return (body[: len(body) // 2] if fate == "cut" else body), signature


def _hash(fund: Any) -> str:
    from maillage.fundraising.models import LedgerEntry

    entries = LedgerEntry.objects.filter(fund=fund).order_by("key").prefetch_related("lines")
    written = [
        [
            entry.key, entry.kind, str(entry.donation_id), entry.happened_at.isoformat(), entry.booked_on.isoformat(),
            sorted([line.account, str(line.fund_id), line.amount] for line in entry.lines.all()),
        ]
        for entry in entries
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()
